"""What a round of Two Ponds asks: what there is to do, by which rule, and what comes."""

from typing import Literal, NamedTuple

from engine import dice
from engine.events import Outcome

Variant = Literal["switch", "steer", "both"]
Doing = Literal["sort", "tap", "steer", "both"]
Rule = Literal["kind", "size"]
Kind = Literal["fish", "frog"]
Answer = Literal["left", "right", "tap"]

ONE_RULE, SORTS = 6, 20
"""Of so many sorts the first few go by one rule. Own choice."""
CYCLE: tuple[Doing, ...] = ("steer", "steer", *("tap",) * 4, *("both",) * 10)
"""Rounds with a boat: first each thing alone. Own choice."""


class Creature(NamedTuple):
    kind: Kind
    small: bool

    def belongs(self, rule: Rule) -> bool:
        """To the left pond, or to what is to be tapped."""
        return self.kind == "fish" if rule == "kind" else self.small


class Stretch(NamedTuple):
    """doing: what a round asks; mixed: whether the rule may change in it"""

    doing: Doing
    mixed: bool


class Ruled(NamedTuple):
    """switched: whether the rule has changed; None at the beginning of a stretch, and where it never changes"""

    rule: Rule
    switched: bool | None


def stretch(variant: Variant, number: int) -> Stretch:
    """Of a block's round, from 1."""
    if variant == "switch":
        return Stretch("sort", (number - 1) % SORTS >= ONE_RULE)
    return Stretch(CYCLE[(number - 1) % len(CYCLE)], variant == "both")


def ruled(before: Rule | None, was_mixed: bool, mixed: bool, switches: float, seed: int, trial: int) -> Ruled:
    """The rule of a trial.

    Args:
        before:   the rule so far; None at the beginning of a block
        switches: share of changes where it may change
    """
    roll = dice.roll(seed, "rule", trial)
    if before is None or (was_mixed and not mixed):
        return Ruled("kind" if roll < 0.5 else "size", None)
    if not (was_mixed and mixed):
        return Ruled(before, None)
    switched = roll < switches
    return Ruled(("size" if before == "kind" else "kind") if switched else before, switched)


def creature(seed: int, trial: int) -> Creature:
    kind: Kind = "fish" if dice.roll(seed, "kind", trial) < 0.5 else "frog"
    return Creature(kind, dice.roll(seed, "small", trial) < 0.5)


def outcome(doing: Doing, belongs: bool, answer: Answer | None) -> Outcome:
    if doing == "sort":
        return "miss" if answer is None else "hit" if (answer == "left") == belongs else "wrong"
    if answer is None:
        return "miss" if belongs else "held"
    return "hit" if belongs else "false_alarm"
