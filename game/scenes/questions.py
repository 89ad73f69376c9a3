"""Before the first sitting: three questions about health, and a kind page where one says to ask somebody first."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.events import Answer, Event, Screened
from engine.ports import Inputs
from game.draw import DrawList
from game.scenes.asking import Page, Then, steps
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.scene import Quit, Show, Step, topmost
from game.widgets.choices import Button
from game.widgets.menu import Menu
from game.widgets.sheet import SLIM, Gap, Row, Sheet, Words, sheet
from game.words import later


class _Question(NamedTuple):
    """worry: what a yes has to do with Heron"""

    asked: str
    hint: str
    worry: str


QUESTIONS = (
    _Question(
        later("Have you ever had a seizure?"),
        later("Or has a doctor said that flickering light may bring one on?"),
        later("Heron never flickers. All the same, ask your doctor or therapist before you play."),
    ),
    _Question(
        later("Do you get migraines?"),
        later("Strong headaches that make you feel sick, or that hurt in bright light."),
        later("A screen can bring on a migraine. Ask your therapist, or a parent, how long you may play."),
    ),
    _Question(
        later("Do you have an eye condition?"),
        later("One that an eye doctor treats. Needing glasses is none: answer no."),
        later("Some games ask your eyes to follow or to find. Ask your therapist, or a parent, which suit you."),
    ),
)
_ANSWERS: dict[str, Answer] = {"Yes": "yes", "No": "no", "Skip": "skipped"}
_WAYS = Row(tuple(Button(words, 26, least=166) for words in (later("Yes"), later("No"), later("Skip"))))
_ASK = Menu(focus=1)


@dataclass(frozen=True, slots=True)
class Questions:
    """answers: so far; then: follows when no answer is a yes"""

    show: Show
    marsh: Marsh
    then: Then
    page: Page = Page(_ASK)  # noqa: RUF009 -- frozen
    answers: tuple[Answer, ...] = ()
    name: str = "questions"
    sitting: None = None

    def update(self, inputs: Inputs) -> Step:
        laid = self._sheet()
        page, chosen = self.page.update(inputs, laid.choices)
        now = replace(self, page=page, marsh=next_tick(self.marsh, words=laid.box))
        if len(self.answers) == len(QUESTIONS):
            return (now if chosen is None else Quit("left")), ()
        if chosen in _ANSWERS:
            return now._answered(_ANSWERS[chosen])
        if chosen == "back":
            return (now._turned(self.answers[:-1]) if self.answers else Quit("left")), ()
        return now, ()

    def draw(self) -> DrawList:
        marsh = world(self.marsh, None, self.show.setup.seed)
        return (*marsh, *self.page.draw(self._sheet()), *topmost(self.show))

    def _answered(self, answer: Answer) -> Step:
        answers = (*self.answers, answer)
        if len(answers) < len(QUESTIONS):
            return self._turned(answers), ()
        told: tuple[Event, ...] = (Screened(*answers),)
        if "yes" in answers:
            return replace(self._turned(answers), page=Page(Menu(), self._whole())), told
        return self.then(self.marsh, self._whole()), told

    def _turned(self, answers: tuple[Answer, ...]) -> "Questions":
        return replace(self, answers=answers, page=Page(_ASK, self._whole()))

    def _whole(self) -> DrawList:
        return self.page.whole(self._sheet())

    def _sheet(self) -> Sheet:
        number = len(self.answers)
        if number == len(QUESTIONS):
            return self._kind()
        question = QUESTIONS[number]
        return sheet(
            [
                steps(number, len(QUESTIONS)),
                Words("Before the first time", 20, "accent"),
                Words(question.asked, 30),
                Words(question.hint, 20, "text_soft"),
                Gap(8),
                Words("A child answers with a grown-up.", 18, "text_soft"),
                Gap(10),
                _WAYS,
            ]
        )

    def _kind(self) -> Sheet:
        yes = [question for question, answer in zip(QUESTIONS, self.answers, strict=True) if answer == "yes"]
        return sheet(
            [
                Words("Please ask first", 32),
                *(Words(question.worry, 19) for question in yes),
                Gap(8),
                Words("Heron will be here when the answer is known.", 19, "text_soft"),
                Gap(10),
                Row((Button("Leave", 26, least=260),)),
            ],
            width=SLIM,
        )
