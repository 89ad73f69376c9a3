"""What shall grow? Three cards to choose from after a sitting; the chosen stays in the marsh for good."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.events import Event, Grew
from engine.ports import Inputs
from engine.session import Sitting
from game.draw import DrawList
from game.scenes.asking import Page, Then
from game.scenes.grown import THINGS
from game.scenes.marsh import Marsh, grew, next_tick, world
from game.scenes.scene import Show, Step, topmost
from game.widgets.choices import Button, Card
from game.widgets.sheet import Gap, Row, Sheet, Words, sheet
from game.words import later

_LATER = later("Another time")


@dataclass(frozen=True, slots=True)
class Garden:
    """offers: names of what may grow; chosen: what grows, None until then"""

    show: Show
    sitting: Sitting | None
    marsh: Marsh
    then: Then
    page: Page
    offers: tuple[str, ...]
    chosen: str | None = None
    name: str = "garden"

    def update(self, inputs: Inputs) -> Step:
        laid = self._sheet()
        page, chosen = self.page.update(inputs, laid.choices)
        now = replace(self, page=page, marsh=next_tick(self.marsh, words=laid.box))
        if chosen is None:
            return now, ()
        if self.chosen is not None or chosen in (_LATER, "back"):
            return self.then(now.marsh, now._whole()), ()
        told: tuple[Event, ...] = (Grew(chosen),)
        return replace(now, marsh=grew(now.marsh, chosen), chosen=chosen, page=Page(before=now._whole())), told

    def draw(self) -> DrawList:
        marsh = world(self.marsh, self.sitting, self.show.setup.seed, leaving=1.0)
        return (*marsh, *self.page.draw(self._sheet()), *topmost(self.show))

    def _whole(self) -> DrawList:
        return self.page.whole(self._sheet())

    def _sheet(self) -> Sheet:
        if self.chosen is None:
            cards = (
                Card(name, f"grown_{name}_card", 1.0, 20, (166, 168), words=THINGS[name].words)
                for name in self.offers
            )
            return sheet(
                [
                    Words("What shall grow in the marsh?", 28),
                    Gap(6),
                    Row(tuple(cards), even=True),
                    Row((Button(_LATER, 21, least=220),)),
                ]
            )
        return sheet(
            [
                Words(THINGS[self.chosen].came, 24, at="middle"),
                Words("What has grown here stays.", 18, "text_soft", "middle"),
                Gap(6),
                Row((Button("Go on", 24, least=240),)),
            ],
            "top",
            660,
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
    return Garden(show, sitting, marsh, then, Page(before=before), tuple(offers))
