"""Look Away: a mark to look at, whose shape says where to look when a light shines up on one side."""

from engine.tasks.look_away import MIDDLE, LookAway
from engine.tasks.task import By
from game.draw import HEIGHT, WIDTH, Disc, DrawList
from game.manner import current
from game.scenes.games.look import Look, Picture, Reminder
from game.scenes.motion import ease, mix, swell, wave
from game.scenes.pictures import put
from game.widgets.paint import colour
from game.words import later, say

COME, OUT, FADE = 20, 4, 36  # ticks
SHINES = 5  # ticks in which the light comes to its full: it is seen in the tick in which it is logged


def _draw(game: LookAway, tick: int) -> Picture:
    return Picture(air=(*_mark(game), *_light(game, tick), *_thanks(game)))


def _mark(game: LookAway) -> DrawList:
    """It goes out when the light comes, or a moment before."""
    if game.phase == "mark":
        alpha = ease(game.phase_tick / COME)
    elif game.phase == "dark":
        alpha = 1 - game.phase_tick / OUT if game.phase_ticks else 1.0
    else:
        return ()
    name = "mark_ring" if game.kind == "anti" else "mark_dot"
    return (put(name, MIDDLE[0] * WIDTH, MIDDLE[1] * HEIGHT, 0.8, max(0.0, alpha)),)


def _light(game: LookAway, tick: int) -> DrawList:
    match game.phase:
        case "cue":
            shines = min(1.0, (1 + game.phase_tick) / SHINES)
        case "mend":
            shines = 1.0
        case "ending" if game.outcome != "void":
            shines = 1 - ease(game.phase_tick / FADE)
        case _:
            return ()
    x, y = game.beside(game.side)
    size, alpha = mix(0.6, 1.0, game.salience), mix(0.6, 1.0, game.salience)
    x, y = x * WIDTH, y * HEIGHT + 3 * wave(tick, 2.1)
    shade = (Disc(x, y, 22 * size, colour("ink"), 0.5 * shines),) if current().palette == "contrast" else ()
    return (*shade, put("wisp", x, y, size, alpha * shines))


def _thanks(game: LookAway) -> DrawList:
    """Whoever looked where it was asked finds a firefly there."""
    if game.phase != "ending" or game.outcome != "hit":
        return ()
    x, y = game.beside(game.right)
    share = game.phase_tick / game.phase_ticks
    return (
        put("firefly", x * WIDTH, y * HEIGHT - 30 * ease(share), 2.4, swell(share)),
        put("sparkle", x * WIDTH, y * HEIGHT - 30 * ease(share), 0.6, 0.8 * swell(share)),
    )


_AWAY: dict[By, str] = {
    "gaze": later("Look to the other side of the light."),
    "pointer": later("Point to the other side of the light."),
    "keys": later("Press the arrow away from the light."),
}
_TOWARDS: dict[By, str] = {
    "gaze": later("Look at the light."),
    "pointer": later("Point to the light."),
    "keys": later("Press the arrow to the light."),
}
_RING: dict[By, str] = {
    "gaze": later("A ring: look to the other side of the light."),
    "pointer": later("A ring: point to the other side of the light."),
    "keys": later("A ring: press the arrow away from the light."),
}
_DOT: dict[By, str] = {
    "gaze": later("A dot: look at the light."),
    "pointer": later("A dot: point to the light."),
    "keys": later("A dot: press the arrow to the light."),
}


def _hint(game: LookAway, by: By) -> str:
    return _RING[by] if game.kind == "anti" else _DOT[by]


def _reminders(by: By) -> tuple[Reminder, Reminder]:
    return Reminder("mark_ring", 0.8, _AWAY[by]), Reminder("mark_dot", 0.8, _TOWARDS[by])


def _deed(right: int, trials: int) -> str:
    return say("You looked where you meant to {right} of {trials} times.", right=right, trials=trials)


LOOK = Look(later("Look Away"), _draw, _hint, _reminders, _deed, heron=False, away=("firefly",))
