"""Takes what the devices have, hands over estimates: in the caller's thread, or in one of its own."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from neuro.clock.fit import Clocked, ClockFit
from neuro.errors import DeviceLost
from neuro.explain import Why, why
from neuro.life import ABSENT, Life, Look, next_life
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.screen import Mapped, ScreenMapper
from neuro.types import Chunk, Estimate, Gaze, Headset, Phase
from neuro.units import UnitsCheck

POLL_S = 1 / 25
EXPLAINED_EVERY_S = 1.0

NO_HEAD = "It sits on no head yet: put it on, so that its sensors touch the skin."
NO_EYES = "It sees no eyes: put it on, and open them."


class EegSource(Protocol):
    """A headset, open. `read` never blocks and raises DeviceLost while the headset is gone."""

    @property
    def headset(self) -> Headset: ...
    def read(self) -> Chunk: ...


class GazeSource(Protocol):
    """An eye tracker, open. `read` never blocks and raises DeviceLost while the tracker is gone."""

    def read(self) -> Gaze: ...


@runtime_checkable
class FeelsTheHead(Protocol):
    """A tracker that is worn on the head. head_motion_rad_s: RMS over the last half second, None while unknown."""

    @property
    def head_motion_rad_s(self) -> float | None: ...


class Models(Protocol):
    """Where a newer model may come from while we listen; `neuro.registry.Registry` is one."""

    def newer(self) -> Scorer | None: ...


@dataclass(frozen=True, slots=True)
class Device:
    """How a device is, None where it has no such thing or nothing is known of it.

    clock:             its own against the host's
    mapped:            how its gaze comes onto the screen, where it has a camera
    head_motion_rad_s: how fast the head turned in the last half second, RMS
    """

    life: Life = ABSENT
    clock: ClockFit | None = None
    mapped: Mapped | None = None
    head_motion_rad_s: float | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """One look at the devices: enough to make its estimates again.

    trouble: what the headset or the tracker said when it was gone; None while all is well
    headset, tracker: how each of them is
    model: the SHA-256 of a model that scores from this poll on; None where it is the one of before
    why: what the newest score rested on, once a second
    """

    now_s: float
    phase: Phase
    chunk: Chunk
    gaze: Gaze
    estimates: tuple[Estimate, ...]
    trouble: str | None = None
    headset: Device = Device()
    tracker: Device = Device()
    model: str | None = None
    why: Why | None = None


class Listener:
    """Reads both devices at once; either may be missing, and what happens to one is nothing to the other."""

    def __init__(
        self,
        eeg: EegSource | None,
        gaze: GazeSource | None,
        pipeline: Pipeline | None,
        mapper: ScreenMapper | None = None,
        models: Models | None = None,
    ) -> None:
        """Begin.

        pipeline: there is one exactly where there is an eeg source
        mapper:   for a tracker with a camera
        models:   asked for a newer model before each poll; none for a sitting, whose threshold belongs to one model
        """
        self._eeg = eeg
        self._gaze = gaze
        self._mapper = mapper
        self._models = models
        self._explained_s = -np.inf
        self.pipeline = pipeline
        self._headset = _Watched(eeg, NO_HEAD if pipeline else None)
        self._tracker = _Watched(gaze, None)
        self._units = UnitsCheck(eeg.headset) if eeg and pipeline else None

    def poll(self, now_s: float, phase: Phase) -> Poll:
        """All that has arrived, and what it means."""
        model = self._swapped()
        chunk, eeg_trouble = self._read_eeg()
        gaze, gaze_trouble = self._read_gaze()
        estimates = self.pipeline.step(now_s, phase, chunk, gaze) if self.pipeline else ()
        self._judge_fit(chunk, gaze, estimates)
        return Poll(
            now_s,
            phase,
            chunk,
            gaze,
            estimates,
            eeg_trouble or gaze_trouble,
            self._headset.looked_at(now_s, chunk.t_s, eeg_trouble),
            self._felt(self._tracker.looked_at(now_s, gaze.t_s, gaze_trouble)),
            model,
            self._why(),
        )

    def _swapped(self) -> str | None:
        """Between two windows: the pipeline goes on with a newer model, where there is one."""
        newer = self._models.newer() if self._models and self.pipeline else None
        if newer is None or self.pipeline is None:
            return None
        self.pipeline.take_model(newer)
        return newer.sha256

    def _why(self) -> Why | None:
        seen = self.pipeline.seen if self.pipeline else None
        if seen is None or seen.t_s - self._explained_s < EXPLAINED_EVERY_S or self._eeg is None:
            return None
        self._explained_s = seen.t_s
        return why(seen.t_s, seen.verdict, seen.z, self._eeg.headset.channels)

    def _felt(self, tracker: Device) -> Device:
        """With what only a tracker on the head can say."""
        turning = self._gaze.head_motion_rad_s if isinstance(self._gaze, FeelsTheHead) else None
        return replace(tracker, mapped=self._mapper.mapped if self._mapper else None, head_motion_rad_s=turning)

    def _judge_fit(self, chunk: Chunk, gaze: Gaze, estimates: tuple[Estimate, ...]) -> None:
        if self._units:
            self._units.take(chunk)
            if estimates and estimates[-1].channels:
                wrong_unit = self._units.sentence() if estimates[-1].state != "good" else None
                self._headset.unfit = wrong_unit or (NO_HEAD if estimates[-1].state == "not_worn" else None)
        if gaze.t_s.size:
            self._tracker.unfit = None if (gaze.confidence > 0).any() else NO_EYES

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
            gaze = self._gaze.read()
        except DeviceLost as lost:
            return Gaze.empty(), str(lost)
        return self._mapper(gaze) if self._mapper else gaze, None


class _Watched:
    """One device's life. unfit: as in `Look`, until it is set anew."""

    def __init__(self, source: EegSource | GazeSource | None, unfit: str | None) -> None:
        """Args: source: open, so that it can say whether it has a clock."""
        self.unfit = unfit
        self._is_there = source is not None
        self._clocked = source if isinstance(source, Clocked) else None
        self._newest_s: float | None = None
        self._life = ABSENT

    def looked_at(self, now_s: float, t_s: NDArray[np.float64], trouble: str | None) -> Device:
        """How it is now, after it brought samples with the stamps t_s (n,)."""
        if not self._is_there:
            return Device()
        if t_s.size:
            self._newest_s = float(t_s[-1])
        age_s = None if self._newest_s is None else now_s - self._newest_s
        self._life = next_life(self._life, Look(now_s, age_s, trouble, self.unfit))
        return Device(self._life, self._clocked.clock_fit if self._clocked else None)


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
