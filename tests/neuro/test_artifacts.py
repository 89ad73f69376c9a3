"""Blinks and bursts of muscle are seen within half a second; docs/signals.md has the whole table."""

import numpy as np
import pytest

from neuro.baseline import Baseline
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from tests.neuro.artifacts import Event, blink, clench, frown, seen
from tests.neuro.conftest import Head
from tests.neuro.nulls import hum


@pytest.mark.parametrize(("event", "uv"), [(blink, 100.0), (frown, 12.0), (clench, 12.0)])
def test_nine_of_ten_are_seen_within_half_a_second(scorer: Scorer, event: Event, uv: float) -> None:
    found, false = seen(scorer, event, uv, 250.0, 20)
    assert found >= 0.9
    assert false < 0.05


def test_the_mains_and_their_harmonics_are_no_muscle(scorer: Scorer, head: Head, baseline: Baseline) -> None:
    chunk = head.part(0, 30)
    chunk.uv[:] += hum(np.random.default_rng(1), 4, len(chunk.t_s), head.headset.rate_hz, 30.0).astype(np.float32)
    said = Pipeline(head.headset, scorer, baseline).step(30.0, "play", chunk)
    assert not [each for each in said if each.state == "artifact"]
