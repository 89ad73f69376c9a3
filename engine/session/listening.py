"""What the signal is worth in a tick, and what the loops hear of it."""

from engine import control, reward, supervisor
from engine.control import Own
from engine.copies import replace
from engine.ports import TICK_S, Attention
from engine.session.setup import Setup
from engine.session.state import Sitting

FRESH_TICKS = 60  # an estimate that has not changed for a second is stale, whatever it says of itself
MIN_TRUST = 0.5
CLARITY_PER_S = 0.05  # slow water: feedback that jumped would be a task of its own
OFF_STATES = ("stale", "absent", "not_worn")


def goal(setup: Setup) -> float:
    """Share of the time to reward."""
    return reward.goal(setup.sitting_number) if setup.goal is None else setup.goal


def listened(setup: Setup, now: Sitting, attention: Attention | None) -> Sitting:
    """The next tick; each new good estimate goes to the loops once."""
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
    return _told(setup, heard, attention) if is_new and good and now.stage in ("warmup", "block") else heard


def _told(setup: Setup, now: Sitting, attention: Attention) -> Sitting:
    before_s = now.reward.seen_s
    heard = reward.heard(now.reward, _score(setup, now, attention), attention.t_s)
    if now.stage == "warmup" or heard.z_now is None:
        return replace(now, reward=heard)
    step_s = reward.step_s(before_s, attention.t_s)
    return replace(
        now,
        reward=heard,
        good_heard=now.good_heard + 1,
        supervisor=supervisor.saw_attention(now.supervisor, heard.z_now, step_s),
    )


def _score(setup: Setup, now: Sitting, attention: Attention) -> float:
    """What the loops see, which in every arm is the player's own until there is a threshold."""
    known = now.reward
    if setup.arm == "live" or known.centre is None or known.spread is None or known.threshold_z is None:
        return attention.score
    own = Own(
        score=attention.score,
        t_s=attention.t_s,
        centre=known.centre,
        spread=known.spread,
        threshold_z=known.threshold_z,
        good=now.good_heard,
        succeeded=now.supervisor.succeeded,
        goal=goal(setup),
    )
    return control.score(setup.arm, setup.tape, own)


def is_off(setup: Setup, now: Sitting) -> bool:
    """Whether there should be a signal from a headset, and there is none."""
    return setup.has_headset and now.signal_state in OFF_STATES


def clarity(setup: Setup, now: Sitting) -> float:
    """The water's next clarity: slowly towards attention, two SD either way being murky and clear."""
    is_fed_back = now.stage in ("warmup", "block") and not setup.part(now.block).plain
    if not is_fed_back or not now.signal_good or now.reward.z is None:
        return now.feedback
    aim = min(1.0, max(0.0, 0.5 + now.reward.z / 4))
    most = CLARITY_PER_S * TICK_S
    return now.feedback + min(most, max(-most, aim - now.feedback))
