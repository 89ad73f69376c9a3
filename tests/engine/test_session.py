from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from math import pi, sin

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from engine.control import Arm
from engine.dots import FIVE, NINE
from engine.events import (
    BlockDone,
    DifficultyChanged,
    DistractorsChanged,
    Event,
    RewardPaid,
    SittingDone,
    StageStarted,
    StimulusShown,
    SupervisorActed,
    ThresholdSet,
    TrialDone,
)
from engine.level import LEVELS
from engine.ports import Devices, Inputs, Looked, Place
from engine.session import FRESH_TICKS, Setup, Sitting, alike, begin, boost, phase, stage_s, stars, step, voided
from engine.skill import Skill, gain, next_skill, nudged
from engine.supervisor import EASIER_STEP, NOVELTY_STEP, VERSION
from engine.tasks.strike import Strike

LEVEL = LEVELS.find("strike-01").model_copy(update={"block_s": 20.0})
SETUP = Setup(alike(LEVEL, 40.0), seed=7, rest_s=2.0, warmup_s=12.0)
LONG = replace(SETUP, parts=alike(LEVEL, 200.0, first_x=-3.0))
CONFIRM = Inputs(pressed=("confirm",))


@dataclass(frozen=True)
class Signal:
    t_s: float
    score: float = 0.6
    trust: float = 0.9
    state: str = "good"
    channels: tuple[str, ...] = ()


def signal(tick: int, score: float | None = None, state: str = "good", trust: float = 0.9) -> Signal:
    """Ten estimates a second; a score that swings about .5 every four seconds unless it is given."""
    hop = tick // 6
    return Signal(hop / 10, 0.5 + 0.1 * sin(2 * pi * hop / 40) if score is None else score, trust, state)


def ticks(setup: Setup, inputs: Iterator[Inputs]) -> Iterator[tuple[Sitting, tuple[Event, ...]]]:
    now = begin(setup)
    for given_now in inputs:
        now, events = step(setup, now, given_now)
        yield now, events
        if now.stage == "done":
            return


def simple_inputs(state: str = "good", score: float | None = None) -> Iterator[Inputs]:
    """Confirms whatever can be confirmed and strikes now and then, at whatever is there."""
    tick = 0
    while True:
        tick += 1
        pressed = ("confirm", "strike") if tick % 131 == 0 else ("confirm",)
        yield Inputs(pressed=pressed, attention=signal(tick, score, state))


@cache
def whole(
    setup: Setup, state: str = "good", score: float | None = None
) -> tuple[tuple[Sitting, tuple[Event, ...]], ...]:
    return tuple(ticks(setup, simple_inputs(state, score)))


def happened(run: tuple[tuple[Sitting, tuple[Event, ...]], ...]) -> list[Event]:
    return [event for _, events in run for event in events]


def in_block(setup: Setup = SETUP) -> Sitting:
    return next(now for now, _ in whole(setup) if now.stage == "block" and water(now).phase == "reach")


def water(now: Sitting) -> Strike:
    assert isinstance(now.game, Strike)
    return now.game


def test_a_sitting_goes_through_its_stages_in_order() -> None:
    stages = [(e.stage, e.block) for e in happened(whole(SETUP)) if isinstance(e, StageStarted)]
    assert stages == [
        ("rest", 0),
        ("warmup", 0),
        ("ready", 0),
        ("block", 1),
        ("break", 1),
        ("block", 2),
        ("done", 2),
    ]


def test_the_fit_check_waits_for_the_player_however_long() -> None:
    now = begin(SETUP)
    for _ in range(1000):
        now, _ = step(SETUP, now, Inputs())
    assert now.stage == "fit"
    assert step(SETUP, now, CONFIRM)[0].stage == "rest"


def test_without_a_headset_there_is_no_rest_no_reward_and_skill_plays_on() -> None:
    run = whole(replace(SETUP, has_headset=False), state="absent")
    events = happened(run)
    assert StageStarted("rest", 0) not in events
    assert not any(isinstance(e, RewardPaid | ThresholdSet) for e in events)
    assert any(isinstance(e, DifficultyChanged) for e in events)
    assert all(e.valid for e in events if isinstance(e, TrialDone))
    (first, second) = (e for e in events if isinstance(e, BlockDone))
    assert first.good_share is first.reward_share is second.threshold_z is None


def test_nothing_moves_while_the_player_rests_on_the_water() -> None:
    resting = [now for now, _ in whole(SETUP) if now.stage == "rest"]
    assert len(resting) == 120
    assert {now.game for now in resting} == {None}
    assert {phase(now) for now in resting} == {"rest"}


def test_the_signal_path_is_told_what_to_do_with_the_time() -> None:
    phases = {now.stage: phase(now) for now, _ in whole(SETUP)}
    assert phases["warmup"] == "task"
    assert phases["block"] == phases["break"] == phases["ready"] == "play"
    assert phase(begin(SETUP)) == "fit"


def test_practice_is_easier_counts_for_nothing_and_calibrates_the_reward() -> None:
    events = happened(whole(SETUP))
    practice = [e for e in events if isinstance(e, TrialDone) and e.practice]
    assert practice
    assert all(e.difficulty == 0 and e.block == 0 for e in practice)
    warm = events[: events.index(StageStarted("ready", 0))]
    assert not any(isinstance(e, DifficultyChanged) for e in warm)
    (threshold,) = (e for e in warm if isinstance(e, ThresholdSet))
    assert 0.4 < threshold.centre < 0.6


def test_a_warm_up_without_signal_is_made_up_for_in_the_first_block() -> None:
    def inputs() -> Iterator[Inputs]:
        for tick, given_now in enumerate(simple_inputs()):
            yield given_now if tick > 1500 else replace(given_now, attention=signal(tick, state="poor"))

    events = [event for _, happening in ticks(SETUP, inputs()) for event in happening]
    thresholds = [e.block for e in events if isinstance(e, ThresholdSet)]
    assert thresholds[0] == 2
    assert {e.block for e in events if isinstance(e, RewardPaid)} <= {2}


def test_the_threshold_is_frozen_within_a_block() -> None:
    frozen: dict[int, set[float | None]] = {}
    for now, _ in whole(SETUP):
        if now.stage == "block":
            frozen.setdefault(now.block, set()).add(now.reward.threshold_z)
    assert [len(seen) for seen in frozen.values()] == [1, 1]


def test_every_reward_comes_while_the_signal_is_good() -> None:
    paid = [(now, e) for now, events in whole(SETUP) for e in events if isinstance(e, RewardPaid)]
    assert paid
    assert all(now.signal_good and e.z > e.threshold_z - 0.1 for now, e in paid)
    assert whole(SETUP)[-1][0].totals.rewards == len(paid)


def test_muscle_or_an_empty_headset_is_never_paid() -> None:
    for state in ("artifact", "not_worn", "poor", "stale", "absent"):
        assert not any(isinstance(e, RewardPaid) for e in happened(whole(SETUP, state, 0.99)))


def test_low_trust_is_not_good() -> None:
    now, _ = step(SETUP, begin(SETUP), Inputs(attention=signal(0, trust=0.49)))
    assert not now.signal_good
    assert step(SETUP, begin(SETUP), Inputs(attention=signal(0, trust=0.5)))[0].signal_good


def test_an_estimate_that_never_changes_goes_stale() -> None:
    now = begin(SETUP)
    for _ in range(FRESH_TICKS):
        now, _ = step(SETUP, now, Inputs(attention=signal(0)))
    assert now.signal_good
    now, _ = step(SETUP, now, Inputs(attention=signal(0)))
    assert (now.signal_state, now.signal_good) == ("stale", False)


def test_trials_without_the_headset_play_on_but_say_nothing_about_skill() -> None:
    run = whole(SETUP, state="not_worn")
    trials = [e for e in happened(run) if isinstance(e, TrialDone) and not e.practice]
    assert trials
    assert not any(e.valid for e in trials)
    assert run[-1][0].skill.x == SETUP.parts[0].first_x
    assert run[-1][0].stars == 1


def test_a_noisy_signal_does_not_void_trials() -> None:
    assert all(e.valid for e in happened(whole(SETUP, state="artifact")) if isinstance(e, TrialDone))


def test_after_a_pause_the_running_trial_is_void_and_the_next_one_counts() -> None:
    now, events = step(SETUP, voided(in_block()), Inputs())
    (done,) = events
    assert isinstance(done, TrialDone)
    assert (done.outcome, done.valid) == ("void", False)
    assert now.totals == in_block().totals


def test_a_block_never_cuts_a_trial_short() -> None:
    previous = begin(SETUP)
    for now, _ in whole(SETUP):
        if previous.stage == "block" and now.stage != "block":
            assert water(previous).phase in ("gap", "ending")
            assert now.game is not None
            assert now.game.between_trials
            assert previous.stage_tick >= 20 * 60 - 1
        previous = now


def test_a_break_can_be_ended_after_three_seconds_and_not_before() -> None:
    breaks = [now.stage_tick for now, _ in whole(SETUP) if now.stage == "break"]
    assert max(breaks) == 3 * 60 - 1
    resting = next(now for now, _ in whole(SETUP) if now.stage == "break")
    for _ in range(600):
        assert resting.stage == "break"
        resting, _ = step(SETUP, resting, Inputs())
    assert resting.stage == "block"


def test_play_is_cut_into_equal_blocks_no_longer_than_the_level_allows() -> None:
    setup = replace(SETUP, parts=alike(LEVEL, 50.0))
    assert begin(setup).blocks == 3
    assert [stage_s(setup, "block", block) for block in (1, 2, 3)] == [50 / 3] * 3
    assert stage_s(setup, "fit") is None


def test_the_water_clears_slowly_and_rests_while_the_signal_is_lost() -> None:
    before = begin(SETUP)
    for now, _ in whole(SETUP):
        assert 0 <= now.feedback <= 1
        assert abs(now.feedback - before.feedback) <= 0.05 / 60 + 1e-12
        before = now
    playing = in_block()
    lost, _ = step(SETUP, playing, Inputs(attention=signal(playing.tick, state="artifact")))
    assert lost.feedback == playing.feedback
    assert lost.reward.z == playing.reward.z


def test_every_change_of_difficulty_has_a_reason_and_none_shares_a_tick_with_distractors() -> None:
    changes = 0
    for _, events in ticks(LONG, hit_everything()):
        if any(isinstance(e, DistractorsChanged) for e in events):
            changes += 1
            assert any(isinstance(e, SupervisorActed) and e.reason for e in events)
            assert not any(isinstance(e, DifficultyChanged) for e in events)
        assert all(e.reason for e in events if isinstance(e, DifficultyChanged))
    assert changes


def hit_everything() -> Iterator[Inputs]:
    """A perfect player who answers half a second after each fish; told of the events through a simple copy."""
    now, presses = begin(LONG), set[int]()
    while True:
        strikes = now.tick + 1 in presses
        given_now = Inputs(("confirm", "strike") if strikes else ("confirm",), attention=signal(now.tick))
        yield given_now
        now, events = step(LONG, now, given_now)
        presses |= {e.onset_tick + 30 for e in events if isinstance(e, StimulusShown) and e.kind == "fish"}


def test_blocks_and_sitting_are_summed_up() -> None:
    events = happened(whole(SETUP))
    trials = [e for e in events if isinstance(e, TrialDone) and e.valid and not e.practice]
    done = events[-1]
    assert isinstance(done, SittingDone)
    assert done.trials == len(trials) == sum(e.trials for e in events if isinstance(e, BlockDone))
    assert done.success_rate == sum(e.success for e in trials) / len(trials)
    assert all(e.good_share == 1.0 for e in events if isinstance(e, BlockDone))
    assert {e.block for e in trials} == {1, 2}
    assert done.threshold_z == whole(SETUP)[-1][0].reward.threshold_z


def test_whoever_finishes_has_a_star() -> None:
    assert [stars(LEVEL, rate) for rate in (None, 0.0, 0.4, 0.6, 0.75, 1.0)] == [1, 1, 1, 2, 3, 3]


def test_a_finished_sitting_stays_as_it_is() -> None:
    done = whole(SETUP)[-1][0]
    assert step(SETUP, done, CONFIRM) == (done, ())


presses = st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0, 1)), min_size=1, max_size=60)


@settings(max_examples=15, deadline=None)
@given(presses, st.integers(0, 2**40))
def test_the_same_inputs_make_the_same_sitting(moves: list[tuple[bool, bool, float]], seed: int) -> None:
    setup = replace(SETUP, seed=seed, rest_s=0.5, warmup_s=1.0)

    def run() -> tuple[Sitting, list[Event]]:
        now, events = in_block(), []
        for strike, good, score in moves:
            given_now = Inputs(
                ("confirm", "strike") if strike else (),
                attention=signal(now.tick, score, "good" if good else "artifact"),
            )
            for _ in range(10):
                now, new = step(setup, now, given_now)
                events += new
        return now, events

    assert run() == run()


def test_setup_and_sitting_are_plain_json() -> None:
    assert TypeAdapter(Setup).validate_json(to_json(SETUP)) == SETUP
    assert b"NaN" not in to_json(in_block())


GLASSES = replace(SETUP, has_camera=True)


def gaze_inputs(devices: Devices, missed: tuple[Place, ...] = ()) -> Iterator[Inputs]:
    """As `simple_inputs`, with glasses and somebody who looks at every dot but these."""
    looked = Looked(missed, None if len(missed) > 4 else 1.0, (0.2, 0.1))
    for given_now in simple_inputs():
        yield replace(given_now, devices=devices, looked=looked)


def stages_with(devices: Devices, missed: tuple[Place, ...] = ()) -> list[str]:
    run = ticks(GLASSES, gaze_inputs(devices, missed))
    return [event.stage for _, events in run for event in events if isinstance(event, StageStarted)]


def test_gaze_that_goes_by_marks_is_checked_first_and_after_each_block() -> None:
    assert stages_with(Devices("streaming", "streaming", "marks")) == [
        *("gaze", "rest", "warmup", "ready"),
        *("block", "gaze", "break", "block", "gaze", "done"),
    ]


def test_gaze_that_goes_by_dots_is_also_centred_before_each_block() -> None:
    assert stages_with(Devices("streaming", "streaming", "points")) == [
        *("gaze", "rest", "warmup", "ready", "gaze"),
        *("block", "gaze", "break", "gaze", "block", "gaze", "done"),
    ]


def test_without_working_glasses_nobody_is_asked_to_look() -> None:
    for life in ("absent", "connecting", "fitting", "lost", "reconnecting"):
        assert "gaze" not in stages_with(Devices("streaming", life, "marks"))


def test_who_cannot_look_at_nine_dots_is_not_asked_for_them_again_and_plays_on() -> None:
    stages = stages_with(Devices("streaming", "streaming", "none"), NINE)
    assert stages.count("gaze") == 1
    assert stages[-1] == "done"


def test_the_sitting_knows_whether_gaze_can_be_gone_by() -> None:
    def ended(devices: Devices, missed: tuple[Place, ...]) -> str:
        return list(ticks(GLASSES, gaze_inputs(devices, missed)))[-1][0].gaze

    well = Devices("streaming", "streaming", "marks")
    assert ended(well, ()) == "good"
    assert ended(well, FIVE) == "poor"
    assert whole(SETUP)[-1][0].gaze == "unasked"


def test_a_gaze_check_is_neither_rest_nor_play() -> None:
    run = ticks(GLASSES, gaze_inputs(Devices("streaming", "streaming", "marks")))
    asking = [now for now, _ in run if now.stage == "gaze"]
    assert {phase(now) for now in asking} == {"fit"}
    assert {now.totals.trials for now in asking if now.block == 0} == {0}


def in_arm(arm: Arm, tape: tuple[float, ...] = ()) -> Setup:
    return replace(SETUP, arm=arm, tape=tape)


def test_a_yoked_sitting_pays_as_the_other_did_whatever_this_player_does() -> None:
    always, never = in_arm("yoked_replay", (1.0,)), in_arm("yoked_replay", (-1.0,))
    shares = [
        {event.reward_share for event in happened(whole(setup)) if isinstance(event, BlockDone)}
        for setup in (always, never)
    ]
    assert min(share for share in shares[0] if share is not None) > 0.9
    assert shares[1] == {0.0}
    assert not any(isinstance(event, RewardPaid) for event in happened(whole(always, "artifact")))


def test_in_control_arms_the_threshold_stays() -> None:
    arms: tuple[tuple[Arm, tuple[float, ...]], ...] = (
        ("yoked_replay", (1.0,)),
        ("performance_only", ()),
        ("fixed", ()),
    )
    for arm, tape in arms:
        assert len([e for e in happened(whole(in_arm(arm, tape))) if isinstance(e, ThresholdSet)]) == 1


def test_in_the_fixed_arm_difficulty_and_distractors_stay() -> None:
    events = happened(whole(in_arm("fixed")))
    assert not any(isinstance(e, DifficultyChanged | DistractorsChanged | SupervisorActed) for e in events)
    assert {e.difficulty for e in events if isinstance(e, TrialDone) and not e.practice} == {SETUP.parts[0].first_x}
    assert any(isinstance(e, RewardPaid) for e in events)


def test_by_performance_alone_success_lifts_the_score_over_the_threshold_and_failure_drops_it() -> None:
    seen = set()
    states = [now for now, _ in whole(in_arm("performance_only")) if now.stage == "block"]
    for before, now in pairwise(states):
        if now.good_heard > before.good_heard and now.reward.z_now is not None:
            assert now.reward.threshold_z is not None
            seen.add((before.supervisor.succeeded, now.reward.z_now > now.reward.threshold_z))
    assert seen == {(None, True), (True, True), (False, False)}


def test_every_act_of_the_supervisor_says_by_which_rules_and_why() -> None:
    acts = [e for _, events in ticks(LONG, hit_everything()) for e in events]
    traced = [e for e in acts if isinstance(e, SupervisorActed)]
    assert traced
    assert all(e.rules == VERSION and e.reason and e.situation for e in traced)


def test_the_marsh_is_livelier_with_attention_but_slowly_and_within_bounds() -> None:
    lively = [boost(now) for now, _ in whole(SETUP)]
    assert all(0.9 <= each <= 1.15 for each in lively)
    assert all(abs(b - a) * 60 <= 0.05 for a, b in pairwise(lively))
    assert boost(replace(begin(SETUP), feedback=1.0)) > boost(replace(begin(SETUP), feedback=0.0))


def test_the_trace_alone_leads_to_the_same_difficulty() -> None:
    for setup, inputs in ((SETUP, simple_inputs()), (LONG, hit_everything())):
        skill, changes = Skill(setup.parts[0].first_x), 0
        for _, events in ticks(setup, inputs):
            for event in events:
                if isinstance(event, TrialDone) and not event.practice:
                    skill = next_skill(skill, event.success, event.valid, setup.target(1))
                if isinstance(event, SupervisorActed) and event.action == "easier":
                    skill = nudged(skill, EASIER_STEP)
                if isinstance(event, SupervisorActed) and event.action == "novelty":
                    skill = nudged(skill, NOVELTY_STEP * gain(skill))
                if isinstance(event, DifficultyChanged):
                    changes += 1
                    assert event.difficulty == skill.x
        assert changes > 5
