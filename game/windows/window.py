"""What a window is to the rest of the game: it takes draw lists, hands out inputs and owns the only clock."""

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol

from PIL import Image

from engine.ports import TICK_S, Action
from game.draw import DrawList
from game.flash import Pixels
from game.keyboard import KEYS

HURRIED_S = 2 * TICK_S
PAINTED = 15
"""Of hurried frames, one in so many."""

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
    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None: ...
    def screenshot(self) -> Image.Image: ...
    def glance(self) -> Pixels:
        """The picture that was painted last, in few pixels; it may also be asked for after `show`."""
        ...

    def save(self, path: Path) -> None: ...
    def close(self) -> None: ...


def keep_pace(window: Window, step: Step, shown: Shown, hurry: bool = False) -> None:
    """Poll, step, paint and show sixty times a second, until `step` returns None.

    hurry: do not wait, call every frame a thirtieth of a second, and paint two of them a second and the last: nobody
    watches.
    """
    if hurry:
        _hurry(window, step, shown)
        return
    last = due = time.perf_counter()
    while True:
        now = time.perf_counter()
        ops = step(now - last, window.poll())
        if ops is None:
            return
        last = now
        window.paint(ops)
        window.show()
        done = time.perf_counter()
        shown(done - now)
        due += TICK_S
        if due > done:
            time.sleep(due - done)
        else:  # late: do not hurry to catch up, the loop's fixed ticks do
            due = done


def _hurry(window: Window, step: Step, shown: Shown) -> None:
    unseen: DrawList | None = None
    for number in count():
        began = time.perf_counter()
        ops = step(HURRIED_S, window.poll())
        if ops is None:
            break
        unseen = ops
        if number % PAINTED == 0:
            window.paint(ops)
            window.show()
            shown(time.perf_counter() - began)
            unseen = None
    if unseen is not None:
        window.paint(unseen)
        window.show()
