"""The reward loop and the supervisor, while a block is played."""

from engine import distractors, fatigue, reward, skill, supervisor
from engine.control import BY_BEHAVIOUR
from engine.copies import replace
from engine.events import Cue, DifficultyChanged, DistractorsChanged, Event, Remedy, RewardPaid, SupervisorActed
from engine.session.setup import Setup
from engine.session.state import Sitting


def paid(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    """A tick of the reward loop, and of the supervisor's clock; a check-up pays nothing."""
    after, pays = reward.next_tick(now.reward, now.signal_good)
    ticked = replace(now, reward=after, supervisor=supervisor.next_tick(now.supervisor))
    if setup.part(now.block).plain or not pays or after.z is None or after.threshold_z is None:
        return ticked
    events.append(RewardPaid(now.block, after.z, after.threshold_z))
    return replace(
        ticked,
        totals=replace(now.totals, rewards=now.totals.rewards + 1),
        in_block=replace(now.in_block, rewards=now.in_block.rewards + 1),
    )


def supervised(setup: Setup, now: Sitting, events: list[Event]) -> Sitting:
    """Looks every five seconds, but never in a tick that moved the difficulty."""
    if (
        setup.part(now.block).plain
        or setup.arm == "fixed"
        or not supervisor.is_due(now.supervisor)
        or any(isinstance(e, DifficultyChanged) for e in events)
    ):
        return now
    target, most = setup.target(now.block), setup.part(now.block).level.distractors.most
    seen, action = supervisor.look(now.supervisor, target, _is_attending(setup, now), now.distractors.level, most)
    after = replace(now, supervisor=seen)
    if action is None or seen.situation is None:
        return after
    reason = supervisor.reason(seen, action)
    events.append(
        SupervisorActed(
            action=action,
            situation=seen.situation,
            reason=reason,
            success=target if seen.success is None else seen.success,
            target=target,
            attention=seen.attention,
            difficulty=now.skill.x,
            distractors=now.distractors.level,
            fatigue=fatigue.index(seen.fatigue),
            rules=supervisor.VERSION,
        )
    )
    return _acted(after, action, most, reason, events)


def _is_attending(setup: Setup, now: Sitting) -> bool | None:
    """None while the signal does not tell; where behaviour alone decides nobody is in doubt."""
    if not setup.has_headset or setup.arm in BY_BEHAVIOUR:
        return True
    if not now.signal_good or now.supervisor.attention is None:
        return None
    return now.supervisor.attention >= supervisor.ATTENDING_Z


def _acted(now: Sitting, action: Remedy, most: int, reason: str, events: list[Event]) -> Sitting:
    match action:
        case "more_distractors":
            return distracted(now, 1, most, reason, events)
        case "fewer_distractors":
            return distracted(now, -1, most, reason, events)
        case "easier":
            return nudged(now, supervisor.EASIER_STEP, reason, events)
        case "novelty":
            harder = nudged(now, supervisor.NOVELTY_STEP * skill.gain(now.skill), reason, events)
            return _cued(harder, Cue("novelty", reason), events)
        case "re-engage" | "offer_break":
            return _cued(now, Cue(action, reason), events)


def distracted(now: Sitting, by: int, most: int, reason: str, events: list[Event]) -> Sitting:
    """With so many more, or fewer, kinds of distractor about."""
    about = distractors.changed(now.distractors, by, most)
    events.append(DistractorsChanged(about.level, reason))
    return replace(now, distractors=about)


def nudged(now: Sitting, by: float, reason: str, events: list[Event]) -> Sitting:
    """With difficulty so many logits away."""
    moved = skill.nudged(now.skill, by)
    events.append(DifficultyChanged(moved.x, reason))
    return replace(now, skill=moved)


def _cued(now: Sitting, cue: Cue, events: list[Event]) -> Sitting:
    events.append(cue)
    return replace(now, cue=cue, cue_tick=now.tick)
