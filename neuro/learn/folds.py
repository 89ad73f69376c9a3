"""Who teaches and who is judged: people are never on both sides, except in the split that is called leaky."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance
from numpy.typing import NDArray

HELD_OUT = 0.25
FOLDS = 6


@dataclass(frozen=True, slots=True)
class Fold:
    """Numbers of the people who teach, and of those who are judged."""

    train: tuple[int, ...]
    test: tuple[int, ...]


def leave_one_out(people: int) -> list[Fold]:
    """Everybody is judged once, by a model of all others.

    Raises: ValueError: fewer than three people.
    """
    return _folds([(each,) for each in range(_enough(people))], people)


def k_fold(people: int, rng: Generator, k: int = FOLDS) -> list[Fold]:
    """Everybody is judged once, in groups that are judged together.

    Raises: ValueError: fewer than three people, or fewer than k.
    """
    if _enough(people) < k:
        raise ValueError(f"{k} groups need at least {k} people, there are {people}")
    return _folds([tuple(sorted(group.tolist())) for group in np.array_split(rng.permutation(people), k)], people)


def hold_out(people: int, rng: Generator, share: float = HELD_OUT) -> list[Fold]:
    """A share of the people is judged, once, and nobody else.

    Raises: ValueError: fewer than three people.
    """
    judged = rng.permutation(_enough(people))[: max(1, round(share * people))]
    return _folds([tuple(sorted(judged.tolist()))], people)


def leaky(windows: list[int], rng: Generator, k: int = FOLDS) -> Iterator[list[NDArray[np.bool_]]]:
    """For each of k folds, which windows of each person are judged; the others, of the same people, teach.

    Windows of one recording resemble each other, so this shows what a person's own recordings give away and nothing
    of anybody else: it is reported as a warning, never as a result.

    windows: how many each person has
    """
    dealt = [rng.permutation(n) % k for n in windows]
    for fold in range(k):
        yield [numbers == fold for numbers in dealt]


def _enough(people: int) -> int:
    if people < 3:
        raise ValueError(f"leaving people out needs at least three people, there are {people}")
    return people


def _folds(groups: list[tuple[int, ...]], people: int) -> list[Fold]:
    return [Fold(tuple(each for each in range(people) if each not in group), group) for group in groups]
