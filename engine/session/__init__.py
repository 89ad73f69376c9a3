"""One sitting as a pure state machine: fit check, gaze check, calibration, blocks with breaks, done."""

from typing import Literal

from engine import distractors as distractor_rules
from engine import dots as dot_rules
from engine import light as light_rules
from engine.copies import replace
from engine.distractors import Distractors
from engine.events import DistractorCalled, Event, GazeChecked
from engine.ports import Inputs, Place
from engine.reward import Reward
from engine.session.listening import FRESH_TICKS, MIN_TRUST, clarity, listened
from engine.session.overriding import overridden
from engine.session.playing import played, rules
from engine.session.setup import GAZE_S, READY_S, Part, Setup, alike, gaze_s, least_break_s, prelude_s, stage_s
from engine.session.stages import is_over, moved_on, stars
from engine.session.state import PLAYED, Sitting, Totals
from engine.session.supervising import paid, supervised
from engine.skill import Skill
from engine.supervisor import Supervisor

Phase = Literal["fit", "rest", "task", "play"]
"""What the signal path may do with the time: learn the resting baseline in `rest`."""

SLOWEST, LIVELIEST = 0.9, 1.15


def begin(setup: Setup) -> Sitting:
    """The first moment, at the fit check."""
    return Sitting(
        tick=0,
        stage="fit",
        stage_tick=0,
        block=0,
        blocks=len(setup.parts),
        skill=Skill(setup.parts[0].first_x),
        second=Skill(setup.parts[0].second_x),
        reward=Reward(),
        supervisor=Supervisor(),
        distractors=Distractors(),
    )


def phase(sitting: Sitting) -> Phase:
    """What the player is asked to do now."""
    match sitting.stage:
        case "fit" | "gaze" | "light" | "closed":
            return "fit"
        case "rest":
            return "rest"
        case "warmup":
            return "task"
        case _:
            return "play"


def voided(sitting: Sitting) -> Sitting:
    """After a pause: the running trial will end as void, whatever was pressed."""
    return replace(sitting, game=sitting.game.voided()) if sitting.game else sitting


def sight(sitting: Sitting) -> Place | None:
    """Where there is something to see, in screens; None where there is nothing."""
    if sitting.stage == "gaze" and sitting.dots:
        return sitting.dots.place
    return sitting.game.sight if sitting.game and sitting.stage in PLAYED else None


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
    after = listened(setup, now, inputs.attention)
    if after.stage == "gaze":
        after = _looked(after, inputs, events)
    if after.stage == "light":
        events += light_rules.shown(after.stage_tick)
    if after.stage in PLAYED:
        after = played(setup, after, inputs, events)
    if inputs.asked:
        after = overridden(setup, after, inputs.asked, events)
    if after.stage == "block":
        if distractor_rules.calls(after.distractors, setup.seed, after.tick):
            events.append(DistractorCalled(after.distractors.level))
        after = supervised(setup, paid(setup, after, events), events)
    after = replace(after, feedback=clarity(setup, after), distractors=distractor_rules.next_tick(after.distractors))
    if is_over(setup, after, inputs):
        after = moved_on(setup, after, inputs.devices, events)
    return after, tuple(events)


def _looked(now: Sitting, inputs: Inputs, events: list[Event]) -> Sitting:
    if now.dots is None:
        return now
    dots, happened = dot_rules.next_tick(now.dots, inputs.devices, inputs.looked, now.block)
    events += happened
    after = replace(now, dots=dots)
    for event in happened:
        if isinstance(event, GazeChecked):
            off_deg = now.off_deg if event.error_deg is None else event.error_deg
            after = replace(after, gaze="good" if event.good else "poor", off_deg=off_deg)
    return after


__all__ = [
    "FRESH_TICKS",
    "GAZE_S",
    "MIN_TRUST",
    "PLAYED",
    "READY_S",
    "Part",
    "Phase",
    "Setup",
    "Sitting",
    "Totals",
    "alike",
    "begin",
    "boost",
    "gaze_s",
    "least_break_s",
    "phase",
    "prelude_s",
    "rules",
    "sight",
    "stage_s",
    "stars",
    "step",
    "voided",
]
