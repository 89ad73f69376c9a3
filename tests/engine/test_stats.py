"""A change is reported when it is larger than what happens by itself, and seldom otherwise."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.outcomes import sem
from engine.stats import Wavering, holm, reliable_changes, wavering


def test_wavering_takes_practice_off_and_says_how_far_differences_lie_apart() -> None:
    rng = np.random.default_rng(0)
    befores = rng.normal(10, 3, 4000)
    afters = befores + 0.5 + rng.normal(0, 2, 4000)
    found = wavering(befores.tolist(), afters.tolist())
    assert found.practice == pytest.approx(0.5, abs=0.1)
    assert found.sd == pytest.approx(2.0, abs=0.1)


def test_too_few_people_cannot_say_how_a_measure_wavers() -> None:
    with pytest.raises(ValueError, match="20 people"):
        wavering([1.0] * 19, [1.0] * 19)


def test_where_nothing_changed_one_in_twenty_is_told_of_a_change() -> None:
    rng, waves = np.random.default_rng(1), [Wavering(0.2, 1.0)] * 3
    told = []
    for _ in range(4000):
        before = rng.normal(0, 1, 3)
        changes = reliable_changes(before.tolist(), (before + 0.2 + rng.normal(0, 1, 3)).tolist(), waves)
        told.append(any(change.verdict in ("lower", "higher") for change in changes))
    assert np.mean(told) == pytest.approx(0.05, abs=0.012)


def test_a_verdict_says_the_direction_and_doubts_the_middle() -> None:
    wave = [Wavering(0.0, 1.0)]
    verdicts = [reliable_changes([0.0], [after], wave)[0].verdict for after in (-3.0, -1.5, 0.0, 1.5, 3.0)]
    assert verdicts == ["lower", "unclear", "unchanged", "unclear", "higher"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_adjusted_p_values_keep_their_order_and_never_shrink(ps: list[float]) -> None:
    adjusted = holm(ps)
    assert all(after >= before for before, after in zip(ps, adjusted, strict=True))
    assert all(after <= 1 for after in adjusted)
    order = sorted(range(len(ps)), key=ps.__getitem__)
    assert [adjusted[k] for k in order] == sorted(adjusted)


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))


def test_holm_against_statsmodels() -> None:
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    ps = np.random.default_rng(2).uniform(0, 0.1, 9)
    assert holm(ps.tolist()) == pytest.approx(multitest.multipletests(ps, method="holm")[1])


@given(st.lists(st.tuples(st.floats(1e-6, 1), st.floats(0.05, 1)), min_size=1, max_size=5))
def test_holm_with_weights_is_the_closed_test_of_weighted_bonferroni(told: list[tuple[float, float]]) -> None:
    """Adjusted p: the largest over all sets that hold it, of which each gives a p by its weights."""
    ps, weights = [p for p, _ in told], [weight for _, weight in told]
    places = range(len(ps))
    sets = [some for size in range(1, len(ps) + 1) for some in combinations(places, size)]
    of = {some: min(1.0, min(ps[k] / weights[k] for k in some) * sum(weights[k] for k in some)) for some in sets}
    closed = [max(p for some, p in of.items() if place in some) for place in places]
    assert holm(ps, weights) == pytest.approx(closed)


def test_the_reliable_change_of_jacobson_and_truax() -> None:
    """1991, J Consult Clin Psychol 59:12: from 32.5 to 47.5, SD 7.5, reliability .80: RC = 15 / 4.74 = 3.16."""
    differences_sd = 2**0.5 * sem(7.5, 0.80)
    assert differences_sd == pytest.approx(4.74, abs=0.005)
    (found,) = reliable_changes([32.5], [47.5], [Wavering(0.0, differences_sd)])
    assert found.index == pytest.approx(3.16, abs=0.005)
    assert found.verdict == "higher"
