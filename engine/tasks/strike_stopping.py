"""The stop-signal task's own staircase, and how long stopping takes.

Source: Verbruggen et al. 2019, eLife 8:e46323, a consensus guide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from statistics import fmean

from engine.tasks.task import Trial

FIRST_DELAY_TICKS = 15
"""From the onset to the first stop signal: .25 s."""
STEP_TICKS = 3
"""How much later the signal comes after a stop, and sooner after none: .05 s, so that one half is stopped."""
DELAY_TICKS = (3, 36)
"""The shortest and the longest delay, .05 and .6 s: own choice."""

LEAST_STOPS = 20
"""Fewer say nothing of how long stopping takes; the guide asks for 50. Own choice: 28 leave an error of 30 ms, SD."""

TRUSTED = (0.25, 0.75)
"""Shares of stop trials with a press between which the guide lets the stopping time be estimated."""


def next_delay_ticks(now_ticks: int, stopped: bool) -> int:
    shortest, longest = DELAY_TICKS
    return min(longest, max(shortest, now_ticks + (STEP_TICKS if stopped else -STEP_TICKS)))


@dataclass(frozen=True, slots=True)
class Stopping:
    """What stop trials say; None where it cannot be said."""

    stops: int
    stopped_rate: float | None
    ssd_mean_s: float | None
    ssrt_s: float | None


def stopping(trials: Iterable[Trial]) -> Stopping:
    """From trials that count, of kinds fish and stop; others are left out, and so are presses before the onset.

    The integration method with replacement of omissions: of all n go reactions in order, where a miss is as slow as
    the slowest press, the one at n * p(press | signal), less the mean delay. It needs LEAST_STOPS, a share of presses
    within TRUSTED, and presses despite the signal that are faster on average than others, as the race model has it.
    """
    seen = [trial for trial in trials if trial.reaction_s is None or trial.reaction_s >= 0]
    stops = [trial for trial in seen if trial.kind == "stop"]
    if not stops:
        return Stopping(0, None, None, None)
    failed_s = [trial.reaction_s for trial in stops if trial.reaction_s is not None]
    go = [trial.reaction_s for trial in seen if trial.kind == "fish"]
    pressed = len(failed_s) / len(stops)
    ssd_mean_s = fmean(trial.detail["ssd_s"] for trial in stops)
    finish_s = _finish_s(go, failed_s, pressed) if len(stops) >= LEAST_STOPS else None
    return Stopping(len(stops), 1 - pressed, ssd_mean_s, None if finish_s is None else finish_s - ssd_mean_s)


def _finish_s(go: list[float | None], failed_s: list[float], pressed: float) -> float | None:
    """When stopping is over, from the onset: that share of go reactions has escaped it."""
    pressed_s = [reaction_s for reaction_s in go if reaction_s is not None]
    if not pressed_s or not TRUSTED[0] <= pressed <= TRUSTED[1] or fmean(failed_s) >= fmean(pressed_s):
        return None
    in_order = sorted(max(pressed_s) if reaction_s is None else reaction_s for reaction_s in go)
    return in_order[ceil(len(in_order) * pressed) - 1]
