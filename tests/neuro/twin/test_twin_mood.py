"""What happens in the game moves the simulated player, and only what is still to come."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neuro.twin.attention import Zone
from neuro.twin.behaviour import practice
from neuro.twin.mood import Mood
from neuro.twin.player import Player
from neuro.twin.profiles import ADHD, ADULT, CHILD, NOVICE, PROFILES


def share_in(player: Player, start_s: float, end_s: float) -> float:
    return float(np.mean([player.zone.attending(t) for t in np.arange(start_s, end_s, 1.0)]))


def shares(profile: str, happen: str, n: int = 40) -> float:
    """How much of ten minutes such players attend, while the same thing happens again and again."""
    found = []
    for seed in range(n):
        player = Player(PROFILES[profile], seed)
        for t_s in range(0, 600, 3):
            match happen:
                case "distractors":
                    player.distracted(float(t_s), 3)
                case "rewards":
                    player.rewarded(float(t_s))
                case "failures":
                    player.tried(float(t_s), False)
        found.append(share_in(player, 0, 600))
    return float(np.mean(found))


def test_distractors_draw_attention_away_and_most_with_adhd() -> None:
    calm, drawn = shares("child", "nothing"), shares("child", "distractors")
    calm_adhd, drawn_adhd = shares("adhd", "nothing"), shares("adhd", "distractors")
    assert drawn < calm - 0.1
    assert calm_adhd / drawn_adhd > calm / drawn


def test_rewards_hold_attention_and_failures_lose_it() -> None:
    assert shares("adhd", "rewards") > shares("adhd", "nothing") + 0.03
    assert shares("adhd", "failures") < shares("adhd", "nothing") - 0.03


def test_three_failures_in_a_row_frustrate_and_a_minute_calms() -> None:
    mood = Mood(CHILD.temper, CHILD.attention.in_s)
    mood.tried(0.0, False)
    mood.tried(3.0, False)
    assert mood.frustration(3.0) == 0
    mood.tried(6.0, False)
    assert mood.frustration(6.0) == pytest.approx(0.3)
    assert mood.frustration(66.0) == pytest.approx(0.3 / np.e)
    assert mood.quit_per_s(6.0) == pytest.approx(0.002 * 0.09)


def test_what_is_too_easy_for_a_while_bores() -> None:
    easy, fair = Mood(ADULT.temper, 40.0), Mood(ADULT.temper, 40.0)
    for k in range(60):
        easy.tried(3.0 * k, True)
        fair.tried(3.0 * k, k % 5 > 0)
    assert easy.boredom(180.0) > 0.5
    assert fair.boredom(180.0) < 0.2


def test_the_glow_of_a_reward_ends() -> None:
    mood = Mood(ADHD.temper, 20.0)
    mood.rewarded(10.0)
    assert mood.pace(17.9) == 0.7
    assert mood.pace(18.1) == 1.0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.1, 20), st.floats(0.3, 6), st.booleans()), min_size=1, max_size=20),
    st.integers(0, 20),
)
def test_what_is_lived_through_never_changes_the_past(urges: list[tuple[float, float, bool]], seed: int) -> None:
    zone, now_s = Zone(ADHD.attention, np.random.default_rng(seed)), 0.0
    t_s = np.arange(0, 60, 0.5)
    for wait_s, pace, resting in urges:
        now_s += wait_s
        past = t_s[t_s <= now_s]
        before = ([zone.attending(t) for t in past], zone.wandering(past), zone.arousal(past))
        zone.urge(now_s, pace)
        zone.rest(now_s, resting)
        zone.attending(now_s + 60)
        assert before[0] == [zone.attending(t) for t in past]
        assert np.array_equal(before[1], zone.wandering(past))
        assert np.allclose(before[2], zone.arousal(past), atol=1e-12)


def test_a_break_brings_back_what_time_on_task_took() -> None:
    def arousal_after(breaks: bool) -> float:
        found = []
        for seed in range(60):
            player = Player(ADHD, seed)
            player.plays(0.0, True)
            if breaks:
                player.plays(600.0, False)
                player.plays(780.0, True)
            found.append(player.zone.arousal(np.array([800.0]))[0])
        return float(np.mean(found))

    assert arousal_after(breaks=True) > arousal_after(breaks=False) + 0.3


def test_practice_gains_most_at_first_and_most_of_it_by_the_twelfth_sitting() -> None:
    gained = [practice(CHILD.learning, sitting, 0) for sitting in (1, 2, 13, 40)]
    assert gained[0] == 0
    assert gained[1] == pytest.approx(0.15, abs=0.01)
    assert gained[2] == pytest.approx(0.85)
    assert gained[3] < 1.0
    assert practice(CHILD.learning, 1, 50) == pytest.approx(0.2)


def test_a_novice_becomes_an_expert() -> None:
    def played(sitting: int) -> tuple[float, float, float]:
        found = []
        for seed in range(30):
            player = Player(NOVICE, seed, sitting)
            answers = [player.answer(600.0 + 3 * k, k, True) for k in range(40)]
            pressed = [answer for answer in answers if answer is not None]
            held = sum(player.answer(600.0 + 3 * k, k, False) is None for k in range(40, 80)) / 40
            found.append((share_in(player, 0, 600), float(np.mean(pressed)), held))
        share, time_s, held = np.mean(found, axis=0)
        return float(share), float(time_s), float(held)

    first, last = played(1), played(25)
    assert first[0] == pytest.approx(0.5, abs=0.08)
    assert last[0] == pytest.approx(0.8, abs=0.08)
    assert last[1] < first[1]
    assert last[2] > first[2]


def test_a_players_hand_becomes_more_cautious_with_minutes_of_play_but_not_in_breaks() -> None:
    def misses(player: Player, t_s: float) -> int:
        return sum(player.answer(t_s, trial, True) is None for trial in range(1500))

    fresh, worn, rested = (Player(ADHD, 3) for _ in range(3))
    for player in (fresh, worn):
        player.plays(0.0, True)
    when = next(t for t in np.arange(1500.0, 1600.0) if worn.zone.attending(t) == rested.zone.attending(t))
    assert misses(worn, when) > 1.3 * misses(rested, when)
