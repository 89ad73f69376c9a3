"""Candle: a flame on the water that burns higher while it is looked at, and cool lights that come up beside it."""

from engine.tasks.candle import LURE_S, Candle
from engine.tasks.sight import DEG_PER_SCREEN
from engine.tasks.task import By
from game.draw import HEIGHT, WIDTH, DrawList
from game.scenes.games.look import Look, Picture, Reminder
from game.scenes.motion import ease, mix, swell, wave
from game.scenes.pictures import put
from game.words import later, say

COME, GO = 36, 30  # ticks
LURE_FADE_S = 0.25
PX_PER_DEG = WIDTH / DEG_PER_SCREEN[0]
GLOW_PX = 64.0  # the radius of the glow's picture


def _draw(game: Candle, tick: int) -> Picture:
    if game.phase == "gap":
        return Picture()
    return Picture(_mirrored(game, tick), (*_candle(game, tick), *_lure(game, tick)))


def _mirrored(game: Candle, tick: int) -> DrawList:
    """What the water shows of it."""
    x, y, shown = game.place[0] * WIDTH, game.place[1] * HEIGHT, _shown(game)
    burns = _burns(game)
    return (
        put("ripple_2", x, y + 84, 0.72 + 0.02 * wave(tick, 4.7), 0.5 * shown),
        put("glow", x, y + 90, mix(0.6, 1.0, burns), 0.35 * burns * shown, blend="add"),
    )


def _candle(game: Candle, tick: int) -> DrawList:
    """As plain in murky water as in clear."""
    x, y, shown = game.place[0] * WIDTH, game.place[1] * HEIGHT, _shown(game)
    burns, foot = _burns(game), y + 14 + 1.5 * wave(tick, 5.3)
    flicker = 1 + 0.03 * wave(tick, 0.9) + 0.02 * wave(tick, 0.53, 0.3)
    around = 1.5 * game.radius_deg * PX_PER_DEG / GLOW_PX
    return (
        put("glow", x, y, around, mix(0.06, 0.16, burns) * shown, blend="add"),
        put("candle", x, foot, 1.0, shown),
        put("flame", x, foot, mix(0.6, 1.15, burns) * flicker, mix(0.55, 1.0, burns) * shown),
        *_thanks(game, x, y),
    )


def _burns(game: Candle) -> float:
    """How high, 0..1."""
    return ease(game.warmth) if game.phase in ("hold", "ending") else 0.5 * ease(game.phase_tick / COME)


def _shown(game: Candle) -> float:
    if game.phase == "lit":
        return ease(game.phase_tick / COME)
    return 1 - ease((game.phase_tick - game.phase_ticks + GO) / GO) if game.phase == "ending" else 1.0


def _thanks(game: Candle, x: float, y: float) -> DrawList:
    """A hold that was kept leaves a glint that rises from the flame."""
    if game.phase != "ending" or game.outcome != "held":
        return ()
    t = game.phase_tick
    return (put("sparkle", x, y - 26 - 0.6 * t, 0.8, 0.9 * swell(t / game.phase_ticks)),)


def _lure(game: Candle, tick: int) -> DrawList:
    age_s = game.lure_age_s
    if age_s is None or game.lure is None:
        return ()
    x, y = game.lure[0] * WIDTH, game.lure[1] * HEIGHT + 4 * wave(tick, 1.9)
    there = ease(age_s / LURE_FADE_S) * ease((LURE_S - age_s) / LURE_FADE_S)
    return (put("wisp", x, y, mix(0.45, 0.85, game.salience), mix(0.45, 1.0, game.salience) * there),)


_HOW: dict[By, str] = {
    "gaze": later("Keep your eyes on the flame."),
    "pointer": later("Keep the pointer on the flame."),
    "keys": later("Keep your eyes on the flame."),
}


def _hint(game: Candle, by: By) -> str:
    return later("Let the cool light shine.") if game.lure_age_s is not None else _HOW[by]


def _reminders(by: By) -> tuple[Reminder, Reminder]:
    return Reminder("flame", 0.9, _HOW[by]), Reminder("wisp", 0.7, later("Let the cool lights shine."))


def _deed(right: int, trials: int) -> str:
    return say("You kept {right} of {trials} flames burning.", right=right, trials=trials)


LOOK = Look(later("Candle"), _draw, _hint, _reminders, _deed, away=("firefly",))
