"""Before the first sitting: three questions about health, and a kind page where one says to ask somebody first."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.events import Answer, Event, Screened
from engine.ports import Inputs
from game.draw import DrawList, Text
from game.scenes.asking import Page, Then, steps, title
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.scene import Quit, Show, Step, topmost
from game.widgets import Button, Menu, colour, lines, panel, paragraph


class _Question(NamedTuple):
    """worry: what a yes has to do with Heron"""

    asked: str
    hint: str
    worry: str


QUESTIONS = (
    _Question(
        "Have you ever had a seizure?",
        "Or has a doctor said that flickering light may bring one on?",
        "Heron never flickers. All the same, ask your doctor or therapist before you play.",
    ),
    _Question(
        "Do you get migraines?",
        "Strong headaches that make you feel sick, or that hurt in bright light.",
        "A screen can bring on a migraine. Ask your therapist, or a parent, how long you may play.",
    ),
    _Question(
        "Do you have an eye condition?",
        "One that an eye doctor treats. Needing glasses is none: answer no.",
        "Some games ask your eyes to follow or to find. Ask your therapist, or a parent, which suit you.",
    ),
)
_ANSWERS: dict[str, Answer] = {"Yes": "yes", "No": "no", "Skip": "skipped"}
_ASK = Menu(tuple(Button(words, x, 632, 166) for words, x in zip(_ANSWERS, (658, 843, 1028), strict=True)), focus=1)
_KIND = Menu((Button("Leave", 843, 632, 260),))


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
        page, chosen = self.page.update(inputs)
        now = replace(self, page=page, marsh=next_tick(self.marsh))
        if len(self.answers) == len(QUESTIONS):
            return (now if chosen is None else Quit("left")), ()
        if chosen in _ANSWERS:
            return now._answered(_ANSWERS[chosen])
        if chosen == "back":
            return (now._turned(self.answers[:-1]) if self.answers else Quit("left")), ()
        return now, ()

    def draw(self) -> DrawList:
        marsh = world(self.marsh, None, self.show.setup.seed)
        return (*marsh, *self.page.draw(self._words()), *topmost(self.show))

    def _answered(self, answer: Answer) -> Step:
        answers = (*self.answers, answer)
        if len(answers) < len(QUESTIONS):
            return self._turned(answers), ()
        told: tuple[Event, ...] = (Screened(*answers),)
        if "yes" in answers:
            return replace(self._turned(answers), page=Page(_KIND, self.page.whole(self._words()))), told
        return self.then(self.marsh, self.page.whole(self._words())), told

    def _turned(self, answers: tuple[Answer, ...]) -> "Questions":
        return replace(self, answers=answers, page=Page(_ASK, self.page.whole(self._words())))

    def _words(self) -> DrawList:
        number, size = len(self.answers), self.show.text_size
        if number == len(QUESTIONS):
            return self._kind(size)
        question = QUESTIONS[number]
        return (
            *panel(538, 356, 610, 330),
            Text("Before the first time", 578, 396, 20 * size, colour("accent"), 1.0, "left"),
            *steps(number, len(QUESTIONS), 1064, 396),
            title(question.asked, 446, 30 * size),
            *paragraph(lines(question.hint, int(52 / size), 2), 578, 494, 20 * size, "text_soft"),
            Text("A child answers with a grown-up.", 578, 566, 18 * size, colour("text_soft"), 1.0, "left"),
        )

    def _kind(self, size: float) -> DrawList:
        yes = [question for question, answer in zip(QUESTIONS, self.answers, strict=True) if answer == "yes"]
        written = [line for question in yes for line in lines(question.worry, int(56 / size), 3)]
        high = 30 * size * len(written)
        return (
            *panel(538, 560 - high - 124, 610, high + 250),
            title("Please ask first", 560 - high - 76, 32 * size),
            *paragraph(written, 578, 560 - high - 24, 19 * size),
            Text(
                "Heron will be here when the answer is known.", 578, 572, 19 * size, colour("text_soft"), 1.0, "left"
            ),
        )
