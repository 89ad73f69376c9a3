"""A recording offline: the same estimates as live, to the bit."""

import numpy as np
import pytest

from neuro import offline
from neuro.baseline import Baseline
from neuro.errors import BadRecording
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.types import Chunk, Estimate
from tests.neuro.conftest import Head


def scored(
    head: Head, chunk: Chunk, scorer: Scorer, baseline: Baseline | None, rest_s: float = 30.0
) -> list[Estimate]:
    return [each for _, some in offline.score(head.headset, chunk, scorer, baseline, rest_s) for each in some]


def live(head: Head, chunk: Chunk, pipeline: Pipeline, rest_s: float) -> list[Estimate]:
    """The same samples, ten at a time, with the phase that each of them falls in."""
    said: list[Estimate] = []
    for first in range(0, len(chunk.t_s), 10):
        some = Chunk(chunk.uv[:, first : first + 10], chunk.t_s[first : first + 10])
        said += pipeline.step(float(some.t_s[-1]), "rest" if some.t_s[0] < chunk.t_s[0] + rest_s else "play", some)
    return said


def test_a_recording_scores_as_it_would_have_live(head: Head, scorer: Scorer) -> None:
    chunk = head.part(0, 60)
    offline_said = scored(head, chunk, scorer, None)
    assert offline_said == live(head, chunk, Pipeline(head.headset, scorer), 30.0)
    assert {each.trust for each in offline_said if each.t_s < 30} == {0.0}
    assert np.mean([each.trust for each in offline_said if each.t_s > 30]) > 0.5


def test_another_recording_can_be_the_rest(head: Head, scorer: Scorer, baseline: Baseline) -> None:
    chunk = head.part(60, 100)
    said = scored(head, chunk, scorer, baseline)
    assert said == live(head, chunk, Pipeline(head.headset, scorer, baseline), 0.0)
    assert np.mean([each.trust for each in said if each.t_s > 64]) > 0.6


def test_progress_ends_with_the_recording(head: Head, scorer: Scorer) -> None:
    shares = [share for share, _ in offline.score(head.headset, head.part(0, 47), scorer, None, 30.0)]
    assert np.all(np.diff(shares) > 0)
    assert shares[-1] == 1.0


def test_a_recording_shorter_than_its_rest_scores_nothing(head: Head, scorer: Scorer) -> None:
    said = scored(head, head.part(0, 20), scorer, None, 60.0)
    assert len(said) == 200
    assert {(each.score, each.trust) for each in said} == {(0.5, 0.0)}


def test_stamps_may_begin_anywhere(head: Head, scorer: Scorer) -> None:
    chunk = head.part(0, 40)
    later = Chunk(chunk.uv, chunk.t_s + 1e6)
    assert [each.score for each in scored(head, later, scorer, None)] == [
        each.score for each in scored(head, chunk, scorer, None)
    ]


def test_too_little_rest_is_refused_in_plain_words(head: Head, scorer: Scorer) -> None:
    with pytest.raises(BadRecording, match="less than five seconds of clean rest: choose a longer one"):
        offline.rest_of(head.headset, head.part(0, 6), scorer)
