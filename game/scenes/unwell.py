""" "I don't feel well": what it is, then a page to rest on; going on and ending are one press each."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.events import Complaint, Event
from engine.events import Unwell as SaidUnwell
from engine.ports import Inputs
from engine.session import Sitting
from game.draw import DrawList, Group
from game.scenes import calm
from game.scenes.asking import Page, Then
from game.scenes.heron import STANDS
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.motion import ease
from game.scenes.scene import FADE_TICKS, Show, Step, topmost
from game.widgets.choices import Button, Card
from game.widgets.menu import Menu
from game.widgets.sheet import SLIM, Beside, Gap, Row, Sheet, Words, sheet
from game.words import later


class _Kind(NamedTuple):
    """words: as one says it; advice: what may help"""

    words: str
    picture: str
    advice: str


KINDS: dict[Complaint, _Kind] = {
    "headache": _Kind(
        later("My head hurts"),
        "unwell_headache",
        later("Take the headset off if it presses. Close your eyes, drink some water."),
    ),
    "dizzy": _Kind(
        later("I am dizzy"),
        "unwell_dizzy",
        later("Sit or lie down, and look at one thing far away until it stands still."),
    ),
    "eyes": _Kind(
        later("My eyes hurt"), "unwell_eyes", later("Close your eyes, or look out of a window for a while.")
    ),
    "sad_or_angry": _Kind(
        later("Sad or angry"),
        "unwell_sad_or_angry",
        later("That happens, and it passes. Breathe with the ring on the water."),
    ),
    "other": _Kind(
        later("Something else"), "unwell_other", later("Stop for a moment, and feel what would do you good.")
    ),
}
_BACK = later("Go back")
_END, _ON = later("End for today"), later("Go on")
_CARDS = (
    *(
        Card(kind, about.picture, 0.66, 18, (236, 104), beside=True, words=about.words)
        for kind, about in KINDS.items()
    ),
    Card(_BACK, "unwell_back", 0.6, 18, (236, 104), beside=True),
)


@dataclass(frozen=True, slots=True)
class Unwell:
    """Nothing is lost by it. kind: None until it is said; stay, leave: what follows going on and ending"""

    show: Show
    sitting: Sitting | None
    marsh: Marsh
    stay: Then
    leave: Then
    page: Page
    kind: Complaint | None = None
    name: str = "unwell"

    def update(self, inputs: Inputs) -> Step:
        laid = self._sheet()
        page, chosen = self.page.update(inputs, laid.choices)
        now = replace(self, page=page, marsh=next_tick(self.marsh, words=laid.box))
        if chosen is None:
            return now, ()
        if chosen == _END:
            return self.leave(now.marsh, now._whole()), ()
        if chosen in (_ON, _BACK, "back"):
            return self.stay(now.marsh, now._whole()), ()
        return now._said(next(kind for kind in KINDS if kind == chosen))

    def draw(self) -> DrawList:
        marsh = world(self.marsh, self.sitting, self.show.setup.seed)
        return (*marsh, *self._breath(), *self.page.draw(self._sheet()), *topmost(self.show))

    def _said(self, kind: Complaint) -> Step:
        told: tuple[Event, ...] = (SaidUnwell(kind),)
        return replace(self, kind=kind, page=Page(before=self._whole())), told

    def _whole(self) -> DrawList:
        return self.page.whole(self._sheet())

    def _breath(self) -> DrawList:
        if self.kind is None:
            return ()
        ring = calm.breath(STANDS[0], STANDS[1] + 2, self.page.since)
        return (Group(ring, alpha=ease(self.page.since / FADE_TICKS)),)

    def _sheet(self) -> Sheet:
        if self.kind is None:
            return sheet([Words("How do you feel?", 28), Row(_CARDS, even=True)], width=SLIM)
        about = KINDS[self.kind]
        return sheet(
            [
                Words("Rest a while", 32),
                Beside(about.picture, 0.66, Words(about.advice, 21), room=104),
                Gap(6),
                Words("Tell somebody near you how you feel.", 20, "accent"),
                Gap(),
                Row((Button(_END, 26, least=260), Button(_ON, 26))),
            ]
        )


def ask(show: Show, sitting: Sitting | None, marsh: Marsh, before: DrawList, stay: Then, leave: Then) -> Unwell:
    """The first page, in place of the words before."""
    return Unwell(show, sitting, marsh, stay, leave, Page(Menu(focus=len(KINDS)), before))
