"""What shall grow? Three cards to choose from after a sitting; the chosen stays in the marsh for good."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.events import Event, Grew
from engine.ports import Inputs
from engine.session import Sitting
from game.draw import DrawList, Text
from game.scenes.asking import Page, Then, title
from game.scenes.grown import THINGS
from game.scenes.marsh import Marsh, grew, next_tick, world
from game.scenes.scene import Show, Step, topmost
from game.widgets import Button, Card, Menu, colour, panel

_LATER = "Another time"
_GOOD = Menu((Button("Go on", 640, 152, 240, 56),))


@dataclass(frozen=True, slots=True)
class Garden:
    """chosen: what grows; None until then"""

    show: Show
    sitting: Sitting | None
    marsh: Marsh
    then: Then
    page: Page
    chosen: str | None = None
    name: str = "garden"

    def update(self, inputs: Inputs) -> Step:
        page, chosen = self.page.update(inputs)
        now = replace(self, page=page, marsh=next_tick(self.marsh))
        if chosen is None:
            return now, ()
        if self.chosen is not None or chosen in (_LATER, "back"):
            return self.then(now.marsh, now._whole()), ()
        what = next(name for name, thing in THINGS.items() if thing.words == chosen)
        told: tuple[Event, ...] = (Grew(what),)
        return replace(now, marsh=grew(now.marsh, what), chosen=what, page=Page(_GOOD, now._whole())), told

    def draw(self) -> DrawList:
        marsh = world(self.marsh, self.sitting, self.show.setup.seed, leaving=1.0)
        return (*marsh, *self.page.draw(self._words()), *topmost(self.show))

    def _whole(self) -> DrawList:
        return self.page.whole(self._words())

    def _words(self) -> DrawList:
        size = self.show.text_size
        if self.chosen is None:
            return (*panel(538, 366, 610, 320), title("What shall grow in the marsh?", 406, 28 * size))
        return (
            *panel(310, 30, 660, 168),
            Text(THINGS[self.chosen].came, 640, 64, 24 * size, colour("text")),
            Text("What has grown here stays.", 640, 100, 18 * size, colour("text_soft")),
        )


def ask(
    show: Show,
    sitting: Sitting | None,
    marsh: Marsh,
    before: DrawList,
    then: Then,
    offers: Sequence[str],
) -> Garden:
    """offers: one to three names of what may grow"""
    cards = tuple(
        Card(THINGS[name].words, 650 + 193 * i, 520, 180, 168, f"grown_{name}_card", 1.0, 20)
        for i, name in enumerate(offers)
    )
    menu = Menu((*cards, Button(_LATER, 843, 648, 220, 52, 21)))
    return Garden(show, sitting, marsh, then, Page(menu, before))
