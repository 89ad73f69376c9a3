"""Facts about the check of two clocks by blinks, on the simulated player's head and eyes."""

from typing import NamedTuple

import numpy as np
import pytest

from neuro.clock import BlinkLag, blink_lag
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from tests.neuro.clock.paths import Floats


class Seen(NamedTuple):
    """Five minutes of a head's forehead (microvolts) and of its eyes' blinks."""

    t_s: Floats
    uv: np.ndarray
    blink_t_s: Floats


@pytest.fixture(scope="module")
def seen() -> Seen:
    twin = Twin("adult", 1)
    uv = twin.brain.samples(int(300 * RATE_HZ))
    shut = np.isnan(twin.eyes.samples(300 * 200, (0.5, 0.5)).xy[0]).astype(int)
    closes, opens = np.flatnonzero(np.diff(shut) == 1), np.flatnonzero(np.diff(shut) == -1)
    frontal = [CHANNELS.index("AF7"), CHANNELS.index("AF8")]
    return Seen(np.arange(uv.shape[1]) / RATE_HZ, uv[frontal].mean(axis=0), (closes + opens) / 400)


def lag(seen: Seen, uv: np.ndarray, late_s: float = 0.0) -> BlinkLag:
    found = blink_lag(seen.t_s, uv, seen.blink_t_s - late_s)
    assert found is not None
    return found


@pytest.mark.parametrize("late_s", [-0.25, -0.08, 0.0, 0.03, 0.2])
def test_a_lag_is_found_to_within_five_milliseconds(seen: Seen, late_s: float) -> None:
    found = lag(seen, seen.uv, late_s)
    assert found.lag_s == pytest.approx(late_s, abs=0.005)
    assert found.agreement > 0.7


def test_the_reference_may_turn_blinks_around(seen: Seen) -> None:
    assert lag(seen, -seen.uv, 0.08).lag_s == pytest.approx(0.08, abs=0.005)


def test_lost_samples_and_popping_electrodes_do_not_matter(seen: Seen) -> None:
    uv = seen.uv.copy()
    uv[10_000:12_000] = np.nan
    uv[30_000:30_050] += 20_000.0
    assert lag(seen, uv, 0.03).lag_s == pytest.approx(0.03, abs=0.005)


def test_devices_that_see_different_blinks_do_not_agree(seen: Seen) -> None:
    others = Seen(seen.t_s, seen.uv, np.sort(np.random.default_rng(1).uniform(0, 300, 60)))
    assert lag(others, others.uv).agreement < 0.3
    assert lag(seen, np.zeros_like(seen.uv)).agreement == 0.0
    assert lag(seen, np.full_like(seen.uv, np.nan)).agreement == 0.0


def test_few_blinks_say_nothing(seen: Seen) -> None:
    assert blink_lag(seen.t_s, seen.uv, seen.blink_t_s[:9]) is None
    assert blink_lag(np.empty(0), np.empty(0, np.float32), seen.blink_t_s) is None
