"""Quiet: a water lily opens as one breathes in and closes as one breathes out, and rings run from it."""

from math import cos, radians, sin

import assets
from engine.tasks.quiet import RING, Quiet
from engine.tasks.task import By
from game.draw import HEIGHT, WIDTH, DrawList, Sprite
from game.scenes.games.look import Look, Picture, Reminder
from game.scenes.motion import ease, mix, wave
from game.scenes.pictures import put
from game.words import later

X, Y = RING[0] * WIDTH, RING[1] * HEIGHT
BACK = (-1.0, -0.62, -0.22, 0.22, 0.62, 1.0)
FRONT = (-0.82, 0.82, -0.42, 0.42, 0.0)
"""How far each petal leans when the lily is open, of OPEN; the later lie over the earlier."""
CLOSED, OPEN = 8.0, 74.0  # degrees


def _draw(game: Quiet, tick: int) -> Picture:
    full = ease(game.full)
    y = Y + 1.5 * wave(tick, 6.3)
    return Picture(
        water=(
            put("ripple_2", X, Y + 6, mix(0.8, 1.75, full), mix(0.35, 0.8, full)),
            put("lily_2", X + 4, y + 8, 1.5),
            put("glow", X, y - 34, mix(1.0, 1.9, full), mix(0.05, 0.2, full), blend="add"),
            *_petals("petal_2", BACK, y, full, mix(0.66, 0.74, full)),
            *_petals("petal_1", FRONT, y + 3, full, mix(0.58, 0.62, full)),
        )
    )


def _petals(name: str, leans: tuple[float, ...], y: float, full: float, scale: float) -> DrawList:
    return tuple(_petal(name, lean * mix(CLOSED, OPEN, full), y, scale) for lean in leans)


def _petal(name: str, angle: float, y: float, scale: float) -> Sprite:
    """Held by its root, whatever its angle."""
    height = assets.pictures()[name]["anchor"][1] - assets.pictures()[name]["height"] / 2
    a = radians(angle)
    return Sprite(name, X + height * scale * sin(a), y - height * scale * cos(a), scale, angle)


def _hint(game: Quiet, _by: By) -> str:
    return later("Breathe in as the lily opens.") if game.is_in else later("Breathe out as it closes.")


def _reminders(_by: By) -> tuple[Reminder, Reminder]:
    return (
        Reminder("lily_1", 0.5, later("Breathe in as it opens, out as it closes.")),
        Reminder("glow", 0.4, later("There is nothing else to do.")),
    )


def _deed(_right: int, _trials: int) -> str:
    return later("You breathed with the lily and kept the marsh company.")


LOOK = Look(later("Quiet"), _draw, _hint, _reminders, _deed)
