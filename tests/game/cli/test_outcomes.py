"""`heron outcomes`: a table in, what may be said of it out."""

import json
from pathlib import Path

import pytest

from tests.game.heron import Heron

pytest.importorskip("statsmodels")


def table(folder: Path, gain: float) -> Path:
    path = folder / "values.csv"
    lines = [
        f"P-{person},{sitting},{0.5 + 0.03 * (person % 5) + gain * sitting + 0.02 * ((person * 7 + sitting * 3) % 5)}"
        for person in range(12)
        for sitting in range(1, 9)
    ]
    path.write_text("\n".join(["person,sitting,value", *lines]), "utf-8")
    return path


def test_a_group_that_gained_is_told_so_and_what_that_cannot_show(heron: Heron, tmp_path: Path) -> None:
    found = json.loads(heron("outcomes", str(table(tmp_path, 0.02)), "--json").out)
    assert found["paired"]["n"] == 12
    assert found["paired"]["p"] < 0.01
    low, high = found["mixed"]["effects"]["sitting"]["interval"]
    assert low < 0.02 < high
    said = heron("outcomes", str(table(tmp_path, 0.02))).out
    assert "two arms of 393 people each" in said
    assert "Without a control arm" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("person,value\nA,1\n", "has no column sitting"),
        ("person,sitting,value\nA,1,x\n", "Line 2"),
        ("person,sitting,value\nA,1,1\nA,2,2\n", "at least five people"),
    ],
)
def test_a_table_that_cannot_be_used_is_said(heron: Heron, tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "values.csv"
    path.write_text(text, "utf-8")
    answer = heron("outcomes", str(path))
    assert answer.status == 1
    assert sentence in answer.err
