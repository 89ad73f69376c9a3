"""The first screen of a sitting: the marsh, and the path of today."""

from dataclasses import dataclass, replace
from math import ceil

from engine import session
from engine.ports import Inputs
from engine.session import Setup, prelude_s
from game.draw import DrawList, Text
from game.scenes import path
from game.scenes.marsh import Marsh, begun, next_tick, world
from game.scenes.places import mood_of
from game.scenes.questions import Questions
from game.scenes.scene import Quit, Scene, Show, Step, crossfade, topmost
from game.scenes.sit import Sit
from game.widgets.choices import Button
from game.widgets.menu import Menu
from game.widgets.paint import colour, shortened
from game.widgets.sheet import Gap, Item, Pair, Row, Sheet, Words, sheet
from game.words import say, say_many

_TITLE_FOOT = 136.0
"""Where a sheet is higher than this, the game's name gives way to it."""


def begin(show: Show) -> Scene:
    """The first scene."""
    marsh = begun(mood_of(show.setup.parts[0].level), show.grown)
    if show.asks:
        return Questions(show, marsh, lambda marsh, before: _after(show, marsh, before))
    return _after(show, marsh)


def _after(show: Show, marsh: Marsh, before: DrawList = ()) -> Scene:
    """Whoever comes from home has seen there what is today."""
    if show.at_home:
        return Sit(show, session.begin(show.setup), marsh, before=before)
    return Start(show, marsh, before=before)


@dataclass(frozen=True, slots=True)
class Start:
    """sitting: none before the player says that it begins; before: the words that these replace"""

    show: Show
    marsh: Marsh
    menu: Menu = Menu()  # noqa: RUF009 -- frozen
    since: int = 0
    before: DrawList = ()
    name: str = "start"
    sitting: None = None

    def update(self, inputs: Inputs) -> Step:
        laid = self._sheet()
        menu, chosen = self.menu.update(inputs, laid.choices)
        now = replace(self, menu=menu, marsh=next_tick(self.marsh, words=laid.box), since=self.since + 1)
        key = chosen.key if chosen else None
        if key == "Leave" or (key is None and "back" in inputs.pressed):
            return Quit("left"), ()
        if key == "Play":
            sitting = session.begin(self.show.setup)
            return Sit(self.show, sitting, now.marsh, before=now._page()), ()
        return now, ()

    def draw(self) -> DrawList:
        marsh = world(self.marsh, None, self.show.setup.seed)
        return (*marsh, *crossfade(self.before, self._page(), self.since), *topmost(self.show))

    def _page(self) -> DrawList:
        laid = self._sheet()
        title = (Text(say("Heron"), 640, 72, 84, colour("text")),) if laid.box.top > _TITLE_FOOT else ()
        return (*title, *laid.ops, *self.menu.draw(laid.choices))

    def _sheet(self) -> Sheet:
        hello = say("Hello, {player}", player=shortened(self.show.player, 20))
        return sheet(
            [
                Pair(Words(hello, 22, "accent"), Words(minutes(self.show.setup), 20, "text_soft", "right")),
                *self._today(),
                Gap(10),
                Row((Button("Play", 30, least=300), Button("Leave"))),
            ]
        )

    def _today(self) -> tuple[Item, ...]:
        """The story of a single game, else the path through all of them."""
        levels = {part.level.id: part.level for part in self.show.setup.parts}
        if len(levels) > 1:
            return (path.art(path.ahead(self.show.setup), self.marsh.tick),)
        (level,) = levels.values()
        return Words(level.title, 30, most=2), Words(level.story, 20, "text_soft", most=4)


def minutes(setup: Setup) -> str:
    """How long the whole sitting takes, calibration and breaks included."""
    breaks_s = (len(setup.parts) - 1) * setup.break_s
    whole = ceil((prelude_s(setup) + setup.play_s + breaks_s) / 60)
    return say_many("about {n} minute", "about {n} minutes", whole)
