"""`heron score --features`: a row a second, what they come to, and one sentence for what cannot be done."""

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.features import COLUMNS
from neuro.features.powers import ALL_BANDS
from tests.game.heron import Heron
from tests.neuro.artifacts import still_head
from tests.neuro.features.signals import RATE_HZ, power_law


def recording(path: Path, uv: NDArray[np.float64], channels: str = "TP9,AF7,AF8,TP10") -> Path:
    t_s = np.arange(uv.shape[1]) / RATE_HZ
    np.savetxt(path, np.column_stack([t_s, uv.T]), "%.3f", ",", header=f"t_s,{channels}", comments="")
    return path


def head(seconds: float) -> NDArray[np.float64]:
    return still_head(3, seconds, RATE_HZ)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_row_a_second_and_medians(heron: Heron, tmp_path: Path) -> None:
    out = tmp_path / "features.csv"
    said = heron("score", recording(tmp_path / "a.csv", head(60)), "--baseline", 30, "--features", out, "--json")
    assert (said.status, said.err) == (0, "")
    rows, usual = rows_of(out), json.loads(said.out)["features"]
    assert list(rows[0]) == ["t_s", *COLUMNS]
    assert [float(row["t_s"]) for row in rows] == pytest.approx(np.arange(4, 60.1) - 1 / RATE_HZ, abs=1e-3)
    assert list(usual) == ["own_alpha_hz", "own_alpha_peak_hz", *COLUMNS]
    assert usual["own_alpha_peak_hz"] == pytest.approx(10, abs=0.3)
    for name in COLUMNS:
        known = [float(row[name]) for row in rows if row[name]]
        assert usual[name] == pytest.approx(np.median(known), rel=1e-3, abs=1e-4)


def test_what_the_montage_lacks_is_named_and_left_empty(heron: Heron, tmp_path: Path) -> None:
    out = tmp_path / "features.csv"
    said = heron("score", recording(tmp_path / "a.csv", head(30), "C3,C4,Cz,T7"), "--features", out, "--json")
    assert said.status == 0
    (named,) = [line for line in said.err.splitlines() if line.startswith("Empty")]
    assert named.endswith(": frontal_theta_share, posterior_alpha_share.")
    assert {row["frontal_theta_share"] for row in rows_of(out)} == {""}
    assert json.loads(said.out)["features"]["posterior_alpha_share"] is None


def test_the_own_alpha_may_come_from_another_recording(heron: Heron, tmp_path: Path) -> None:
    noise = recording(tmp_path / "noise.csv", power_law(1.1, 60, np.random.default_rng(2), 4))
    rest = recording(tmp_path / "rest.csv", head(60))
    for start, has_alpha in ((("--baseline", 30), False), (("--baseline-from", rest), True)):
        said = heron("score", noise, *start, "--features", tmp_path / "features.csv", "--json")
        assert said.status == 0
        assert (json.loads(said.out)["features"]["own_alpha_hz"] is not None) == has_alpha
        assert ("own_theta_share" in said.err) != has_alpha


@pytest.mark.parametrize(
    ("uv", "words"),
    [
        (head(3.5), "4 seconds"),
        (np.zeros((4, 2500)), "no clean signal"),
        (np.full((4, 2500), np.nan), "too few samples"),
    ],
)
def test_what_holds_no_features_is_one_sentence(
    heron: Heron, tmp_path: Path, uv: NDArray[np.float64], words: str
) -> None:
    out = tmp_path / "features.csv"
    said = heron("score", recording(tmp_path / "a.csv", uv), "--features", out)
    assert said.status == 1
    assert words in said.err.splitlines()[-1]
    assert "Traceback" not in said.err
    assert not out.exists()


def test_nothing_is_written_over(heron: Heron, tmp_path: Path) -> None:
    source, out = recording(tmp_path / "a.csv", head(10)), tmp_path / "out.csv"
    before = source.read_bytes()
    for options in (("--features", source), ("--out", source), ("--out", out, "--features", out)):
        said = heron("score", source, *options)
        assert said.status == 1
        assert f"give another name with {options[-2]}" in said.err
    assert source.read_bytes() == before
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_one_sentence(heron: Heron, tmp_path: Path) -> None:
    said = heron("score", recording(tmp_path / "a.csv", head(10)), "--features", tmp_path)
    assert said.status == 1
    assert "cannot be written" in said.err


def test_every_feature_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "features.md").read_text("utf-8")
    documented = set(re.findall(r"`([A-Za-z0-9_]+)`", page))
    bands = re.compile(f"^({'|'.join(ALL_BANDS)})_(uv2|share)$")
    waves = re.compile(r"^wavelet_\d+_hz_uv2$")
    assert {waves.sub("wavelet_F_hz_uv2", bands.sub(r"BAND_\2", name)) for name in COLUMNS} <= documented
