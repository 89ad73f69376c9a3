"""What a window is to the rest of the game: it takes draw lists, hands out inputs and owns the only clock."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import NamedTuple, Protocol

from PIL import Image

from engine.ports import TICK_S, Action
from game.draw import DrawList
from game.flash import Pixels
from game.keyboard import KEYS

HURRIED_S = 2 * TICK_S
UNWATCHED_S = 2.0
"""Between two pictures where nobody watches."""

Step = Callable[[float, "WindowInputs"], DrawList | None]
"""(seconds since the last call, what was done meanwhile) -> the next picture, or None to leave."""

Shown = Callable[[float], None]
"""(seconds of work that the frame took, waiting not counted) -> nothing."""


class WindowInputs(NamedTuple):
    """What was done since the last poll.

    pressed: actions that went down, in alphabetical order
    pointer: where the mouse is, in the picture's units; None outside the picture
    clicked: whether the left button went down
    closed:  whether the person asked the window to close
    focused: whether the window has the keyboard
    keys:    names of the keys that went down, as in KEYS
    typed:   letters, as the keyboard or an input method put them together; "\\b" takes one back
    held:    whether a key or the left button is down
    """

    pressed: tuple[Action, ...] = ()
    pointer: tuple[float, float] | None = None
    clicked: bool = False
    closed: bool = False
    focused: bool = True
    keys: tuple[str, ...] = ()
    typed: str = ""
    held: bool = False


def usual(keys: Iterable[str]) -> tuple[Action, ...]:
    """What keys mean where nobody has chosen otherwise."""
    return tuple(sorted({action for key in keys for action in KEYS.get(key, ())}))


def meant(seen: WindowInputs, own: Sequence[tuple[str, Action]]) -> tuple[Action, ...]:
    """What was pressed, where some keys mean what the player has chosen and no longer what they usually do."""
    if not own:
        return seen.pressed
    chosen = {name: (action,) for name, action in own}
    return tuple(sorted({action for key in seen.keys for action in chosen.get(key, KEYS.get(key, ()))}))


class Window(Protocol):
    """A place to paint on. `note` is a sentence for the person when it is not the window that was asked for."""

    note: str | None

    def poll(self) -> WindowInputs: ...
    def paint(self, ops: DrawList) -> None: ...
    def show(self) -> None: ...
    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:
        """As `keep_pace`; `shown` hears of each picture that was painted on the way."""
        ...

    def screenshot(self) -> Image.Image: ...
    def glance(self) -> Pixels:
        """The picture that was painted last, in few pixels; it may also be asked for after `show`."""
        ...

    def save(self, path: Path) -> None: ...
    def close(self) -> None: ...


def keep_pace(window: Window, step: Step, shown: Shown, hurry: bool = False, painted_s: float = 0.0) -> None:
    """Poll, step, paint and show sixty times a second, until `step` returns None.

    hurry:     do not wait, and call every frame a thirtieth of a second
    painted_s: paint one picture in so many seconds of play, and the last
    """
    every = max(1, round(painted_s / (HURRIED_S if hurry else TICK_S)))
    unseen: DrawList | None = None
    for number, elapsed_s in enumerate(repeat(HURRIED_S) if hurry else _paced()):
        began_s = time.perf_counter()
        ops = step(elapsed_s, window.poll())
        if ops is None:
            break
        unseen = ops
        if number % every == 0:
            window.paint(ops)
            window.show()
            shown(time.perf_counter() - began_s)
            unseen = None
    if unseen is not None:
        window.paint(unseen)
        window.show()


def _paced() -> Iterator[float]:
    """How long ago the last frame began, sixty times a second."""
    last_s = due_s = time.perf_counter()
    while True:
        now_s = time.perf_counter()
        yield now_s - last_s
        last_s = now_s
        due_s += TICK_S
        done_s = time.perf_counter()
        if due_s > done_s:
            time.sleep(due_s - done_s)
        else:  # late: do not hurry to catch up, the loop's fixed ticks do
            due_s = done_s
