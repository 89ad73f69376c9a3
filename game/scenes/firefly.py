"""The firefly of the gaze check: it comes, alights, and rests where it wants to be looked at."""

from engine.dots import DOT_S, FLY_S, Dots
from engine.ports import TICK_S, Devices
from engine.session import Sitting
from game.draw import HEIGHT, WIDTH, Disc, DrawList
from game.manner import current
from game.scenes.motion import arrive, ease, mix, wave
from game.scenes.pictures import put
from game.widgets.paint import colour
from game.widgets.sheet import Sheet, Words, sheet
from game.words import later

FIREFLY = (255, 246, 220)


def page(now: Sitting, devices: Devices) -> DrawList:
    dots = now.dots
    if dots is None:
        return ()
    match dots.part:
        case "greet":
            lights = _hovering(now.tick, ease(dots.tick / 40))
        case "show" | "judge":
            lights = _resting(dots)
        case "say":
            lights = ()
    laid = words(dots, devices)
    return (*(laid.ops if laid else ()), *lights)


def words(dots: Dots, devices: Devices) -> Sheet | None:
    """What is said before and after; while it is looked at, nothing."""
    match dots.part:
        case "greet":
            one = dots.purpose == "centre"
            follow = later("Follow the firefly with your eyes, not with your head.")
            return _laid(later("Look at the firefly.") if one else follow)
        case "say":
            return _laid(*_said(dots, devices))
    return None


def _said(dots: Dots, devices: Devices) -> tuple[str, ...]:
    if dots.good:
        return (later("Thank you. Sharp eyes!"),)
    if devices.tracker in ("absent", "lost"):
        return later("The glasses sleep: see to their cable in the break."), later("The game goes on without them.")
    return later("Your eyes were hard to see: push the glasses up."), later("The game goes on without them.")


def _laid(*said: str) -> Sheet:
    return sheet([Words(words, 24, at="middle") for words in said], "top", 780, 300)


def _hovering(tick: int, alpha: float) -> DrawList:
    if current().still:
        return _light(WIDTH / 2, HEIGHT / 2, 1.0, alpha)
    return _light(WIDTH / 2 + 14 * wave(tick, 2.3), HEIGHT / 2 + 8 * wave(tick, 1.7), 1.0, alpha)


def _resting(dots: Dots) -> DrawList:
    """It flies in an arc and then holds still: what trembles cannot be looked at."""
    if dots.place is None:
        return ()
    t_s = DOT_S if dots.part == "judge" else dots.tick * TICK_S
    way, calm = ease(t_s / FLY_S), arrive((t_s - FLY_S) / (DOT_S - FLY_S))
    (x0, y0), (x1, y1) = dots.origin, dots.place
    arc = 40 * 4 * way * (1 - way)
    return _light(mix(x0, x1, way) * WIDTH, mix(y0, y1, way) * HEIGHT - arc, 1 - calm, 1.0)


def _light(x: float, y: float, wide: float, alpha: float) -> DrawList:
    """wide: 1 in flight, 0 at rest, when all draws together into one bright point."""
    return (
        put("firefly", x, y, mix(1.7, 3.2, wide), alpha),
        Disc(x, y, mix(11, 15, wide), colour("panel"), 0.55 * alpha),
        put("firefly", x, y, mix(1.0, 1.6, wide), alpha),
        Disc(x, y, mix(4.5, 6, wide), FIREFLY, alpha),
        Disc(x, y, 1.6, colour("ink"), alpha * (1 - wide)),
    )
