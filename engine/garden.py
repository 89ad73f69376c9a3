"""What a player lets grow in the marsh, one thing a finished sitting, for good; and personal bests, told as facts.

Nothing is bought, lost, hidden or left to chance, no day is counted, and nobody is compared with anybody else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from engine.anchors import linear

Kind = Literal["plant", "animal", "weather"]


class Growth(NamedTuple):
    """most: how many the marsh has room for"""

    kind: Kind
    most: int


GROWING: dict[str, Growth] = {
    "iris": Growth("plant", 3),
    "marigold": Growth("plant", 3),
    "lotus": Growth("plant", 3),
    "fern": Growth("plant", 3),
    "ducks": Growth("animal", 2),
    "turtle": Growth("animal", 2),
    "otter": Growth("animal", 2),
    "kingfisher": Growth("animal", 2),
    "rainbow": Growth("weather", 1),
    "cloud": Growth("weather", 1),
    "breeze": Growth("weather", 1),
    "stars": Growth("weather", 1),
}
"""24 in all, one for each sitting of the longest plan."""

CARDS = 3


def offers(grown: Sequence[str]) -> tuple[str, ...]:
    """What can be chosen now, up to three names: one of each kind while there is room; empty once all has grown.

    grown: all that has, in any order. What there is least of comes first, so that everything is met.
    """
    room = sorted((name for name in GROWING if grown.count(name) < GROWING[name].most), key=grown.count)
    first_of_a_kind = {GROWING[name].kind: name for name in reversed(room)}.values()
    others = [name for name in room if name not in first_of_a_kind]
    chosen = [*first_of_a_kind, *others][:CARDS]
    return tuple(sorted(chosen, key=list(GROWING).index))


@dataclass(frozen=True, slots=True)
class Chief:
    """What a personal best at a task goes by; it means the same however hard the game has become.

    measure: a field of the task's measures; None for the difficulty at which half would be right, 0..1 of the level's
    more:    whether more of it is better
    says:    a plain sentence about a value
    """

    measure: str | None
    more: bool
    says: str


BY_DIFFICULTY = Chief(None, True, "half would be right at {:.0%} of the way from the gentlest to the hardest")
CHIEFS: dict[str, Chief] = {
    "still-water": Chief("reaction_cv", False, "answers that vary by {:.0%} of their usual time"),
    "quiet": Chief("longest_hold_s", True, "clear water for {:.0f} s without a break"),
}
"""By task; all others go by difficulty, for success is held at its target and says nothing."""


@dataclass(frozen=True, slots=True)
class Best:
    """A personal best at one level; `is_new` where it was set on the newest day."""

    task: str
    value: float
    day: date
    is_new: bool

    @property
    def sentence(self) -> str:
        return CHIEFS.get(self.task, BY_DIFFICULTY).says.format(self.value)


def chief(task: str, ability: float | None, measures: Mapping[str, float | int | None]) -> float | None:
    """What a sitting's personal best would be, as `best` takes it; None where it cannot be said."""
    measure = CHIEFS.get(task, BY_DIFFICULTY).measure
    if measure is not None:
        return measures[measure]
    return None if ability is None else linear(ability, (0.0, 1.0))


def best(task: str, values: Iterable[tuple[date, float | None]]) -> Best | None:
    """The best of a level's days, the oldest first; None where there is none to tell.

    A first value is no new best: there was nothing to better.
    """
    known = [(day, value) for day, value in values if value is not None]
    if not known:
        return None
    sign = 1 if CHIEFS.get(task, BY_DIFFICULTY).more else -1
    day, value = max(known, key=lambda one: sign * one[1])
    return Best(task, value, day, is_new=len(known) > 1 and day == known[-1][0])
