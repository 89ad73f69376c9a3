"""The hands press, hesitate and slip as often as the tables say, and give a trial one answer for ever."""

import numpy as np
import pytest

from neuro.sources.twin import Twin
from neuro.twin.profiles import PROFILES

TRIALS = range(6000)


def times_s(profile: str, go: bool, attending: bool) -> list[float]:
    hands = Twin(profile, 1).hands
    answers = (hands.answer(trial, go, attending) for trial in TRIALS)
    return [answer for answer in answers if answer is not None]


def variability(profile: str) -> float:
    """SD over mean of the reaction times of a sitting, in and out of the zone as the twin is."""
    twin = Twin(profile, 2)
    answers = (twin.hands.answer(trial, True, twin.zone.attending(trial * 2.5)) for trial in TRIALS)
    pressed = np.array([answer for answer in answers if answer is not None])
    return float(pressed.std() / pressed.mean())


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("attending", [True, False])
def test_reaction_times_have_the_moments_of_an_ex_gaussian(profile: str, attending: bool) -> None:
    table = PROFILES[profile].reaction_in if attending else PROFILES[profile].reaction_out
    pressed = np.array(times_s(profile, go=True, attending=attending))
    sd_s = np.hypot(table.sigma_s, table.tau_s)
    assert pressed.mean() == pytest.approx(table.mu_s + table.tau_s, rel=0.03)
    assert pressed.std() == pytest.approx(sd_s, rel=0.08)
    assert np.mean(((pressed - pressed.mean()) / pressed.std()) ** 3) == pytest.approx(
        2 * (table.tau_s / sd_s) ** 3, abs=0.4
    )


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("attending", [True, False])
def test_fish_are_missed_and_frogs_are_struck_as_often_as_the_table_says(profile: str, attending: bool) -> None:
    table = PROFILES[profile].reaction_in if attending else PROFILES[profile].reaction_out
    missed = 1 - len(times_s(profile, go=True, attending=attending)) / len(TRIALS)
    struck = len(times_s(profile, go=False, attending=attending)) / len(TRIALS)
    assert missed == pytest.approx(table.omission, abs=0.02)
    assert struck == pytest.approx(table.false_alarm, abs=0.02)


def test_strikes_at_frogs_are_hasty() -> None:
    assert np.mean(times_s("child", go=False, attending=True)) < np.mean(times_s("child", go=True, attending=True))


def test_nobody_reacts_before_150_ms() -> None:
    assert min(times_s("adult", go=False, attending=False)) >= 0.15


def test_reaction_times_vary_more_in_children_and_most_with_adhd() -> None:
    assert variability("adhd") > variability("child") > variability("adult")


def test_a_trial_has_one_answer_in_whatever_order_it_is_asked() -> None:
    forwards, backwards = Twin("adhd", 4).hands, Twin("adhd", 4).hands
    first = [forwards.answer(trial, True, True) for trial in range(50)]
    assert first == [backwards.answer(trial, True, True) for trial in reversed(range(50))][::-1]
    assert first != [Twin("adhd", 5).hands.answer(trial, True, True) for trial in range(50)]


@pytest.mark.parametrize("attending", [True, False])
def test_stopping_takes_as_long_as_the_table_says_whatever_the_answer_was_to_be(attending: bool) -> None:
    hands, table = Twin("child", 1).hands, PROFILES["child"]
    stops_s = np.array([hands.stop_s(trial, attending) for trial in TRIALS])
    goes_s = np.array([hands.reaction_s(trial, attending) for trial in TRIALS])
    assert stops_s.mean() == pytest.approx((table.reaction_in if attending else table.reaction_out).stop_s, abs=0.002)
    assert abs(np.corrcoef(stops_s, goes_s)[0, 1]) < 0.05


def test_what_is_harder_makes_slips_likelier_and_the_hand_no_slower() -> None:
    def pressed(go: bool, difficulty: float) -> list[float]:
        hands = Twin("child", 1).hands
        answers = (hands.answer(trial, go, True, difficulty=difficulty) for trial in TRIALS)
        return [answer for answer in answers if answer is not None]

    of = PROFILES["child"].reaction_in
    missed, struck = 1 - len(pressed(True, 2.0)) / len(TRIALS), len(pressed(False, 2.0)) / len(TRIALS)
    for found, usual in ((missed, of.omission), (struck, of.false_alarm)):
        assert np.log(found / (1 - found)) == pytest.approx(np.log(usual / (1 - usual)) + 2.0, abs=0.2)
    assert np.mean(pressed(True, 2.0)) == pytest.approx(np.mean(pressed(True, 0.0)), rel=0.01)


def test_a_sure_press_takes_as_long_as_any_other() -> None:
    hands = Twin("adhd", 1).hands
    sure = [hands.reaction_s(trial, True) for trial in TRIALS]
    assert len(sure) == len(TRIALS)
    assert np.mean(sure) == pytest.approx(np.mean(times_s("adhd", go=True, attending=True)), rel=0.01)
