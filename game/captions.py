"""What can be heard, written at the foot of the picture for whoever does not hear it."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.ports import TICK_S
from game.draw import HEIGHT, WIDTH, DrawList, Group, Text
from game.manner import current
from game.type import text_width
from game.widgets.paint import colour, panel, sized
from game.words import later, say

SAID = {
    "music": later("soft music"),
    "plip": later("a drop of water"),
    "splash": later("a fish leaps"),
    "glint": later("a glass note"),
    "rustle": later("reeds rustle"),
    "wood": later("a wooden tock"),
    "tap": later("a soft tap"),
    "reward": later("two bells"),
    "star": later("bells that climb"),
    "grow": later("low bells that climb"),
    "hush": later("wind over a reed"),
    "croak": later("a frog croaks far off"),
    "cuckoo": later("a cuckoo"),
    "odd_1": later("a long call that climbs"),
    "odd_2": later("a call much lower than the cuckoo"),
    "odd_3": later("a call lower than the cuckoo"),
    "odd_4": later("a call a little lower than the cuckoo"),
    "frog": later("a tree frog"),
    "warbler": later("a warbler"),
    "bittern": later("a bittern"),
    "cricket": later("a cricket"),
}
"""Of every sound, by its name."""

KEPT_S = 2.5
_FADE_S = 0.5
_SIZE = 18.0
_WIDEST = 1000.0
_BETWEEN = "   ·   "


class Heard(NamedTuple):
    """A sound that began in a tick; tone: the game asks about it"""

    sound: str
    tick: int
    tone: bool = False


def heard(before: tuple[Heard, ...], begun: Iterable[tuple[str, bool]], tick: int) -> tuple[Heard, ...]:
    """What has begun in the last KEPT_S, the newest last.

    begun: in this tick: each sound's name, and whether it is a tone
    """
    kept = tuple(one for one in before if (tick - one.tick) * TICK_S < KEPT_S)
    return (*kept, *(Heard(name, tick, tone) for name, tone in begun))


def captions(sounds: tuple[Heard, ...], tick: int) -> DrawList:
    """One quiet line, the newest at its right; nothing where the player wants none."""
    if not current().captions or not sounds:
        return ()
    size, words = sized(_SIZE), ""
    for name in dict.fromkeys(one.sound for one in reversed(sounds)):
        longer = say(SAID[name]) + (_BETWEEN + words if words else "")
        if words and text_width(longer, size) > _WIDEST:
            break
        words = longer
    wide, high = text_width(words, size) + 2 * size, 26 * current().text
    y = HEIGHT - 7 - high / 2
    left_s = KEPT_S - (tick - sounds[-1].tick) * TICK_S
    line = (*panel((WIDTH - wide) / 2, y - high / 2, wide, high), Text(words, WIDTH / 2, y, size, colour("text")))
    return (Group(line, alpha=min(1.0, left_s / _FADE_S)),)
