"""Cuts what arrives where the stamps pause: nothing may be averaged across a gap."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from neuro.types import Chunk

GAP_S = 0.25  # a longer pause in the stamps begins anew, as in neuro.pipeline


class Stretches:
    """Remembers the newest stamp, so that a gap between two chunks is seen too."""

    def __init__(self) -> None:
        self._newest_s = -np.inf

    def __call__(self, chunk: Chunk) -> Iterator[tuple[bool, Chunk]]:
        """Each stretch without a gap, oldest first, and whether a gap or the start comes before it; none is empty."""
        if len(chunk.t_s) == 0:
            return
        breaks = set(np.flatnonzero(np.diff(chunk.t_s, prepend=self._newest_s) > GAP_S).tolist())
        self._newest_s = float(chunk.t_s[-1])
        for first, last in pairwise(sorted({0, len(chunk.t_s)} | breaks)):
            yield first in breaks, Chunk(chunk.uv[:, first:last], chunk.t_s[first:last])
