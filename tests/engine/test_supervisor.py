from dataclasses import replace
from itertools import pairwise

from engine.events import Remedy
from engine.supervisor import Supervisor, is_due, look, next_tick, reason, saw_attention, saw_signal, saw_trial


def watch(
    supervisor: Supervisor, attending: bool | None, seconds: float, distractors: int = 0
) -> tuple[Supervisor, list[tuple[float, Remedy]]]:
    """What it does, and when, while the situation lasts."""
    done = []
    for tick in range(1, int(seconds * 60) + 1):
        supervisor = next_tick(supervisor)
        if is_due(supervisor):
            supervisor, action = look(supervisor, 0.8, attending, distractors, 3)
            if action:
                done.append((tick / 60, action))
    return supervisor, done


DOING_WELL = Supervisor(success=0.85, attention=0.0)
STRUGGLING = Supervisor(success=0.60, attention=0.0)


def test_in_flow_it_leaves_the_player_alone() -> None:
    assert watch(DOING_WELL, True, 120)[1] == []


def test_twelve_trials_far_above_the_target_unlock_a_distractor() -> None:
    supervisor = DOING_WELL
    for _ in range(30):
        supervisor = saw_trial(supervisor, True, 0.8)
    assert watch(supervisor, True, 60)[1] == [(15.0, "more_distractors")]


def test_a_full_sky_unlocks_nothing() -> None:
    supervisor = Supervisor(success=0.95, attention=0.0, high=20)
    assert watch(supervisor, True, 60, distractors=3)[1] == []


def test_success_without_attention_calls_for_something_new() -> None:
    assert watch(DOING_WELL, False, 20)[1] == [(15.0, "novelty")]


def test_too_hard_takes_distractors_away_before_speed() -> None:
    assert watch(STRUGGLING, True, 20, distractors=2)[1] == [(15.0, "fewer_distractors")]
    assert watch(STRUGGLING, True, 20)[1] == [(15.0, "easier")]


def test_without_attention_known_it_never_touches_speed() -> None:
    assert watch(Supervisor(success=0.6), True, 60)[1] == []


def test_lapses_are_met_gently_and_a_break_is_offered_once() -> None:
    assert watch(STRUGGLING, False, 75)[1] == [(15.0, "re-engage"), (35.0, "offer_break")]
    assert watch(STRUGGLING, False, 60, distractors=1)[1] == [
        (15.0, "re-engage"),
        (35.0, "fewer_distractors"),
        (55.0, "offer_break"),
    ]


def test_an_unknown_signal_is_no_reason_to_act() -> None:
    assert watch(STRUGGLING, None, 120)[1] == []
    assert watch(DOING_WELL, None, 120)[1] == []


def test_actions_keep_twenty_seconds_apart() -> None:
    times = [t for t, _ in watch(STRUGGLING, True, 300)[1]]
    assert all(later - sooner >= 20 for sooner, later in pairwise(times))
    assert len(times) > 5


def test_a_situation_must_hold_for_ten_seconds() -> None:
    supervisor = STRUGGLING
    done: list[tuple[float, Remedy]] = []
    for i in range(20):
        supervisor, now = watch(supervisor, i % 2 == 0, 5)
        done += now
    assert done == []


def tired() -> Supervisor:
    """Two hundred fish, of which the last are often missed."""
    now = DOING_WELL
    for k in range(200):
        now = saw_signal(now, None if k > 100 and k % 3 == 0 else 0.5)
    return now


def test_a_minute_of_fatigue_offers_a_break_and_again_only_after_three() -> None:
    _, done = watch(tired(), True, 400)
    assert [action for _, action in done] == ["offer_break", "offer_break"]
    assert done[0][0] == 70.0
    assert done[1][0] - done[0][0] >= 180
    assert reason(tired(), "offer_break") != reason(replace(tired(), situation="tired"), "offer_break")


def test_recent_success_and_attention_have_their_half_lives() -> None:
    supervisor = Supervisor(success=1.0, attention=0.0)
    for _ in range(8):
        supervisor = saw_trial(supervisor, False, 0.8)
    for _ in range(100):
        supervisor = saw_attention(supervisor, 1.0, 0.1)
    assert supervisor.success is not None
    assert supervisor.attention is not None
    assert abs(supervisor.success - 0.5) < 1e-9
    assert abs(supervisor.attention - 0.5) < 1e-9
