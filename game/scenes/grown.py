"""What a player has let grow: it stays in the marsh for good, beside and behind what games ask for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.garden import GROWING
from game.draw import Sprite
from game.scenes.motion import ease, wave
from game.scenes.pictures import put
from game.words import later

STAGES = 3
"""Pictures in which a plant comes up before it is whole."""


class Spot(NamedTuple):
    x: float
    y: float
    scale: float
    flip: bool = False


class Thing(NamedTuple):
    """spots: its places, in the order in which they are filled; bob: px that it rises and falls with the water

    Every spot lies off the heron, off the lane where creatures swim and under none of a page's words.
    """

    words: str
    came: str
    spots: tuple[Spot, ...]
    bob: float = 0.0
    alpha: float = 1.0


THINGS: dict[str, Thing] = {
    "iris": Thing(
        later("Irises"),
        later("Irises open on the bank."),
        (Spot(206, 676, 0.9), Spot(1052, 690, 0.8), Spot(296, 700, 1.0)),
    ),
    "marigold": Thing(
        later("Marigolds"),
        later("Marsh marigolds open on the bank."),
        (Spot(262, 706, 0.9), Spot(1110, 706, 0.9), Spot(166, 704, 0.8)),
    ),
    "lotus": Thing(
        later("White lotus"),
        later("White lotus opens far out."),
        (Spot(672, 452, 0.5), Spot(850, 470, 0.56), Spot(760, 430, 0.4)),
        1.2,
    ),
    "fern": Thing(
        later("Ferns"),
        later("Ferns unroll on the bank."),
        (Spot(118, 690, 1.0), Spot(1172, 690, 1.0, True), Spot(236, 640, 0.7)),
    ),
    "ducks": Thing(
        later("Ducks"),
        later("A family of ducks has come to stay."),
        (Spot(646, 398, 0.5), Spot(1010, 416, 0.6, True)),
        1.0,
    ),
    "turtle": Thing(
        later("A turtle"),
        later("A turtle suns itself on its stone."),
        (Spot(1058, 500, 0.6), Spot(196, 566, 0.7, True)),
    ),
    "otter": Thing(
        later("An otter"),
        later("An otter floats on its back."),
        (Spot(232, 428, 0.55), Spot(1128, 456, 0.6, True)),
        1.6,
    ),
    "kingfisher": Thing(
        later("A kingfisher"),
        later("A kingfisher has found its perch."),
        (Spot(1146, 640, 0.9), Spot(132, 640, 0.9, True)),
    ),
    "rainbow": Thing(
        later("A rainbow"), later("A rainbow stands over the far shore."), (Spot(480, 372, 1.0),), alpha=0.5
    ),
    "cloud": Thing(
        later("A soft cloud"), later("A soft cloud has come over the hills."), (Spot(300, 190, 0.8),), alpha=0.8
    ),
    "breeze": Thing(
        later("A breeze"), later("A breeze has strewn petals on the water."), (Spot(700, 424, 1.0),), 1.0
    ),
    "stars": Thing(later("Stars"), later("Seven stars stand over the marsh."), (Spot(1000, 104, 0.85),), alpha=0.9),
}
"""By the names that Grew tells and the store keeps."""


def things(grown: Sequence[str], tick: int, newest: float = 1.0) -> tuple[Sprite, ...]:
    """All that has grown, far things first; newest: how far the last of them has come, 0..1.

    What has more than it has places for keeps the places that it has.
    """
    placed: list[tuple[float, Sprite]] = []
    many: Counter[str] = Counter()
    for i, name in enumerate(grown):
        thing, nth = THINGS[name], many[name]
        many[name] += 1
        if nth < len(thing.spots):
            here = min(1.0, newest) if i == len(grown) - 1 else 1.0
            placed += [(thing.spots[nth].y, op) for op in _thing(name, thing, thing.spots[nth], tick, i, here)]
    return tuple(sprite for _, sprite in sorted(placed, key=lambda one: one[0]))


def _thing(name: str, thing: Thing, spot: Spot, tick: int, number: int, here: float) -> Iterator[Sprite]:
    """here: how far it has come, 0..1; a plant comes up in stages, each of which melts into the next."""
    y = spot.y + thing.bob * wave(tick, 6.3, number / 5)
    is_plant = GROWING[name].kind == "plant"
    if is_plant and here < 1:
        at = here * (STAGES + 1)
        for stage in range(1, STAGES + 1):
            alpha = ease(2 * (at - stage + 1)) * (1 - ease(2 * (at - stage - 0.5)))
            if alpha:
                yield put(f"grown_{name}_{stage}", spot.x, y, spot.scale, alpha, flip=spot.flip)
    whole = ease(2 * (here * (STAGES + 1) - STAGES)) if is_plant else ease(here)
    yield put(_frame(name, tick), spot.x, y, spot.scale, thing.alpha * whole, flip=spot.flip)


def _frame(name: str, tick: int) -> str:
    """The otter paddles; all others hold still."""
    return f"otter_swim_{1 + tick // 9 % 6}" if name == "otter" else f"grown_{name}"
