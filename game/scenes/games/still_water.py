"""Still Water: lily pads lie now so, now so, with a bud or a lotus, and each picture melts into the next.

All of a picture comes and goes at the same even rate, so that nothing in it can catch the eye. A bud is slender and
green at its foot, a lotus broad with a golden heart: shape tells them apart without colour.
"""

from typing import NamedTuple

from engine.tasks.still_water import ECHO, LULL, POOL, Picture, StillWater
from engine.tasks.task import By
from game.draw import HEIGHT, WIDTH, DrawList, Group
from game.scenes.games.look import Look, Reminder, key
from game.scenes.games.look import Picture as Drawn
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.words import later, say

HINTED = 4
"""Pictures of a practice that are named as they show; after them the hint stays the same."""

X, Y = POOL[0] * WIDTH, POOL[1] * HEIGHT


class Pad(NamedTuple):
    """One leaf, in px from the middle of the pool; those that are farther away are smaller and come first."""

    picture: str
    x: float
    y: float
    scale: float = 1.0
    flip: bool = False


class Layout(NamedTuple):
    """How the pads lie, and where on them the flower stands."""

    pads: tuple[Pad, ...]
    flower: tuple[float, float]


LAYOUTS = (
    Layout((Pad("pad_2", -96, -38, 0.8), Pad("pad_2", 128, -10, 0.9, True), Pad("pad_1", -20, 26)), (-38, 20)),
    Layout((Pad("pad_2", 70, -44, 0.75, True), Pad("pad_1", 46, 14, 0.96, True), Pad("pad_2", -122, 34)), (44, 8)),
    Layout((Pad("pad_1", -36, -16, 0.9), Pad("pad_2", 116, 24, 1.0), Pad("pad_2", -118, 46, 0.8, True)), (-14, -18)),
    Layout((Pad("pad_2", -30, -46, 0.7), Pad("pad_2", -132, -2, 0.9), Pad("pad_1", 34, 36, 1.0, True)), (20, 32)),
    Layout((Pad("pad_2", 132, -34, 0.75), Pad("pad_1", 4, -2, 1.0, True), Pad("pad_2", 74, 52, 0.9, True)), (-4, -8)),
)


def _draw(game: StillWater, tick: int) -> Drawn:
    if game.new is None:
        return Drawn(water=_calm(tick, ease(game.age / LULL)))
    share = min(1.0, game.age / game.new.melt_ticks)
    old = _lilies(game.old, tick, 1 - share) if game.old else ()
    return Drawn(water=(*_calm(tick, 1.0), *old, *_lilies(game.new, tick, share), *_echo(game)))


def _calm(tick: int, alpha: float) -> DrawList:
    """Rings so faint that they only say where to look."""
    breath = 0.5 + 0.5 * wave(tick, 9.0)
    return (put("ripple_2", X, Y + 6, 1.35 + 0.04 * breath, 0.4 * alpha),)


def _lilies(picture: Picture, tick: int, alpha: float) -> DrawList:
    layout = LAYOUTS[picture.layout]
    pads = tuple(
        put(pad.picture, X + pad.x, Y + pad.y + 1.4 * wave(tick, 6.3, i / 3), pad.scale, flip=pad.flip)
        for i, pad in enumerate(layout.pads)
    )
    x, y = _flower(picture)
    return (Group((*pads, *_blossom(picture, x, y + 1.4 * wave(tick, 6.3, 2 / 3))), alpha=alpha),) if alpha else ()


def _flower(picture: Picture) -> tuple[float, float]:
    dx, dy = LAYOUTS[picture.layout].flower
    return X + dx, Y + dy


def _blossom(picture: Picture, x: float, y: float) -> DrawList:
    """A bud; or a lotus, of which `likeness` says how far it is still closed, by fifths."""
    return (put("bud" if picture.kind == "bud" else f"lotus_{1 + round(5 * picture.likeness)}", x, y),)


def _echo(game: StillWater) -> DrawList:
    """A ring and a glint for what went right; a lotus that was touched sends a ring alone."""
    if game.echo is None or game.new is None:
        return ()
    since_onset = game.age - game.new.onset
    picture = game.new if game.echo <= since_onset else game.old
    if picture is None:
        return ()
    (x, y), share = _flower(picture), game.echo / ECHO
    ring = put("ripple_1", x, y, mix(0.35, 1.0, arrive(share)), 0.7 * swell(share))
    if game.echo_of == "false_alarm":
        return (ring,)
    return (ring, put("sparkle", x + 8, y - 84 - 14 * share, 0.8, 0.9 * swell(share)))


def _hint(game: StillWater, _by: By) -> str:
    if game.trial > HINTED:
        return say("Press {key} for every bud. Keep still for the lotus.", key=key("strike"))
    if not game.open or game.asked is None:
        return later("Watch the lilies change.")
    if game.asked.kind == "bud":
        return say("A bud: press {key}.", key=key("strike"))
    return later("An open lotus: keep still.")


def _reminders(_by: By) -> tuple[Reminder, Reminder]:
    return (
        Reminder("bud", 0.55, later("Press for every bud.")),
        Reminder("lotus_1", 0.45, later("Keep still for the lotus.")),
    )


def _deed(right: int, trials: int) -> str:
    return say("You saw {right} of {trials} lilies for what they were.", right=right, trials=trials)


LOOK = Look(later("Still Water"), _draw, _hint, _reminders, _deed, away=("lily_1", "grown_lotus"))
"""What the game shows and says."""
