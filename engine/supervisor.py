"""The supervisor: every five seconds it looks at success and attention together, and seldom does one small thing."""

from dataclasses import dataclass, field

from engine import fatigue as fatigue_rules
from engine.copies import replace
from engine.events import Remedy, Situation
from engine.fatigue import TIRED, Fatigue
from engine.ports import ticks_of

VERSION = "supervisor-2"
"""Of the rules in this file; every action carries it."""

LOOK_S, ACTION_S, LAPSE_S = 5.0, 20.0, 60.0
TIRED_LOOKS = 12  # a minute
REST_AGAIN_S = 180.0  # own choice: who would rather play on is asked again after three minutes
LOOKS = 3  # the same situation at three looks has held for ten seconds
SUCCESS_HALF_LIFE_TRIALS = 8
ATTENTION_HALF_LIFE_S = 10.0
ATTENDING_Z = -0.3
TOO_LOW, TOO_HIGH = 0.10, 0.08  # share of success below and above the target; .05 below is chance (docs/why/0007)
UNLOCK_TRIALS = 12

NOVELTY_STEP = 0.1
"""Of the skill loop's gain: harder by so little that success hardly moves."""
EASIER_STEP = -0.3
"""Logits."""

_LOOK, _ACTION, _LAPSE, _REST_AGAIN = (ticks_of(s) for s in (LOOK_S, ACTION_S, LAPSE_S, REST_AGAIN_S))


@dataclass(frozen=True, slots=True)
class Supervisor:
    """What it remembers.

    ticks:     of play
    success:   recent share, EWMA; None before the first valid trial
    succeeded: in the newest valid trial; None before it
    attention: recent z, EWMA; None without one
    high:      trials in a row with success well above the target
    situation, looks: what it saw last, and at how many looks in a row
    acted:     ticks since its last action; None before the first
    lapses:    lapses answered within a minute, lapse_ticks since the first of them
    offered:   whether a break was offered in that minute
    fatigue:   since the first minutes; tired: looks in a row that found the player tired
    rested:    ticks since a tired player was last offered a break; None before the first time
    """

    ticks: int = 0
    success: float | None = None
    succeeded: bool | None = None
    attention: float | None = None
    high: int = 0
    situation: Situation | None = None
    looks: int = 0
    acted: int | None = None
    lapses: int = 0
    lapse_ticks: int = 0
    offered: bool = False
    fatigue: Fatigue = field(default_factory=Fatigue)
    tired: int = 0
    rested: int | None = None


REASONS: dict[Remedy, str] = {
    "more_distractors": "success well above the target for 12 trials, attending",
    "fewer_distractors": "success below the target, with distractors about",
    "easier": "attending, and still too hard",
    "novelty": "success without attention: it has become automatic",
    "re-engage": "success and attention both low: the first lapse",
    "offer_break": "success and attention low again within a minute",
}
REST = "a minute of misses, unsteady times and less attention than at the beginning: time for a break"


def saw_trial(now: Supervisor, success: bool, target: float) -> Supervisor:
    """After one valid trial."""
    before = target if now.success is None else now.success
    after = before + (success - before) * (1 - 2 ** (-1 / SUCCESS_HALF_LIFE_TRIALS))
    high = now.high + 1 if after > target + TOO_HIGH else 0
    return replace(now, success=after, succeeded=success, high=high)


def saw_signal(now: Supervisor, reaction_s: float | None) -> Supervisor:
    """After one valid trial that asked for an answer; None for one that was missed."""
    return replace(now, fatigue=fatigue_rules.saw_signal(now.fatigue, reaction_s))


def moved_on(now: Supervisor) -> Supervisor:
    """With another game: its times and misses are compared with its own first minutes, attention with the first."""
    return replace(now, fatigue=fatigue_rules.moved_on(now.fatigue))


def reason(now: Supervisor, action: Remedy) -> str:
    """Why, in words."""
    return REST if now.situation == "tired" else REASONS[action]


def saw_attention(now: Supervisor, z: float, step_s: float) -> Supervisor:
    """After one new good estimate, `step_s` after the one before."""
    before = z if now.attention is None else now.attention
    after = before + (z - before) * (1 - 2 ** (-step_s / ATTENTION_HALF_LIFE_S))
    return replace(now, attention=after, fatigue=fatigue_rules.saw_attention(now.fatigue, z, step_s))


def next_tick(now: Supervisor) -> Supervisor:
    """One tick of play."""
    acted = None if now.acted is None else now.acted + 1
    rested = None if now.rested is None else now.rested + 1
    ticks = now.ticks + 1
    if now.lapses and now.lapse_ticks >= _LAPSE:
        return replace(now, ticks=ticks, acted=acted, rested=rested, lapses=0, lapse_ticks=0, offered=False)
    return replace(now, ticks=ticks, acted=acted, rested=rested, lapse_ticks=now.lapse_ticks + 1)


def is_due(now: Supervisor) -> bool:
    return now.ticks > 0 and now.ticks % _LOOK == 0


def look(
    now: Supervisor, target: float, attending: bool | None, distractors: int, most: int
) -> tuple[Supervisor, Remedy | None]:
    """What it does, if anything; attending is None where the signal does not tell, and then it waits."""
    now = replace(now, tired=now.tired + 1 if _is_tired(now) else 0)
    situation = _situation(now, target, attending)
    if situation is None:
        return replace(now, situation=None, looks=0), None
    looks = now.looks + 1 if situation == now.situation else 1
    seen = replace(now, situation=situation, looks=looks)
    if looks < LOOKS or (now.acted is not None and now.acted < _ACTION):
        return seen, None
    action = _action(seen, situation, distractors, most)
    return (seen, None) if action is None else (_after(seen, action), action)


def _is_tired(now: Supervisor) -> bool:
    fatigue = fatigue_rules.index(now.fatigue)
    return fatigue is not None and fatigue > TIRED


def _situation(now: Supervisor, target: float, attending: bool | None) -> Situation | None:
    if attending is None or now.success is None:
        return None
    if now.tired >= TIRED_LOOKS and (now.rested is None or now.rested >= _REST_AGAIN):
        return "tired"
    if now.success >= target - TOO_LOW:
        return "flow" if attending else "boredom"
    return "too_hard" if attending else "lapse"


def _action(now: Supervisor, situation: Situation, distractors: int, most: int) -> Remedy | None:
    if situation == "tired":
        return "offer_break"
    if situation == "flow":
        return "more_distractors" if now.high >= UNLOCK_TRIALS and distractors < most else None
    if situation == "boredom":
        return "novelty"
    if situation == "too_hard":  # one thing at a time: never distractors and speed in one tick
        if distractors:
            return "fewer_distractors"
        return None if now.attention is None else "easier"  # without attention it may be a lapse: skill answers alone
    if now.lapses == 0:
        return "re-engage"
    if now.lapses == 1 and distractors:
        return "fewer_distractors"
    return None if now.offered else "offer_break"  # once a minute is kind, more is nagging


def _after(now: Supervisor, action: Remedy) -> Supervisor:
    if now.situation == "tired":
        return replace(now, acted=0, rested=0, tired=0)
    if now.situation != "lapse":
        return replace(now, acted=0, high=0)
    return replace(
        now,
        acted=0,
        high=0,
        lapses=now.lapses + 1,
        lapse_ticks=now.lapse_ticks if now.lapses else 0,
        offered=action == "offer_break",
    )
