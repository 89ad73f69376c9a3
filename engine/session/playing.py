"""The task that is played: what it is asked for, what is answered, and what difficulty learns of it."""

from typing import Any

from engine import skill as skill_rules
from engine import supervisor as supervisor_rules
from engine.anchors import clip
from engine.copies import replace
from engine.dots import GONE, SEEING
from engine.events import DifficultyChanged, Event, TrialDone
from engine.ports import Devices, Inputs
from engine.session.listening import is_off
from engine.session.setup import Part, Setup
from engine.session.state import Sitting, Staircases, counted
from engine.skill import Skill
from engine.supervisor import Supervisor
from engine.tasks.catalogue import TASKS, WARMUP, WARMUP_X
from engine.tasks.task import Ask, By, Rules, hand

PRACTICE_EASIER = 1.5  # logits below the first block; own choice


def played(setup: Setup, now: Sitting, inputs: Inputs, events: list[Event]) -> Sitting:
    """One tick of the task."""
    assert now.game is not None
    game, happened = now.game.step(
        rules(setup, now), hand(inputs, now.by), now.tick, _ask(setup, now, inputs.devices)
    )
    after = replace(now, game=game)
    events += happened
    for event in happened:
        if isinstance(event, TrialDone) and event.outcome != "void":
            after = _counted(setup, after, event, events)
    return after


def warmed(setup: Setup, now: Sitting, devices: Devices) -> Sitting:
    """With the warm-up on the table."""
    return _laid(now, WARMUP.task, mode(setup, now, WARMUP.task, devices))


def _laid(now: Sitting, task: str, by: By) -> Sitting:
    """With another task on the table, as at its beginning; trials are counted on."""
    return replace(now, task=task, game=TASKS[task].begin(now.game.trial if now.game else 0), by=by)


def dealt(setup: Setup, now: Sitting, block: int, devices: Devices) -> Sitting:
    """With the task of a block on the table, at the difficulty where it was left, or where it begins."""
    part = setup.part(block)
    parked = now.known if now.task is None else _parked(now)
    before = dict(parked).get(part.task, Staircases(Skill(clip(part.first_x)), Skill(clip(part.second_x))))
    fresh = _laid(now, part.task, mode(setup, now, part.task, devices))
    return replace(fresh, skill=before.first, second=before.second, known=parked, practised=0)


def mode(setup: Setup, now: Sitting, task: str, devices: Devices) -> By:
    """The best of the task's ways to answer that is there: eyes where they are seen, else a pointer or keys."""
    modes = TASKS[task].modes
    eyes = setup.has_gaze and now.gaze != "poor" and (not setup.has_camera or devices.tracker in SEEING)
    return next((by for by in modes if by != "gaze" or eyes), modes[-1])


def _parked(now: Sitting) -> tuple[tuple[str, Staircases], ...]:
    if now.task is None or now.block == 0:
        return now.known
    others = tuple(one for one in now.known if one[0] != now.task)
    return (*others, (now.task, Staircases(now.skill, now.second)))


def rules(setup: Setup, now: Sitting) -> Rules[Any]:
    """By which the task of now is played."""
    settings = WARMUP if now.stage == "warmup" else setup.part(_block(now)).level.game
    return Rules(setup.seed, setup.child, now.by, settings, now.off_deg)


def _block(now: Sitting) -> int:
    """The block that is played, or that is practised for."""
    return now.block + 1 if now.stage == "practice" else now.block


def _ask(setup: Setup, now: Sitting, devices: Devices) -> Ask:
    """The next trial, by the difficulty of today: gentle in practice, where skill stands in a block."""
    first, second = _difficulties(setup, now)
    blind = now.by == "gaze" and setup.has_camera and devices.tracker in GONE
    return Ask(
        difficulty=first,
        second=second,
        block=now.block,
        practice=now.stage != "block",
        distractors=now.distractors.level,
        judged=not (is_off(setup, now) or blind),
    )


def _difficulties(setup: Setup, now: Sitting) -> tuple[float, float]:
    if now.stage == "warmup":
        return WARMUP_X, WARMUP_X
    part = setup.part(_block(now))
    if now.stage == "practice":
        return _within(part, part.first_x - PRACTICE_EASIER), _within(part, part.second_x - PRACTICE_EASIER)
    return _within(part, skill_rules.presented(now.skill)), _within(part, skill_rules.presented(now.second))


def _within(part: Part, x: float) -> float:
    low, high = part.bounds
    return clip(min(high, max(low, x)))


def _counted(setup: Setup, now: Sitting, trial: TrialDone, events: list[Event]) -> Sitting:
    if now.stage == "practice":
        return replace(now, practised=now.practised + 1)
    if now.stage != "block":
        return now
    after = now
    if trial.strand == "first":
        totals, in_block = counted(now.totals, trial), counted(now.in_block, trial)
        after = replace(now, totals=totals, in_block=in_block, succeeded=trial.success)
    return _learned(setup, after, trial, events) if trial.valid else after


def _learned(setup: Setup, now: Sitting, trial: TrialDone, events: list[Event]) -> Sitting:
    """After a valid trial of a block: skill moves, and the supervisor takes note; where all is fixed it stays."""
    target = setup.target(now.block)
    after = replace(now, supervisor=_noted(now.supervisor, trial, target))
    if setup.part(now.block).plain or setup.arm == "fixed":
        return after
    if trial.strand == "second" and TASKS[trial.task].staircases == 1:  # the task moves it by itself
        return after
    before = now.skill if trial.strand == "first" else now.second
    skill = skill_rules.next_skill(before, trial.success, trial.valid, target)
    skill = replace(skill, x=_within(setup.part(now.block), skill.x))
    reason = "three failures in a row: easier" if skill.easy > before.easy else trial.outcome
    events.append(DifficultyChanged(skill.x, reason, trial.strand))
    return replace(after, skill=skill) if trial.strand == "first" else replace(after, second=skill)


def _noted(now: Supervisor, trial: TrialDone, target: float) -> Supervisor:
    """A second strand has a target of its own, and says nothing about the first."""
    if trial.strand == "second":
        return now
    noted = supervisor_rules.saw_trial(now, trial.success, target)
    return supervisor_rules.saw_signal(noted, trial.reaction_s) if trial.outcome in ("hit", "miss") else noted
