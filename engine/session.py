"""One sitting as a pure state machine: fit check, gaze check, rest, warm-up, blocks with breaks, done."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Literal

from engine import control as control_rules
from engine import distractors as distractor_rules
from engine import dots as dot_rules
from engine import fatigue as fatigue_rules
from engine import reward as reward_rules
from engine import skill as skill_rules
from engine import supervisor as supervisor_rules
from engine.control import BY_BEHAVIOUR, Arm, Own
from engine.copies import replace
from engine.distractors import Distractors
from engine.dots import Dots
from engine.events import (
    BlockDone,
    Cue,
    DifficultyChanged,
    DistractorCalled,
    DistractorsChanged,
    Event,
    GazeChecked,
    Remedy,
    RewardPaid,
    SittingDone,
    Stage,
    StageStarted,
    SupervisorActed,
    ThresholdSet,
    TrialDone,
)
from engine.level import Level
from engine.ports import TICK_S, Attention, Devices, Inputs
from engine.reward import Reward
from engine.skill import Skill
from engine.supervisor import Supervisor
from engine.tasks import strike as strike_rules
from engine.tasks.strike import Ask, Rules, Strike

Gaze = Literal["unasked", "good", "poor"]
"""Whether it can be said where on the screen the player looks."""

Phase = Literal["fit", "rest", "task", "play"]
"""What the signal path may do with the time: learn the resting baseline in `rest`."""

_Anchors = tuple[float, float]

READY_S, BREAK_S, BREAK_LEAST_S = 3.0, 10.0, 3.0
GAZE_S = 10.0  # a greeting, five dots, one of them again, and a word of thanks
PRACTICE_EASIER = 1.5  # logits below the first block; own choice
FRESH_TICKS = 60  # an estimate that has not changed for a second is stale, whatever it says of itself
MIN_TRUST = 0.5
CLARITY_PER_S = 0.05  # slow water: feedback that jumped would be a task of its own
SLOWEST, LIVELIEST = 0.9, 1.15
OFF_STATES = ("stale", "absent", "not_worn")


@dataclass(frozen=True, slots=True)
class Setup:
    """What is known before a sitting begins.

    play_s:         all blocks together; rest_s, warmup_s: the calibration
    first_x:        difficulty to begin with, logits (`skill.warm_start`)
    last_threshold: where the reward threshold ended last time, SD; None the first time
    sitting_number: the player's first is 1
    has_camera:     whether there are glasses with a camera, whose gaze has to find the screen first
    usual:          centre and spread of the last sitting's calibration, in scores; None the first time
    arm:            what the loops see of attention; tape: another sitting's margins, for the yoked arm alone
    """

    level: Level
    seed: int
    play_s: float
    rest_s: float = 60.0
    warmup_s: float = 60.0
    first_x: float = skill_rules.FIRST_X
    last_threshold: float | None = None
    sitting_number: int = 1
    child: bool = False
    has_headset: bool = True
    has_camera: bool = False
    usual: tuple[float, float] | None = None
    arm: Arm = "live"
    tape: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """What was played in blocks, by outcome, and rewards; a lost signal takes nobody's catch away."""

    hits: int = 0
    held: int = 0
    misses: int = 0
    false_strikes: int = 0
    early: int = 0
    rewards: int = 0

    @property
    def trials(self) -> int:
        return self.hits + self.held + self.misses + self.false_strikes + self.early

    @property
    def success_rate(self) -> float | None:
        return (self.hits + self.held) / self.trials if self.trials else None


@dataclass(frozen=True, slots=True)
class Sitting:
    """Everything that is, after `tick` ticks.

    stage_tick:   ticks since the stage began
    block:        0 before the first, then 1..blocks
    totals:       of the sitting; in_block: of this block
    stars:        earned so far, 0 before the first block is done
    feedback:     clarity of the water, 0..1; rests while the signal is not good
    signal_state: the newest estimate's state, or absent, or stale
    signal_good:  whether that may pay
    good_heard:   good estimates in blocks, since there has been a threshold
    seen_s, seen_ticks: stamp of the newest estimate, and the ticks since it came
    cue:          the supervisor's last cue; cue_tick: when
    dots:         what there is to look at in the gaze check
    gaze:         what the last gaze check said
    """

    tick: int
    stage: Stage
    stage_tick: int
    block: int
    blocks: int
    strike: Strike
    skill: Skill
    reward: Reward
    supervisor: Supervisor
    distractors: Distractors
    totals: Totals = Totals()
    in_block: Totals = Totals()
    stars: int = 0
    feedback: float = 0.5
    signal_state: str = "absent"
    signal_good: bool = False
    good_heard: int = 0
    seen_s: float | None = None
    seen_ticks: int = 0
    cue: Cue | None = None
    cue_tick: int | None = None
    dots: Dots | None = None
    gaze: Gaze = "unasked"


def begin(setup: Setup) -> Sitting:
    """The first moment, at the fit check."""
    return Sitting(
        tick=0,
        stage="fit",
        stage_tick=0,
        block=0,
        blocks=blocks(setup),
        strike=strike_rules.begin(),
        skill=Skill(skill_rules.clip(setup.first_x)),
        reward=Reward(),
        supervisor=Supervisor(),
        distractors=Distractors(),
    )


def blocks(setup: Setup) -> int:
    """As few equal blocks as fill the time of play."""
    return max(1, ceil(setup.play_s / setup.level.block_s))


def stage_s(setup: Setup, stage: Stage) -> float | None:
    """How long a stage lasts; None for those that wait for the player. A running trial is never cut short."""
    match stage:
        case "block":
            return setup.play_s / blocks(setup)
        case "warmup":
            return setup.warmup_s
        case "rest":
            return setup.rest_s if setup.has_headset else 0.0
        case "ready":
            return READY_S
        case "break":
            return BREAK_S
        case _:
            return None


def gaze_s(setup: Setup) -> float:
    """About how long the gaze checks of a sitting take together."""
    return (blocks(setup) + 1) * GAZE_S if setup.has_camera else 0.0


def phase(sitting: Sitting) -> Phase:
    """What the player is asked to do now."""
    match sitting.stage:
        case "fit" | "rest":
            return sitting.stage
        case "gaze":
            return "fit"
        case "warmup":
            return "task"
        case _:
            return "play"


def voided(sitting: Sitting) -> Sitting:
    """After a pause: the running trial will end as void, whatever was pressed."""
    return replace(sitting, strike=strike_rules.voided(sitting.strike))


def boost(sitting: Sitting) -> float:
    """How much livelier than usual the marsh is: 0.9 to 1.15, by the water's clarity, at most 1.3 % a second.

    Cosmetic: no trial's timing depends on it, so attention cannot move success by way of it.
    """
    return SLOWEST + (LIVELIEST - SLOWEST) * sitting.feedback


def step(setup: Setup, now: Sitting, inputs: Inputs) -> tuple[Sitting, tuple[Event, ...]]:
    """The sitting one tick later; its events belong to the tick of the sitting that is returned."""
    if now.stage == "done":
        return now, ()
    events: list[Event] = []
    after = _listen(setup, now, inputs.attention)
    if after.stage == "gaze":
        after = _look(after, inputs, events)
    if after.stage in ("warmup", "block"):
        after = _play(setup, after, inputs, events)
    if after.stage == "block":
        if distractor_rules.calls(after.distractors, setup.seed, after.tick):
            events.append(DistractorCalled(after.distractors.level))
        after = _supervise(setup, _pay(after, events), events)
    after = replace(after, feedback=_clarity(after), distractors=distractor_rules.next_tick(after.distractors))
    if _is_over(setup, after, inputs):
        after = _next_stage(setup, after, inputs.devices, events)
    return after, tuple(events)


def _listen(setup: Setup, now: Sitting, attention: Attention | None) -> Sitting:
    """The next tick, and what the signal is worth in it; each new good estimate goes to the loops once."""
    tick, stage_tick = now.tick + 1, now.stage_tick + 1
    if attention is None:
        return replace(now, tick=tick, stage_tick=stage_tick, signal_state="absent", signal_good=False)
    is_new = attention.t_s != now.seen_s
    quiet = 0 if is_new else now.seen_ticks + 1
    state = attention.state if quiet < FRESH_TICKS else "stale"
    good = state == "good" and attention.trust >= MIN_TRUST
    heard = replace(
        now,
        tick=tick,
        stage_tick=stage_tick,
        signal_state=state,
        signal_good=good,
        seen_s=attention.t_s,
        seen_ticks=quiet,
    )
    return _hear(setup, heard, attention) if is_new and good and now.stage in ("warmup", "block") else heard


def _hear(setup: Setup, now: Sitting, attention: Attention) -> Sitting:
    before_s = now.reward.seen_s
    reward = reward_rules.heard(now.reward, _score(setup, now, attention), attention.t_s)
    if now.stage == "warmup" or reward.z_now is None:
        return replace(now, reward=reward)
    step_s = reward_rules.step_s(before_s, attention.t_s)
    return replace(
        now,
        reward=reward,
        good_heard=now.good_heard + 1,
        supervisor=supervisor_rules.saw_attention(now.supervisor, reward.z_now, step_s),
    )


def _score(setup: Setup, now: Sitting, attention: Attention) -> float:
    """What the loops see, which in every arm is the player's own until there is a threshold."""
    reward = now.reward
    if setup.arm == "live" or reward.centre is None or reward.spread is None or reward.threshold_z is None:
        return attention.score
    own = Own(
        score=attention.score,
        t_s=attention.t_s,
        centre=reward.centre,
        spread=reward.spread,
        threshold_z=reward.threshold_z,
        good=now.good_heard,
        succeeded=now.supervisor.succeeded,
        goal=reward_rules.goal(setup.sitting_number),
    )
    return control_rules.score(setup.arm, setup.tape, own)


def _look(now: Sitting, inputs: Inputs, events: list[Event]) -> Sitting:
    if now.dots is None:
        return now
    dots, happened = dot_rules.next_tick(now.dots, inputs.devices, inputs.looked, now.block)
    events += happened
    said = next((event.good for event in happened if isinstance(event, GazeChecked)), None)
    return replace(now, dots=dots, gaze=now.gaze if said is None else "good" if said else "poor")


def _play(setup: Setup, now: Sitting, inputs: Inputs, events: list[Event]) -> Sitting:
    pressed = inputs.clicked or "strike" in inputs.pressed
    rules = Rules(setup.seed, setup.child)
    strike, happened = strike_rules.step(rules, now.strike, pressed, now.tick, _ask(setup, now))
    events += happened
    after = replace(now, strike=strike)
    for event in happened:
        if isinstance(event, TrialDone) and now.stage == "block" and event.outcome != "void":
            after = replace(after, totals=_counted(after.totals, event), in_block=_counted(after.in_block, event))
            if event.valid:
                after = _learn(setup, after, event, events)
    return after


def _ask(setup: Setup, now: Sitting) -> Ask:
    """The next creature, by the difficulty of today: gentle in practice, where skill stands in a block."""
    is_practice = now.stage == "warmup"
    x = skill_rules.clip(setup.first_x - PRACTICE_EASIER) if is_practice else skill_rules.presented(now.skill)
    judged = not (setup.has_headset and now.signal_state in OFF_STATES)
    level = setup.level
    return _asked(level.speed, level.frogs, level.gap_s, x, now.block, is_practice, now.distractors.level, judged)


@lru_cache(maxsize=16)  # it is asked in every tick, and changes once a trial
def _asked(
    speed: _Anchors,
    frogs: _Anchors,
    gap_s: _Anchors,
    x: float,
    block: int,
    practice: bool,
    distractors: int,
    judged: bool,
) -> Ask:
    return Ask(
        speed=skill_rules.to_rate(x, *speed),
        frogs=skill_rules.to_parameter(x, *frogs),
        gap_s=skill_rules.to_parameter(x, *gap_s),
        difficulty=x,
        block=block,
        practice=practice,
        distractors=distractors,
        judged=judged,
    )


def _learn(setup: Setup, now: Sitting, trial: TrialDone, events: list[Event]) -> Sitting:
    """After a valid trial of a block: skill moves, and the supervisor takes note; the fixed arm stays as it is."""
    target = _target(setup)
    supervisor = supervisor_rules.saw_trial(now.supervisor, trial.success, target)
    if trial.outcome in ("hit", "miss"):
        supervisor = supervisor_rules.saw_fish(supervisor, trial.reaction_s)
    if setup.arm == "fixed":
        return replace(now, supervisor=supervisor)
    skill = skill_rules.next_skill(now.skill, trial.success, trial.valid, target)
    reason = "three failures in a row: easier" if skill.easy > now.skill.easy else trial.outcome
    events.append(DifficultyChanged(skill.x, reason))
    return replace(now, skill=skill, supervisor=supervisor)


def _counted(totals: Totals, trial: TrialDone) -> Totals:
    return Totals(
        hits=totals.hits + (trial.outcome == "hit"),
        held=totals.held + (trial.outcome == "held"),
        misses=totals.misses + (trial.outcome == "miss"),
        false_strikes=totals.false_strikes + (trial.outcome == "false_strike"),
        early=totals.early + (trial.outcome == "early"),
        rewards=totals.rewards,
    )


def _pay(now: Sitting, events: list[Event]) -> Sitting:
    """A tick of the reward loop, and of the supervisor's clock."""
    reward, pays = reward_rules.next_tick(now.reward, now.signal_good)
    after = replace(now, reward=reward, supervisor=supervisor_rules.next_tick(now.supervisor))
    if not pays or reward.z is None or reward.threshold_z is None:
        return after
    events.append(RewardPaid(now.block, reward.z, reward.threshold_z))
    return replace(
        after,
        totals=replace(now.totals, rewards=now.totals.rewards + 1),
        in_block=replace(now.in_block, rewards=now.in_block.rewards + 1),
    )


def _supervise(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    """Looks every five seconds, but never in a tick that moved the difficulty."""
    if (
        setup.arm == "fixed"
        or not supervisor_rules.is_due(now.supervisor)
        or any(isinstance(e, DifficultyChanged) for e in events)
    ):
        return now
    supervisor, action = supervisor_rules.look(
        now.supervisor,
        _target(setup),
        _is_attending(setup, now),
        now.distractors.level,
        setup.level.distractors.most,
    )
    after = replace(now, supervisor=supervisor)
    if action is None or supervisor.situation is None:
        return after
    reason = supervisor_rules.reason(supervisor, action)
    events.append(
        SupervisorActed(
            action=action,
            situation=supervisor.situation,
            reason=reason,
            success=_target(setup) if supervisor.success is None else supervisor.success,
            target=_target(setup),
            attention=supervisor.attention,
            difficulty=now.skill.x,
            distractors=now.distractors.level,
            fatigue=fatigue_rules.index(supervisor.fatigue),
            rules=supervisor_rules.VERSION,
        )
    )
    return _act(setup, after, action, reason, events)


def _is_attending(setup: Setup, now: Sitting) -> bool | None:
    """None while the signal does not tell; where behaviour alone decides nobody is in doubt."""
    if not setup.has_headset or setup.arm in BY_BEHAVIOUR:
        return True
    if not now.signal_good or now.supervisor.attention is None:
        return None
    return now.supervisor.attention >= supervisor_rules.ATTENDING_Z


def _act(setup: Setup, now: Sitting, action: Remedy, reason: str, events: list[Event]) -> Sitting:
    match action:
        case "more_distractors":
            return _distract(setup, now, 1, reason, events)
        case "fewer_distractors":
            return _distract(setup, now, -1, reason, events)
        case "easier":
            return _nudge(now, supervisor_rules.EASIER_STEP, reason, events)
        case "novelty":
            harder = _nudge(now, supervisor_rules.NOVELTY_STEP * skill_rules.gain(now.skill), reason, events)
            return _give_cue(harder, Cue("novelty", reason), events)
        case "re-engage" | "offer_break":
            return _give_cue(now, Cue(action, reason), events)


def _distract(setup: Setup, now: Sitting, by: int, reason: str, events: list[Event]) -> Sitting:
    about = distractor_rules.changed(now.distractors, by, setup.level.distractors.most)
    events.append(DistractorsChanged(about.level, reason))
    return replace(now, distractors=about)


def _nudge(now: Sitting, by: float, reason: str, events: list[Event]) -> Sitting:
    skill = skill_rules.nudged(now.skill, by)
    events.append(DifficultyChanged(skill.x, reason))
    return replace(now, skill=skill)


def _give_cue(now: Sitting, cue: Cue, events: list[Event]) -> Sitting:
    events.append(cue)
    return replace(now, cue=cue, cue_tick=now.tick)


def _clarity(now: Sitting) -> float:
    """The water's next clarity: slowly towards attention, two SD either way being murky and clear."""
    if now.stage not in ("warmup", "block") or not now.signal_good or now.reward.z is None:
        return now.feedback
    aim = min(1.0, max(0.0, 0.5 + now.reward.z / 4))
    most = CLARITY_PER_S * TICK_S
    return now.feedback + min(most, max(-most, aim - now.feedback))


def _is_over(setup: Setup, now: Sitting, inputs: Inputs) -> bool:
    if now.stage == "gaze":
        return now.dots is None or dot_rules.is_over(now.dots)
    if now.stage in ("warmup", "block") and not strike_rules.is_between_trials(now.strike):
        return False
    confirmed = "confirm" in inputs.pressed
    length_s = stage_s(setup, now.stage)
    if length_s is None:
        return now.stage == "fit" and confirmed
    is_time = now.stage_tick >= ceil(length_s / TICK_S)
    if now.stage == "ready":
        return is_time or confirmed
    if now.stage == "break":
        return is_time or (confirmed and now.stage_tick * TICK_S >= BREAK_LEAST_S)
    return is_time


_FOLLOWING: dict[Stage, Stage] = {
    "fit": "rest",
    "gaze": "rest",
    "rest": "warmup",
    "warmup": "ready",
    "ready": "block",
    "break": "block",
}


def _next_stage(setup: Setup, now: Sitting, devices: Devices, events: list[Event]) -> Sitting:
    left = now
    if now.stage == "warmup":
        left = _calibrate(setup, now, events)
    elif now.stage == "block":
        left = _end_block(setup, now, events)
    stage = "gaze" if _asks_for_gaze(setup, now, devices) else _following(setup, now)
    if stage == "block":
        left = _begin_block(left)
    if stage == "gaze":
        left = replace(left, dots=Dots("centre" if now.stage in ("ready", "break") else "check"))
    events.append(StageStarted(stage, left.block))
    if stage == "done":
        events.append(_sitting_done(left))
    return replace(left, stage=stage, stage_tick=0)


def _asks_for_gaze(setup: Setup, now: Sitting, devices: Devices) -> bool:
    """After the fit check, after each block, and before each block where a head that turned takes the map with it.

    After a block dots are surer than creatures: those swim on one line, and are pursued more than they are fixated.
    """
    if not setup.has_camera or devices.tracker not in dot_rules.SEEING:
        return False
    match now.stage:
        case "fit":
            return True
        case "block":  # nobody who could not do it is asked a second time for nine dots
            return devices.mapping != "none" or (now.gaze == "unasked" and now.block < now.blocks)
        case "ready" | "break":
            return devices.mapping == "points"
    return False


def _following(setup: Setup, now: Sitting) -> Stage:
    if now.stage == "gaze" and now.dots and now.dots.purpose == "centre":
        return "block"
    if now.block and now.stage in ("block", "gaze"):
        return "break" if now.block < now.blocks else "done"
    stage = _FOLLOWING[now.stage]
    while stage_s(setup, stage) == 0:
        stage = _FOLLOWING[stage]
    return stage


def _begin_block(now: Sitting) -> Sitting:
    """After practice the cards are dealt anew; after a break they lie as they lay."""
    is_first = now.block == 0
    strike = strike_rules.renewed(now.strike) if is_first else strike_rules.rested(now.strike)
    return replace(now, block=now.block + 1, strike=strike, in_block=Totals())


def _calibrate(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    goal = reward_rules.goal(setup.sitting_number)
    reward = reward_rules.calibrated(now.reward, goal, setup.last_threshold, setup.usual)
    if reward is not now.reward:
        _tell_threshold(reward, now.block + 1, "calibrated on the player's own scores of today", events)
    return replace(now, reward=reward)


def _tell_threshold(reward: Reward, block: int, reason: str, events: list[Event]) -> None:
    if reward.threshold_z is not None and reward.centre is not None and reward.spread is not None:
        events.append(ThresholdSet(block, reward.threshold_z, reward.centre, reward.spread, reason))


def _end_block(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    """The block's numbers; then the threshold moves, or is set where the warm-up had too little signal."""
    events.append(_block_done(setup, now))
    goal = reward_rules.goal(setup.sitting_number) if setup.arm == "live" else None
    reward, reason = reward_rules.next_block(now.reward, goal)
    after = replace(now, reward=reward, stars=stars(setup.level, now.totals.success_rate))
    if reward.threshold_z is None:
        return _calibrate(setup, after, events)
    if reason is not None:
        _tell_threshold(reward, now.block + 1, reason, events)
    return after


def _block_done(setup: Setup, now: Sitting) -> BlockDone:
    return BlockDone(
        block=now.block,
        seconds=now.stage_tick * TICK_S,
        trials=now.in_block.trials,
        success_rate=now.in_block.success_rate,
        rewards=now.in_block.rewards,
        reward_share=reward_rules.above_share(now.reward),
        good_share=reward_rules.good_share(now.reward) if setup.has_headset else None,
        threshold_z=now.reward.threshold_z,
        difficulty=now.skill.x,
        distractors=now.distractors.level,
        stars=stars(setup.level, now.in_block.success_rate),
    )


def _sitting_done(now: Sitting) -> SittingDone:
    return SittingDone(
        stars=now.stars,
        trials=now.totals.trials,
        success_rate=now.totals.success_rate,
        rewards=now.totals.rewards,
        threshold_z=now.reward.threshold_z,
        difficulty=now.skill.x,
    )


def stars(level: Level, success_rate: float | None) -> int:
    """One to three: whoever finishes has one."""
    return max(1, sum(success_rate >= share for share in level.stars)) if success_rate is not None else 1


def _target(setup: Setup) -> float:
    return skill_rules.target_for(setup.level.success_target, setup.child, setup.sitting_number)
