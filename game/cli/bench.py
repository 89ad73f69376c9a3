"""What this machine makes of Heron: start, frames, scoring, memory; measured afresh at each call."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from edfio import Edf, EdfSignal

import assets
from neuro.eyes.window import window
from neuro.listener import POLL_S
from neuro.pipeline import Front, Pipeline
from neuro.scorer import load
from neuro.sources.twin import Twin
from neuro.twin.eyes import DEG_PER_SCREEN
from neuro.twin.eyes import RATE_HZ as GAZE_HZ
from neuro.types import Chunk, Headset

CHANNELS = ("Fp1", "Fp2", "C3", "C4", "P7", "P8", "O1", "O2")
RATE_HZ = 256.0
HOUR_S = 3600
REST_S = 60.0
GAZE_S, WINDOW_S = 60.0, 2.0

_DEMO = """
import time
began_s = time.perf_counter()
import json, resource, sys
from pathlib import Path
import assets
from game.windows.pygame_window import MemoryWindow
from game.wiring import play
from game.wish import Wish
window = MemoryWindow(assets.picture, painted_s=0.5)
imported_s = time.perf_counter() - began_s
wish = Wish(
    db=Path(sys.argv[1]), eeg="twin:adult", gaze="twin", window="memory", play_s=30.0, hurry=True, twin="adult"
)
outcome = play(wish, window)
times_ms = sorted(outcome.frame_ms)
print(json.dumps({
    "start_to_first_frame_s": round(imported_s + outcome.first_frame_s, 3),
    "frames": len(times_ms),
    "frame_median_ms": round(times_ms[len(times_ms) // 2], 3),
    "frame_p99_ms": round(times_ms[int(0.99 * len(times_ms))], 3),
    "frame_max_ms": round(times_ms[-1], 3),
    "resident_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    "torch_imported": "torch" in sys.modules,
}))
"""


def measure() -> dict[str, float | int | bool]:
    """Every figure, by name and unit. The demonstration and `heron score` run as processes of their own.

    frame_*: signal path, rules, draw list and painting of a 1280 x 720 picture in software, in one thread
    conditioning_us, features_us: median of a poll of 8 channels that completes no hop, and of one that does: filters,
        then band powers, entropy, Hjorth and quality as well; caches are warm
    gaze_us: median of one look at 2 s of gaze at 200 Hz: fixations, saccades, spread, blinks, pupil; caches are warm
    scoring_core_share: CPU of 8 channels at 256 Hz, polled 25 times a second and scored ten times, of one core
    score_realtime_factor: an hour of 8 channels through `heron score`, from the start of the process to its end
    """
    with tempfile.TemporaryDirectory() as folder:
        hour = _samples(HOUR_S)
        return {
            **_demo(Path(folder) / "bench.sqlite"),
            **_front_us(hour[:, : int(120 * RATE_HZ)]),
            "gaze_us": round(_gaze_us(), 1),
            "scoring_core_share": round(_scoring_share(hour[:, : int(120 * RATE_HZ)]), 4),
            "score_realtime_factor": round(_realtime_factor(Path(folder) / "hour.edf", hour), 1),
        }


def _demo(db: Path) -> dict[str, float | int | bool]:
    done = subprocess.run([sys.executable, "-c", _DEMO, str(db)], capture_output=True, text=True, check=True)
    figures: dict[str, float | int | bool] = json.loads(done.stdout)
    return figures


def _samples(seconds: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Eight channels of two simulated heads, (8, n) microvolts."""
    n = int(seconds * RATE_HZ)
    return np.concatenate([Twin("adult", seed).brain.samples(n) for seed in (1, 2)])


def _front_us(uv: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> dict[str, float]:
    front = Front(Headset("bench", CHANNELS, RATE_HZ))
    took_us: dict[bool, list[float]] = {False: [], True: []}
    for chunk in _polls(uv):
        began_ns = time.perf_counter_ns()
        completed = bool(list(front(chunk)))
        took_us[completed].append((time.perf_counter_ns() - began_ns) / 1000)
    return {
        "conditioning_us": round(float(np.median(took_us[False])), 1),
        "features_us": round(float(np.median(took_us[True])), 1),
    }


def _gaze_us() -> float:
    gaze = Twin("adult", 1).eyes.samples(int(GAZE_S * GAZE_HZ), (0.5, 0.5))
    deg, pupil_mm = gaze.xy * np.array(DEG_PER_SCREEN)[:, None], gaze.pupil_mm.astype(float)
    seen, took_us = np.isfinite(deg[0]), []
    for end in range(int(WINDOW_S * GAZE_HZ), len(seen), round(GAZE_HZ * POLL_S)):
        last = slice(end - int(WINDOW_S * GAZE_HZ), end)
        began_ns = time.perf_counter_ns()
        window(deg[:, last], pupil_mm[last], seen[last], GAZE_HZ)
        took_us.append((time.perf_counter_ns() - began_ns) / 1000)
    return float(np.median(took_us))


def _polls(uv: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> Iterator[Chunk]:
    t_s = np.arange(uv.shape[1]) / RATE_HZ
    step = int(RATE_HZ * POLL_S)
    for first in range(0, len(t_s), step):
        yield Chunk(uv[:, first : first + step], t_s[first : first + step])


def _scoring_share(uv: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> float:
    pipeline = Pipeline(Headset("bench", CHANNELS, RATE_HZ), load(assets.model()))
    began_s = time.process_time()
    for chunk in _polls(uv):
        pipeline.step(float(chunk.t_s[-1]), "rest" if chunk.t_s[0] < REST_S else "play", chunk)
    return (time.process_time() - began_s) / (uv.shape[1] / RATE_HZ)


def _realtime_factor(edf: Path, uv: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> float:
    signals = [
        EdfSignal(row.astype(float), RATE_HZ, label=f"EEG {name}", physical_dimension="uV")
        for row, name in zip(uv, CHANNELS, strict=True)
    ]
    Edf(signals).write(edf)
    began_s = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "game", "score", str(edf), "--out", str(edf.with_suffix(".csv"))],
        capture_output=True,
        check=True,
    )
    return HOUR_S / (time.perf_counter() - began_s)
