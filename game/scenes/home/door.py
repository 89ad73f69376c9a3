"""The door: who plays, somebody new, settings, the grown-ups' corner, and the way out."""

from dataclasses import dataclass

from game.draw import DrawList, Text
from game.scenes.home.corner import Gate
from game.scenes.home.faces import FEW, MOST, after, card, whose
from game.scenes.home.newcomer import Portrait
from game.scenes.home.room import Turn
from game.scenes.home.settings import Settings
from game.scenes.home.told import Home, Left, Opened
from game.widgets.choices import Button
from game.widgets.menu import Chosen
from game.widgets.paint import colour
from game.widgets.sheet import SLIM, Row, Sheet, sheet
from game.words import later, say

_NEW, _MORE = later("Somebody new"), later("More players")
_SETTINGS, _GROWN_UPS, _LEAVE = later("Settings"), later("For grown-ups"), later("Leave")


@dataclass(frozen=True, slots=True)
class Door:
    """shown: number of the first portrait that is shown; who played last has the focus"""

    shown: int = 0
    first: str = ""

    @property
    def name(self) -> str:
        return f"door-{self.shown}"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        seen = home.faces[self.shown : self.shown + MOST]
        ways = [_NEW, _SETTINGS, *([_GROWN_UPS] if home.faces else []), _LEAVE]
        if len(home.faces) > MOST:
            ways.insert(0, _MORE)
        buttons = tuple(Button(way, 22.0, _PICTURES.get(way), least=150.0) for way in ways)
        items = Row(tuple(card(face) for face in seen)), Row(buttons)
        page = sheet(items, "pool", SLIM) if len(seen) <= FEW else sheet(items, "foot", 1016.0)
        return page._replace(ops=(*_called(page), *page.ops))

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        match chosen.key:
            case "Somebody new":
                return Turn(home, Portrait())
            case "Settings":
                return Turn(home, Settings())
            case "For grown-ups":
                return Turn(home, Gate())
            case "Leave" | "back":
                return Turn(home, self, Left())
            case "More players":
                return Turn(home, Door(after(self.shown, home)))
        return Turn(home, self, Opened(whose(chosen.key)))


_PICTURES = {_NEW: "icon_plus", _SETTINGS: "icon_settings", _GROWN_UPS: "icon_grown_ups", _MORE: "icon_next"}


def _called(page: Sheet) -> DrawList:
    """The name of the game, where there is room for it."""
    top = page.box.top
    return (Text(say("Heron"), 640, top / 2, min(112.0, top / 2), colour("text")),) if top > 90 else ()
