"""What a player lets grow in the marsh, one thing a finished sitting, for good; and personal bests, told as facts.

Nothing is bought, lost, hidden or left to chance, no day is counted, and nobody is compared with anybody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

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
    """The one measure of a task that its personal best is told by.

    measure: a field of the task's measures; more: whether more of it is better
    says:    a plain sentence about a value
    """

    measure: str
    more: bool
    says: str


CHIEFS: dict[str, Chief] = {
    "strike": Chief("d_prime", True, "fish and frogs told apart with d' {:.1f}"),
    "still-water": Chief("reaction_cv", False, "answers within {:.0%} of their usual time"),
    "reed-search": Chief("slope_s", False, "{:.2f} s more for each creature in the reeds"),
    "firefly": Chief("gain", True, "eyes as fast as {:.0%} of the firefly"),
    "candle": Chief("on_target", True, "{:.0%} of the time on the light"),
    "look-away": Chief("error_rate", False, "{:.0%} of first looks went to the splash"),
    "two-ponds": Chief("switch_cost_s", False, "{:.2f} s more after a change of rule"),
    "chorus": Chief("d_prime", True, "calls told apart with d' {:.1f}"),
    "flanker": Chief("conflict_s", False, "{:.2f} s more when the others swim the other way"),
    "quiet": Chief("longest_hold_s", True, "{:.0f} s of clear water in one breath after another"),
}
"""By task; a task without one has no personal best."""


@dataclass(frozen=True, slots=True)
class Best:
    """A personal best; `is_new` where it was set on the newest day."""

    task: str
    value: float
    day: date
    is_new: bool

    @property
    def sentence(self) -> str:
        return CHIEFS[self.task].says.format(self.value)


def best(task: str, values: Iterable[tuple[date, float | None]]) -> Best | None:
    """The best of a task's chief measure, by day, the oldest first; None where there is none to tell.

    A first value is no new best: there was nothing to better.
    """
    known = [(day, value) for day, value in values if value is not None]
    if not known or task not in CHIEFS:
        return None
    sign = 1 if CHIEFS[task].more else -1
    day, value = max(known, key=lambda one: sign * one[1])
    return Best(task, value, day, is_new=len(known) > 1 and day == known[-1][0])
