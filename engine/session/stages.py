"""Which stage follows which, and what is reckoned up between them."""

from statistics import fmean

from engine import dots as dot_rules
from engine import fatigue, reward, supervisor
from engine.copies import replace
from engine.dots import Dots
from engine.events import BlockDone, Event, SittingDone, Stage, StageStarted, ThresholdSet, Tired
from engine.level import Level
from engine.ports import TICK_S, Devices, Inputs, ticks_of
from engine.reward import Reward
from engine.session.listening import goal
from engine.session.playing import dealt, mode, warmed
from engine.session.setup import Setup, least_break_s, stage_s
from engine.session.state import PLAYED, Deed, Sitting, Totals
from engine.session.supervising import distracted
from engine.tasks.catalogue import TASKS

ENCORE_S = 20.0  # own choice: so long a last block may go on, that it may end on a success
TOO_TIRED, TOO_TIRED_BLOCKS = 1.5, 2
"""Index of fatigue, in SD, at the end of so many blocks: then the sitting ends, kindly."""

_AFTER: dict[Stage, tuple[Stage, ...]] = {
    "fit": ("gaze", "light", "rest", "closed", "warmup"),
    "gaze": ("light", "rest", "closed", "warmup"),
    "light": ("rest", "closed", "warmup"),
    "rest": ("closed", "warmup"),
    "closed": ("warmup",),
}


def is_over(setup: Setup, now: Sitting, inputs: Inputs) -> bool:
    """Whether the stage is; a running trial is never cut short."""
    if now.stage == "gaze":
        return now.dots is None or dot_rules.is_over(now.dots)
    if now.stage in PLAYED and now.game is not None and not now.game.between_trials:
        return False
    confirmed = "confirm" in inputs.pressed
    if now.stage == "practice":
        return confirmed or now.practised >= setup.part(now.block + 1).practice
    length_s = stage_s(setup, now.stage, now.block)
    if length_s is None:
        return now.stage == "fit" and confirmed
    is_time = now.stage_tick >= ticks_of(length_s)
    match now.stage:
        case "ready":
            return is_time or confirmed
        case "break":
            return is_time or (confirmed and now.stage_tick * TICK_S >= least_break_s(setup, now.block))
        case "block":
            return is_time and not _wants_encore(setup, now, length_s)
    return is_time


def _wants_encore(setup: Setup, now: Sitting, length_s: float) -> bool:
    """The last block ends on a success, if one comes soon."""
    is_last = now.block == now.blocks and not setup.part(now.block).plain
    return is_last and now.succeeded is False and now.stage_tick * TICK_S < length_s + ENCORE_S


def moved_on(setup: Setup, now: Sitting, devices: Devices, events: list[Event]) -> Sitting:
    """In the stage that follows."""
    left = now
    if now.stage == "warmup":
        left = _calibrated(setup, now, events)
    elif now.stage == "block":
        left = _reckoned(setup, now, events)
    stage = "gaze" if _asks_for_gaze(setup, left, devices) else _following(setup, left)
    left = _entered(setup, left, stage, devices, events)
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
            return devices.mapping == "points" and _following(setup, now) == "block"
    return False


def _following(setup: Setup, now: Sitting) -> Stage:
    if now.stage == "gaze" and now.dots and now.dots.purpose == "centre":
        return "block"
    if now.block and now.stage in ("block", "gaze"):
        is_last = now.block >= now.blocks or now.tired >= TOO_TIRED_BLOCKS
        return "done" if is_last else "break"
    match now.stage:
        case "warmup" | "break":
            return _towards_block(setup, now)
        case "practice":
            return "ready"
        case "ready":
            return "block"
    return next(
        stage for stage in _AFTER[now.stage] if stage == "warmup" or (stage != "gaze" and stage_s(setup, stage) != 0)
    )


def _towards_block(setup: Setup, now: Sitting) -> Stage:
    """Before another game, or the first, comes its practice, or a word of what there is to do."""
    coming = setup.part(now.block + 1)
    if coming.practice:
        return "practice"
    is_same = now.block > 0 and setup.part(now.block).task == coming.task
    return "block" if is_same else "ready"


def _entered(setup: Setup, now: Sitting, stage: Stage, devices: Devices, events: list[Event]) -> Sitting:
    match stage:
        case "warmup":
            return warmed(setup, now, devices)
        case "practice":
            return dealt(setup, now, now.block + 1, devices)
        case "block":
            return _begun(setup, now, devices, events)
        case "gaze":
            return replace(now, dots=Dots("centre" if now.stage in ("ready", "break") else "check"))
    return now


def _begun(setup: Setup, now: Sitting, devices: Devices, events: list[Event]) -> Sitting:
    """After practice the task begins anew; after a break it goes on where it was."""
    block = now.block + 1
    part = setup.part(block)
    if now.game is not None and now.task == part.task and (now.practised or now.block):
        game = now.game.renewed() if now.practised else now.game.rested()
        now = replace(now, game=game, by=mode(setup, now, part.task, devices))
    else:
        now = dealt(setup, now, block, devices)
    if now.block and setup.part(now.block).task != part.task:
        now = replace(now, supervisor=supervisor.moved_on(now.supervisor))
    now = replace(now, block=block, in_block=Totals(), succeeded=None, practised=0)
    too_many = now.distractors.level - part.level.distractors.most
    return distracted(now, -too_many, part.level.distractors.most, "another game", events) if too_many > 0 else now


def _calibrated(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    after = reward.calibrated(now.reward, goal(setup), setup.last_threshold, setup.usual)
    if after is not now.reward:
        _tell_threshold(after, now.block + 1, "calibrated on the player's own scores of today", events)
    return replace(now, reward=after)


def _tell_threshold(now: Reward, block: int, reason: str, events: list[Event]) -> None:
    if now.threshold_z is not None and now.centre is not None and now.spread is not None:
        events.append(ThresholdSet(block, now.threshold_z, now.centre, now.spread, reason))


def _reckoned(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    """The block's numbers; then the threshold moves, or is set where the warm-up had too little signal."""
    done = _block_done(setup, now)
    events.append(done)
    deeds = (*now.deeds, Deed(done.task, now.in_block.right, now.in_block.trials, done.stars))
    after = replace(_rested(setup, now, events), deeds=deeds, stars=_mean(deeds))
    moved, reason = reward.next_block(now.reward, goal(setup) if setup.arm == "live" else None)
    after = replace(after, reward=moved)
    if moved.threshold_z is None:
        return _calibrated(setup, after, events)
    if reason is not None:
        _tell_threshold(moved, now.block + 1, reason, events)
    return after


def _mean(deeds: tuple[Deed, ...]) -> int:
    """A check-up has none to earn."""
    earned = [deed.stars for deed in deeds if deed.stars]
    return round(fmean(earned)) if earned else 0


def _rested(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    """Takes note of a player who is tired; a second time ends the sitting."""
    index = fatigue.index(now.supervisor.fatigue)
    if setup.part(now.block).plain or index is None or index <= TOO_TIRED:
        return now
    events.append(Tired(now.block, index))
    return replace(now, tired=now.tired + 1)


def _block_done(setup: Setup, now: Sitting) -> BlockDone:
    part = setup.part(now.block)
    return BlockDone(
        block=now.block,
        task=part.task,
        level=part.level.id,
        by=now.by,
        seconds=now.stage_tick * TICK_S,
        trials=now.in_block.trials,
        success_rate=now.in_block.success_rate,
        rewards=now.in_block.rewards,
        reward_share=reward.above_share(now.reward),
        good_share=reward.good_share(now.reward) if setup.has_headset else None,
        threshold_z=now.reward.threshold_z,
        difficulty=now.skill.x,
        distractors=now.distractors.level,
        stars=0 if part.plain else stars(part.level, _success(now)),
    )


def _success(now: Sitting) -> float | None:
    """Of trials; where there are none, of attention."""
    assert now.task is not None
    return now.in_block.success_rate if TASKS[now.task].has_trials else reward.above_share(now.reward)


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
