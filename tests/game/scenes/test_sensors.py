"""Electrodes on a head seen from above."""

from math import hypot
from typing import get_args

import pytest

from game.scenes.sensors import RING, contact, place
from neuro.quality import ChannelState
from tests.game.scenes.moments import CAP, MUSE

PAIRS = [("Fp1", "Fp2"), ("AF7", "AF8"), ("F3", "F4"), ("T7", "T8"), ("P5", "P6"), ("TP9", "TP10"), ("O1", "O2")]


def at(name: str) -> tuple[float, float]:
    found = place(name)
    assert found is not None
    return found


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_odd_numbers_mirror_even_ones(left: str, right: str) -> None:
    assert at(left)[0] < 0
    assert at(left) == pytest.approx((-at(right)[0], at(right)[1]))


def test_the_middle_line_runs_from_front_to_back() -> None:
    line = [at(name) for name in ("Fpz", "AFz", "Fz", "FCz", "Cz", "CPz", "Pz", "POz", "Oz")]
    assert [x for x, _ in line] == [0] * 9
    assert line == sorted(line, key=lambda place: place[1])
    assert at("Cz") == (0, 0)


@pytest.mark.parametrize("name", ["Fpz", "Fp1", "AF7", "F7", "FT7", "T7", "TP7", "P7", "PO7", "O1", "Oz"])
def test_the_outer_sites_lie_on_one_ring(name: str) -> None:
    assert hypot(*at(name)) == pytest.approx(RING)


def test_the_sensors_of_a_muse_lie_at_the_forehead_and_behind_the_ears() -> None:
    assert at("AF7")[1] < -0.5
    assert hypot(*at("TP9")) == pytest.approx(1.0)
    assert at("TP9")[1] > 0


@pytest.mark.parametrize(("old", "new"), [("T3", "T7"), ("T4", "T8"), ("T5", "P7"), ("T6", "P8"), ("cz", "Cz")])
def test_old_names_and_small_letters_mean_the_same_place(old: str, new: str) -> None:
    assert place(old) == place(new)


@pytest.mark.parametrize("name", ["Ch1", "EXG Channel 0", "", "Fp3-F7", "C11"])
def test_a_name_without_a_place_has_none(name: str) -> None:
    assert place(name) is None


@pytest.mark.parametrize("names", [MUSE, CAP])
def test_no_two_marks_lie_over_one_another(names: tuple[str, ...]) -> None:
    places = [at(name) for name in names]
    apart = [hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(places) for b in places[:i]]
    assert min(apart) * 180 > 40


def test_each_word_of_the_signal_path_has_its_advice() -> None:
    states = {word: contact(word).fit for word in get_args(ChannelState)}
    assert "waiting" not in states.values()
    assert [word for word, fit in states.items() if fit == "good"] == ["good"]


def test_before_the_first_word_a_sensor_is_listened_to() -> None:
    assert contact("").fit == "waiting"
