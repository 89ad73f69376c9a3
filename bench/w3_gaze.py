"""W3: 2 s of gaze at 200 Hz: fixations and saccades by velocity, BCEA, blinks, pupil."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pymovements as pm
from numpy.typing import NDArray
from remodnav.clf import EyegazeClassifier

from bench import heron
from bench.measure import Contender, Progress, Result, interleaved
from bench.signals import GAZE_RATE_HZ, Eyes, eyes
from neuro.eyes.window import Window, plain
from neuro.kernels.plain import without_gaps

FAST_DEG_PER_S = 30.0
LEAST_FIXATION_MS = 60

NOTES = (
    "pymovements finds the fixations; velocity, BCEA and pupil are done for it in NumPy, the quickest way. The "
    "answers compared are BCEA and the pupil's mean and sd. Events are not: each detector has its own rules for "
    "what one is.",
)


def run(seconds: float, progress: Progress) -> Result:
    """Everybody's look at the same 2 s."""
    looks = eyes()
    timed = interleaved(
        [
            Contender("Heron", heron.gaze(looks), ours=True, answer=_of_heron),
            Contender("Heron, plain NumPy", heron.gaze(looks, plain), ours=True, answer=_of_heron, within=1e-6),
            Contender("pymovements I-VT", i_vt(looks), answer=_of_peer, within=1e-6),
            Contender("pymovements I-DT", i_dt(looks), answer=_of_peer, differs="fixations by dispersion"),
            Contender(
                "REMoDNaV", remodnav(looks), differs="oscillations and pursuit too; blinks filled; no BCEA, no pupil"
            ),
        ],
        seconds,
        progress,
    )
    return Result("W3", "2 s of gaze", *timed, notes=NOTES)


class Spread(NamedTuple):
    """What is said of 2 s besides events: BCEA at 68 %, and the pupil's mean and sd."""

    fixations: int
    bcea_deg2: float
    pupil_mm: float
    pupil_sd_mm: float


def _of_heron(found: Window) -> NDArray[np.float64]:
    return np.array([found.bcea_deg2, found.pupil_mm, found.pupil_sd_mm])


def _of_peer(found: Spread) -> NDArray[np.float64]:
    return np.array(found[1:])


def i_vt(looks: Eyes) -> Callable[[int], Spread]:
    """pymovements' fixations by velocity."""

    def step(k: int) -> Spread:
        xy, pupil_mm = looks.window(k)
        speed = np.gradient(xy, 1 / GAZE_RATE_HZ, axis=1).T
        found = pm.events.ivt(
            speed, velocity_threshold=FAST_DEG_PER_S, minimum_duration=int(LEAST_FIXATION_MS * GAZE_RATE_HZ / 1000)
        )
        return _with_the_rest(xy, pupil_mm, len(found.frame))

    return step


def i_dt(looks: Eyes) -> Callable[[int], Spread]:
    """pymovements' fixations by dispersion."""

    def step(k: int) -> Spread:
        xy, pupil_mm = looks.window(k)
        found = pm.events.idt(
            xy.T, dispersion_threshold=1.0, minimum_duration=int(LEAST_FIXATION_MS * GAZE_RATE_HZ / 1000)
        )
        return _with_the_rest(xy, pupil_mm, len(found.frame))

    return step


def remodnav(looks: Eyes) -> Callable[[int], object]:
    """REMoDNaV's classification, preprocessing included. It refuses a window that begins or ends in a blink."""
    logging.getLogger("remodnav").setLevel(logging.CRITICAL)
    classify = EyegazeClassifier(px2deg=1.0, sampling_rate=GAZE_RATE_HZ)
    held = replace(looks, xy_deg=without_gaps(looks.xy_deg, np.zeros(2))[0])

    def step(k: int) -> object:
        xy, _ = held.window(k)
        return classify(classify.preproc(np.rec.fromarrays(list(xy), dtype=[("x", float), ("y", float)])))

    return step


def _with_the_rest(xy: NDArray[np.float64], pupil_mm: NDArray[np.float64], fixations: int) -> Spread:
    """All but the fixations, in NumPy. Source of BCEA: Steinman 1965, J Opt Soc Am 55:1158."""
    (var_x, covariance), (_, var_y) = np.cov(xy[:, np.isfinite(xy[0])])
    bcea = -2 * np.log(1 - 0.6827) * np.pi * np.sqrt(var_x * var_y - covariance**2)
    return Spread(fixations, float(bcea), float(np.nanmean(pupil_mm)), float(np.nanstd(pupil_mm, ddof=1)))
