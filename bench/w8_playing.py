"""W8: the game at 60 frames a second, with the whole signal path in its thread beside it and without."""

import gc
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import cast

import numpy as np

import assets
from bench.heron import headset, rested
from bench.measure import Progress, Result, Row
from bench.signals import GAZE_RATE_HZ, RATE_HZ, Eeg, Eyes, eeg, eyes
from engine.level import LEVELS
from engine.ports import Inputs
from engine.session import Setup, alike
from game.autopilot import Autopilot
from game.draw import DrawList
from game.loop import Loop
from game.scenes.scene import Quit, Scene, Show
from game.scenes.start import begin
from game.windows import Window, WindowInputs
from game.windows.pygame_window import MemoryWindow
from neuro.baseline import Baseline
from neuro.listener import Background, Listener, Poll
from neuro.pipeline import Pipeline
from neuro.scorer import load
from neuro.sources.twin import Twin
from neuro.types import Chunk, Gaze, Phase

SPELL_S = 10.0
LEAST_S = 60.0
"""Of each kind; spells with and without take turns."""

FRAME_MS = 1000 / 60

NOTES = (
    "Work in each frame: tick, rules, draw list, digest and painting in software, waiting not counted. The signal"
    " path polls 8 channels at 250 Hz and gaze at 200 Hz, 25 times a second. Not pinned: a game has all cores.",
)


class Streamed:
    """A headset and an eye tracker that deliver from memory, each sample at its time."""

    def __init__(self, uv: Eeg, looks: Eyes, clock: Callable[[], float]) -> None:
        self.headset = headset(len(uv.uv))
        self._uv = uv.uv.astype(np.float32)
        self._looks = looks
        self._clock = clock
        self._began_s = clock()
        self._read = 0
        self._seen = 0

    def read(self) -> Chunk:
        """The samples that have come since the last read."""
        t_s, wanted = self._due(RATE_HZ, self._read)
        self._read += len(t_s)
        return Chunk(self._uv[:, wanted % self._uv.shape[1]], t_s)

    def read_gaze(self) -> Gaze:
        """The same of the eyes, 20 degrees of the field to a screen."""
        t_s, wanted = self._due(GAZE_RATE_HZ, self._seen)
        self._seen += len(t_s)
        wanted %= len(self._looks.pupil_mm)
        xy = (self._looks.xy_deg[:, wanted] / 20).astype(np.float32)
        pupil = self._looks.pupil_mm[wanted].astype(np.float32)
        return Gaze(t_s, xy, pupil, np.isfinite(xy[0]).astype(np.float32))

    def _due(self, rate_hz: float, first: int) -> tuple[np.ndarray, np.ndarray]:
        wanted = np.arange(first, int((self._clock() - self._began_s) * rate_hz))
        return self._began_s + wanted / rate_hz, wanted


class Eyeglasses:
    """The tracker's side of `Streamed`."""

    def __init__(self, streamed: Streamed) -> None:
        self.read = streamed.read_gaze


class Timed:
    """A listener that notes how long each poll with a score took."""

    def __init__(self, listener: Listener) -> None:
        self.took_ms: list[float] = []
        self._listener = listener

    def poll(self, now_s: float, phase: Phase) -> Poll:
        """As `Listener.poll`."""
        began_s = time.perf_counter()
        poll = self._listener.poll(now_s, phase)
        if poll.estimates:
            self.took_ms.append(1000 * (time.perf_counter() - began_s))
        return poll


def run(seconds: float, progress: Progress) -> Result:
    """At least LEAST_S of frames with the scorer and as many without."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    spells = 2 * int(np.ceil(max(seconds, LEAST_S) / SPELL_S))
    window, scene, signal, looks = MemoryWindow(assets.picture, painted_s=0.0), started(), eeg(), eyes()
    baseline = rested(signal)
    frames_ms: tuple[list[float], list[float]] = ([], [])
    scores_ms: list[float] = []
    spell(window, scene, 2.0, [], None)  # pictures are scaled and words are drawn once
    gc.collect()
    alone_s = 0.0
    for turn in range(spells):
        listening = bool(turn % 2)
        beside = Timed(listener(signal, looks, baseline)) if listening else None
        ran_s = time.process_time()
        spell(window, scene, SPELL_S, frames_ms[listening], beside)
        alone_s += 0.0 if listening else time.process_time() - ran_s
        scores_ms += beside.took_ms if beside else []
        progress((turn + 1) / spells)
    window.close()
    had_core = min(1.0, 1000 * alone_s / sum(frames_ms[False]))  # one thread that only works or waits for its frame
    rows, facts = _rows(*frames_ms, scores_ms)
    title = "60 frames a second, a scorer beside them"
    return Result("W8", title, rows, len(frames_ms[True]), had_core, facts, NOTES)


def _rows(
    without_ms: list[float], with_ms: list[float], scores_ms: list[float]
) -> tuple[tuple[Row, ...], dict[str, float]]:
    rows = tuple(
        Row(name, 1000 * float(np.median(ms)), 1000 * float(np.percentile(ms, 99)), ours=True, work=work)
        for name, work, ms in (
            ("a frame", "no scorer", without_ms),
            ("a frame", "the scorer beside it", with_ms),
            ("a score", "in its thread", scores_ms),
        )
    )
    facts: dict[str, float] = {
        "late_without": sum(ms > FRAME_MS for ms in without_ms),
        "late_with": sum(ms > FRAME_MS for ms in with_ms),
        "frames_without": len(without_ms),
        "frames_with": len(with_ms),
        "scores": len(scores_ms),
    }
    return rows, facts


SETUP = Setup(alike(LEVELS.find("strike-01"), 600.0), seed=1, rest_s=10.0, warmup_s=10.0, has_headset=False)


def started() -> Scene:
    """A sitting without a headset at its first creature."""
    scene: Scene | Quit = begin(Show(SETUP, "Bench"))
    while not isinstance(scene, Quit):
        if scene.sitting and scene.sitting.game and scene.sitting.game.trial:
            return scene
        scene, _ = scene.update(Inputs(pressed=("confirm",)))
    raise ValueError("the sitting ended before its first creature came")


def listener(signal: Eeg, looks: Eyes, baseline: Baseline) -> Listener:
    """The whole signal path on streams that begin now."""
    streamed = Streamed(signal, looks, time.perf_counter)
    return Listener(streamed, Eyeglasses(streamed), Pipeline(streamed.headset, load(assets.model()), baseline))


def spell(window: Window, scene: Scene, seconds: float, frames_ms: list[float], beside: Timed | None) -> None:
    """Play for `seconds` from `scene` on, and note the milliseconds of work in each frame."""
    twin = Twin("adult", 1)
    start_s = twin.begin(time.perf_counter())
    loop = Loop(scene, Autopilot(twin, lambda: time.perf_counter() - start_s, SETUP))
    until_s = time.perf_counter() + seconds
    with ExitStack() as stack:
        background = None
        if beside:
            background = stack.enter_context(Background(cast(Listener, beside), time.perf_counter))
            background.phase = "play"

        def step(elapsed_s: float, _seen: WindowInputs) -> DrawList | None:
            if background:
                background.taken()
            for _ in loop.advance(elapsed_s, Inputs()):
                pass
            return loop.picture if time.perf_counter() < until_s else None

        window.run(step, lambda worked_s: frames_ms.append(1000 * worked_s))
