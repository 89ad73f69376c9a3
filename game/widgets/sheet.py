"""A sheet: words, pictures and choices below one another on a panel that is as high as they need.

Words may be from 80 to 200 % of their usual size and in any language: a sheet grows, then widens, then shrinks its
words as little as it must, until all of it fits the picture.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from game.draw import HEIGHT, WIDTH, Anchor, DrawList, Sprite, Text
from game.manner import current
from game.type import LEADING
from game.widgets.choices import Choice
from game.widgets.paint import Box, colour, folded, panel, sized

PAD, GAP = 40.0, 16.0
MARGIN = 34.0
"""Px that every sheet keeps from the picture's edge."""

WIDEST = 1016.0
"""Px: beside a sheet, however high, there is room for the marks in the picture's corners."""

SMALLER = 0.94
"""By so much words shrink at a time where nothing else helps."""

POOL_RIGHT = 1148.0
"""Where a sheet beside the heron ends: over the pool, so that nobody studies a creature in a pause."""

SLIM = 572.0
"""Px that a high sheet beside the heron is wide: it leaves the bill to be seen."""

SKY_TOP = 170.0
"""Where a sheet over the far shore begins: it leaves the pool, and what opens there, to be seen."""


def floor_y() -> float:
    """Below it are no words but the captions, where they are wanted."""
    strip = 14 + 30 * current().text if current().captions else 0.0
    return HEIGHT - max(MARGIN, strip)


class Words(NamedTuple):
    """A paragraph. at: where its lines begin, stand or end; most: lines, the last of which may end in an ellipsis"""

    words: str
    size: float = 21.0
    tone: str = "text"
    at: Anchor = "left"
    most: int = 99


class Pair(NamedTuple):
    """Words at the left and words at the right of one line."""

    left: Words
    right: Words


class Beside(NamedTuple):
    """Words with a picture before them. scale: of the picture; room: px that it has"""

    picture: str
    scale: float
    words: Words
    room: float = 84.0


class Gap(NamedTuple):
    height: float = GAP


class Art(NamedTuple):
    """Something drawn, so high; `draw` is told its box."""

    height: float
    draw: Callable[[Box], DrawList]


@dataclass(frozen=True, slots=True)
class Row:
    """Choices beside one another, in as many lines as they need. even: all as wide as the widest"""

    choices: tuple[Choice, ...]
    even: bool = False


Item = Words | Pair | Beside | Gap | Art | Row

Stand = Literal["pool", "sky", "middle", "top", "foot"]
"""Over the pool beside the heron; over the far shore; in the middle; in the middle at the top; along the foot."""


class Sheet(NamedTuple):
    """ops: panel and words; choices: in their places, which a `Menu` draws; box: of the panel"""

    ops: DrawList
    choices: tuple[Choice, ...]
    box: Box


def sheet(items: Iterable[Item], stand: Stand = "pool", width: float = 610.0, most: float = HEIGHT) -> Sheet:
    """Everything in its place. width: that the panel has where this is enough; most: px that it may be high."""
    listed, most = tuple(items), min(most, floor_y() - MARGIN)
    width = min(width, WIDEST)
    wide = next((w for w in (width, max(width, 860.0), WIDEST) if _high(listed, w - 2 * PAD) <= most), WIDEST)
    while _high(listed, wide - 2 * PAD) > most and _largest(listed) > 9:
        listed = tuple(_smaller(item) for item in listed)
    return _stood(listed, stand, wide)


def _stood(items: tuple[Item, ...], stand: Stand, wide: float) -> Sheet:
    high, floor = _high(items, wide - 2 * PAD), floor_y()
    x, y = {
        "pool": (POOL_RIGHT - wide / 2, floor - high / 2),
        "sky": (POOL_RIGHT - wide / 2, min(SKY_TOP, floor - high) + high / 2),
        "middle": (WIDTH / 2, min(HEIGHT / 2, floor - high / 2)),
        "top": (WIDTH / 2, MARGIN + high / 2),
        "foot": (WIDTH / 2, floor - high / 2),
    }[stand]
    box = Box(x, max(y, MARGIN + high / 2), wide, high)
    ops: list[DrawList] = [panel(box.left, box.top, wide, high)]
    choices: list[Choice] = []
    top = box.top + _PAD_Y
    for item in items:
        here = Box(
            box.x, top + _item_high(item, wide - 2 * PAD) / 2, wide - 2 * PAD, _item_high(item, wide - 2 * PAD)
        )
        drawn, placed = _placed(item, here)
        ops.append(drawn)
        choices += placed
        top += here.height
    return Sheet(tuple(op for drawn in ops for op in drawn), tuple(choices), box)


_PAD_Y = 26.0


def _high(items: tuple[Item, ...], width: float) -> float:
    return 2 * _PAD_Y + sum(_item_high(item, width) for item in items)


def _item_high(item: Item, width: float) -> float:
    match item:
        case Words():
            return _lines_high(item, width)
        case Pair(left, right):
            return max(_lines_high(left, width * _LEFT), _lines_high(right, width * (1 - _LEFT)))
        case Beside():
            return max(_lines_high(item.words, width - item.room), 0.75 * item.room)
        case Gap(height) | Art(height):
            return height
        case Row():
            return sum(max(box[1] for _, box in line) + GAP for line in _rows(item, width)) + 2


_LEFT = 0.64
"""Of a pair's width, the left words have so much."""


def _lines(words: Words, width: float) -> tuple[str, ...]:
    lines = folded(words.words, words.size, width)
    if len(lines) <= words.most:
        return lines
    return (*lines[: words.most - 1], lines[words.most - 1].rstrip(".,;，。 ") + "…")


def _lines_high(words: Words, width: float) -> float:
    return len(_lines(words, width)) * sized(words.size) * LEADING


def _rows(row: Row, width: float) -> list[list[tuple[Choice, tuple[float, float]]]]:
    """The choices and how large each is, line by line."""
    sizes = [choice.wants(width) for choice in row.choices]
    if row.even and sizes:
        widest, highest = max(w for w, _ in sizes), max(h for _, h in sizes)
        sizes = [(widest, highest) for _ in sizes]
    rows: list[list[tuple[Choice, tuple[float, float]]]] = [[]]
    used = 0.0
    for choice, size in zip(row.choices, sizes, strict=True):
        if rows[-1] and used + GAP + size[0] > width + 0.5:
            rows.append([])
            used = 0.0
        used += size[0] + (GAP if rows[-1] else 0)
        rows[-1].append((choice, size))
    return rows


def _placed(item: Item, box: Box) -> tuple[DrawList, tuple[Choice, ...]]:
    match item:
        case Words():
            return _written(item, box), ()
        case Pair(left, right):
            return (
                *_written(left, box._replace(x=box.left + box.width * _LEFT / 2, width=box.width * _LEFT)),
                *_written(
                    right, box._replace(x=box.left + box.width * (1 + _LEFT) / 2, width=box.width * (1 - _LEFT))
                ),
            ), ()
        case Beside():
            high = _lines_high(item.words, box.width - item.room)
            lines = Box(box.x + item.room / 2, box.y, box.width - item.room, high)
            picture = Sprite(item.picture, box.left + item.room / 2 - 8, box.y, item.scale)
            return (picture, *_written(item.words, lines)), ()
        case Gap():
            return (), ()
        case Art():
            return item.draw(box), ()
        case Row():
            return (), tuple(_in_rows(item, box))


def _written(words: Words, box: Box) -> DrawList:
    x = {"left": box.left, "middle": box.x, "right": box.left + box.width}[words.at]
    step = sized(words.size) * LEADING
    return tuple(
        Text(line, x, box.top + (i + 0.5) * step, sized(words.size), colour(words.tone), 1.0, words.at)
        for i, line in enumerate(_lines(words, box.width))
    )


def _in_rows(row: Row, box: Box) -> Iterator[Choice]:
    top = box.top + GAP / 2 + 1
    for line in _rows(row, box.width):
        high = max(size[1] for _, size in line)
        whole = sum(size[0] for _, size in line) + GAP * (len(line) - 1)
        left = box.x - whole / 2
        for choice, (wide, _) in line:
            yield choice.placed(Box(left + wide / 2, top + high / 2, wide, high))
            left += wide + GAP
        top += high + GAP


def _largest(items: tuple[Item, ...]) -> float:
    sizes = [sized(item.size) for item in items if isinstance(item, Words)]
    sizes += [sized(item.words.size) for item in items if isinstance(item, Beside)]
    return max(
        [*sizes, *(sized(c.size) for item in items if isinstance(item, Row) for c in item.choices)], default=0.0
    )


def _smaller(item: Item) -> Item:
    match item:
        case Words():
            return item._replace(size=item.size * SMALLER)
        case Beside(words=words):
            return item._replace(words=words._replace(size=words.size * SMALLER))
        case Pair(left, right):
            return Pair(left._replace(size=left.size * SMALLER), right._replace(size=right.size * SMALLER))
        case Row():
            return replace(item, choices=tuple(choice.smaller(SMALLER) for choice in item.choices))
    return item
