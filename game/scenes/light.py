"""The grey steps: an even light that comes and goes slowly, and nothing to do."""

from engine import light
from engine.session import Sitting
from game.draw import HEIGHT, WIDTH, Colour, Disc, DrawList, Rect, Text
from game.scenes.motion import ease
from game.scenes.scene import Show
from game.widgets import colour

WORDS_TICKS = 240


def page(show: Show, now: Sitting) -> DrawList:
    """The whole picture in one grey, with a soft point to rest the eyes on."""
    lit = light.luminance(now.stage_tick)
    words = ease((WORDS_TICKS - now.stage_tick) / 40) * ease(now.stage_tick / 40)
    said = "Rest your eyes on the point. The light comes and goes."
    point = (30, 36, 44) if lit > 0.18 else (232, 236, 238)
    ink = colour("ink") if lit > 0.18 else colour("panel")
    return (
        Rect(0, 0, WIDTH, HEIGHT, _grey(lit), ease(now.stage_tick / 60)),
        Disc(WIDTH / 2, HEIGHT / 2, 6, point, 0.8),
        Text(said, WIDTH / 2, HEIGHT / 2 - 90, 26 * show.text_size, ink, words),
    )


def _grey(luminance: float) -> Colour:
    """The sRGB grey of a relative luminance (IEC 61966-2-1)."""
    share = 12.92 * luminance if luminance <= 0.0031308 else 1.055 * luminance ** (1 / 2.4) - 0.055
    level = round(255 * share)
    return level, level, level
