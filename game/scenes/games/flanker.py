"""School of Fish: shadows gather, turn into five little fish, and swim off; a lily lies on either side."""

from engine.tasks.flanker import SCHOOL, Flanker
from engine.tasks.task import By
from game.draw import HEIGHT, WIDTH, DrawList, Sprite
from game.scenes.games.look import Look, Picture, Reminder
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.words import later, say

X, Y = SCHOOL[0] * WIDTH, SCHOOL[1] * HEIGHT
LILIES = {"left": (226.0, 636.0), "right": (1054.0, 636.0)}

ENTER, SHOW = 24, 6  # ticks: as soft to the eye as the creatures of Strike
SWIM = 4  # ticks a frame
AWAY = 42  # ticks until the school is gone
SIZE = 1.2


def _draw(game: Flanker, tick: int) -> Picture:
    return Picture(water=(*_lilies(game, tick), *_school(game, tick)))


def _lilies(game: Flanker, tick: int) -> DrawList:
    """They are always there; the one that the middle fish swims to after a right answer rocks on a ring."""
    ops = []
    for side, (x, y) in LILIES.items():
        t = game.phase_tick if game.phase == "ending" and game.outcome == "hit" and game.side == side else 0
        ring = put("ripple_1", x, y + 6, mix(0.5, 1.0, arrive(t / AWAY)), 0.7 * swell(t / AWAY))
        ops += [ring, put("lily_1", x, y + 1.6 * wave(tick, 6.1, x) - 3 * swell(t / AWAY), 0.95)]
    return tuple(ops)


def _school(game: Flanker, tick: int) -> DrawList:
    if game.kind is None:
        return ()
    return tuple(op for place in range(-2, 3) for op in _fish(game, place, tick))


def _fish(game: Flanker, place: int, tick: int) -> DrawList:
    """One of five, 0 in the middle: its shadow, itself, or the one melting into the other."""
    t = game.phase_tick
    x, y = X + place * game.spacing * WIDTH, Y + 2.0 * wave(tick, 2.3, 0.37 * place)
    if game.phase == "gather":
        return (_shadow(x, mix(y + 8, y, arrive(t / ENTER)), ease(t / ENTER)),)
    if game.phase == "school":
        shown = min(1.0, (1 + t) / SHOW)
        fish = _minnow(game, place, tick, x, y, shown)
        return (fish,) if shown == 1 else (_shadow(x, y, 1 - shown), fish)
    if game.outcome in ("early", "void") and t < AWAY:
        return (_shadow(x, y + 8 * ease(t / AWAY), 1 - ease(t / AWAY)),)
    return _leaving(game, place, tick, x, y)


def _leaving(game: Flanker, place: int, tick: int, x: float, y: float) -> DrawList:
    """All sink back and nothing more is made of it; after a right answer the middle one swims off to its lily."""
    t = game.phase_tick
    gone = ease(t / AWAY)
    if game.outcome != "hit" or place:
        return (_minnow(game, place, tick, x, y + 12 * gone, 1 - gone),)
    x += (-130 if game.side == "left" else 130) * gone
    glint = put("sparkle", x, y - 34 - 0.4 * t, 0.6, 0.9 * swell(t / AWAY))
    return _minnow(game, place, tick, x, y, 1 - ease(2 * t / AWAY - 1)), glint


def _minnow(game: Flanker, place: int, tick: int, x: float, y: float, alpha: float) -> Sprite:
    if game.kind == "neutral" and place:
        return put("minnow_facing", x, y, SIZE, alpha)
    is_left = (game.side == "left") == (game.kind != "incongruent" or place == 0)
    return put(f"minnow_{1 + (tick + 5 * place) // SWIM % 8}", x, y, SIZE, alpha, flip=not is_left)


def _shadow(x: float, y: float, alpha: float) -> Sprite:
    return put("shadow_1", x, y, 0.62 * SIZE, alpha)


_HOW: dict[By, str] = {
    "keys": later("Press the arrow of its way."),
    "pointer": later("Click on the side of its way."),
    "gaze": later("Look at the lily on its way."),
}
_MIDDLE: dict[By, str] = {
    "keys": later("The middle fish: press the arrow of its way."),
    "pointer": later("The middle fish: click on the side of its way."),
    "gaze": later("The middle fish: look at the lily on its way."),
}


def _hint(_game: Flanker, by: By) -> str:
    return _MIDDLE[by]


def _reminders(by: By) -> tuple[Reminder, Reminder]:
    return Reminder("minnow_1", 1.0, later("Watch the middle fish alone.")), Reminder("lily_1", 0.5, _HOW[by])


def _deed(right: int, trials: int) -> str:
    return say("You saw which way {right} of {trials} little fish swam.", right=right, trials=trials)


LOOK = Look(later("School of Fish"), _draw, _hint, _reminders, _deed, away=("lily_1", "grown_lotus"))
