"""Fatigue is what has become worse since the first minutes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.fatigue import RESTED_SIGNALS, TIRED, Fatigue, index, saw_attention, saw_signal


def played(minutes: list[tuple[float, float, float]], seed: int = 0) -> Fatigue:
    """Minutes of a dozen fish each: share missed, SD of the reaction times (mean .5 s), attention in SD."""
    rng, now = np.random.default_rng(seed), Fatigue()
    for missed, sd_s, z in minutes:
        for _ in range(12):
            hit = rng.random() >= missed
            now = saw_signal(now, max(0.2, rng.normal(0.5, sd_s)) if hit else None)
        for _ in range(600):
            now = saw_attention(now, z, 0.1)
    return now


FRESH, WORN = (0.03, 0.08, 0.0), (0.20, 0.16, -0.8)


def test_before_there_is_anything_to_compare_nothing_is_said() -> None:
    assert index(played([FRESH] * 3)) is None


def test_who_plays_on_as_they_began_is_not_tired() -> None:
    found = [index(played([FRESH] * 15, seed)) for seed in range(20)]
    assert all(each is not None and each < TIRED for each in found)


def test_misses_unsteady_times_and_lost_attention_are_fatigue() -> None:
    found = [index(played([FRESH] * 4 + [WORN] * 6, seed)) for seed in range(20)]
    assert all(each is not None and each > TIRED for each in found)


def test_without_a_headset_behaviour_alone_tells() -> None:
    now = Fatigue()
    for k in range(RESTED_SIGNALS + 60):
        now = saw_signal(now, None if k > RESTED_SIGNALS and k % 3 == 0 else 0.5)
    found = index(now)
    assert found is not None
    assert found > TIRED


@given(st.lists(st.one_of(st.none(), st.floats(0.15, 2.0)), max_size=120))
def test_whatever_is_answered_the_index_is_a_number_or_nothing(answers: list[float | None]) -> None:
    now = Fatigue()
    for answer in answers:
        now = saw_signal(now, answer)
    found = index(now)
    assert found is None or abs(found) < 1000
