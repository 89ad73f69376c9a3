"""Every null at every strength, rate and number of channels: `python -m tests.neuro.sweep [HEAD.edf]`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import assets
from neuro import offline
from neuro.baseline import Baseline
from neuro.emulators.board.feed import on_eight
from neuro.scorer import Scorer
from neuro.scorer import load as load_model
from neuro.sources.recording import load
from neuro.sources.twin import Twin
from neuro.twin.eeg import RATE_HZ as TWIN_HZ
from neuro.types import Chunk, Headset
from tests.neuro.nulls import CHANNELS, MICROVOLTS, NULLS, RATES_HZ

REST_S, PLAY_S = 60.0, 30.0
MIN_TRUST = 0.5  # what engine.session asks before it pays
FIRST_PAID_S = 20.0  # no sitting has come to a block so soon
EIGHT = ("Fp1", "Fp2", "T5", "T6", "C3", "C4", "O1", "O2")


@dataclass(frozen=True, slots=True)
class Cell:
    """One null as one headset would see it."""

    name: str
    uv: float
    rate_hz: float
    n_channels: int


@dataclass(frozen=True, slots=True)
class Found:
    """How many estimates there were, how many of them were good, and how many could have paid."""

    estimates: int
    good: int
    payable: int


def grid() -> list[Cell]:
    return [Cell(*values) for values in product(NULLS, MICROVOLTS, RATES_HZ, CHANNELS)]


def found(cell: Cell, scorer: Scorer, baseline: Baseline | None) -> Found:
    """Ninety seconds of it, against the rest of a head or else against the first minute of itself."""
    chance = np.random.default_rng([list(NULLS).index(cell.name), int(cell.uv), int(cell.rate_hz), cell.n_channels])
    n = round((REST_S + PLAY_S) * cell.rate_hz)
    uv = NULLS[cell.name](chance, cell.n_channels, n, cell.rate_hz, cell.uv).astype(np.float32)
    headset, chunk = _headset(cell.n_channels, cell.rate_hz), Chunk(uv, np.arange(n) / cell.rate_hz)
    said = [each for _, some in offline.score(headset, chunk, scorer, baseline, REST_S) for each in some]
    good = [each for each in said if each.state == "good"]
    return Found(len(said), len(good), sum(each.trust >= MIN_TRUST and each.t_s > FIRST_PAID_S for each in good))


def rests(uv: NDArray[np.floating], rate_hz: float, scorer: Scorer) -> dict[int, Baseline]:
    """What is usual for a head (8, n), with as many of its channels as each headset of the grid has."""
    chunk = Chunk(uv.astype(np.float32), np.arange(uv.shape[1]) / rate_hz)
    return {n: offline.rest_of(_headset(n, rate_hz), Chunk(chunk.uv[:n], chunk.t_s), scorer) for n in CHANNELS}


def twin_rests(scorer: Scorer) -> dict[int, Baseline]:
    """Those of a simulated adult."""
    return rests(on_eight(Twin("adult", 10).brain.samples)(round(REST_S * TWIN_HZ)), TWIN_HZ, scorer)


def _headset(n_channels: int, rate_hz: float) -> Headset:
    return Headset("Null", tuple(f"Ch{i + 1}" for i in range(n_channels)), rate_hz)


def _head_rests(path: Path, scorer: Scorer) -> dict[int, Baseline]:
    head = load(path).pick(EIGHT)
    return rests(head.uv[:, : round(REST_S * head.headset.rate_hz)], head.headset.rate_hz, scorer)


def _rows(scorer: Scorer, heads: dict[int, Baseline]) -> Iterator[str]:
    """A line of Markdown for each null, and one for each cell that would have paid."""
    yield "| null | headsets | estimates | good, own rest | payable | good, a head's rest | payable |"
    yield "|---|---|---|---|---|---|---|"
    for name, cells in groupby(grid(), lambda cell: cell.name):
        pairs = [(each, found(each, scorer, None), found(each, scorer, heads[each.n_channels])) for each in cells]
        counts = [[both.good, both.payable] for pair in pairs for both in pair[1:]]
        own, head = np.sum(counts[::2], axis=0), np.sum(counts[1::2], axis=0)
        estimates = sum(own.estimates + head.estimates for _, own, head in pairs)
        yield f"| {name} | {len(pairs)} | {estimates} | {own[0]} | {own[1]} | {head[0]} | {head[1]} |"
        for cell, *some in pairs:
            if any(each.good for each in some):
                yield f"{cell}: {some}"


if __name__ == "__main__":
    model = load_model(assets.model())
    known = _head_rests(Path(sys.argv[1]), model) if len(sys.argv) > 1 else twin_rests(model)
    for row in _rows(model, known):
        sys.stdout.write(row + "\n")
        sys.stdout.flush()
