"""What a round of Two Ponds asks: what there is to do, by which rule, and what comes."""

from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising
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


_Cue = Annotated[float, Field(ge=0.15, le=2, strict=True)]
_Limit = Annotated[float, Field(ge=0.7, le=3, strict=True)]
_Switches = Annotated[float, Field(ge=0, le=0.6, strict=True)]
_Lane = Annotated[float, Field(ge=0.04, le=0.2, strict=True)]
_Bends = Annotated[float, Field(ge=2, le=20, strict=True)]


class Settings(BaseModel):
    """Of a level of Two Ponds: pairs are gentlest, hardest.

    variant: switch, sorting by a rule that changes; steer, a boat and tapping by one rule; both, a boat and tapping
             by a rule that changes
    """

    model_config = STRICT

    task: Literal["two-ponds"]
    variant: Variant = Field(description='"switch", "steer" or "both"')
    cue_s: Annotated[tuple[_Cue, _Cue], Falling] = Field(
        description="two times in seconds from the light to the creature, the longest first, each .15 to 2"
    )
    limit_s: Annotated[tuple[_Limit, _Limit], Falling] = Field(
        description="two times to answer in seconds, the longest first, each .7 to 3"
    )
    switches: Annotated[tuple[_Switches, _Switches], Rising] = Field(
        default=(0.15, 0.5), description="two shares of changes of the rule, the smallest first, each 0 to .6"
    )
    lane: Annotated[tuple[_Lane, _Lane], Falling] = Field(
        default=(0.15, 0.06),
        description="two half widths of the current in screen widths, the widest first, each .04 to .2",
    )
    bends_per_min: Annotated[tuple[_Bends, _Bends], Rising] = Field(
        default=(4.0, 12.0), description="two numbers of bends in a minute, the fewest first, each 2 to 20"
    )


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
