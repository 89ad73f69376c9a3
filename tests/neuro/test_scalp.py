"""Places of electrodes: known ones lie as on a head, unknown ones nowhere."""

import numpy as np
import pytest

from neuro.scalp import N_PLACE, places

ALL = (
    *(
        "Fp1",
        "Fp2",
        "F7",
        "F3",
        "Fz",
        "F4",
        "F8",
        "T7",
        "C3",
        "Cz",
        "C4",
        "T8",
        "P7",
        "P3",
        "Pz",
        "P4",
        "P8",
        "O1",
        "O2",
    ),
    *("AF7", "AF8", "FC5", "CP2", "PO8", "TP9", "TP10", "Oz", "Iz", "FT8"),
)


def at(name: str) -> np.ndarray:
    return np.asarray(places([name])[0])


@pytest.mark.parametrize("name", ALL)
def test_a_place_lies_on_the_head(name: str) -> None:
    assert np.linalg.norm(at(name)[:3]) == pytest.approx(1, abs=1e-6)
    assert at(name)[3] == 1


@pytest.mark.parametrize(
    ("left", "right"), [("Fp1", "Fp2"), ("C3", "C4"), ("TP9", "TP10"), ("PO7", "PO8"), ("A1", "A2")]
)
def test_odd_numbers_mirror_even_ones(left: str, right: str) -> None:
    assert at(left) == pytest.approx(at(right) * [-1, 1, 1, 1])
    assert at(left)[0] < 0


@pytest.mark.parametrize(("old", "new"), [("T3", "T7"), ("T4", "T8"), ("T5", "P7"), ("T6", "P8"), ("fp1", "Fp1")])
def test_old_names_and_other_spellings_mean_the_same_place(old: str, new: str) -> None:
    assert np.array_equal(at(old), at(new))


def test_fronts_are_in_front_and_the_vertex_is_on_top() -> None:
    forward = [at(name)[1] for name in ("Fpz", "AFz", "Fz", "FCz", "Cz", "CPz", "Pz", "POz", "Oz")]
    assert forward == sorted(forward, reverse=True)
    assert at("Cz")[:3] == pytest.approx([0, 0, 1], abs=1e-6)
    assert at("F3")[0] > at("F5")[0] > at("F7")[0]


@pytest.mark.parametrize("name", ["Ch1", "", "X9", "ECG", "EXG Channel 0"])
def test_an_unknown_name_is_nowhere(name: str) -> None:
    assert np.array_equal(at(name), np.zeros(N_PLACE))


def test_no_channels_have_no_places() -> None:
    assert places([]).shape == (0, N_PLACE)
