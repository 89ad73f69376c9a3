"""A page that asks: its words and choices over the marsh, and what follows once it is answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.ports import Inputs
from game.draw import Disc, DrawList, Text
from game.scenes.marsh import Marsh
from game.scenes.scene import Quit, Scene, crossfade
from game.widgets import Menu, colour

CALM_TICKS = 24
"""A hand that is still pressing answers nothing before the page has been seen."""

Then = Callable[[Marsh, DrawList], Scene | Quit]
"""What follows, over the same marsh and in place of these words."""


@dataclass(frozen=True, slots=True)
class Page:
    """Choices and how long they have been there; before: the words that they replace."""

    menu: Menu
    before: DrawList = ()
    since: int = 0

    def update(self, inputs: Inputs) -> tuple["Page", str | None]:
        """One tick later, and what was chosen; "back" where the player went back."""
        menu, chosen = self.menu.update(inputs)
        if chosen is None and "back" in inputs.pressed:
            chosen = "back"
        calm = self.since >= CALM_TICKS
        return replace(self, menu=menu, since=self.since + 1), chosen if calm else None

    def draw(self, words: DrawList) -> DrawList:
        return crossfade(self.before, self.whole(words), self.since)

    def whole(self, words: DrawList) -> DrawList:
        return (*words, *self.menu.draw())


def steps(number: int, of: int, x: float, y: float) -> DrawList:
    """How many pages there are: the ones before this are filled, this one is larger."""
    ops: list[Disc] = []
    for i in range(of):
        ops.append(Disc(x + 22 * i, y, 7 if i == number else 5, colour("accent" if i <= number else "text_soft")))
        if i > number:
            ops.append(Disc(x + 22 * i, y, 3, colour("panel")))
    return tuple(ops)


def title(words: str, y: float, size: float) -> Text:
    return Text(words, 578, y, size, colour("text"), 1.0, "left")
