"""After a sitting: how it was, in faces and two plain questions; no test, and every page may be skipped."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.events import CheckedIn
from engine.ports import Inputs
from engine.session import Sitting
from game.draw import DrawList, Text
from game.scenes.asking import Page, Then, steps, title
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.scene import Show, Step, topmost
from game.widgets import Button, Card, Menu, colour, panel


class _Question(NamedTuple):
    """faces: their pictures' name, the first of five says `least` and the last `most`; none for yes or no"""

    asked: str
    faces: str = ""
    least: str = ""
    most: str = ""


QUESTIONS = (
    _Question("How do you feel?", "mood", "sad", "happy"),
    _Question("How tired are you?", "tired", "wide awake", "very tired"),
    _Question("How much fun was it?", "mood", "no fun", "great fun"),
    _Question("How hard was it?", "effort", "easy", "very hard"),
    _Question("Does your head hurt?"),
    _Question("Do your eyes hurt?"),
)
FACES = 5
_SKIP = "Skip"
_WAYS = (Button(_SKIP, 713, 646, 170, 56, 22), Button("Skip all", 973, 646, 170, 56, 22))
_YES_NO = Menu((Button("Yes", 713, 546, 220), Button("No", 973, 546, 220), *_WAYS), focus=1)
_NUMBERS = tuple(str(number) for number in range(1, FACES + 1))


def _faces(name: str) -> Menu:
    cards = (
        Card(number, 843 + 110 * (i - 2), 528, 100, 100, f"{name}_{number}", 0.8, 0)
        for i, number in enumerate(_NUMBERS)
    )
    return Menu((*cards, *_WAYS), focus=FACES // 2)


_MENUS = tuple(_faces(question.faces) if question.faces else _YES_NO for question in QUESTIONS)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """given: the words chosen so far"""

    show: Show
    sitting: Sitting | None
    marsh: Marsh
    then: Then
    page: Page
    given: tuple[str, ...] = ()
    name: str = "checkin"

    def update(self, inputs: Inputs) -> Step:
        page, chosen = self.page.update(inputs)
        now = replace(self, page=page, marsh=next_tick(self.marsh))
        if chosen is None:
            return now, ()
        if chosen == "back":
            return (now._turned(self.given[:-1]), ()) if self.given else now._done(())
        if chosen == "Skip all":
            return now._done(self.given)
        given = (*self.given, chosen)
        return now._done(given) if len(given) == len(QUESTIONS) else (now._turned(given), ())

    def draw(self) -> DrawList:
        marsh = world(self.marsh, self.sitting, self.show.setup.seed, leaving=1.0)
        return (*marsh, *self.page.draw(self._words()), *topmost(self.show))

    def _turned(self, given: tuple[str, ...]) -> "CheckIn":
        return replace(self, given=given, page=Page(_MENUS[len(given)], self._whole()))

    def _done(self, given: tuple[str, ...]) -> Step:
        every = (*given, *(_SKIP for _ in QUESTIONS[len(given) :]))
        mood, tired, fun, effort = (_number(words) for words in every[:4])
        head, eyes = (_yes(words) for words in every[4:])
        return self.then(self.marsh, self._whole()), (CheckedIn(mood, tired, fun, effort, head, eyes),)

    def _whole(self) -> DrawList:
        return self.page.whole(self._words())

    def _words(self) -> DrawList:
        number, size = len(self.given), self.show.text_size
        question = QUESTIONS[number]
        ends = (
            Text(question.least, 573, 596, 18 * size, colour("text_soft"), 1.0, "left"),
            Text(question.most, 1113, 596, 18 * size, colour("text_soft"), 1.0, "right"),
        )
        return (
            *panel(538, 366, 610, 320),
            Text("No test: skip what you like", 578, 402, 19 * size, colour("accent"), 1.0, "left"),
            *steps(number, len(QUESTIONS), 998, 402),
            title(question.asked, 446, 30 * size),
            *(ends if question.faces else ()),
        )


def ask(show: Show, sitting: Sitting | None, marsh: Marsh, before: DrawList, then: Then) -> CheckIn:
    """The first question, in place of the words before."""
    return CheckIn(show, sitting, marsh, then, Page(_MENUS[0], before))


def _number(words: str) -> int | None:
    return None if words == _SKIP else int(words)


def _yes(words: str) -> bool | None:
    return None if words == _SKIP else words == "Yes"
