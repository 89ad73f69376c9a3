"""Firefly: it sits, takes off and flies, its light grows while it is looked at, and mist takes it in now and then."""

from engine.ports import TICK_S
from engine.tasks.firefly import Firefly
from engine.tasks.task import By
from game.draw import HEIGHT, WIDTH, DrawList
from game.scenes.games.look import Look, Picture, Reminder
from game.scenes.motion import arrive, ease, mix, swell
from game.scenes.pictures import put
from game.words import later, say

WAKE = 30  # ticks
FADE = 40  # ticks in which its light goes up, or dims
BEAT = 2  # ticks a frame of the wing beat
LEAN = 32.0  # degrees, straight to one side
MIST_FADE_S = 0.25
RISES = 120.0  # px


def _draw(game: Firefly, tick: int) -> Picture:
    return Picture(air=(*_mist(game), *_fly(game, tick), *_gathered(game)))


def _fly(game: Firefly, tick: int) -> DrawList:
    if game.phase == "gap":
        return ()
    x, y = game.place[0] * WIDTH, game.place[1] * HEIGHT
    shown, light = _shown(game), _light(game)
    return (
        put("glow", x, y, mix(0.7, 1.5, light), 0.5 * light * shown, blend="add"),
        put("firefly", x, y, mix(1.6, 2.8, light), mix(0.5, 1.0, light) * shown),
        put(f"glowfly_{1 + tick // BEAT % 6}", x, y, 1.0, shown, _lean(game)),
    )


def _lean(game: Firefly) -> float:
    """Degrees towards where it flies; upright where it sits."""
    if game.phase not in ("flight", "ending"):
        return 0.0
    settling = 1 - ease(game.phase_tick / FADE) if game.phase == "ending" else 1.0
    return LEAN * settling * game.going[0] / game.speed


def _shown(game: Firefly) -> float:
    """How much of it shows, 0..1: it comes alight where it sits, and goes out at the end of its way."""
    if game.phase == "sits":
        return ease(game.phase_tick / WAKE)
    return 1 - ease(game.phase_tick / FADE) if game.phase == "ending" else 1 - ease(game.hidden)


def _light(game: Firefly) -> float:
    """How much of its light it has, 0..1; between flights it has none."""
    if game.phase == "flight":
        return ease(game.light)
    return ease(game.light) * (1 - ease(game.phase_tick / FADE)) if game.phase == "ending" else 0.0


def _mist(game: Firefly) -> DrawList:
    """It lies where the fly went in, and stays behind while the fly is on its way."""
    if game.mist is None or game.phase not in ("flight", "ending"):
        return ()
    flown = game.phase_tick if game.phase == "flight" else game.flight_ticks + game.phase_tick
    since_s, lasts_s = (flown - game.mist_tick) * TICK_S, game.mist_ticks * TICK_S
    alpha = ease(since_s / MIST_FADE_S) * (1 - ease((since_s - lasts_s) / MIST_FADE_S))
    return (put("veil", game.mist[0] * WIDTH, game.mist[1] * HEIGHT, 0.9 + 0.15 * since_s, 0.85 * alpha),)


def _gathered(game: Firefly) -> DrawList:
    """A light that was gathered goes up, and another firefly is in the sky for a while."""
    if game.phase != "ending" or game.outcome != "hit":
        return ()
    share = game.phase_tick / FADE
    x, y = game.place[0] * WIDTH, game.place[1] * HEIGHT - RISES * arrive(share)
    return (
        put("firefly", x, y, mix(2.4, 1.2, ease(share)), swell(share)),
        put("sparkle", x, y, 0.7, 0.9 * swell(share)),
    )


_HOW: dict[By, str] = {
    "gaze": later("Stay on the firefly with your eyes."),
    "pointer": later("Stay on the firefly with the pointer."),
    "keys": later("Stay on the firefly with your eyes."),
}


def _hint(game: Firefly, by: By) -> str:
    if game.phase == "flight" and game.hidden:
        return later("It is behind the mist: where will it come out?")
    return _HOW[by]


def _reminders(by: By) -> tuple[Reminder, Reminder]:
    return (
        Reminder("glowfly_1", 1.4, _HOW[by]),
        Reminder("firefly", 2.0, later("It gathers light while you are on it.")),
    )


def _deed(right: int, trials: int) -> str:
    return say("You stayed with {right} of {trials} fireflies on their way.", right=right, trials=trials)


LOOK = Look(later("Firefly"), _draw, _hint, _reminders, _deed, away=("firefly",))
