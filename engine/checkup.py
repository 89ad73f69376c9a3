"""The check-up: a plain battery that never adapts, pays or distracts, so that one day can be held against another."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from engine.anchors import Anchors
from engine.errors import BadLevel
from engine.level import Level
from engine.session.setup import Part
from engine.tasks.catalogue import TASKS
from engine.tasks.task import Trial
from engine.toml import Shelf

CHECKUPS = Shelf("check-up level", "checkup", Level, BadLevel)
"""Levels whose settings do not depend on difficulty, one a file in levels/checkup/."""

FIXED_X = 0.0
BOUNDS: Anchors = (FIXED_X, FIXED_X)
PRACTICE = 4  # own choice: every time, so that every check-up begins alike
FIRST_SEED = 60_221
"""Of a family of seeds: the n-th check-up is the same for everybody, and no two of one player's are."""

_WITHOUT_EYES = ("checkup-still-water", "checkup-look-away")
_WITH_EYES = (*_WITHOUT_EYES, "checkup-candle", "checkup-firefly-slow", "checkup-firefly-fast")


def parts(child: bool, has_gaze: bool, has_calls: bool = False) -> tuple[Part, ...]:
    """The battery in order: continuous performance, antisaccades, and with an eye tracker steady gaze and pursuit.

    has_calls: whether calls are to be kept in mind as well, one back for children and two for others
    """
    names = _WITH_EYES if has_gaze else _WITHOUT_EYES
    calls = ("checkup-chorus-one" if child else "checkup-chorus-two",) if has_calls else ()
    return tuple(part(CHECKUPS.find(name)) for name in (*names, *calls))


def part(level: Level) -> Part:
    """A level of the battery as a part of a sitting."""
    return Part(level, level.block_s, FIXED_X, FIXED_X, PRACTICE, BOUNDS, plain=True)


def seed(number: int) -> int:
    """Of a player's n-th check-up, from 1."""
    return FIRST_SEED + number


class Block(Protocol):
    """A finished block, as it is stored."""

    @property
    def block(self) -> int: ...
    @property
    def task(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def by(self) -> str: ...


class InBlock(Trial, Protocol):
    """A trial, and in which block it was."""

    @property
    def block(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Result:
    """One part of a check-up. by: with what it was answered, only like can be compared with like

    measures: what its task measures, by name (docs/tasks.md); None where there were too few trials to say it
    """

    level: str
    task: str
    by: str
    measures: dict[str, float | int | None]


def results(trials: Sequence[InBlock], blocks: Iterable[Block]) -> tuple[Result, ...]:
    """What a check-up found, a part each in the order of play; parts that were not finished are left out."""
    mine = [block for block in blocks if block.level in CHECKUPS.ids()]
    return tuple(
        Result(block.level, block.task, block.by, asdict(TASKS[block.task].measures(_of(block, trials))))
        for block in mine
    )


def _of(block: Block, trials: Iterable[InBlock]) -> list[InBlock]:
    return [trial for trial in trials if trial.block == block.block]
