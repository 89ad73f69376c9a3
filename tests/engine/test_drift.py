"""What is otherwise than before is named, and what only wavers is not."""

from dataclasses import replace

import numpy as np
import pytest

from engine.drift import LEAST_BEFORE, Rested, drifts

MUSE = ("TP9", "AF7", "AF8", "TP10")


def rested(day: int, shift: float = 0.0, alpha_hz: float = 9.0) -> Rested:
    """A rest of one person: medians that waver by a fifth of a spread from day to day."""
    chance = np.random.default_rng(day)
    centre = 0.2 * chance.standard_normal((4, 23)) + shift
    return Rested("Muse 2", MUSE, alpha_hz + 0.05 * chance.standard_normal(), centre, np.ones((4, 23)))


BEFORE = [rested(day) for day in range(8)]


def named(now: Rested, before: list[Rested] | None = None, medication: bool = False) -> list[str]:
    return [one.what for one in drifts(now, BEFORE if before is None else before, medication)]


def test_days_that_only_waver_are_hardly_ever_named() -> None:
    found = [named(rested(day)) for day in range(100, 300)]
    assert sum("baseline" in what for what in found) <= 8
    assert sum("alpha" in what for what in found) == 0


def test_a_rest_far_from_the_usual_one_is_named_with_how_far() -> None:
    (drift,) = drifts(rested(9, shift=1.0), BEFORE, False)
    assert drift.what == "baseline"
    assert "times as far from the usual one" in drift.sentence


def test_an_alpha_rhythm_that_lies_elsewhere_is_named() -> None:
    assert named(rested(9, alpha_hz=10.2)) == ["alpha"]
    assert named(rested(9, alpha_hz=9.3)) == []


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (replace(rested(9), headset="Cyton"), "headset"),
        (replace(rested(9), channels=("Fp1", "Fp2", "O1", "O2")), "montage"),
    ],
)
def test_another_headset_or_montage_is_named_and_compared_with_no_other(now: Rested, what: str) -> None:
    assert named(replace(now, centre=np.full((4, 23), 5.0), alpha_hz=12.0)) == [what]


def test_noted_medication_is_named_first() -> None:
    assert named(replace(rested(9), headset="Cyton"), medication=True) == ["medication", "headset"]


def test_nothing_is_called_unusual_before_one_knows_what_is_usual() -> None:
    few = BEFORE[: LEAST_BEFORE - 1]
    assert named(rested(9, shift=3.0, alpha_hz=12.0), few) == []
    assert named(Rested("Muse 2", MUSE)) == []
    assert named(rested(9), []) == []
