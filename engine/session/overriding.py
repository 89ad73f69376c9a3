"""What a therapist asks for while a block is played; pausing and ending are the scenes' own."""

from engine import supervisor
from engine.copies import replace
from engine.events import Event, Overridden
from engine.ports import Asked
from engine.session.setup import Setup
from engine.session.state import Sitting
from engine.session.supervising import distracted, nudged

_LOGITS = {"easier": supervisor.EASIER_STEP, "harder": -supervisor.EASIER_STEP}
"""As far as the supervisor goes when it makes something easier."""

_KINDS = {"fewer_distractors": -1, "more_distractors": 1}


def overridden(setup: Setup, now: Sitting, asked: Asked, events: list[Event]) -> Sitting:
    """With what was asked for done, as an act of the supervisor, which then waits its time before it acts again.

    Not applied outside of blocks, in a check-up, and where there is no more of it to give or take.
    """
    changed: list[Event] = []
    after = _changed(setup, now, asked, changed) if _may_change(setup, now) else now
    applied = (after.skill, after.distractors) != (now.skill, now.distractors)
    events.append(Overridden(asked.number, asked.what, asked.reason, applied))
    if not applied:
        return now
    events += changed
    return replace(after, supervisor=replace(after.supervisor, acted=0))


def _may_change(setup: Setup, now: Sitting) -> bool:
    return now.stage == "block" and not setup.part(now.block).plain


def _changed(setup: Setup, now: Sitting, asked: Asked, events: list[Event]) -> Sitting:
    reason = f"therapist: {asked.reason}"
    if asked.what in _LOGITS:
        return nudged(now, _LOGITS[asked.what], reason, events)
    if asked.what in _KINDS:
        return distracted(now, _KINDS[asked.what], setup.part(now.block).level.distractors.most, reason, events)
    return now
