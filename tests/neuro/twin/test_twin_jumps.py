"""Eyes that are told to jump leave at once, and looking away gets harder by logits."""

from math import exp

import numpy as np
import pytest

from neuro.sources.twin import Twin
from neuro.twin.eyes import RATE_HZ
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

MIDDLE, ASIDE = (0.5, 0.5), (0.75, 0.5)


def test_a_jump_that_was_waited_out_begins_when_it_is_asked_for() -> None:
    eyes = Twin("adult", 5).eyes
    eyes.samples(200, MIDDLE)
    eyes.jump(1.0, ASIDE)
    x = eyes.samples(200, ASIDE).xy[0]
    assert np.abs(x[:2] - 0.5).max() < 0.03
    assert np.nanargmax(x > 0.7) / RATE_HZ < 0.06  # ten degrees take 43 ms
    assert np.nanmedian(x[12:]) == pytest.approx(0.75, abs=0.05)


def test_eyes_that_jumped_go_back_where_the_thing_to_see_is_still_there() -> None:
    eyes = Twin("adult", 5).eyes
    eyes.samples(200, MIDDLE)
    eyes.jump(1.0, ASIDE)
    x = eyes.samples(200, MIDDLE).xy[0]
    assert np.nanmax(x) > 0.7
    assert np.nanmedian(x[-60:]) == pytest.approx(0.5, abs=0.05)


def test_a_jump_that_is_told_late_begins_with_the_next_sample() -> None:
    eyes = Twin("adult", 5).eyes
    eyes.samples(200, MIDDLE)
    eyes.jump(0.4, ASIDE)
    assert np.abs(eyes.samples(2, ASIDE).xy[0] - 0.5).max() < 0.05


@pytest.mark.parametrize("name", ["adult", "child", "adhd"])
def test_difficulty_moves_the_odds_of_an_error_by_logits(name: str) -> None:
    player, profile = Player(PROFILES[name], 3), PROFILES[name]
    odds = profile.looking.antisaccade_errors / (1 - profile.looking.antisaccade_errors)
    for difficulty in (-1.5, 0.0, 1.5):
        errors = np.mean([player.antisaccades.look_away(trial, difficulty).error for trial in range(1200)])
        expected = odds * exp(difficulty) / (1 + odds * exp(difficulty))
        assert errors == pytest.approx(expected, abs=0.09 if difficulty else 0.04)


def test_no_willed_jump_is_faster_than_people_are() -> None:
    player = Player(PROFILES["adult"], 3)
    looks = [player.antisaccades.look_away(trial, -3.0) for trial in range(300)]
    assert min(look.latency_s for look in looks if not look.error) >= 0.12
