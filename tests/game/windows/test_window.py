"""Facts about the pace of windows: who is watched paints every frame, who is not seldom; both step alike."""

from collections.abc import Sequence
from itertools import repeat

import pytest

from engine.ports import TICK_S
from game.draw import DrawList, Rect
from game.windows import WindowInputs, open_window
from game.windows.window import HURRIED_S, keep_pace
from tests.game.test_running import ScriptedWindow
from tests.game.windows.made import Pictures


class Paced:
    """So many frames; frame n is as many units wide."""

    def __init__(self, frames: int, *, hurry: bool, painted_s: float) -> None:
        self.elapsed_s: list[float] = []
        self.told = 0
        window = ScriptedWindow(repeat(WindowInputs()))
        self._frames = frames
        keep_pace(window, self._step, self._shown, hurry, painted_s)
        self.painted = [_width(ops) for ops in window.pictures]

    def _step(self, elapsed_s: float, _seen: WindowInputs) -> DrawList | None:
        if len(self.elapsed_s) == self._frames:
            return None
        self.elapsed_s.append(elapsed_s)
        return (Rect(0, 0, len(self.elapsed_s), 1, (0, 0, 0)),)

    def _shown(self, worked_s: float) -> None:
        assert worked_s >= 0
        self.told += 1


def _width(ops: Sequence[object]) -> float:
    (rect,) = ops
    assert isinstance(rect, Rect)
    return rect.width


@pytest.mark.parametrize(
    ("frames", "hurry", "painted_s", "painted", "told"),
    [
        (6, False, 0.0, [1, 2, 3, 4, 5, 6], 6),
        (15, False, 0.2, [1, 13, 15], 2),
        (15, True, 0.2, [1, 7, 13, 15], 3),
    ],
)
def test_what_is_painted_goes_by_the_time_of_play(
    frames: int, hurry: bool, painted_s: float, painted: list[int], told: int
) -> None:
    """The last picture is painted all the same: it may be saved."""
    paced = Paced(frames, hurry=hurry, painted_s=painted_s)
    assert (paced.painted, paced.told) == (painted, told)


def test_frames_are_a_sixtieth_of_a_second_apart_by_the_clock_or_else_a_thirtieth_by_word() -> None:
    real, hurried = Paced(10, hurry=False, painted_s=0.0), Paced(10, hurry=True, painted_s=0.0)
    assert sum(real.elapsed_s) == pytest.approx(9 * TICK_S, abs=0.2)
    assert hurried.elapsed_s == [HURRIED_S] * 10


def test_nobody_watches_a_picture_in_memory(pictures: Pictures) -> None:
    window, told, frames = open_window("memory", "Heron", pictures), list[float](), iter([(), (), (), None])
    window.run(lambda _elapsed_s, _seen: next(frames), told.append)
    assert len(told) == 1
