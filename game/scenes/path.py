"""Today's path: a stepping stone for each part of the sitting, those walked over in bloom, the next one lit."""

from typing import NamedTuple

from engine.session import Setup
from game.draw import DrawList, Text
from game.manner import current
from game.scenes.games.catalogue import LOOKS
from game.scenes.motion import wave
from game.scenes.pictures import fitted, put
from game.type import text_width
from game.widgets.paint import Box, colour, sized
from game.widgets.sheet import Art
from game.words import say

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


def art(stones: tuple[Stone, ...], tick: int) -> Art:
    """The path on a sheet."""

    def drawn(box: Box) -> DrawList:
        return path(stones, box.left, box.top + 60, box.width, tick)

    return Art(126 + 10 * current().text, drawn)


def path(stones: tuple[Stone, ...], x: float, y: float, width: float, tick: int) -> DrawList:
    """From left to right, about y; a long path has smaller stones. At most MOST_STONES are shown."""
    seen = stones[:MOST_STONES]
    step = min(_FULL_PX, width / max(1, len(seen)))
    start = x + (width - step * len(seen)) / 2 + step / 2
    ahead = next((i for i, stone in enumerate(seen) if not stone.done), len(seen))
    ops: list[DrawList] = []
    for i, stone in enumerate(seen):
        bend = 6.0 if i % 2 else -6.0
        state = "stone_done" if stone.done else "stone_next" if i == ahead else "stone"
        ops.append(_stone(stone, state, start + i * step, y + bend, step, tick))
    return tuple(op for one in ops for op in one)


def _stone(stone: Stone, state: str, x: float, y: float, room: float, tick: int) -> DrawList:
    """The game's picture stands on its stone; under it how long it takes, unless it is over."""
    size = room / _FULL_PX
    lift = 3 * wave(tick, 4.0) if state == "stone_next" and not current().still else 0.0
    alpha = 1.0 if state != "stone" else 0.75
    return (
        put(state, x, y + 12 * size, 0.82 * size),
        fitted(stone.picture, x, y - 16 * size + lift, (_PICTURE_PX[0] * size, _PICTURE_PX[1] * size), alpha),
        *(() if stone.done else (_minutes(stone.minutes, x, y + 44 * size, room),)),
    )


def _minutes(minutes: int, x: float, y: float, room: float) -> Text:
    """As large as it may be without touching the next one's."""
    said = say("{n} min", n=minutes)
    size = min(sized(16), 16 * 0.92 * room / text_width(said, 16))
    return Text(said, x, y + 0.4 * size, size, colour("text_soft"))
