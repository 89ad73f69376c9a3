"""Today's path: a stepping stone for each part of the sitting, those walked over in bloom, the next one lit."""

from typing import NamedTuple

from engine.session import Setup
from game.draw import DrawList, Text
from game.scenes.games.catalogue import LOOKS
from game.scenes.motion import wave
from game.scenes.pictures import fitted, put
from game.widgets import colour

MOST_STONES = 8
_FULL_PX = 104.0  # between stones of full size
_PICTURE_PX = (76.0, 60.0)  # on one of them


class Stone(NamedTuple):
    """One part of the sitting, told by a picture of its game."""

    picture: str
    minutes: int
    done: bool = False


def ahead(setup: Setup, done: int = 0) -> tuple[Stone, ...]:
    """A stone for each block of a sitting, of which so many are over."""
    stones = []
    for number, part in enumerate(setup.parts):
        picture = LOOKS[part.task].reminders("keys")[0].picture
        stones.append(Stone(picture, max(1, round(part.seconds / 60)), number < done))
    return tuple(stones)


def path(stones: tuple[Stone, ...], x: float, y: float, width: float, tick: int, text_size: float = 1.0) -> DrawList:
    """From left to right, about y; a long path has smaller stones. At most MOST_STONES are shown."""
    seen = stones[:MOST_STONES]
    step = min(_FULL_PX, width / max(1, len(seen)))
    start = x + step / 2
    ahead = next((i for i, stone in enumerate(seen) if not stone.done), len(seen))
    ops: list[DrawList] = []
    for i, stone in enumerate(seen):
        bend = 6.0 if i % 2 else -6.0
        state = "stone_done" if stone.done else "stone_next" if i == ahead else "stone"
        ops.append(_stone(stone, state, start + i * step, y + bend, step / _FULL_PX, tick, text_size))
    return tuple(op for one in ops for op in one)


def _stone(stone: Stone, state: str, x: float, y: float, size: float, tick: int, text_size: float) -> DrawList:
    """The game's picture stands on its stone; under it how long it takes, unless it is over."""
    lift = 3 * wave(tick, 4.0) if state == "stone_next" else 0.0
    alpha = 1.0 if state != "stone" else 0.75
    said = Text(f"{stone.minutes} min", x, y + 48 * size, 16 * text_size, colour("text_soft"))
    return (
        put(state, x, y + 12 * size, 0.82 * size),
        fitted(stone.picture, x, y - 16 * size + lift, (_PICTURE_PX[0] * size, _PICTURE_PX[1] * size), alpha),
        *(() if stone.done else (said,)),
    )
