"""Quiet: a breath that is led, and what the reward loop's estimates say of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.anchors import X_MAX, X_MIN
from engine.ports import TICK_S
from engine.tasks.quiet import Quiet, Settings, measures
from engine.tasks.task import Ask, Hand, Rules

SETTINGS = Settings(task="quiet", breath_s=(8.0, 12.0))
RULES = Rules(seed=1, child=False, by="keys", settings=SETTINGS)


def breathed(seconds: float, difficulty: float = X_MIN) -> list[Quiet]:
    """Every tick of so many seconds."""
    now, seen = Quiet(), []
    for tick in range(1, round(seconds / TICK_S) + 1):
        now, events = now.step(RULES, Hand(("strike",)), tick, Ask(difficulty))
        assert events == ()
        seen.append(now)
    return seen


def test_nothing_is_asked_and_nothing_can_be_cut_short() -> None:
    seen = breathed(30.0)
    assert {now.trial for now in seen} == {0}
    assert all(now.between_trials and now.voided() == now for now in seen)
    assert seen[-1].rested() == seen[-1].renewed() == Quiet()


def test_a_breath_lasts_as_long_as_the_level_says() -> None:
    def starts(difficulty: float) -> list[int]:
        return [tick for tick, now in enumerate(breathed(40.0, difficulty)) if now.breath_tick == 0]

    assert starts(X_MIN)[:3] == [0, round(8 / TICK_S), round(16 / TICK_S)]
    assert starts(X_MAX)[:3] == [0, round(12 / TICK_S), round(24 / TICK_S)]


def test_the_breath_never_jumps_and_goes_out_longer_than_in() -> None:
    seen = breathed(16.0)
    full = [now.full for now in seen]
    assert max(abs(b - a) for a, b in pairwise(full)) < 0.01
    assert max(full) == pytest.approx(1.0, abs=0.01)
    assert min(full) == pytest.approx(0.0, abs=0.01)
    assert sum(now.is_in for now in seen) / len(seen) == pytest.approx(0.4, abs=0.01)


def test_measures_follow_their_definitions() -> None:
    words = "..AAAA..A-A.-AAA"  # A above, . below, - not good; four a second
    m = measures([(0.25 * i, {"A": True, ".": False}.get(word)) for i, word in enumerate(words)])
    assert m.share == 9 / 14
    assert m.longest_hold_s == pytest.approx(1.0)  # four estimates, each until the next
    assert m.recover_s == pytest.approx(0.5)  # two below; the fall at the end was not seen to its end


def test_recovery_is_the_median_of_all_falls() -> None:
    words = "A.A..A.....A"
    m = measures([(float(i), word == "A") for i, word in enumerate(words)])
    assert m.recover_s == 2.0


def test_measures_of_no_good_signal_are_none_and_not_zero() -> None:
    for nothing in ([], [(0.0, None), (0.25, None)]):
        m = measures(nothing)
        assert (m.share, m.longest_hold_s, m.recover_s) == (None, None, None)
    low = measures([(0.0, False), (0.25, False)])
    assert (low.share, low.longest_hold_s, low.recover_s) == (0.0, 0.0, None)


@given(st.lists(st.sampled_from([True, False, None]), max_size=60))
def test_no_hold_is_longer_than_the_time_above(words: list[bool | None]) -> None:
    m = measures([(float(i), word) for i, word in enumerate(words)])
    if m.longest_hold_s is not None:
        assert m.longest_hold_s <= words.count(True)
        assert (m.longest_hold_s == 0.0) == (True not in words[:-1])
