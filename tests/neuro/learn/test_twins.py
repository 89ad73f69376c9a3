"""Simulated players as people to learn from."""

import numpy as np

from neuro.learn.data import BASELINE_S, STEP_S
from neuro.learn.twins import twins
from neuro.twin.eeg import CHANNELS


def test_a_twin_has_brain_eyes_and_truth_against_its_own_rest() -> None:
    (one,) = twins([3], seconds=100.0)
    assert one.channels == CHANNELS
    assert {0.0, 1.0} >= set(one.engaged.tolist())
    assert len(one.engaged) < (100.0 - BASELINE_S) / STEP_S  # what is neither in nor out of the zone is no window
    seen = np.isfinite(one.eyes).all(axis=1)
    assert seen.mean() > 0.7
    at_rest = one.eyes[: int(BASELINE_S / STEP_S) - 10]
    assert np.abs(np.nanmedian(at_rest, axis=0)).max() < 1.0
