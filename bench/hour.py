"""An hour of the signal path on a clock of its own: its share of a core, and what it leaves in memory."""

import gc
import resource
import sys
import time
from typing import Any, cast

import numpy as np

import assets
from bench import heron
from bench.signals import GAZE_HOP, GAZE_RATE_HZ, HOP, MAINS_HZ, RATE_HZ, Eeg, Eyes, eeg, eyes
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer, Verdict, load
from neuro.twin.eyes import DEG_PER_SCREEN
from neuro.types import Gaze

HOUR_S = 3600
SETTLED_S = 120
"""What is made once is made by then: the rest is over, every window is full."""


class _Watched:
    """The scorer, and how long the net took."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self.usual_spread = scorer.usual_spread
        self.took_s = 0.0

    def __call__(self, *given: Any) -> Verdict:
        began_s = time.process_time()
        verdict = self._scorer(*given)
        self.took_s += time.process_time() - began_s
        return verdict


def facts(seconds: float = HOUR_S) -> dict[str, float]:
    """8 channels at 250 Hz and gaze at 200 Hz, polled 25 times a second and scored ten times, as fast as it goes.

    Of a core, processor time in percent; of memory, what it grew from when all had settled to the end: blocks that
    Python holds, and kB of the most that ever was resident.
    """
    signal, looks = eeg(), eyes()
    net = _Watched(load(assets.model()))
    pipeline = Pipeline(heron.headset(len(signal.uv)), cast(Scorer, net), None, MAINS_HZ)
    polls_a_second = RATE_HZ / HOP
    _heard(pipeline, signal, looks, 0, int(SETTLED_S * polls_a_second))
    before, net.took_s = _memory(), 0.0
    took_s = _heard(pipeline, signal, looks, int(SETTLED_S * polls_a_second), int(seconds * polls_a_second))
    blocks, resident_kb = (after - was for was, after in zip(before, _memory(), strict=True))
    return {
        "percent_of_a_core_without_the_net": 100 * (took_s - net.took_s) / (seconds - SETTLED_S),
        "percent_of_a_core_with_it": 100 * took_s / (seconds - SETTLED_S),
        "blocks_grown_in_an_hour": blocks,
        "resident_kB_grown_in_an_hour": resident_kb,
    }


def _heard(pipeline: Pipeline, signal: Eeg, looks: Eyes, first: int, after: int) -> float:
    """CPU seconds of polls; what a source does is not counted."""
    took_s = 0.0
    for k in range(first, after):
        chunk, gaze = signal.chunk(k), _gaze(looks, k)
        began_s = time.process_time()
        pipeline.step(float(chunk.t_s[-1]), "rest" if chunk.t_s[0] < heron.REST_S else "play", chunk, gaze)
        took_s += time.process_time() - began_s
    return took_s


def _gaze(looks: Eyes, k: int) -> Gaze:
    """What poll k brings."""
    deg, pupil_mm = looks.window(k)
    xy = (deg[:, -GAZE_HOP:] / np.array(DEG_PER_SCREEN)[:, None]).astype(np.float32)
    t_s = (k * GAZE_HOP + np.arange(GAZE_HOP)) / GAZE_RATE_HZ
    return Gaze(t_s, xy, pupil_mm[-GAZE_HOP:].astype(np.float32), np.isfinite(xy[0]).astype(np.float32))


def _memory() -> tuple[int, float]:
    """Blocks that Python holds, and the most that ever was resident, kB."""
    gc.collect()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return sys.getallocatedblocks(), peak / 1024 if sys.platform == "darwin" else peak
