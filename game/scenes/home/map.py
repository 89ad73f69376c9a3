"""Today's path as a map through the marsh: a stone for each game, and the five places with all their games."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from engine.level import Place
from engine.path import Stone
from engine.said import Said
from game.draw import WIDTH, Disc, DrawList, Text
from game.manner import current
from game.scenes.games.catalogue import LOOKS
from game.scenes.home.games import ROOMY, Games
from game.scenes.home.grown import Grown
from game.scenes.home.room import Turn
from game.scenes.home.settings import Settings
from game.scenes.home.told import Home, Inhabitant, Opened, Sits
from game.scenes.motion import ease, mix
from game.scenes.pictures import fitted, put
from game.type import text_width
from game.widgets.choices import Button, Choice
from game.widgets.menu import Chosen
from game.widgets.paint import Box, colour, panel, sized
from game.widgets.sheet import Row, Sheet, Words, sheet
from game.words import later, say

PLACES: dict[Place, str] = {
    "shallows": later("Shallows"),
    "reedbed": later("Reedbed"),
    "lake": later("Lake"),
    "willow": later("Willow"),
    "night": later("Night"),
}
"""As they lie beside one another on the map, in the order of a day."""

_PLACE_Y, _HIGHER_Y, _PLACE_WIDE = 226.0, 160.0, 226.0
_PEBBLES = 7
_FOOT_HIGH = 300.0
_STONES_WIDE = 1060.0
_WIND = 24.0
"""Px that the path winds up and down."""


@dataclass(frozen=True, slots=True)
class Map:
    """The player's own page: here each sitting begins, and ends."""

    first: str = "Play"
    name: str = "map"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        player = home.opened
        play = () if closed(player) else (Button("Play", 30.0, "icon_play", least=260.0),)
        others = (Button(way, 22.0, picture, least=150.0) for way, picture in _WAYS.items())
        free = () if player.why or current().text > ROOMY else (Words(_FREELY, 18.0, "text_soft", "middle"),)
        foot = sheet(
            (Words(_said(player), 24.0, at="middle"), *free, Row((*play, *others))), "foot", 1016.0, _FOOT_HIGH
        )
        places = () if player.why else _places()
        ops = (*_path(player, (_place_y() + foot.box.top) / 2), *foot.ops)
        return Sheet(ops, (*foot.choices, *places), foot.box)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        player = home.opened
        match chosen.key:
            case "Play":
                return Turn(home, self, Sits(player.face.name))
            case "Garden":
                return Turn(home, Grown(self))
            case "Settings":
                return Turn(home, Settings())
            case "Somebody else" | "back":
                return Turn(home, self, Opened(None))
        place = next(place for place, words in PLACES.items() if words == chosen.key)
        return Turn(home, Games(Map(chosen.key), place, chosen.key))


_WAYS = {
    later("Garden"): "icon_garden",
    later("Settings"): "icon_settings",
    later("Somebody else"): "icon_player",
}
_FREELY = later("Or go where you like: every place has games of its own.")


def closed(player: Inhabitant) -> str | None:
    """Why today's path cannot be walked, or is walked already."""
    if player.why or player.rest:
        return player.why or player.rest
    if all(stone.done for stone in player.stones):
        return later("Today's path is walked: the marsh waits until another day.")
    return None


def _said(player: Inhabitant) -> str:
    if player.news:
        return player.news
    why, name = closed(player), player.face.name
    if why:
        return Said("{name}: {why}", name=name, why=why if isinstance(why, Said) else Said(why))
    left = [stone for stone in player.stones if not stone.done]
    minutes = ceil(sum(stone.seconds for stone in left) / 60)
    return Said("Hello, {name}! Today's path takes {minutes} minutes of play.", name=name, minutes=minutes)


def _place_y() -> float:
    """Larger words need more of the water below."""
    return _PLACE_Y if current().text <= ROOMY else _HIGHER_Y


def _places() -> tuple[Choice, ...]:
    """Each on its own shore, their words as large as fits."""
    buttons = [Button(words, 24.0, least=150.0) for words in PLACES.values()]
    while any(button.wants(WIDTH)[0] > _PLACE_WIDE for button in buttons):
        buttons = [button.smaller(0.94) for button in buttons]
    step = WIDTH / len(buttons)
    sizes = [button.wants(_PLACE_WIDE) for button in buttons]
    return tuple(
        button.placed(Box((i + 0.5) * step, _place_y(), *size))
        for i, (button, size) in enumerate(zip(buttons, sizes, strict=True))
    )


def _path(player: Inhabitant, middle_y: float) -> DrawList:
    """Stones across the picture, joined by a trail; those walked in bloom, the next one lit."""
    stones = player.stones
    step = _STONES_WIDE / max(1, len(stones))
    spots = [
        (WIDTH / 2 + (i - (len(stones) - 1) / 2) * step, middle_y + (_WIND if i % 2 else -_WIND))
        for i in range(len(stones))
    ]
    trail = (pebble for two in pairwise(spots) for pebble in _pebbles(*two))
    ahead = next((i for i, stone in enumerate(stones) if not stone.done), -1)
    drawn = (_stone(stone, *spot, i == ahead) for i, (stone, spot) in enumerate(zip(stones, spots, strict=True)))
    return (*trail, *(op for one in drawn for op in one))


def _pebbles(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Disc]:
    """From one stone to the next, in a gentle bend."""
    for i in range(1, _PEBBLES):
        share = i / _PEBBLES
        x, y = mix(start[0], end[0], share), mix(start[1], end[1], ease(share)) + 14
        yield Disc(x, y + 2, 6.0, colour("panel"), 0.5)
        yield Disc(x, y, 5.5, colour("text_soft"), 0.85)


def _stone(stone: Stone, x: float, y: float, is_next: bool) -> DrawList:
    """The game's picture stands on its stone; under it how long it takes, unless it is over."""
    state = "stone_done" if stone.done else "stone_next" if is_next else "stone"
    picture = LOOKS[stone.level.game.task].reminders("keys")[0].picture
    minutes = say("{n} min", n=max(1, round(stone.seconds / 60)))
    size = sized(18.0)
    wide = text_width(minutes, size) + size
    told = (
        *panel(x - wide / 2, y + 58 - 0.75 * size, wide, 1.5 * size),
        Text(minutes, x, y + 58, size, colour("text")),
    )
    return (put(state, x, y + 14), fitted(picture, x, y - 20, (84.0, 66.0)), *(() if stone.done else told))
