"""The garden: what has grown in the player's marsh, with little in front of it."""

from collections import Counter
from dataclasses import dataclass

from engine.garden import GROWING
from engine.said import Said
from game.scenes.grown import THINGS
from game.scenes.home.room import Page, Turn
from game.scenes.home.told import Home
from game.widgets.choices import Button
from game.widgets.menu import Chosen
from game.widgets.sheet import Row, Sheet, Words, sheet
from game.words import later, say

_ALL = sum(growth.most for growth in GROWING.values())


@dataclass(frozen=True, slots=True)
class Grown:
    """behind: the page that it goes back to"""

    behind: Page
    first: str = ""
    name: str = "garden"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        return sheet((*_told(home.opened.grown), Row((Button("Back", 22.0, least=180.0),))), "top", 760.0)

    def answer(self, home: Home, _chosen: Chosen) -> Turn:
        return Turn(home, self.behind)


def _told(grown: tuple[str, ...]) -> tuple[Words, ...]:
    if not grown:
        return (
            Words(later("Nothing has grown here yet."), 26.0, at="middle"),
            Words(later("After a sitting you choose what grows; it stays for good."), 20.0, "text_soft", "middle"),
        )
    many = Counter(grown)
    each = ", ".join(say(THINGS[name].words) + (f" × {n}" if n > 1 else "") for name, n in many.items())
    return (
        Words(Said("{n} of {all} things grow in your marsh.", n=len(grown), all=_ALL), 26.0, at="middle"),
        Words(Said("{each}", each=each), 18.0, "text_soft", "middle"),
    )
