"""What playing does to the simulated player: frustration, boredom, the glow of a reward, the pull of a distractor."""

from math import exp
from typing import NamedTuple

from neuro.twin.profiles import Temper

FAILURES = 3  # in a row frustrate
FRUSTRATES, CALMS_S = 0.3, 60.0
TOO_EASY, EASY_S = 0.95, 60.0  # success above this for so long bores
BORES_S = 120.0  # own choice: time constant with which boredom comes, and goes
QUITS_PER_S = 0.002  # at a frustration of 1, with its square
CLENCH_AFTER_S = 2.0  # a reward may come every 1.5 s; later than this it has not come
CLENCH_S, RELAXED_S = 3.0, 3.0  # own choice


def clenches(unpaid_s: float) -> bool:
    """Whether who cheats has a tight jaw so long after the last reward: in bouts, for nobody clenches for ever."""
    late_s = unpaid_s - CLENCH_AFTER_S
    return late_s > 0 and late_s % (CLENCH_S + RELAXED_S) < CLENCH_S


class _Trial(NamedTuple):
    t_s: float
    success: bool


class Mood:
    """The state of mind of one player, moved by what happens in the game; times are seconds from the twin's start.

    Every number is a design value of Heron's, in `Temper` or above.
    """

    def __init__(self, temper: Temper, in_s: float) -> None:
        self._temper = temper
        self._in_s = in_s
        self._frustration, self._frustrated_s = 0.0, 0.0
        self._boredom, self._bored_s = 0.0, 0.0
        self._trials: list[_Trial] = []
        self._failures = 0
        self._rewarded_s = float("-inf")
        self._distractors = 0

    def tried(self, t_s: float, success: bool) -> None:
        """A trial is over."""
        self._boredom, self._bored_s = self.boredom(t_s), t_s
        self._trials = [trial for trial in self._trials if t_s - trial.t_s <= EASY_S] + [_Trial(t_s, success)]
        self._failures = 0 if success else self._failures + 1
        if self._failures == FAILURES:
            self._failures = 0
            self._frustration, self._frustrated_s = self.frustration(t_s) + FRUSTRATES, t_s

    def rewarded(self, t_s: float) -> None:
        self._rewarded_s = t_s

    def distracted(self, level: int) -> None:
        """So much flutters about from now on."""
        self._distractors = level

    def frustration(self, t_s: float) -> float:
        """0 and up."""
        return self._frustration * exp(-(t_s - self._frustrated_s) / CALMS_S)

    def boredom(self, t_s: float) -> float:
        """0..1."""
        easy = sum(trial.success for trial in self._trials) > TOO_EASY * len(self._trials)
        goal = 1.0 if easy and len(self._trials) > 1 else 0.0
        return goal + (self._boredom - goal) * exp(-(t_s - self._bored_s) / BORES_S)

    def pace(self, t_s: float) -> float:
        """How much faster than usual attention is lost: the hazard of leaving the zone, as a multiple."""
        temper = self._temper
        more_per_s = (
            temper.distractible_per_s * self._distractors
            + temper.frustrated_per_s * self.frustration(t_s)
            + temper.bored_per_s * self.boredom(t_s)
        )
        glow = temper.glow if t_s - self._rewarded_s < temper.glow_s else 1.0
        return (1 + more_per_s * self._in_s) * glow

    def quit_per_s(self, t_s: float) -> float:
        """The hazard of leaving the game for good."""
        return QUITS_PER_S * self.frustration(t_s) ** 2
