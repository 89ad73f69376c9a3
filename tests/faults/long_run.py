"""Half an hour with both devices, in real time: `python -m tests.faults.long_run [MINUTES]`."""

import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from threading import Event

import numpy as np
import psutil
from numpy.typing import NDArray

import assets
from neuro.listener import Background, Listener, Poll
from neuro.pipeline import Pipeline
from neuro.scorer import load
from neuro.sources.uri import open_eeg, open_gaze
from tests.faults.processes import emulated

REST_S = 60.0
SETTLED_S = 120.0
"""Caches and windows are full by then, and the memory is what it will be."""

MOST_GROWTH_MB, MOST_CORE = 5.0, 0.12
EEG_HZ, GAZE_HZ = 250.0, 200.0
MOST_GAPS = 20


@dataclass
class Tally:
    """What came, counted as it comes; nothing of it is kept.

    skipped: samples whose time passed without them; marked: NaN in their place
    gaps:    of the first losses, when (seconds from the start) and how many samples
    """

    rate_hz: float
    came: int = 0
    marked: int = 0
    skipped: int = 0
    newest_s: float | None = None
    oldest_s: float = 0.0
    gaps: list[tuple[float, int]] = field(default_factory=list)

    def take(self, t_s: NDArray[np.float64], lost: NDArray[np.bool_]) -> None:
        if not t_s.size:
            return
        if self.newest_s is None:
            self.oldest_s = self.newest_s = float(t_s[0]) - 1 / self.rate_hz
        steps = np.rint(np.diff(t_s, prepend=self.newest_s) * self.rate_hz)
        skipped, marked = int(np.maximum(steps - 1, 0).sum()), int(lost.sum())
        if skipped + marked and len(self.gaps) < MOST_GAPS:
            self.gaps.append((round(float(t_s[0]) - self.oldest_s, 1), skipped + marked))
        self.skipped += skipped
        self.marked += marked
        self.came += int((~lost).sum())
        self.newest_s = float(t_s[-1])

    def line(self, name: str) -> str:
        rate_hz = (self.came + self.marked + self.skipped) / ((self.newest_s or 0.0) - self.oldest_s)
        lost = f"{self.marked + self.skipped} lost"
        return f"{name}: {self.came} samples at {rate_hz:.3f} Hz, {f'{lost} {self.gaps}' if self.gaps else lost}"


class Usage:
    """What this process takes, from when it is settled on."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._since_s = time.monotonic()
        self._cpu_s = self._used_s()
        self.first_mb = self.resident_mb()
        self.most_mb = self.first_mb

    def resident_mb(self) -> float:
        return float(self._process.memory_info().rss) / 1e6

    def watch(self) -> None:
        self.most_mb = max(self.most_mb, self.resident_mb())

    def core_share(self) -> float:
        return (self._used_s() - self._cpu_s) / (time.monotonic() - self._since_s)

    def _used_s(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)


def run(minutes: float) -> bool:
    """Whether nothing was lost, memory stayed flat and the processor was hardly used."""
    eeg, gaze, states = Tally(EEG_HZ), Tally(GAZE_HZ), Counter[str]()
    lives: set[tuple[str, str]] = set()
    looked_s, rarest_s, rarest_at_s = inf, 0.0, 0.0

    def hear(poll: Poll) -> None:
        nonlocal looked_s, rarest_s, rarest_at_s
        if poll.now_s - looked_s > rarest_s:
            rarest_s, rarest_at_s = poll.now_s - looked_s, poll.now_s - eeg.oldest_s
        looked_s = poll.now_s
        eeg.take(poll.chunk.t_s, np.asarray(np.isnan(poll.chunk.uv).any(axis=0)))
        gaze.take(poll.gaze.t_s, np.zeros(poll.gaze.t_s.size, bool))
        states.update(each.state for each in poll.estimates)
        lives.add((poll.headset.life.state, poll.tracker.life.state))

    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory())
        cyton, neon = opened.enter_context(emulated(Path(folder)))
        headset, tracker = open_eeg(cyton.address, time.monotonic), open_gaze(neon.address, time.monotonic)
        assert headset is not None
        assert tracker is not None
        opened.enter_context(headset)
        opened.enter_context(tracker)
        listener = Listener(headset, tracker, Pipeline(headset.headset, load(assets.model())))
        background = opened.enter_context(Background(listener, time.monotonic))
        began_s, usage, pause = time.monotonic(), None, Event()
        while (passed_s := time.monotonic() - began_s) < 60 * minutes:
            background.phase = "rest" if passed_s < REST_S else "play"
            pause.wait(0.1)
            for poll in background.taken():
                hear(poll)
            if usage is None and passed_s > min(SETTLED_S, 30 * minutes):
                usage = Usage()
            if usage is not None:
                usage.watch()
        assert usage is not None
        grown_mb, core_share = usage.resident_mb() - usage.first_mb, usage.core_share()
        most_mb = usage.most_mb - usage.first_mb
    say = sys.stdout.write
    say(f"{minutes:g} minutes\n{eeg.line('Cyton')}\n{gaze.line('Neon')}\n")
    say(f"estimates: {dict(states)}; lives of headset and tracker: {sorted(lives)}\n")
    say(f"longest time between two looks at the devices: {rarest_s:.3f} s, after {rarest_at_s:.0f} s\n")
    say(f"memory: {usage.first_mb:.1f} MB when settled, {grown_mb:+.2f} MB at the end, at most {most_mb:+.2f} MB\n")
    say(f"processor: {core_share:.3f} of one core\n")
    lost = eeg.marked + eeg.skipped + gaze.skipped
    return lost == 0 and grown_mb < MOST_GROWTH_MB and core_share < MOST_CORE


if __name__ == "__main__":
    sys.exit(0 if run(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0) else 1)
