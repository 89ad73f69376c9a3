"""The presses of one trial of a stream, in which one thing follows the other in an even pace."""

from dataclasses import dataclass

from engine.copies import replace
from engine.ports import TICK_S

EARLY_S, EARLY_CHILD_S = 0.150, 0.200
"""Faster than this nobody can be: such a press still means what was there before, and answers nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to what showed at onset_tick.

    ticks: from the onset to the answer; None while there is none
    early: presses that were too soon to be one
    again: presses after it
    """

    onset_tick: int = 0
    ticks: int | None = None
    early: int = 0
    again: int = 0

    @property
    def reaction_s(self) -> float | None:
        return None if self.ticks is None else self.ticks * TICK_S

    @property
    def idle(self) -> dict[str, float]:
        """The presses that were no answer, by name."""
        return {"early": self.early, "again": self.again}

    def pressed(self, tick: int, child: bool) -> "Answer":
        """Once more."""
        ticks = tick - self.onset_tick
        if ticks * TICK_S < (EARLY_CHILD_S if child else EARLY_S):
            return replace(self, early=self.early + 1)
        return replace(self, ticks=ticks) if self.ticks is None else replace(self, again=self.again + 1)


NOTHING = Answer()
