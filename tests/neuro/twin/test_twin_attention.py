"""Attention stays and strays as the profile says, and is the same whoever asks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neuro.sources.twin import Twin
from neuro.twin.attention import Zone
from neuro.twin.profiles import ADHD, ADULT

SITTING_S = 1200.0


def a_zone(seed: int) -> Zone:
    return Zone(ADHD.attention, np.random.default_rng(seed))


def share_in(profile: str, start_s: float, end_s: float) -> float:
    zones = [Twin(profile, seed).zone for seed in range(40)]
    t_s = np.arange(start_s, end_s, 3.0)
    return float(np.mean([[zone.attending(t) for t in t_s] for zone in zones]))


@pytest.mark.parametrize(("profile", "share"), [("adult", 0.77), ("child", 0.71), ("adhd", 0.625)])
def test_each_profile_attends_its_share_of_a_sitting(profile: str, share: float) -> None:
    assert share_in(profile, 0, SITTING_S) == pytest.approx(share, abs=0.05)


def test_attention_tires_within_a_sitting() -> None:
    assert share_in("adhd", 0, 240) > share_in("adhd", 960, 1200) + 0.02


def test_dwells_are_gamma_distributed_rather_than_memoryless() -> None:
    zone = a_zone(1)
    attending = np.array([zone.attending(t) for t in np.arange(0, 40_000, 0.25)])
    edges = np.flatnonzero(np.diff(attending)) + 1
    out_s = np.diff(edges)[~attending[edges[:-1]]] * 0.25
    assert out_s.mean() == pytest.approx(ADHD.attention.out_s, rel=0.1)
    assert out_s.std() / out_s.mean() == pytest.approx(1 / np.sqrt(2), abs=0.08)  # 1 if it were exponential


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 600), min_size=1, max_size=20), st.integers(0, 9))
def test_the_order_of_questions_never_changes_an_answer(times_s: list[float], seed: int) -> None:
    asked, in_order = a_zone(seed), a_zone(seed)
    answers = {t: asked.attending(t) for t in times_s}
    assert answers == {t: in_order.attending(t) for t in sorted(times_s)}


def test_wandering_follows_the_zone_with_a_short_lag() -> None:
    zone = a_zone(2)
    t_s = np.arange(0, 300, 0.01)
    depth = zone.wandering(t_s)
    out = np.array([not zone.attending(t) for t in t_s])
    assert depth.min() >= 0
    assert depth.max() <= 1
    assert np.abs(np.diff(depth)).max() < 0.03
    assert np.mean((depth > 0.5) == out) > 0.95


def test_another_seed_is_another_day() -> None:
    t_s = np.arange(0, 600.0)
    days = [tuple(Zone(ADULT.attention, np.random.default_rng(seed)).attending(t) for t in t_s) for seed in (1, 1, 2)]
    assert days[0] == days[1] != days[2]
