"""Steadiness is measured against the same player's own days, and says nothing before there are enough."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.portal.reports.steadiness import FEWEST_USUAL, Verdict, steadiness


@dataclass(frozen=True)
class Answered:
    """A right answer."""

    reaction_s: float | None
    task: str = "strike"
    success: bool = True
    valid: bool = True
    practice: bool = False
    strand: str = "first"


def sitting(variation: float, seed: int, task: str = "strike", mean_s: float = 0.6, n: int = 40) -> list[Answered]:
    """Answers whose SD is exactly that share of their mean."""
    drawn = np.random.default_rng(seed).normal(size=n)
    drawn = (drawn - drawn.mean()) / drawn.std(ddof=1)
    return [Answered(float(mean_s * (1 + variation * one)), task) for one in drawn]


USUAL = [sitting(0.20 + 0.01 * (n % 3), n) for n in range(8)]


@pytest.mark.parametrize(
    ("now", "verdict"), [(0.21, "usual"), (0.12, "steadier"), (0.35, "less_steady")], ids=["same", "less", "more"]
)
def test_a_week_is_held_against_the_weeks_before(now: float, verdict: Verdict) -> None:
    told = steadiness([*USUAL, sitting(now, 90), sitting(now, 91)], 2)
    assert told.verdict == verdict
    assert told.variation[-1] == pytest.approx(now, abs=1e-9)


def test_before_enough_sittings_nothing_is_said() -> None:
    told = steadiness([*USUAL[: FEWEST_USUAL - 1], sitting(0.5, 90)], 1)
    assert (told.verdict, told.usual) == ("unknown", None)
    assert steadiness([], 0).verdict == "unknown"
    assert steadiness(USUAL, 0).verdict == "unknown"


def test_a_sitting_with_few_answers_is_no_sitting_here() -> None:
    told = steadiness([*USUAL, sitting(0.9, 90, n=5)], 1)
    assert told.variation[-1] is None
    assert told.verdict == "unknown"


def test_another_game_is_not_another_player() -> None:
    """A task whose answers always vary twice as much does not make a week look less steady."""
    both = [sitting(0.2 + 0.01 * (n % 3), n) + sitting(0.4 + 0.02 * (n % 3), n + 50, "chorus") for n in range(8)]
    assert steadiness([*both, sitting(0.42, 90, "chorus")], 1).verdict == "usual"
    assert steadiness([*both, sitting(0.42, 90, "strike")], 1).verdict == "less_steady"


def test_wrong_practice_and_timed_out_answers_do_not_count() -> None:
    noise = [
        Answered(9.0, success=False),
        Answered(9.0, valid=False),
        Answered(9.0, practice=True),
        Answered(9.0, strand="second"),
        Answered(None),
    ]
    assert steadiness([*USUAL, [*sitting(0.2, 90), *noise]], 1) == steadiness([*USUAL, sitting(0.2, 90)], 1)


@given(st.floats(0.2, 5.0))
def test_whoever_is_slower_is_not_less_steady(slower: float) -> None:
    times = [[Answered(one.reaction_s * slower) for one in some if one.reaction_s] for some in USUAL]
    assert steadiness(times, 2).variation == pytest.approx(steadiness(USUAL, 2).variation)
    assert steadiness(times, 2).verdict == steadiness(USUAL, 2).verdict


def test_of_usual_weeks_few_are_called_unusual() -> None:
    """The interval holds what it says: about 5 in 100 of weeks in which nothing changed."""
    rng = np.random.default_rng(7)
    told = []
    for n in range(200):
        levels = np.exp(rng.normal(np.log(0.2), 0.15, size=12))
        told.append(steadiness([sitting(float(one), n * 20 + k) for k, one in enumerate(levels)], 2).verdict)
    assert 0.01 <= 1 - told.count("usual") / len(told) <= 0.10
