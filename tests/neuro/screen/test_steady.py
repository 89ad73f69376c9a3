"""Whether the eye rested on what it was asked to look at."""

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.screen.steady import MOST_SD, steady

T_S = np.arange(1, 401) / 200  # two seconds


def resting(sd: float = 0.003) -> NDArray[np.float64]:
    return np.random.default_rng(2).normal([[0.1], [-0.2]], sd, (2, 400))


def test_the_last_six_tenths_count_and_what_was_before_does_not() -> None:
    rays = resting()
    rays[:, T_S < 1.4] = 5.0
    assert steady(T_S, rays, 2.0) == pytest.approx([0.1, -0.2], abs=0.001)


def test_a_few_strays_do_not_move_the_median() -> None:
    rays = resting(0.0)
    rays[:, 350:354] += 0.05
    assert steady(T_S, rays, 2.0) == pytest.approx([0.1, -0.2])


@pytest.mark.parametrize(("sd", "rests"), [(0.9 * MOST_SD, True), (1.15 * MOST_SD, False)])
def test_an_eye_that_wobbles_by_more_than_15_px_does_not_rest(sd: float, rests: bool) -> None:
    assert (steady(T_S, resting(sd), 2.0) is not None) == rests


def test_an_eye_that_was_shut_for_most_of_it_was_not_seen() -> None:
    rays = resting()
    rays[:, 300:] = np.nan
    assert steady(T_S, rays, 2.0) is None


def test_a_blink_is_forgiven() -> None:
    rays = resting()
    rays[:, 330:360] = np.nan
    assert steady(T_S, rays, 2.0) is not None


def test_half_a_window_is_not_enough() -> None:
    assert steady(T_S[-50:], resting()[:, -50:], 2.0) is None


def test_nothing_rests_where_nothing_was_recorded() -> None:
    assert steady(T_S, resting(), 9.0) is None
