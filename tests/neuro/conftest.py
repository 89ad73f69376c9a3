"""What the tests of the signal path share: the shipped model, and two minutes of a simulated head."""

from dataclasses import dataclass

import numpy as np
import pytest

import assets
from neuro import offline
from neuro.baseline import Baseline
from neuro.scorer import Scorer, load
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.types import Chunk, Headset


@dataclass(frozen=True, slots=True)
class Head:
    """A recording of somebody who wears a headset."""

    headset: Headset
    chunk: Chunk

    def part(self, from_s: float, to_s: float) -> Chunk:
        """What was recorded in these seconds, a copy."""
        first, last = np.searchsorted(self.chunk.t_s, [from_s, to_s])
        return Chunk(self.chunk.uv[:, first:last].copy(), self.chunk.t_s[first:last])


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return load(assets.model())


@pytest.fixture(scope="session")
def head() -> Head:
    """120 seconds of a simulated adult who happens not to blink in the first 36; stamps from 0 on."""
    n = int(120 * RATE_HZ)
    uv = Twin("adult", 10).brain.samples(n)
    return Head(Headset("Twin", CHANNELS, RATE_HZ), Chunk(uv, np.arange(n) / RATE_HZ))


@pytest.fixture(scope="session")
def baseline(head: Head, scorer: Scorer) -> Baseline:
    """What was usual in the first minute of that head."""
    return offline.rest_of(head.headset, head.part(0, 60), scorer)
