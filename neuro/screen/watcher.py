"""Looks for the game's marks in a process of its own, so that no frame of the game waits for it."""

import multiprocessing
import signal
from ctypes import c_ubyte
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from neuro.screen.detector import Places, TagDetector, need_opencv
from neuro.screen.lens import Calibration
from neuro.screen.plane import Homography

EVERY_S = 0.09
"""At most every third of 30 pictures a second: 10 Hz, three sights for each 0.3 s that one is held."""

SCENE_PX = (1600, 1200)
"""Neon's scene camera, width and height."""

_STOP_S = 2.0  # a picture takes 10 ms; only a process that hangs takes longer

Watch = Literal["starting", "watching", "lost", "closed"]


class TagWatcher:
    """Pictures in, sights of the screen out; neither ever waits. For one thread at a time.

    The process holds one picture; of those that come meanwhile only the newest is kept. When the process dies the
    state is `lost`, and a new watcher may be opened.

    Raises: DeviceUnavailable: OpenCV is not installed (when it is opened).
    """

    def __init__(self, places: Places, calibration: Calibration, frame_px: tuple[int, int] = SCENE_PX) -> None:
        self.state: Watch = "starting"
        self._places = places
        self._calibration = calibration
        self._shape = frame_px[::-1]
        self._next: tuple[NDArray[np.uint8], float] | None = None
        self._busy = True  # until the process says that it is ready
        self._sent_s = -np.inf

    def __enter__(self) -> Self:
        need_opencv()
        spawn = multiprocessing.get_context("spawn")  # the game has threads and a window: they must not be copied
        shared = spawn.RawArray(c_ubyte, self._shape[0] * self._shape[1])
        self._desk = _picture(shared, self._shape)
        self._pipe, theirs = spawn.Pipe()
        self._process: BaseProcess = spawn.Process(
            target=_watch,
            args=(theirs, shared, self._shape, self._places, self._calibration),
            name="heron-screen",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end("closed")

    @property
    def trouble(self) -> str | None:
        """One sentence for people when the process has died, else None."""
        if self.state != "lost":
            return None
        return (
            "Heron no longer looks for the screen in the glasses' video: play on without gaze, or start Heron again."
        )

    def offer(self, frame: NDArray[np.uint8], t_s: float) -> None:
        """A picture (height, width), grey, taken at t_s; it must not be changed before the next one is offered.

        Raises: ValueError: it has another size than was said.
        """
        if frame.shape != self._shape:
            raise ValueError(f"a scene camera of {self._shape[::-1]} px gave a picture of {frame.shape[::-1]}")
        self._next = (frame, t_s)
        self._hand_over()

    def read(self) -> Homography | None:
        """What was found since the last call; None where nothing was, or nothing yet."""
        found = self._answer()
        self._hand_over()
        return found

    def _answer(self) -> Homography | None:
        if self._over:
            return None
        try:
            if not self._pipe.poll():
                return None
            found: Homography | None = self._pipe.recv()
        except (EOFError, OSError):  # the process is gone: said by the state
            self._end("lost")
            return None
        self.state, self._busy = "watching", False
        return found

    def _hand_over(self) -> None:
        if self._next is None or self._busy or self._over:
            return
        frame, t_s = self._next
        if t_s - self._sent_s < EVERY_S:
            return
        np.copyto(self._desk, frame)
        self._next, self._sent_s, self._busy = None, t_s, True
        try:
            self._pipe.send(t_s)
        except OSError:  # as above
            self._end("lost")

    @property
    def _over(self) -> bool:
        return self.state in ("lost", "closed")

    def _end(self, state: Watch) -> None:
        if self._over:
            return
        self.state = state
        self._pipe.close()  # the process reads the end of its work
        self._process.join(_STOP_S)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()


def _watch(
    pipe: "Connection[Any, Any]", shared: Any, shape: tuple[int, int], places: Places, calibration: Calibration
) -> None:
    """The process: answers each time stamp with what is seen in the shared picture, until the game hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the game, which then hangs up
    detect, frame = TagDetector(places, calibration), _picture(shared, shape)
    try:
        pipe.send(None)
        while True:
            pipe.send(detect(frame, pipe.recv()))
    except (EOFError, OSError):
        pipe.close()


def _picture(shared: Any, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """The shared bytes as a picture."""
    return np.frombuffer(shared, np.uint8).reshape(shape)
