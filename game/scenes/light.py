"""The grey steps: an even light that comes and goes slowly, and nothing to do."""

from engine import light
from engine.session import Sitting
from game.draw import HEIGHT, WIDTH, Colour, Disc, DrawList, Rect, Text
from game.scenes.motion import ease
from game.type import LEADING
from game.widgets.paint import colour, folded, sized
from game.words import later

WORDS_TICKS = 240


def page(now: Sitting) -> DrawList:
    """The whole picture in one grey, with a soft point to rest the eyes on."""
    lit = light.luminance(now.stage_tick)
    words = ease((WORDS_TICKS - now.stage_tick) / 40) * ease(now.stage_tick / 40)
    point = (30, 36, 44) if lit > 0.18 else (232, 236, 238)
    ink = colour("ink") if lit > 0.18 else colour("panel")
    return (
        Rect(0, 0, WIDTH, HEIGHT, _grey(lit), ease(now.stage_tick / 60)),
        Disc(WIDTH / 2, HEIGHT / 2, 6, point, 0.8),
        *(Text(line, WIDTH / 2, y, sized(26), ink, words) for line, y in _lines()),
    )


def _lines() -> list[tuple[str, float]]:
    """The words and how high each line stands, the last of them a little above the point."""
    said = folded(later("Rest your eyes on the point. The light comes and goes."), 26, 0.7 * WIDTH)
    step = sized(26) * LEADING
    return [(line, HEIGHT / 2 - 70 - sized(26) - (len(said) - 1 - i) * step) for i, line in enumerate(said)]


def _grey(luminance: float) -> Colour:
    """The sRGB grey of a relative luminance (IEC 61966-2-1)."""
    share = 12.92 * luminance if luminance <= 0.0031308 else 1.055 * luminance ** (1 / 2.4) - 0.055
    level = round(255 * share)
    return level, level, level
