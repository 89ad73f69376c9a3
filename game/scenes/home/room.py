"""One page of the home over the marsh: it hands the focus round, fades and turns; what is on it is the page's."""

from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from engine.checkup import CHECKUPS
from engine.level import LEVELS, Level
from engine.ports import Inputs
from game.draw import HEIGHT, WIDTH, DrawList, Sprite
from game.manner import current, worn
from game.scenes.home.told import Decision, Home, Sits
from game.scenes.marsh import Marsh, begun, next_tick, world
from game.scenes.motion import ease
from game.scenes.places import mood_of
from game.scenes.scene import Quit, Step, crossfade
from game.tags import tags
from game.widgets.menu import Chosen, Menu
from game.widgets.sheet import Sheet

CALM_TICKS = 20
"""A hand that is still pressing chooses nothing before the page has been seen."""

ON_MAP = frozenset({"map", "games"})
"""Pages that lie over the picture of all five places; the others lie over the marsh itself."""
TURN_TICKS = 60
"""From one to the other."""

BACK = Chosen("back")
"""What Esc chooses, on every page."""


class Page(Protocol):
    """What is on a page of the home.

    name: the same name before and after a choice is the same page: nothing fades, and the focus stays
    """

    @property
    def name(self) -> str: ...
    @property
    def first(self) -> str:
        """What has the focus when the page opens; the first choice where it is none of them."""
        ...

    def sheet(self, home: Home, focus: int) -> Sheet: ...
    def answer(self, home: Home, chosen: Chosen) -> "Turn": ...


class Turn(NamedTuple):
    """What a choice leads to: a page, and the home as it now is; or a decision, which leads out."""

    home: Home
    page: Page
    decided: Decision | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """laid: the page, in its places, which takes longer than a tick may where words are large

    since, before: ticks since the page came, and the words that it replaces
    mapped: ticks that the map has come over the marsh
    decided: this leads out; ahead: the marsh of a sitting that is to begin, until it lies under the map
    """

    show: Home
    page: Page
    marsh: Marsh
    menu: Menu
    laid: Sheet
    since: int = 0
    before: DrawList = ()
    mapped: int = 0
    decided: Decision | None = None
    ahead: Marsh | None = None
    sitting: None = None

    @property
    def name(self) -> str:
        return self.page.name

    def update(self, inputs: Inputs) -> Step:
        if self.decided is not None:
            return self._leaving() or Quit("left"), ()
        menu, chosen = self.menu.update(inputs, self.laid.choices)
        if chosen is None and "back" in inputs.pressed and not inputs.typed:
            chosen = BACK
        mapped = self.mapped + (1 if self.page.name in ON_MAP else -1)
        now = replace(
            self,
            menu=menu,
            marsh=next_tick(self.marsh, words=self.laid.box),
            since=self.since + 1,
            mapped=min(TURN_TICKS, max(0, mapped)),
        )
        if chosen is not None and self.since >= CALM_TICKS:
            return now._turned(chosen), ()
        return (now if menu.focus == self.menu.focus else now._laid()), ()

    def draw(self) -> DrawList:
        marks = tags() if self.show.marks else ()
        return (*self._ground(), *crossfade(self.before, self.words(), self.since), *marks)

    def _ground(self) -> DrawList:
        """In high contrast the map is the plain marsh, from which the heron has gone."""
        share = ease(self.mapped / TURN_TICKS)
        if current().palette == "contrast":
            return world(replace(self.marsh, gone=share), None, 0)
        marsh = world(self.marsh, None, 0) if share < 1 else ()
        return (*marsh, *((Sprite("map", WIDTH / 2, HEIGHT / 2, alpha=share),) if share else ()))

    def words(self) -> DrawList:
        """The page alone; nothing once a sitting is to begin."""
        if isinstance(self.decided, Sits):
            return ()
        return (*self.laid.ops, *self.menu.draw(self.laid.choices))

    def _leaving(self) -> "Room | None":
        """To a sitting the way leads over the map, which then gives way to the marsh as that sitting finds it."""
        now = replace(self, since=self.since + 1)
        if self.ahead is not None and self.mapped < TURN_TICKS:
            return replace(now, mapped=self.mapped + 1)
        if self.ahead is not None:
            return replace(now, marsh=self.ahead, ahead=None)
        if isinstance(self.decided, Sits) and self.mapped:
            return replace(now, mapped=self.mapped - 1)
        return None

    def _laid(self) -> "Room":
        return replace(self, laid=self.page.sheet(self.show, self.menu.focus))

    def _turned(self, chosen: Chosen) -> "Room":
        turn = self.page.answer(self.show, chosen)
        if isinstance(turn.decided, Sits):
            return self._going(turn.decided)
        with worn(turn.home.manner):
            if turn.page.name == self.page.name:
                return replace(self, show=turn.home, page=turn.page, decided=turn.decided)._laid()
            after = room(turn.home, turn.page, self.marsh, self.words())
            return replace(after, mapped=self.mapped, decided=turn.decided)

    def _going(self, sits: Sits) -> "Room":
        ahead = begun(mood_of(_first(self.show, sits)), self.marsh.grown)
        return replace(self, decided=sits, ahead=ahead, since=0, before=self.words())


def room(home: Home, page: Page, marsh: Marsh, before: DrawList = ()) -> Room:
    """The page with its own focus, in the manner that is worn; before: the words that it replaces"""
    laid = page.sheet(home, 0)
    keys = [choice.key for choice in laid.choices]
    focus = keys.index(page.first) if page.first in keys else 0
    return Room(home, page, marsh, Menu(focus), laid, before=before)


def _first(home: Home, sits: Sits) -> Level:
    """The level that is played first."""
    if sits.level is not None:
        return LEVELS.find(sits.level)
    ahead = [stone.level for stone in home.opened.stones if not stone.done and not sits.checkup]
    return ahead[0] if ahead else CHECKUPS.find(CHECKUPS.ids()[0])
