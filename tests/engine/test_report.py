"""The numbers and words of one sitting."""

import json
import re
from dataclasses import asdict, dataclass, fields, replace

import pytest

from engine.report import Summary, as_json, summarise
from engine.store.rows import BlockRow, EstimateRow, EventRow, TrialRow
from engine.tasks.strike_measures import measures
from engine.telling import as_text


@dataclass(frozen=True)
class Sitting:
    id: int = 3
    level_id: str = "strike-01"
    started_utc: str = "2025-06-15T15:06:40Z"
    ending: str | None = "done"


TRIAL = TrialRow(1, 1, "strike", "fish", "hit", True, True, False, 90, 0.4, 0.5, 0)
BLOCK = BlockRow(1, "strike", "strike-01", "keys", 60.0, 20, 0.8, 9, 0.7, 0.9, -0.2, 0.4, 1, 2)

TRIALS = (
    replace(TRIAL, practice=True, difficulty=-2.0),
    replace(TRIAL, difficulty=-0.5, reaction_s=0.3),
    replace(TRIAL, reaction_s=0.5),
    replace(TRIAL, outcome="miss", success=False, reaction_s=None),
    replace(TRIAL, kind="frog", outcome="held", reaction_s=None),
    replace(TRIAL, kind="frog", outcome="false_alarm", success=False),
    replace(TRIAL, difficulty=1.25),
    replace(TRIAL, outcome="void", success=False, valid=False, difficulty=9.0),
)
BLOCKS = (BLOCK, replace(BLOCK, block=2, seconds=30.0, reward_share=0.4, good_share=0.6, threshold_z=0.1))
EVENTS = (
    EventRow(0, "stage_started", '{"stage":"fit","block":0}'),
    EventRow(600, "stage_started", '{"stage":"rest","block":0}'),
    EventRow(900, "reward_paid", "{}"),
    EventRow(7200, "sitting_done", '{"stars":3}'),
)
ESTIMATES = tuple(
    EstimateRow(tick / 60 if tick else 0.0, 0.6, 0.9, state, (), tick)
    for tick, state in ((0, "not_worn"), (300, "poor"), (1200, "good"), (6600, "artifact"), (None, "stale"))
)


def summary(**other: object) -> Summary:
    given = {"trials": TRIALS, "blocks": BLOCKS, "estimates": ESTIMATES, "events": EVENTS, "session": Sitting()}
    return summarise(**given | other)  # type: ignore[arg-type]


def test_practice_and_void_trials_count_for_nothing() -> None:
    said = summary()
    (strike,) = said.games
    assert (said.trials, strike.trials) == (6, 6)
    assert said.success_rate == strike.success_rate == pytest.approx(4 / 6)
    assert (strike.difficulty_start, strike.difficulty_end) == (-0.5, 1.25)


def test_the_measures_are_those_of_the_task() -> None:
    (strike,) = summary().games
    assert strike.measures == asdict(measures(TRIALS))
    assert strike.measures["reaction_mean_s"] == pytest.approx(0.4)


def test_each_game_of_a_sitting_is_told_by_itself_in_the_order_of_play() -> None:
    flanker = replace(TRIAL, task="flanker", kind="congruent", block=3)
    wrong = replace(flanker, kind="incongruent", outcome="wrong", success=False)
    school = replace(BLOCK, block=3, task="flanker", level="flanker-01", by="gaze")
    warmup = replace(wrong, block=0, practice=True)
    said = summary(trials=(warmup, *TRIALS, flanker, wrong), blocks=(*BLOCKS, school))
    first, second = said.games
    assert said.trials == 8
    assert (first.task, first.levels, first.by, first.blocks) == ("strike", ("strike-01",), ("keys",), 2)
    assert (second.task, second.levels, second.by, second.blocks) == ("flanker", ("flanker-01",), ("gaze",), 1)
    assert (second.trials, second.success_rate) == (2, 0.5)
    assert "Flanker, with the eyes: 2 trials, 50% right." in as_text(said)


def test_what_is_done_at_the_same_time_counts_in_measures_alone() -> None:
    second = replace(TRIAL, strand="second", success=False, outcome="miss")
    assert summary(trials=(*TRIALS, second)).trials == summary().trials


def test_signal_states_last_as_the_game_saw_them_and_the_fit_check_does_not_count() -> None:
    said = summary()
    assert said.state_s == {"artifact": 10.0, "good": 90.0, "poor": 10.0}
    assert said.good_share == pytest.approx(90 / 110)
    assert said.minutes == 2.0


def test_blocks_weigh_by_their_good_seconds() -> None:
    assert summary().reward_rate == pytest.approx((54 * 0.7 + 18 * 0.4) / 72)


def test_threshold_stars_and_rewards_are_those_of_the_end() -> None:
    said = summary()
    assert (said.threshold_z, said.stars, said.rewards, said.blocks) == (0.1, 3, 1, 2)


def test_without_a_headset_nothing_is_said_of_the_signal() -> None:
    absent = tuple(replace(estimate, state="absent") for estimate in ESTIMATES)
    bare = tuple(replace(block, good_share=None, reward_share=None, threshold_z=None) for block in BLOCKS)
    for estimates in (absent, ()):
        said = summary(estimates=estimates, blocks=bare)
        assert (said.good_share, said.reward_rate, said.threshold_z) == (None, None, None)
        assert "There was no headset" in as_text(said)


def test_a_sitting_that_was_cut_off_at_once_can_be_summarised() -> None:
    said = summary(trials=(), blocks=(), estimates=(), events=(), session=Sitting(ending="interrupted"))
    assert (said.minutes, said.trials, said.success_rate, said.games, said.stars) == (0.0, 0, None, (), 0)
    assert "cut off, and kept as far as it was saved." in as_text(said)


def test_as_json_has_every_key() -> None:
    said = summary()
    back = json.loads(as_json(said))
    assert list(back) == [field.name for field in fields(Summary)]
    assert back["state_s"] == dict(said.state_s)


def test_as_text_reads_plainly() -> None:
    assert as_text(summary()).splitlines() == [
        "Sitting 3, level strike-01, 2025-06-15T15:06:40Z: 2.0 minutes, played to its end, 3 stars.",
        "Trials: 6, 67% of them right.",
        "Strike, with keys: 6 trials, 67% right.",
        "  Difficulty went from -0.50 to +1.25.",
        "  Half would be right at +0.99 (most likely between -0.59 and +2.56).",
        "  Measured: success rate 67 %, omission rate 25 %, commission rate 50 %, d′ 0.52, criterion -0.26, "
        "reaction mean 400 ms, reaction sd 100 ms, reaction cv 0.25.",
        "The signal was good 82% of the time.",
        "Otherwise it was: movement 10 s, poor contact 10 s.",
        "Attention was above the threshold (+0.10) for 62% of the good time. Rewards: 1.",
        "These are numbers of one practice, compared with nobody else. They say nothing about health.",
    ]


@pytest.mark.parametrize("ending", ["done", "left", "interrupted", "failed", None])
def test_no_report_claims_anything(ending: str | None) -> None:
    claims = r"treat|cure|diagnos|clinical|improve|ADHD|medic|rewire|brain age|guarantee"
    assert not re.search(claims, as_text(summary(session=Sitting(ending=ending))), re.IGNORECASE)


def life(tick: int, device: str, state: str, reason: str | None = None) -> EventRow:
    return EventRow(tick, "device_life", json.dumps({"device": device, "state": state, "reason": reason}))


def test_a_device_that_was_gone_is_told_with_its_reason_and_how_long() -> None:
    lives = (
        life(0, "eeg", "streaming"),
        life(3600, "eeg", "lost", "It has gone: charge it."),
        life(3700, "gaze", "lost", "Wake the phone."),
        life(3990, "eeg", "reconnecting"),
        life(4020, "eeg", "streaming"),
    )
    told = summary(events=(*EVENTS, *lives))
    assert [(loss.device, loss.at_s, loss.seconds) for loss in told.losses] == [
        ("eeg", 60.0, 6.5),
        ("gaze", pytest.approx(3700 / 60), None),
    ]
    words = as_text(told)
    assert "After 1.0 minutes the headset was gone for 6 s: It has gone: charge it." in words
    assert "After 1.0 minutes the eye tracker was gone until the end: Wake the phone." in words


def checked(block: int, error_deg: float | None, **other: object) -> EventRow:
    told = {"block": block, "purpose": "check", "mapping": "marks", "n_targets": 5, "n_steady": 5}
    drift_deg = None if error_deg is None else [error_deg, 0.0]
    told |= {"error_deg": error_deg, "drift_deg": drift_deg, "good": error_deg is not None}
    return EventRow(100 * block, "gaze_checked", json.dumps(told | other))


def test_how_far_gaze_was_off_is_said_for_each_check_and_how_far_it_wandered() -> None:
    said = summary(events=(*EVENTS, checked(0, 1.2), checked(0, 7.0, purpose="centre"), checked(1, 2.1)))
    assert [check.error_deg for check in said.gaze] == [1.2, 2.1]
    text = as_text(said)
    assert "Where the player looked was off by 1.2 degrees at the beginning, 2.1 degrees after part 1." in text
    assert "It wandered by 0.9 degrees in between." in text
    assert "relied" not in text


def test_gaze_that_could_not_be_judged_is_said_with_what_to_do() -> None:
    text = as_text(summary(events=(*EVENTS, checked(0, 1.2), checked(1, None))))
    assert "Too few dots were looked at to say how far off gaze was: after part 1." in text
    assert "seat the glasses well" in text
    assert "wandered" not in text


def test_without_glasses_nothing_is_said_of_gaze() -> None:
    assert summary().gaze == ()
    assert "look" not in as_text(summary())


def test_quiet_is_told_by_what_attention_did_in_its_own_blocks() -> None:
    stages = [EventRow(60, "stage_started", '{"stage":"block","block":1}')]
    threshold = EventRow(1, "threshold_set", '{"block":1,"threshold_z":0.0,"centre":0.5,"spread":0.1,"reason":""}')
    estimates = [EstimateRow(1.0 + k / 10, 0.6 if k < 30 else 0.4, 0.9, "good", (), 61 + 6 * k) for k in range(40)]
    block = replace(BLOCK, task="quiet", level="quiet-01", trials=0, success_rate=None)
    (game,) = summary(trials=(), blocks=(block,), estimates=estimates, events=[threshold, *stages]).games
    assert (game.task, game.trials, game.ability) == ("quiet", 0, None)
    assert game.measures["share"] == pytest.approx(0.75)
    assert game.measures["longest_hold_s"] == pytest.approx(3.0)


def test_a_check_up_is_told_apart_from_the_same_game_played() -> None:
    water = replace(TRIAL, task="still-water", kind="bud", detail_json='{"early":0,"again":0}')
    check = replace(BLOCK, task="still-water", level="checkup-still-water")
    game = replace(check, block=2, level="still-water-01")
    said = summary(trials=(water, replace(water, block=2), replace(water, block=2)), blocks=(check, game)).games
    assert [(each.is_checkup, each.trials, each.blocks) for each in said] == [(True, 1, 1), (False, 2, 1)]
