"""Forty simulated minutes: clocks that drift, one that NTP steps, and stamps that stay where they belong."""

import numpy as np
import pytest

from tests.neuro.clock.table import CABLE, CABLE_WITHOUT_COUNTER, RADIO, Way, glasses_sitting, headset_sitting


@pytest.mark.parametrize(
    ("way", "step_s"),
    [(CABLE, 1.7), (CABLE_WITHOUT_COUNTER, -0.04), (RADIO, -3600.0)],
    ids=["cable", "cable without a counter", "radio"],
)
def test_headsets_stay_within_two_milliseconds(way: Way, step_s: float) -> None:
    error_s, found_s = headset_sitting(way, step_s, seed=1)
    assert np.abs(error_s).max() < 2e-3
    assert found_s == pytest.approx(step_s, abs=5e-3)


def test_glasses_stay_within_two_milliseconds_but_for_the_time_until_the_phone_is_asked_again() -> None:
    error_s, found_s = glasses_sitting(1.7, seed=1)
    assert np.abs(error_s).max() < 2e-3
    assert found_s == pytest.approx(1.7, abs=5e-3)
