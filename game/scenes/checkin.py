"""After a sitting: how it was, in faces and two plain questions; no test, and every page may be skipped."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.events import CheckedIn
from engine.ports import Inputs
from engine.session import Sitting
from game.draw import DrawList
from game.scenes.asking import Page, Then, steps
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.scene import Show, Step, topmost
from game.widgets.choices import Button, Card
from game.widgets.menu import Menu
from game.widgets.sheet import Gap, Item, Pair, Row, Sheet, Words, sheet
from game.words import later


class _Question(NamedTuple):
    """faces: their pictures' name, the first of five says `least` and the last `most`; none for yes or no"""

    asked: str
    faces: str = ""
    least: str = ""
    most: str = ""


QUESTIONS = (
    _Question(later("How do you feel?"), "mood", later("sad"), later("happy")),
    _Question(later("How tired are you?"), "tired", later("wide awake"), later("very tired")),
    _Question(later("How much fun was it?"), "mood", later("no fun"), later("great fun")),
    _Question(later("How hard was it?"), "effort", later("easy"), later("very hard")),
    _Question(later("Does your head hurt?")),
    _Question(later("Do your eyes hurt?")),
)
FACES = 5
_SKIP = later("Skip")
_WAYS = Row((Button(_SKIP, 22, least=170), Button("Skip all", 22, least=170)))
_YES_NO = Row((Button("Yes", least=220), Button("No", least=220)))
_NUMBERS = tuple(str(number) for number in range(1, FACES + 1))
_MENUS = tuple(Menu(focus=FACES // 2) if question.faces else Menu(focus=1) for question in QUESTIONS)


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
        laid = self._sheet()
        page, chosen = self.page.update(inputs, laid.choices)
        now = replace(self, page=page, marsh=next_tick(self.marsh, words=laid.box))
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
        return (*marsh, *self.page.draw(self._sheet()), *topmost(self.show))

    def _turned(self, given: tuple[str, ...]) -> "CheckIn":
        return replace(self, given=given, page=Page(_MENUS[len(given)], self._whole()))

    def _done(self, given: tuple[str, ...]) -> Step:
        every = (*given, *(_SKIP for _ in QUESTIONS[len(given) :]))
        mood, tired, fun, effort = (_number(words) for words in every[:4])
        head, eyes = (_yes(words) for words in every[4:])
        return self.then(self.marsh, self._whole()), (CheckedIn(mood, tired, fun, effort, head, eyes),)

    def _whole(self) -> DrawList:
        return self.page.whole(self._sheet())

    def _sheet(self) -> Sheet:
        number = len(self.given)
        question = QUESTIONS[number]
        return sheet(
            [
                steps(number, len(QUESTIONS)),
                Words("No test: skip what you like", 19, "accent"),
                Words(question.asked, 30),
                Gap(6),
                *(_faces(question) if question.faces else (_YES_NO,)),
                _WAYS,
            ]
        )


def _faces(question: _Question) -> tuple[Item, ...]:
    cards = tuple(Card(number, f"{question.faces}_{number}", 0.8, 0, (92, 100)) for number in _NUMBERS)
    return Row(cards), Pair(Words(question.least, 18, "text_soft"), Words(question.most, 18, "text_soft", "right"))


def ask(show: Show, sitting: Sitting | None, marsh: Marsh, before: DrawList, then: Then) -> CheckIn:
    """The first question, in place of the words before."""
    return CheckIn(show, sitting, marsh, then, Page(_MENUS[0], before))


def _number(words: str) -> int | None:
    return None if words == _SKIP else int(words)


def _yes(words: str) -> bool | None:
    return None if words == _SKIP else words == "Yes"
