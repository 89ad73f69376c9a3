"""A whole recording through the very same pipeline as live."""

from collections.abc import Iterator

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
    start_s = float(recorded.t_s[0])
    end_s = start_s + rest_s if baseline is None else start_s
    pieces = np.arange(start_s, recorded.t_s[-1], PIECE_S)
    edges = np.searchsorted(recorded.t_s, np.unique(np.append(pieces, end_s)))
    for first, last in zip(edges, [*edges[1:], len(recorded.t_s)], strict=True):
        piece = Chunk(recorded.uv[:, first:last], recorded.t_s[first:last])
        if len(piece.t_s) == 0:
            continue
        phase: Phase = "rest" if piece.t_s[0] < end_s else "play"
        yield last / len(recorded.t_s), pipeline.step(float(piece.t_s[-1]), phase, piece)


def rest_of(headset: Headset, recorded: Chunk, scorer: Scorer) -> Baseline:
    """The baseline of a recording that is all rest.

    Raises: BadRecording: too little of it is clean.
    """
    pipeline = Pipeline(headset, scorer)
    pipeline.step(float(recorded.t_s[-1]), "rest", recorded)
    pipeline.step(float(recorded.t_s[-1]), "play", Chunk.empty(len(headset.channels)))
    if pipeline.baseline is None:
        raise BadRecording("The recording for the baseline holds too little clean rest: five seconds are the least.")
    return pipeline.baseline
