"""All the games of one place: a card for each level, with the stars that were earned there."""

from dataclasses import dataclass

from engine.level import LEVELS, Level, Place
from engine.said import Said
from game.draw import DrawList
from game.manner import current
from game.scenes.games.catalogue import LOOKS
from game.scenes.home.room import Page, Turn
from game.scenes.home.told import Home, Sits
from game.scenes.pictures import fitted
from game.widgets.choices import Button, Card
from game.widgets.menu import Chosen
from game.widgets.paint import Box, folded, paragraph, sized
from game.widgets.sheet import Art, Row, Sheet, Words, sheet

MOST_STARS = 3
ROOMY = 1.2
"""Larger words leave no room for the story beside all the titles."""

_PICTURE_PX = (58.0, 54.0)
_STORY = 19.0
_WIDE = 936.0
"""Px that a story's lines may have."""


@dataclass(frozen=True, slots=True)
class Games:
    """behind: the page that it goes back to; title: of the place"""

    behind: Page
    place: Place
    title: str
    first: str = ""
    name: str = "games"

    def sheet(self, home: Home, focus: int) -> Sheet:
        listed = levels(self.place)
        cards = tuple(_card(level, home.opened.stars.get(level.id, 0)) for level in listed)
        story = listed[focus].story if focus < len(listed) else ""
        return sheet(
            (
                Words(self.title, 28.0),
                Row(cards),
                *((Art(_story_high(listed), lambda box: _told(story, box)),) if current().text <= ROOMY else ()),
                Row((Button("Back", 22.0, least=160.0),)),
            ),
            "middle",
            1016.0,
        )

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        if chosen.key in ("Back", "back"):
            return Turn(home, self.behind)
        return Turn(home, self, Sits(home.opened.face.name, level=chosen.key))


def levels(place: Place) -> tuple[Level, ...]:
    """Those of a place, in their turn."""
    every = (LEVELS.find(each) for each in LEVELS.ids())
    return tuple(sorted((level for level in every if level.place == place), key=lambda level: (level.step, level.id)))


def _card(level: Level, most: int) -> Card:
    """The game's picture, the level's title, and its stars as letters, so that they are read with it."""
    words = Said("{title}\n{stars}", title=Said(level.title), stars="★" * most + "☆" * (MOST_STARS - most))
    picture = LOOKS[level.game.task].reminders("keys")[0].picture
    scale = fitted(picture, 0, 0, _PICTURE_PX).scale
    return Card(level.id, picture, scale, 18.0, (300.0, 82.0), beside=True, words=words)


def _story_high(listed: tuple[Level, ...]) -> float:
    """The same for each, so that nothing moves when the focus does."""
    return 1.45 * sized(_STORY) * max(len(folded(level.story, _STORY, _WIDE)) for level in listed)


def _told(story: str, box: Box) -> DrawList:
    return paragraph(story, box.left, box.top + 0.72 * sized(_STORY), _WIDE, _STORY, "text_soft")
