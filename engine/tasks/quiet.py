"""Quiet, self-regulation with nothing to do: breathe slowly, and keep the water clear.

Nothing appears and nothing is answered, so there are no trials. A ring on the water leads the breath; what attention
does to the water is the reward loop's, and so are the outcomes. Without a headset it is a calm minute of breathing.
Slow breathing of about six breaths a minute is where heart rate and breath swing together (Lehrer & Gevirtz 2014,
Front Psychol 5:756).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, Field

from engine.anchors import STRICT, Rising, linear
from engine.copies import replace
from engine.events import Event
from engine.ports import Place, ticks_of
from engine.tasks.measures import share
from engine.tasks.task import Ask, Hand, Rules

RING = (0.54, 0.856)
"""Where the ring lies, in screens."""
IN_SHARE = 0.4
"""Of a breath; out takes longer than in."""

_Breath = Annotated[float, Field(ge=5, le=14, strict=True)]


class Settings(BaseModel):
    """Of a level of Quiet: pairs are gentlest, hardest."""

    model_config = STRICT

    task: Literal["quiet"]
    breath_s: Annotated[tuple[_Breath, _Breath], Rising] = Field(
        description="two times in seconds, the shortest breath first, each 5 to 14"
    )


@dataclass(frozen=True, slots=True)
class Quiet:
    """The breath as it goes.

    trial:        of the tasks before; Quiet adds none
    breath:       number of this breath, from 1; 0 before the first
    breath_tick:  ticks since it began
    breath_ticks: how long it lasts
    """

    trial: int = 0
    breath: int = 0
    breath_tick: int = 0
    breath_ticks: int = 0

    @property
    def full(self) -> float:
        """How far one has breathed in, 0..1, at an even pace."""
        if not self.breath_ticks:
            return 0.0
        done = self.breath_tick / self.breath_ticks
        return done / IN_SHARE if done < IN_SHARE else (1 - done) / (1 - IN_SHARE)

    @property
    def is_in(self) -> bool:
        """Whether to breathe in."""
        return self.breath_tick < IN_SHARE * self.breath_ticks

    @property
    def between_trials(self) -> bool:
        """Nothing is ever cut short."""
        return True

    @property
    def sight(self) -> Place | None:
        return RING

    def voided(self) -> "Quiet":
        return self

    def rested(self) -> "Quiet":
        return Quiet(self.trial)

    def renewed(self) -> "Quiet":
        return Quiet(self.trial)

    def step(
        self,
        rules: Rules[Settings],
        hand: Hand,  # noqa: ARG002 -- there is nothing to do
        tick: int,  # noqa: ARG002 -- a breath counts its own
        ask: Ask,
    ) -> tuple["Quiet", tuple[Event, ...]]:
        if self.breath and self.breath_tick + 1 < self.breath_ticks:
            return replace(self, breath_tick=self.breath_tick + 1), ()
        breath_s = linear(ask.difficulty, rules.settings.breath_s)
        return replace(self, breath=self.breath + 1, breath_tick=0, breath_ticks=ticks_of(breath_s)), ()


@dataclass(frozen=True, slots=True)
class QuietMeasures:
    """How well attention was held; None where there was no good signal to say it by.

    share:          of the time with a good signal, how much was above the threshold
    longest_hold_s: the longest time above it without a break; a signal that is not good breaks it
    recover_s:      median time from falling below it to being above again, without a break of the signal
    """

    share: float | None
    longest_hold_s: float | None
    recover_s: float | None


def measures(above: Iterable[tuple[float, bool | None]]) -> QuietMeasures:
    """From the estimates of a block, oldest first.

    Args: above: (t_s, whether attention was above the threshold), None where the signal was not good. What an
        estimate says holds until the next.
    """
    seen = list(above)
    good = [is_above for _, is_above in seen if is_above is not None]
    spells = _spells(seen)
    holds_s = [spell.length_s for spell in spells if spell.above]
    falls_s = [
        fall.length_s
        for before, fall, after in zip(spells, spells[1:], spells[2:], strict=False)
        if before.above and fall.above is False and after.above
    ]
    return QuietMeasures(
        share=share(sum(good), len(good)),
        longest_hold_s=max(holds_s, default=0.0) if good else None,
        recover_s=median(falls_s) if falls_s else None,
    )


class _Spell(NamedTuple):
    above: bool | None
    length_s: float


def _spells(seen: list[tuple[float, bool | None]]) -> list[_Spell]:
    """Runs of estimates that say the same, each up to the next; the last up to its last estimate."""
    starts = seen[:1] + [now for before, now in pairwise(seen) if now[1] is not before[1]]
    return [_Spell(now[1], then_s - now[0]) for now, (then_s, _) in pairwise([*starts, *seen[-1:]])]
