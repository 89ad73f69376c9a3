"""The creatures among the reeds: who sits where in a trial of Reed Search, settled by its number alone."""

from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar, get_args

from engine import dice
from engine.ports import Place
from engine.tasks.sight import DEG_PER_SCREEN

Kind = Literal["snail", "beetle", "turtle", "moth"]
Coat = Literal["plain", "striped", "spotted"]
"""Pattern and colour at once, so that nobody needs to see colours."""

T = TypeVar("T")

KINDS: tuple[Kind, ...] = get_args(Kind)
COATS: tuple[Coat, ...] = get_args(Coat)

MIDDLE_DEG = (20.0, 10.2)
MIDDLE: Place = (MIDDLE_DEG[0] / DEG_PER_SCREEN[0], MIDDLE_DEG[1] / DEG_PER_SCREEN[1])
"""Where the card shows what to look for, and where the eyes begin."""

STEP_DEG = (4.37, 4.6)
JITTER_DEG = (0.15, 0.15)
"""So much that no two are ever nearer than 4 degrees, twice the radius by which gaze is told."""
COLUMNS, ROWS = (-3, -2, -1, 0, 1, 2, 3), (-1, 0, 1, 2)

PLACES_DEG = tuple(
    (MIDDLE_DEG[0] + column * STEP_DEG[0], MIDDLE_DEG[1] + row * STEP_DEG[1])
    for row in ROWS
    for column in COLUMNS
    if (column, row) not in ((0, 0), (-3, 2), (3, 2))
)
"""The card's own is left free, and so are the lowest corners, which plants grow over."""
MOST = 24
"""Creatures at once."""


class Animal(NamedTuple):
    kind: Kind
    coat: Coat


class Seated(NamedTuple):
    """at: in screens"""

    animal: Animal
    at: Place


class Field(NamedTuple):
    """target: what is looked for; seated: the target first, if it is there; leaves: between them, in screens"""

    target: Animal
    seated: tuple[Seated, ...]
    leaves: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(one.at for one in self.seated)


@lru_cache(maxsize=8)
def field(seed: int, trial: int, size: int, alike: int, leaves: int, present: bool) -> Field:
    """Who sits among the reeds in this trial.

    Args:
        size:  creatures, the target included
        alike: how many of the others share kind or coat with the target, half of them each; the rest neither
    """
    target = Animal(_one(KINDS, seed, trial, "kind"), _one(COATS, seed, trial, "coat"))
    others = [_other(target, i, alike, seed, trial) for i in range(size - present)]
    animals = [target, *others] if present else others
    lots = sorted(PLACES_DEG, key=lambda place: dice.roll(seed, "place", trial, *map(str, place)))
    seated = tuple(Seated(animal, _seat(lot, seed, trial)) for animal, lot in zip(animals, lots, strict=False))
    return Field(target, seated, tuple(_leaf(i, seed, trial) for i in range(leaves)))


def _other(target: Animal, i: int, alike: int, seed: int, trial: int) -> Animal:
    kind = _one(tuple(k for k in KINDS if k != target.kind), seed, trial, "kind", i)
    coat = _one(tuple(c for c in COATS if c != target.coat), seed, trial, "coat", i)
    if i >= alike:
        return Animal(kind, coat)
    return Animal(target.kind, coat) if (i + trial) % 2 else Animal(kind, target.coat)


def _one(of: tuple[T, ...], seed: int, trial: int, *what: dice.Key) -> T:
    return of[int(dice.roll(seed, "animal", trial, *what) * len(of))]


def _seat(place_deg: tuple[float, float], seed: int, trial: int) -> Place:
    x, y = (
        deg + dice.between(-most, most, seed, "seat", trial, str(place_deg), axis)
        for deg, most, axis in zip(place_deg, JITTER_DEG, "xy", strict=True)
    )
    return x / DEG_PER_SCREEN[0], y / DEG_PER_SCREEN[1]


def _leaf(i: int, seed: int, trial: int) -> Place:
    return (
        dice.between(0.08, 0.92, seed, "leaf", trial, i, "x"),
        dice.between(0.24, 0.9, seed, "leaf", trial, i, "y"),
    )
