"""The first screen: the marsh, and the path of today."""

from dataclasses import dataclass, replace
from math import ceil

from engine import session
from engine.ports import Inputs
from engine.session import Setup, prelude_s
from game.draw import DrawList, Text
from game.scenes import fit, path
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.questions import Questions
from game.scenes.scene import Quit, Scene, Show, Step, card, crossfade, topmost
from game.scenes.sit import Sit
from game.widgets import Button, Menu, colour, lines, paragraph, shortened

_MENU = Menu((Button("Play", 728, 634, 300, 64, 30), Button("Leave", 1008, 634, 200, 64)))


def begin(show: Show) -> Scene:
    """The first scene."""
    place = show.setup.parts[0].level.place
    marsh = Marsh(place=place, was=place, grown=show.grown)
    if show.asks:
        return Questions(show, marsh, lambda marsh, before: Start(show, marsh, before=before))
    return Start(show, marsh)


@dataclass(frozen=True, slots=True)
class Start:
    """sitting: none before the player says that it begins; before: the words that these replace"""

    show: Show
    marsh: Marsh
    menu: Menu = _MENU
    since: int = 0
    before: DrawList = ()
    name: str = "start"
    sitting: None = None

    def update(self, inputs: Inputs) -> Step:
        menu, chosen = self.menu.update(inputs)
        now = replace(self, menu=menu, marsh=next_tick(self.marsh), since=self.since + 1)
        if chosen == "Leave" or "back" in inputs.pressed:
            return Quit("left"), ()
        if chosen == "Play":
            sitting = session.begin(self.show.setup)
            return Sit(self.show, sitting, now.marsh, fit.menu(self.show), before=now._page()), ()
        return now, ()

    def draw(self) -> DrawList:
        marsh = world(self.marsh, None, self.show.setup.seed)
        return (*marsh, *crossfade(self.before, self._page(), self.since), *topmost(self.show))

    def _page(self) -> DrawList:
        size = self.show.text_size
        return (
            Text("Heron", 640, 72, 84, colour("text")),
            *card(),
            Text(f"Hello, {shortened(self.show.player, 20)}", 578, 430, 22 * size, colour("accent"), 1.0, "left"),
            Text(minutes(self.show.setup), 1108, 430, 20 * size, colour("text_soft"), 1.0, "right"),
            *self._today(size),
            *self.menu.draw(),
        )

    def _today(self, size: float) -> DrawList:
        """The story of a single game, else the path through all of them."""
        levels = {part.level.id: part.level for part in self.show.setup.parts}
        if len(levels) > 1:
            return path.path(path.ahead(self.show.setup), 578, 506, 530, self.marsh.tick, size)
        (level,) = levels.values()
        return (
            Text(shortened(level.title, 30), 578, 470, 30 * size, colour("text"), 1.0, "left"),
            *paragraph(lines(level.story, int(54 / size), 3), 578, 510, 20 * size, "text_soft"),
        )


def minutes(setup: Setup) -> str:
    """How long the whole sitting takes, calibration and breaks included."""
    breaks_s = (len(setup.parts) - 1) * setup.break_s
    whole = ceil((prelude_s(setup) + setup.play_s + breaks_s) / 60)
    return f"about {whole} minute{'s' if whole > 1 else ''}"
