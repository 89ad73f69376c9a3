"""The harness: contenders called in shuffled rounds, cold and in their stride, answers compared, times kept."""

import gc
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.draw import HEIGHT, WIDTH

EVICTED_BYTES = WIDTH * HEIGHT * 4
"""Touched before a cold call: one picture as it is painted, twice what a core keeps for itself."""

STRIDE = 8
"""Hops that follow a cold one at once: a contender in its stride."""

WARM_HOPS = 250
"""What carries state hears 10 s before anything is compared: a 1 Hz filter has then forgotten how it began."""

LEAST_ROUNDS = 30

Progress = Callable[[float], None]
"""Takes the share 0..1 of the work that is done."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who does the work.

    name:    as the table has it
    step:    does hop k and returns what it found; k grows by one from call to call
    ready:   what must happen before hop k and is not the work, as filling a socket
    ours:    whether it is Heron's
    carries: whether it remembers earlier hops, and so must hear each of them
    answer:  its result as numbers that can be compared with those of the first contender; None where they cannot
    within:  how far they may be apart, as rms of the difference over rms of the first; None: no promise, only told
    differs: what it does otherwise, in a few words
    work:    what it does, where that is not the same for all; ratios are taken among the same only
    """

    name: str
    step: Callable[[int], Any]
    ready: Callable[[int], None] | None = None
    ours: bool = False
    carries: bool = False
    answer: Callable[[Any], NDArray[np.float64]] | None = None
    within: float | None = None
    differs: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one contender came to.

    median_us, p99_us: in its stride: of calls that follow one of its own
    cold_us:           median with cold caches; None where that was not measured
    best_us:           the quickest call of all
    apart:             as `Contender.within`; agrees: False where a promise was broken
    """

    name: str
    median_us: float
    p99_us: float
    cold_us: float | None = None
    best_us: float = 0.0
    ours: bool = False
    apart: float | None = None
    agrees: bool = True
    differs: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one piece of work came to.

    key:      as "W1"; title: in a few words
    had_core: the share of its working time in which this process ran; None where it also waits for a disk
    facts:    whatever else was measured, by name and unit
    notes:    sentences for the page
    """

    key: str
    title: str
    rows: tuple[Row, ...] = ()
    rounds: int = 0
    had_core: float | None = None
    facts: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def us(self, name: str, work: str = "") -> float:
        """The median of a contender.

        Raises: KeyError: it did not run.
        """
        return {(row.name, row.work): row.median_us for row in self.rows}[name, work]

    def cold(self) -> "Result":
        """The same with the medians of cold caches."""
        return replace(self, rows=tuple(replace(row, median_us=row.cold_us or row.median_us) for row in self.rows))


class Timed(NamedTuple):
    """What the contenders came to, as in `Result`."""

    rows: tuple[Row, ...]
    rounds: int
    had_core: float


def interleaved(
    contenders: Sequence[Contender], seconds: float, progress: Progress, warm_hops: int = WARM_HOPS
) -> Timed:
    """Compare the answers at one hop, then time everybody for `seconds`, a new order each round."""
    apart = _compared(contenders, warm_hops)
    began_s, ran_s = time.perf_counter(), time.process_time()
    times_us = _timed(contenders, seconds, progress, warm_hops)
    had_core = (time.process_time() - ran_s) / (time.perf_counter() - began_s)
    cold = np.median(times_us[..., 0], axis=0)
    median, p99 = np.percentile(times_us[..., 1:], [50, 99], axis=(0, 2))
    rows = tuple(
        Row(
            name=one.name,
            median_us=float(median[i]),
            p99_us=float(p99[i]),
            cold_us=float(cold[i]),
            best_us=float(times_us[:, i].min()),
            ours=one.ours,
            apart=apart[i],
            agrees=_keeps(one.within, apart[i]),
            differs=one.differs,
            work=one.work,
        )
        for i, one in enumerate(contenders)
    )
    return Timed(rows, len(times_us), had_core)


def distance(found: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """Rms of the difference over the rms of the reference; infinite where the shapes or the NaNs differ."""
    if found.shape != reference.shape or (np.isnan(found) != np.isnan(reference)).any():
        return float("inf")
    return float(np.sqrt(np.nanmean((found - reference) ** 2) / np.nanmean(reference**2)))


def pin() -> None:
    """Keep this process on the last core, where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _keeps(promised: float | None, apart: float | None) -> bool:
    return promised is None or (apart is not None and apart <= promised)


def _compared(contenders: Sequence[Contender], hops: int) -> list[float | None]:
    """How far each answer at hop `hops - 1` is from the first one's."""
    answers: list[NDArray[np.float64] | None] = []
    for one in contenders:
        found: Any = None
        for k in range(0 if one.carries else hops - 2, hops):  # at least twice: the first call may compile
            if one.ready:
                one.ready(k)
            found = one.step(k)
        answers.append(np.array(one.answer(found), float) if one.answer else None)
    first = answers[0]
    return [None if first is None or answer is None else distance(answer, first) for answer in answers]


def _timed(
    contenders: Sequence[Contender], seconds: float, progress: Progress, first_hop: int
) -> NDArray[np.float64]:
    """Microseconds, (n_rounds, n_contenders, 1 + STRIDE): one hop with cold caches, and those that follow it."""
    junk = np.zeros(EVICTED_BYTES // 8)
    order = list(range(len(contenders)))
    dice = random.Random(1)
    rounds: list[NDArray[np.float64]] = []
    gc.collect()
    gc.freeze()  # what peers loaded is not searched again and again; what they throw away still is
    began_s = told_s = time.perf_counter()
    while (now_s := time.perf_counter()) < began_s + seconds or len(rounds) < LEAST_ROUNDS:
        dice.shuffle(order)
        times_us = np.zeros((len(contenders), 1 + STRIDE))
        hop = first_hop + (1 + STRIDE) * len(rounds)
        for i in order:
            times_us[i] = [_took_us(contenders[i], hop + k, None if k else junk) for k in range(1 + STRIDE)]
        rounds.append(times_us)
        if now_s - told_s > 0.5:
            told_s = now_s
            progress(min(1.0, (now_s - began_s) / seconds))
    return np.array(rounds)


def _took_us(one: Contender, hop: int, junk: NDArray[np.float64] | None) -> float:
    if one.ready:
        one.ready(hop)
    if junk is not None:
        junk += 1.0
    began_ns = time.perf_counter_ns()
    one.step(hop)
    return (time.perf_counter_ns() - began_ns) / 1000
