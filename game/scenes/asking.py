"""A page that asks: its words and choices over the marsh, and what follows once it is answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.ports import Inputs
from game.draw import Disc, DrawList
from game.scenes.marsh import Marsh
from game.scenes.scene import Quit, Scene, crossfade
from game.widgets.choices import Choice
from game.widgets.menu import Menu
from game.widgets.paint import Box, colour
from game.widgets.sheet import Art, Sheet

CALM_TICKS = 24
"""A hand that is still pressing answers nothing before the page has been seen."""

Then = Callable[[Marsh, DrawList], Scene | Quit]
"""What follows, over the same marsh and in place of these words."""


@dataclass(frozen=True, slots=True)
class Page:
    """The focus of a sheet and how long it has been there; before: the words that it replaces."""

    menu: Menu = Menu()  # noqa: RUF009 -- frozen
    before: DrawList = ()
    since: int = 0

    def update(self, inputs: Inputs, choices: Sequence[Choice]) -> tuple["Page", str | None]:
        """One tick later, and the key of what was chosen; "back" where the player went back."""
        menu, told = self.menu.update(inputs, choices)
        chosen = told.key if told else "back" if "back" in inputs.pressed else None
        calm = self.since >= CALM_TICKS
        return replace(self, menu=menu, since=self.since + 1), chosen if calm else None

    def draw(self, laid: Sheet) -> DrawList:
        return crossfade(self.before, self.whole(laid), self.since)

    def whole(self, laid: Sheet) -> DrawList:
        return (*laid.ops, *self.menu.draw(laid.choices))


def steps(number: int, of: int) -> Art:
    """How many pages there are: the ones before this are filled, this one is larger."""

    def drawn(box: Box) -> DrawList:
        ops: list[Disc] = []
        for i in range(of):
            x = box.x + 22 * (i - (of - 1) / 2)
            ops.append(
                Disc(x, box.top + 6, 7 if i == number else 5, colour("accent" if i <= number else "text_soft"))
            )
            if i > number:
                ops.append(Disc(x, box.top + 6, 3, colour("panel")))
        return tuple(ops)

    return Art(24, drawn)
