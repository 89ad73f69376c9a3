"""Takes what the devices have, hands over estimates: in the caller's thread, or in one of its own."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from neuro.errors import DeviceLost
from neuro.pipeline import Pipeline
from neuro.types import Chunk, Estimate, Gaze, Headset, Phase

POLL_S = 1 / 25


class EegSource(Protocol):
    """A headset, open. `read` never blocks and raises DeviceLost while the headset is gone."""

    @property
    def headset(self) -> Headset: ...
    def read(self) -> Chunk: ...


class GazeSource(Protocol):
    """An eye tracker, open. `read` never blocks and raises DeviceLost while the tracker is gone."""

    def read(self) -> Gaze: ...


@dataclass(frozen=True, slots=True)
class Poll:
    """One look at the devices: enough to make its estimates again.

    trouble: what the headset or the tracker said when it was gone; None while all is well
    """

    now_s: float
    phase: Phase
    chunk: Chunk
    gaze: Gaze
    estimates: tuple[Estimate, ...]
    trouble: str | None = None


class Listener:
    """Reads both devices at once; either may be missing."""

    def __init__(self, eeg: EegSource | None, gaze: GazeSource | None, pipeline: Pipeline | None) -> None:
        """pipeline: there is one exactly where there is an eeg source."""
        self._eeg = eeg
        self._gaze = gaze
        self.pipeline = pipeline

    def poll(self, now_s: float, phase: Phase) -> Poll:
        """All that has arrived, and what it means."""
        chunk, eeg_trouble = self._read_eeg()
        gaze, gaze_trouble = self._read_gaze()
        estimates = self.pipeline.step(now_s, phase, chunk) if self.pipeline else ()
        return Poll(now_s, phase, chunk, gaze, estimates, eeg_trouble or gaze_trouble)

    def _read_eeg(self) -> tuple[Chunk, str | None]:
        if self._eeg is None:
            return Chunk.empty(0), None
        try:
            return self._eeg.read(), None
        except DeviceLost as lost:
            return Chunk.empty(len(self._eeg.headset.channels)), str(lost)

    def _read_gaze(self) -> tuple[Gaze, str | None]:
        if self._gaze is None:
            return Gaze.empty(), None
        try:
            return self._gaze.read(), None
        except DeviceLost as lost:
            return Gaze.empty(), str(lost)


class Background:
    """Polls a listener 25 times a second in a thread of its own, so that no frame waits for a signal.

    What fails in the thread ends it, and is raised where its polls are taken, or at the latest when it is left.
    """

    def __init__(self, listener: Listener, clock: Callable[[], float]) -> None:
        self.phase: Phase = "fit"
        self._listener = listener
        self._clock = clock
        self._polls: deque[Poll] = deque()
        self._failure: Exception | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heron-listener", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        if error is None:
            self._raise_failure()

    def taken(self) -> list[Poll]:
        """The polls since the last call, oldest first.

        Raises: what ended the thread, once all polls before it are taken.
        """
        polls = [self._polls.popleft() for _ in range(len(self._polls))]
        if not polls:
            self._raise_failure()
        return polls

    def _raise_failure(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _run(self) -> None:
        while not self._stop.wait(POLL_S):
            try:
                self._polls.append(self._listener.poll(self._clock(), self.phase))
            except Exception as failure:  # nobody would hear it in this thread
                self._failure = failure
                return
