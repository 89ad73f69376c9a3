"""Facts about the one pass over a window: it equals its plain twin, and counts what is there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neuro.eyes.measures import bcea_deg2
from neuro.eyes.window import plain, window
from tests.neuro.eyes.made import made


@settings(deadline=None)  # the first call may compile
@given(
    seed=st.integers(0, 10_000),
    rate_hz=st.sampled_from([30.0, 60.0, 120.0, 200.0, 500.0]),
    noise_deg=st.sampled_from([0.01, 0.3]),
    holes=st.integers(0, 4),
)
def test_one_pass_equals_plain(seed: int, rate_hz: float, noise_deg: float, holes: int) -> None:
    look, chance = made(rate_hz, 2, seed, noise_deg).look, np.random.default_rng(seed)
    seen = np.isfinite(look.deg[0])
    mm = chance.normal(3, 0.1, seen.size)
    for _ in range(holes):
        first, last = np.sort(chance.integers(0, seen.size, 2))
        seen[first:last] = False
        mm[last : last + 5] = np.nan
    np.testing.assert_allclose(window(look.deg, mm, seen, rate_hz), plain(look.deg, mm, seen, rate_hz), atol=1e-6)


def test_it_counts_what_is_there() -> None:
    deg = np.full((2, 400), 5.0)
    deg[0, 100:110] += np.linspace(0, 8, 10)
    deg[0, 110:] += 8
    seen = np.ones(400, bool)
    seen[300:340] = False
    found = window(deg, np.full(400, 3.5), seen, 200.0)
    assert (found.n_saccades, found.n_fixations, found.n_blinks) == (1, 3, 1)
    assert found.pupil_mm == pytest.approx(3.5)
    assert found.pupil_sd_mm == pytest.approx(0, abs=1e-9)
    assert found.peak_deg_per_s == pytest.approx(8 / 9 * 200)
    assert found.bcea_deg2 == pytest.approx(bcea_deg2(deg[:, seen]), abs=1e-6)


def test_of_a_window_without_gaze_nothing_is_said() -> None:
    found = window(np.full((2, 400), np.nan), np.full(400, np.nan), np.zeros(400, bool), 200.0)
    assert found[:5] == (0, 0, 0, 0, 0)
    assert np.isnan(found[5:]).all()
