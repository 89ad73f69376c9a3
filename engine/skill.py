"""The skill loop: after each trial, difficulty moves so that success settles at its target."""

from dataclasses import dataclass

from engine.anchors import clip
from engine.copies import replace

GAIN_FLOOR = 0.35  # time constant of about 18 trials at a success of .8
GAIN_TRIALS = 15
RESCUE_FAILURES = 3
RESCUE_STEP = 1.0
EASY_TRIALS = 2
FIRST_X = -1.0  # own choice: nobody fails on the first evening


@dataclass(frozen=True, slots=True)
class Skill:
    """Where difficulty stands.

    x:        logits, X_MIN..X_MAX
    trials:   valid ones so far
    failures: in a row
    easy:     trials still to be made easy after a rescue
    """

    x: float = FIRST_X
    trials: int = 0
    failures: int = 0
    easy: int = 0


def warm_start(last_x: float | None) -> float:
    """Where to begin: half a logit below the final third of the last sitting, or FIRST_X without one."""
    return FIRST_X if last_x is None else clip(last_x - 0.5)


def target_for(level_target: float, child: bool, sitting_number: int) -> float:
    """The success to aim at: children find their first three sittings easier by .05."""
    return min(0.95, level_target + 0.05) if child and sitting_number <= 3 else level_target


def next_skill(now: Skill, success: bool, valid: bool, target: float) -> Skill:
    """Weighted up-down: success and failure balance at `target` (Kaernbach 1991, Percept Psychophys 49:227).

    x + gain * (success - target), the gain falling from 1 to its floor. Three failures in a row take a whole
    logit off once and make the next two trials easy. An invalid trial changes nothing.
    """
    if not valid:
        return now
    x = clip(now.x + gain(now) * (success - target))
    failures = 0 if success else now.failures + 1
    after = Skill(x, now.trials + 1, failures, max(0, now.easy - 1))
    if failures < RESCUE_FAILURES:
        return after
    return replace(after, x=clip(x - RESCUE_STEP), failures=0, easy=EASY_TRIALS)


def gain(now: Skill) -> float:
    """Logits a trial: 1 at first, then 1 / (1 + k / 15) down to the floor."""
    return max(GAIN_FLOOR, 1 / (1 + now.trials / GAIN_TRIALS))


def presented(now: Skill) -> float:
    """The difficulty of the next creature: a logit below x while trials are to be easy."""
    return clip(now.x - RESCUE_STEP) if now.easy else now.x


def nudged(now: Skill, by: float) -> Skill:
    """Moved by another loop, within bounds."""
    return replace(now, x=clip(now.x + by))
