"""What is left of a sitting whose writer was killed."""

import json
from pathlib import Path

import pytest

from bench.kills import begin, judge
from engine.store import Journal
from engine.store.rows import EventRow


def sitting(path: Path, numbers: list[int]) -> None:
    """One in which event n was put at 100 s and n tenths."""
    with Journal(path, begin(path)) as journal:
        for n in numbers:
            journal.put(EventRow(n, "now", json.dumps([n, 100 + n / 10])))


@pytest.mark.parametrize(
    ("numbers", "read", "lost"),
    [
        (list(range(20)), 18, 0),
        (list(range(20)), 23, 3),
        ([n for n in range(20) if n != 7], 5, 1),
    ],
    ids=["all that was read is there", "three that were read are gone", "one in the middle is missing"],
)
def test_rows_that_had_been_written_and_are_gone_count(
    tmp_path: Path, numbers: list[int], read: int, lost: int
) -> None:
    path = tmp_path / "x.sqlite"
    sitting(path, numbers)
    left = judge(path, read, 102.5)
    assert (left.stored, left.lost, left.corrupt) == (len(numbers), lost, False)
    assert left.last_s == pytest.approx(0.6)


def test_a_damaged_file_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    sitting(path, list(range(2000)))
    bytes_ = bytearray(path.read_bytes())
    bytes_[-4096 * 3 + 5 : -4096 * 3 + 60] = b"\xff" * 55
    path.write_bytes(bytes_)
    assert judge(path, 2000, 300.0).corrupt
