from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reward import (
    FLOOR_Z,
    MIN_SCORES,
    Reward,
    above_share,
    calibrated,
    goal,
    good_share,
    heard,
    next_block,
    next_tick,
)

CALIBRATED = Reward(centre=0.5, spread=0.1, threshold_z=0.0)


def attend(z: float, ticks: int, reward: Reward = CALIBRATED) -> tuple[Reward, int]:
    """As many ticks of a good signal at one z; how many of them paid."""
    reward, payments = replace(reward, z=z), 0
    for _ in range(ticks):
        reward, pays = next_tick(reward, good=True)
        payments += pays
    return reward, payments


def after_block(share: float, good: float = 1.0, threshold_z: float = 0.0) -> Reward:
    return replace(
        CALIBRATED,
        threshold_z=threshold_z,
        ticks=1000,
        good_ticks=int(1000 * good),
        above_ticks=int(1000 * good * share),
    )


@given(st.lists(st.tuples(st.booleans(), st.floats(-3, 3)), max_size=400))
def test_nothing_is_ever_paid_without_a_good_signal(ticks: list[tuple[bool, float]]) -> None:
    reward = CALIBRATED
    for good, z in ticks:
        reward, pays = next_tick(replace(reward, z=z), good)
        assert good or not pays
        assert good or not reward.above


def test_the_first_payment_needs_a_whole_second_above_the_threshold() -> None:
    assert attend(1.0, 59)[1] == 0
    assert attend(1.0, 60)[1] == 1


def test_payments_keep_a_second_and_a_half_apart() -> None:
    assert attend(1.0, 60 + 89)[1] == 1
    assert attend(1.0, 60 + 90)[1] == 2


def test_below_the_threshold_nothing_is_paid() -> None:
    assert attend(-0.01, 600)[1] == 0


def test_z_that_trembles_on_the_threshold_does_not_flicker() -> None:
    reward, _ = attend(0.05, 60)
    assert attend(-0.05, 1, reward)[0].above
    assert not attend(-0.15, 1, reward)[0].above


def gap(ticks: int, reward: Reward) -> Reward:
    """As many ticks without a good signal."""
    for _ in range(ticks):
        reward, pays = next_tick(reward, good=False)
        assert not pays
    return reward


def test_a_blink_neither_counts_in_the_second_nor_starts_it_anew() -> None:
    reward = gap(50, attend(1.0, 58)[0])
    assert attend(1.0, 1, reward)[1] == 0
    assert attend(1.0, 2, reward)[1] == 1


def test_after_a_longer_gap_the_second_starts_anew() -> None:
    reward = gap(95, attend(1.0, 58)[0])
    assert attend(1.0, 59, reward)[1] == 0
    assert attend(1.0, 60, reward)[1] == 1


def test_what_is_usual_draws_todays_calibration_towards_it() -> None:
    reward = Reward()
    for i in range(1201):
        reward = heard(reward, 0.4 + 0.2 * (i % 2), t_s=i / 10)
    today = calibrated(reward, 0.8, None)
    both = calibrated(reward, 0.8, None, usual=(0.9, 0.3))
    assert today.centre is not None
    assert today.spread is not None
    assert both.centre == pytest.approx((today.centre + 0.9) / 2)  # two minutes weigh as much as all before
    assert both.spread == pytest.approx((today.spread + 0.3) / 2)


def test_a_lost_signal_leaves_z_and_shares_as_they_were() -> None:
    reward, _ = attend(1.0, 200)
    lost = reward
    for _ in range(300):
        lost, _ = next_tick(lost, good=False)
    assert (lost.z, lost.paid, above_share(lost)) == (reward.z, reward.paid, above_share(reward))
    assert good_share(lost) == 200 / 500


def test_without_a_calibration_nothing_is_paid() -> None:
    reward, payments = attend(3.0, 300, Reward())
    assert payments == 0
    assert above_share(reward) is None


def test_calibration_takes_median_spread_and_quantile() -> None:
    reward = Reward()
    for i in range(101):
        reward = heard(reward, i / 100, t_s=i * 1000.0)
    reward = calibrated(reward, goal=0.8, last_threshold=None)
    assert reward.centre == 0.5
    assert reward.spread is not None
    assert abs(reward.spread - 1.4826 * 0.25) < 1e-9
    assert reward.threshold_z is not None
    assert reward.threshold_z == FLOOR_Z  # the quantile lies lower, and drowsiness is not paid
    assert reward.scores == ()


def test_the_last_threshold_weighs_half() -> None:
    reward = Reward()
    for i in range(200):
        reward = heard(reward, 0.4 + 0.2 * (i % 2), t_s=i / 10)
    first = calibrated(reward, 0.5, None).threshold_z
    assert first is not None
    assert calibrated(reward, 0.5, 1.0).threshold_z == (first + 1.0) / 2


def test_too_few_scores_calibrate_nothing() -> None:
    reward = Reward()
    for i in range(MIN_SCORES - 1):
        reward = heard(reward, 0.5, t_s=i / 10)
    assert calibrated(reward, 0.8, None) is reward


def test_a_model_that_always_says_the_same_makes_no_huge_z() -> None:
    reward = Reward()
    for i in range(100):
        reward = heard(reward, 0.7, t_s=i / 10)
    reward = heard(calibrated(reward, 0.8, None), 0.72, t_s=11.0)
    assert reward.z_now is not None
    assert abs(reward.z_now) <= 1.01


def test_smoothing_is_half_way_after_its_half_life() -> None:
    reward = replace(CALIBRATED, z=0.0, seen_s=0.0)
    for i in range(1, 4):
        reward = heard(reward, 0.6, t_s=i / 4)
    assert reward.z is not None
    assert abs(reward.z - 0.5) < 1e-6


def test_after_a_silence_one_estimate_does_not_outweigh_all_before() -> None:
    reward = heard(replace(CALIBRATED, z=0.0, seen_s=0.0), 0.6, t_s=100.0)
    assert reward.z is not None
    assert reward.z < 0.25


@given(st.floats(0, 1), st.floats(0, 1), st.floats(FLOOR_Z, 3), st.integers(1, 30))
def test_the_threshold_moves_at_most_half_a_spread_and_never_under_the_floor(
    share: float, good: float, threshold_z: float, sitting: int
) -> None:
    after, _ = next_block(after_block(share, good, threshold_z), goal(sitting))
    assert after.threshold_z is not None
    assert after.threshold_z >= FLOOR_Z
    assert abs(after.threshold_z - threshold_z) <= 0.5 + 1e-9
    assert after.good_ticks == after.paid == 0


def test_between_blocks_the_threshold_follows_the_share_in_bounded_steps() -> None:
    def moved(share: float) -> float | None:
        return next_block(after_block(share), goal=0.8)[0].threshold_z

    assert moved(0.70) == 0.0
    assert moved(0.82) == 0.125
    assert moved(0.55) == -0.125
    assert moved(0.95) is not None
    assert abs((moved(0.95) or 0) - 0.5 * 0.15 / 0.35) < 1e-9
    assert abs((moved(0.10) or 0) + 0.5) < 1e-9


def test_a_block_without_enough_signal_moves_no_threshold() -> None:
    after, reason = next_block(after_block(share=1.0, good=0.59), goal=0.8)
    assert after.threshold_z == 0.0
    assert reason is None


def test_rewards_thin_slowly_over_the_sittings() -> None:
    assert [goal(n) for n in (1, 3, 4, 8, 9, 15, 16)] == [0.80, 0.80, 0.75, 0.75, 0.70, 0.70, 0.65]
