""" "I don't feel well": what it is, then a page to rest on; going on and ending are one press each."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.events import Complaint, Event
from engine.events import Unwell as SaidUnwell
from engine.ports import Inputs
from engine.session import Sitting
from game.draw import DrawList, Sprite, Text
from game.scenes import calm
from game.scenes.asking import Page, Then, title
from game.scenes.heron import STANDS
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.scene import Show, Step, topmost
from game.widgets import Button, Card, Menu, colour, panel, paragraph


class _Kind(NamedTuple):
    """words: as one says it; advice: two lines"""

    words: str
    picture: str
    advice: tuple[str, str]


KINDS: dict[Complaint, _Kind] = {
    "headache": _Kind(
        "My head\nhurts",
        "unwell_headache",
        ("Take the headset off if it presses.", "Close your eyes, drink some water."),
    ),
    "dizzy": _Kind(
        "I am\ndizzy", "unwell_dizzy", ("Sit or lie down, and look at one thing", "far away until it stands still.")
    ),
    "eyes": _Kind("My eyes\nhurt", "unwell_eyes", ("Close your eyes, or look out of", "a window for a while.")),
    "sad_or_angry": _Kind(
        "Sad or\nangry",
        "unwell_sad_or_angry",
        ("That happens, and it passes.", "Breathe with the ring on the water."),
    ),
    "other": _Kind("Something\nelse", "unwell_other", ("Stop for a moment, and feel", "what would do you good.")),
}
_BACK = "Go back"
_PLACES = tuple((x, y) for y in (488, 608) for x in (633, 843, 1053))
_ASK = Menu(
    (
        *(
            Card(kind.words, x, y, 198, 106, kind.picture, 0.66, 18, beside=True)
            for kind, (x, y) in zip(KINDS.values(), _PLACES, strict=False)
        ),
        Card(_BACK, *_PLACES[-1], 198, 106, "unwell_back", 0.6, 18, beside=True),
    ),
    focus=len(KINDS),
)
_REST = Menu((Button("End for today", 713, 632, 270), Button("Go on", 993, 632, 230)))


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
        page, chosen = self.page.update(inputs)
        now = replace(self, page=page, marsh=next_tick(self.marsh))
        if chosen is None:
            return now, ()
        if chosen == "End for today":
            return self.leave(now.marsh, now._whole()), ()
        if chosen in ("Go on", _BACK, "back"):
            return self.stay(now.marsh, now._whole()), ()
        return now._said(chosen)

    def draw(self) -> DrawList:
        marsh = world(self.marsh, self.sitting, self.show.setup.seed)
        return (*marsh, *self.page.draw(self._words()), *topmost(self.show))

    def _said(self, words: str) -> Step:
        kind = next(kind for kind, about in KINDS.items() if about.words == words)
        told: tuple[Event, ...] = (SaidUnwell(kind),)
        return replace(self, kind=kind, page=Page(_REST, self._whole())), told

    def _whole(self) -> DrawList:
        return self.page.whole(self._words())

    def _words(self) -> DrawList:
        size = self.show.text_size
        if self.kind is None:
            return (*panel(518, 356, 650, 330), title("How do you feel?", 398, 28 * size)._replace(x=548))
        about = KINDS[self.kind]
        return (
            *panel(538, 396, 610, 290),
            title("Rest a while", 440, 32 * size),
            Sprite(about.picture, 1078, 452, 0.8),
            *paragraph(list(about.advice), 578, 490, 21 * size),
            Text("Tell somebody near you how you feel.", 578, 564, 20 * size, colour("accent"), 1.0, "left"),
            *calm.breath(STANDS[0], STANDS[1] + 2, self.page.since),
        )


def ask(show: Show, sitting: Sitting | None, marsh: Marsh, before: DrawList, stay: Then, leave: Then) -> Unwell:
    """The first page, in place of the words before."""
    return Unwell(show, sitting, marsh, stay, leave, Page(_ASK, before))
