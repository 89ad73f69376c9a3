"""Heron's side: the hot path as the pipeline runs it, compiled and in plain NumPy."""

from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import assets
from bench.signals import GAZE_RATE_HZ, MAINS_HZ, RATE_HZ, Eeg, Eyes
from neuro.baseline import Baseline
from neuro.eyes.window import Window, window
from neuro.filters import band_pass, mains_notch
from neuro.kernels import Hops, compiled, memory
from neuro.kernels.recipe import HOPS, Recipe, recipe
from neuro.pipeline import Pipeline
from neuro.scorer import load
from neuro.types import Chunk, Headset

BANDS = ((1.0, 4.0), (4.0, 8.0), (8.0, 13.0), (13.0, 30.0), (30.0, 45.0))
"""Delta, theta, alpha, beta and gamma as W2 asks for them, in Hz."""

REST_S = 40.0

RECIPE: Recipe = recipe(
    RATE_HZ, mains_notch(RATE_HZ, MAINS_HZ).sos, band_pass(RATE_HZ).sos, (*BANDS, (13.0, 30.0), (4.0, 13.0))
)
"""BANDS, and below theta and beta what they are divided by: beta, alpha with theta."""


class Spoken(NamedTuple):
    """What is said of one hop.

    bands:      (n_channels, 5) microvolts squared in BANDS
    theta_beta: (n_channels,); engagement: (n_channels,) beta over the sum of alpha and theta
    entropy:    (n_channels,) 0..1; mobility, complexity: (n_channels,)
    """

    bands: NDArray[np.float64]
    theta_beta: NDArray[np.float64]
    engagement: NDArray[np.float64]
    entropy: NDArray[np.float64]
    mobility: NDArray[np.float64]
    complexity: NDArray[np.float64]


def spoken(found: Spoken) -> NDArray[np.float64]:
    """The same as numbers that can be compared, (n_channels, 10)."""
    ratios = np.log([found.theta_beta, found.engagement])
    return np.column_stack([np.log(found.bands), *ratios, found.entropy, found.mobility, found.complexity])


def sections() -> NDArray[np.float64]:
    """(n, 6) the notch and the band-pass as one cascade."""
    return RECIPE.sos


def conditioning(signal: Eeg, path: ModuleType = compiled) -> Callable[[int], NDArray[np.float64]]:
    """Filters polls of fewer samples than complete a hop of the kernel's, each as if it began one.

    Returns: the newest samples, (n_channels, signal.hop).
    """
    own = memory.memory(RECIPE, len(signal.uv))
    memory.settle(RECIPE, own, signal.hop_uv(0)[:, 0])
    take, n, edges = path.stepper(RECIPE, own), signal.hop, RECIPE.edges.tolist()
    coming, clean = own.coming[:, :n], own.clean

    def step(k: int) -> NDArray[np.float64]:
        hop = k % HOPS
        coming[:] = signal.hop_uv(k)
        take(n, hop, 0)
        return clean[:, edges[hop] : edges[hop] + n]

    return step


def features(signal: Eeg, path: ModuleType = compiled) -> Callable[[int], Spoken]:
    """Takes a whole hop at a time and says what the last 2 s are, in views that the next one overwrites."""
    hops = Hops(RECIPE, len(signal.uv), path.stepper)
    found, (_, theta, _, beta, _, below_theta, below_beta) = hops.measures, hops.ranges.T
    theta_beta, engagement = np.empty((2, len(signal.uv)))
    said = Spoken(hops.ranges[:, :5], theta_beta, engagement, found.entropy, found.mobility, found.complexity)

    def step(k: int) -> Spoken:
        for _ in hops.push(signal.hop_uv(k)):
            np.divide(theta, below_theta, theta_beta)
            np.divide(beta, below_beta, engagement)
        return said

    return step


def gaze(looks: Eyes, measure: Callable[..., Window] = window) -> Callable[[int], Window]:
    """Looks at the last 2 s of gaze."""

    def step(k: int) -> Window:
        xy_deg, pupil_mm = looks.window(k)
        return measure(xy_deg, pupil_mm, np.isfinite(xy_deg[0]), GAZE_RATE_HZ)

    return step


class HopToScore:
    """The pipeline as a sitting has it, one hop a call, and the look at gaze."""

    def __init__(self, signal: Eeg, looks: Eyes) -> None:
        self._signal = signal
        self._pipeline = Pipeline(headset(len(signal.uv)), load(assets.model()), rested(signal), MAINS_HZ)
        self._gaze = gaze(looks)
        self._chunk = signal.chunk(0)

    def ready(self, k: int) -> None:
        """The chunk as the source hands it over."""
        self._chunk = self._signal.chunk(k)

    def __call__(self, k: int) -> float:
        self._gaze(k)
        return self._pipeline.step(float(self._chunk.t_s[-1]), "play", self._chunk)[-1].score


def rested(signal: Eeg) -> Baseline:
    """What is usual for the simulated head, from its first 40 s."""
    pipeline = Pipeline(headset(len(signal.uv)), load(assets.model()), None, MAINS_HZ)
    for k in range(int(REST_S * RATE_HZ / signal.hop)):
        chunk = signal.chunk(k)
        pipeline.step(float(chunk.t_s[-1]), "rest", chunk)
    pipeline.step(REST_S, "play", Chunk.empty(len(signal.uv)))
    if pipeline.baseline is None:
        raise ValueError("the simulated head gave no baseline in its first 40 s")
    return pipeline.baseline


def headset(n_channels: int) -> Headset:
    """Of what `bench.signals` makes."""
    return Headset("bench", tuple(f"Ch{i + 1}" for i in range(n_channels)), RATE_HZ)
