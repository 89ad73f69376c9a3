"""A sitting in real time without a screen: a window that a script sits before, and a notebook that is a list."""

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.ports import TICK_S
from engine.store.rows import EventRow, PollRow, Row, SegmentRow, Stream
from game.draw import DrawList
from game.flash import ACROSS, DOWN, Pixels
from game.windows import WindowInputs
from game.windows.window import Shown, Step

Script = Iterator[WindowInputs]


class Notes:
    """A notebook that is a list."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, row: Row) -> None:
        self.rows.append(row)

    def lives(self) -> list[tuple[str, str, str | None]]:
        """Device, state and reason of each change of life."""
        told = [json.loads(r.data_json) for r in self.rows if isinstance(r, EventRow) and r.kind == "device_life"]
        return [(each["device"], each["state"], each["reason"]) for each in told]

    def state(self, device: Stream) -> str:
        return next((state for each, state, _ in reversed(self.lives()) if each == device), "absent")

    def polls(self, stream: Stream) -> list[PollRow]:
        """Those that brought something."""
        return [r for r in self.rows if isinstance(r, PollRow) and r.stream == stream and r.t_s.size]

    def stamps(self, stream: Stream) -> NDArray[np.float64]:
        return np.concatenate([row.t_s for row in self.polls(stream)])

    def segment_start_s(self, device: Stream) -> float:
        """The first sample after the longest gap."""
        stamps = self.stamps(device)
        return float(stamps[int(np.diff(stamps).argmax()) + 1])

    def segments(self, device: Stream) -> list[SegmentRow]:
        return [r for r in self.rows if isinstance(r, SegmentRow) and r.device == device]


class RealTimeWindow:
    """Steps sixty times a second, with what a script does, until the script closes it; keeps how long a step took."""

    note: str | None = None

    def __init__(self, script: Script) -> None:
        self._script = script
        self.steps_s: list[float] = []

    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:  # noqa: ARG002 -- nothing is shown
        pace, last_s = Event(), time.monotonic()
        for seen in self._script:
            pace.wait(TICK_S)
            began_s = time.monotonic()
            picture = step(began_s - last_s, seen)
            last_s = began_s
            self.steps_s.append(time.monotonic() - began_s)
            if picture is None:
                return

    def poll(self) -> WindowInputs:
        return next(self._script)

    def paint(self, ops: DrawList) -> None: ...

    def show(self) -> None: ...

    def glance(self) -> Pixels:
        return np.zeros((DOWN, ACROSS, 3), np.uint8)

    def screenshot(self) -> Image.Image:
        raise AssertionError("nobody photographs a script")

    def save(self, path: Path) -> None:  # noqa: ARG002 -- nothing is saved
        raise AssertionError("nobody photographs a script")

    def close(self) -> None: ...


def until(is_so: Callable[[], bool], limit_s: float) -> Script:
    """Frames in which nobody does anything."""
    end_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < end_s, f"it did not happen within {limit_s} s"
        yield WindowInputs()


def press_through(scene: Callable[[], str]) -> Script:
    """From the first screen past the fit check."""
    for waiting in ("start", "fit"):
        yield from until(partial(lambda waited_for: scene() == waited_for, waiting), 5.0)
        yield from [WindowInputs()] * 30
        yield WindowInputs(pressed=("confirm",))
