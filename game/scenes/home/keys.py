"""Which key does what: choose what is to be done, press a key for it."""

from dataclasses import dataclass, replace

from engine.ports import Action, Inputs
from engine.said import Said
from game.draw import DrawList
from game.keyboard import KEYS
from game.manner import Manner
from game.scenes.home.room import Page, Turn
from game.scenes.home.told import Home
from game.widgets.choices import NOWHERE, Button, plates
from game.widgets.menu import Chosen
from game.widgets.paint import Box, sized, written
from game.widgets.sheet import SLIM, Item, Row, Sheet, Words, sheet
from game.words import later

DEEDS: dict[Action, str] = {
    "strike": later("Catch"),
    "confirm": later("Choose"),
    "pause": later("Pause"),
    "up": later("Up"),
    "down": later("Down"),
    "left": later("Left"),
    "right": later("Right"),
}
"""Esc is not among them: it always leads back."""

_USUAL, _UNDO, _BACK = later("Usual keys"), later("Undo"), later("Back")
_PRESS = later("Press a key")


@dataclass(frozen=True, slots=True)
class Keys:
    """All that keys do, and which.

    behind:  the page that it goes back to
    was:     the manner before the last change, for who takes it back; trouble: why there was no change
    """

    behind: Page
    was: Manner | None = None
    trouble: str | None = None
    first: str = ""
    name: str = "keys"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        ways = [_USUAL, *([_UNDO] if self.was else []), _BACK]
        items: tuple[Item, ...] = (
            Words(later("Keys"), 30.0),
            Words(self.trouble or later("Choose what to do, then press a key for it. Esc always leads back."), 20.0),
            Row(tuple(Button(row, 20.0, least=220.0) for row in _rows(home.manner)), even=True),
            Row(tuple(Button(way, 22.0, least=150.0) for way in ways)),
        )
        return sheet(items, "middle", 940.0)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        match chosen.key:
            case "Usual keys":
                return Turn(replace(home, manner=replace(home.manner, keys=())), replace(self, was=home.manner))
            case "Undo" if self.was:
                return Turn(replace(home, manner=self.was), replace(self, was=home.manner, trouble=None))
            case "Back" | "back":
                return Turn(home, self.behind)
        return Turn(home, Press(self, _rows(home.manner)[chosen.key]))


@dataclass(frozen=True, slots=True)
class Press:
    """Waits for a key that is to do something; keys: the page that it goes back to"""

    keys: Keys
    action: Action
    name: str = "press"
    first: str = ""

    def sheet(self, _home: Home, _focus: int) -> Sheet:
        items: tuple[Item, ...] = (
            Words(Said("Which key is it for: {deed}?", deed=Said(DEEDS[self.action])), 30.0),
            Words(later("Press it now. Esc, or a choice without a key, leaves all as it was."), 21.0),
            Row((Listening(_PRESS),)),
        )
        return sheet(items, "pool", SLIM)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        pressed = chosen.value
        here = replace(self.keys, was=None, trouble=None, first=_row(home.manner, self.action))
        if not pressed:
            return Turn(home, here)
        manner = replace(home.manner, keys=_with(home.manner.keys, str(pressed), self.action))
        lost = next((action for action in DEEDS if not means(manner, action)), None)
        if lost is not None:
            no = Said("Then no key would be left for: {deed}. Take another one.", deed=Said(DEEDS[lost]))
            return Turn(home, replace(here, trouble=no))
        return Turn(replace(home, manner=manner), replace(here, was=home.manner, first=_row(manner, self.action)))


@dataclass(frozen=True, slots=True)
class Listening:
    """A choice whose value is the key that is pressed while it has the focus."""

    key: str
    value: str = ""
    size: float = 26.0
    box: Box = NOWHERE

    def wants(self, width: float) -> tuple[float, float]:
        return width, max(88.0, 2.2 * sized(self.size))

    def placed(self, box: Box) -> "Listening":
        return replace(self, box=box)

    def smaller(self, by: float) -> "Listening":
        return replace(self, size=self.size * by)

    def moved(self, inputs: Inputs, _confirmed: bool) -> "Listening":
        heard = [key for key in inputs.keys if key != "escape"]
        return replace(self, value=heard[0]) if heard else self

    def draw(self, focused: bool) -> DrawList:
        words = written(self.key, self.box.x, self.box.y, self.size, "ink" if focused else "text")
        return (*plates(self.box, focused, 20.0), words)


def means(manner: Manner, action: Action) -> tuple[str, ...]:
    """The keys that do it: those that the player chose, then the usual ones that are left."""
    own = dict(manner.keys)
    usual = (key for key, actions in KEYS.items() if action in actions and key not in own)
    return (*(key for key, does in own.items() if does == action), *usual)


def _with(keys: tuple[tuple[str, Action], ...], key: str, action: Action) -> tuple[tuple[str, Action], ...]:
    """A key does one thing: what it did before, it does no more."""
    return (*(own for own in keys if own[0] != key), (key, action))


def _rows(manner: Manner) -> dict[str, Action]:
    return {_row(manner, action): action for action in DEEDS}


def _row(manner: Manner, action: Action) -> str:
    names = ", ".join(key.capitalize() for key in means(manner, action))
    return Said("{deed}: {keys}", deed=Said(DEEDS[action]), keys=names)
