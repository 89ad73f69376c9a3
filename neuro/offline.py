"""A whole recording through the very same pipeline as live."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from neuro.baseline import Baseline
from neuro.errors import BadRecording
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.types import Chunk, Estimate, Headset, Phase

PIECE_S = 10.0


def score(
    headset: Headset, recorded: Chunk, scorer: Scorer, baseline: Baseline | None, rest_s: float
) -> Iterator[tuple[float, tuple[Estimate, ...]]]:
    """Estimates in pieces of ten seconds, each with the share of the recording that is done.

    baseline: what was usual; None takes the first `rest_s` seconds for the rest
    """
    pipeline = Pipeline(headset, scorer, baseline)
    end_s = float(recorded.t_s[0]) + (rest_s if baseline is None else 0.0)
    done = 0
    for piece in _pieces(recorded, end_s):
        phase: Phase = "rest" if piece.t_s[0] < end_s else "play"
        done += len(piece.t_s)
        yield done / len(recorded.t_s), pipeline.step(float(piece.t_s[-1]), phase, piece)


def rest_of(headset: Headset, recorded: Chunk, scorer: Scorer) -> Baseline:
    """The baseline of a recording that is all rest.

    Raises: BadRecording: too little of it is clean.
    """
    pipeline = Pipeline(headset, scorer)
    for piece in _pieces(recorded, float(recorded.t_s[0])):
        pipeline.step(float(piece.t_s[-1]), "rest", piece)
    pipeline.step(float(recorded.t_s[-1]), "play", Chunk.empty(len(headset.channels)))
    if pipeline.baseline is None:
        raise BadRecording(
            "The recording for the baseline holds less than five seconds of clean rest: choose a longer one."
        )
    return pipeline.baseline


def summed(estimates: Sequence[Estimate]) -> dict[str, object]:
    """What a recording comes to, as plain numbers."""
    good = [e.score for e in estimates if e.state == "good" and e.trust > 0]
    states = Counter(e.state for e in estimates)
    return {
        "estimates": len(estimates),
        "seconds": round(estimates[-1].t_s - estimates[0].t_s, 3) if estimates else 0.0,
        "good_share": round(states["good"] / len(estimates), 4) if estimates else None,
        "mean_score_while_good": round(sum(good) / len(good), 4) if good else None,
        "states": dict(states),
    }


def _pieces(recorded: Chunk, cut_s: float) -> Iterator[Chunk]:
    """All of the recording, in pieces of ten seconds at most; one of them begins at cut_s."""
    starts_s = np.append(np.arange(recorded.t_s[0], recorded.t_s[-1], PIECE_S), cut_s)
    edges = np.unique(np.append(np.searchsorted(recorded.t_s, starts_s), len(recorded.t_s)))
    for first, last in pairwise(edges.tolist()):
        yield Chunk(recorded.uv[:, first:last], recorded.t_s[first:last])
