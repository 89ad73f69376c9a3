"""One player's head from samples to estimates: the two laws, the states, and the resting baseline."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from neuro.baseline import Baseline
from neuro.errors import DeviceUnavailable
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.types import Chunk, Estimate, Gaze, Headset, Phase
from tests.contracts import Stage, check_stage
from tests.neuro.conftest import Head
from tests.neuro.nulls import muscle

EMPTY = Chunk.empty(4)


@pytest.fixture
def worn(head: Head, scorer: Scorer, baseline: Baseline) -> Pipeline:
    """A pipeline that knows what is usual for the head."""
    return Pipeline(head.headset, scorer, baseline)


def heard(pipeline: Pipeline, chunk: Chunk, phase: Phase = "play", poll_s: float = 0.04) -> list[Estimate]:
    """What is said while the samples arrive at their time, 25 polls a second."""
    polls_s = np.arange(chunk.t_s[0], chunk.t_s[-1] + poll_s, poll_s)
    edges = [0, *np.searchsorted(chunk.t_s, polls_s, "right").tolist()]
    said: list[Estimate] = []
    for now_s, (first, last) in zip(polls_s.tolist(), pairwise(edges), strict=True):
        said += pipeline.step(now_s, phase, Chunk(chunk.uv[:, first:last], chunk.t_s[first:last]))
    return said


def states(said: Iterable[Estimate], from_s: float = -np.inf, to_s: float = np.inf) -> Counter[str]:
    return Counter(each.state for each in said if from_s <= each.t_s < to_s)


def torn(head: Head) -> Chunk:
    """Twelve seconds with lost packets and a gap of half a second."""
    chunk = head.part(0, 12)
    chunk.uv[:, 700:705] = np.nan
    chunk.uv[2, 1500] = np.inf
    kept = np.r_[0:1800, 1928 : len(chunk.t_s)]
    return Chunk(chunk.uv[:, kept], chunk.t_s[kept])


def test_a_pipeline_is_a_stage(head: Head, scorer: Scorer, baseline: Baseline) -> None:
    chunk = torn(head)

    def make() -> Stage:
        pipeline = Pipeline(head.headset, scorer, baseline)
        return lambda rows: pipeline.step(float(rows[-1, -1]), "play", Chunk(rows[:-1].astype(np.float32), rows[-1]))

    in_a_loss_before_one_and_at_the_gap = (702, 1500, 1800)
    rows = np.vstack([chunk.uv, chunk.t_s])
    assert states(make()(rows))["good"] > 0
    check_stage(make, rows, in_a_loss_before_one_and_at_the_gap, max_examples=15)


def test_the_same_calls_give_the_same_estimates(head: Head, scorer: Scorer) -> None:
    sitting: list[tuple[float, Phase, Chunk]] = [
        (0.0, "fit", EMPTY),
        (8.0, "fit", head.part(0, 8)),
        (30.0, "rest", head.part(8, 30)),
        (31.5, "task", EMPTY),
        (40.0, "play", head.part(31, 40)),
    ]
    one, other = Pipeline(head.headset, scorer), Pipeline(head.headset, scorer)
    assert [one.step(*call) for call in sitting] == [other.step(*call) for call in sitting]


def test_an_estimate_comes_ten_times_a_second(worn: Pipeline, head: Head) -> None:
    said = heard(worn, head.part(0, 20))
    assert len(said) == 200
    assert np.diff([each.t_s for each in said]) == pytest.approx(np.full(199, 0.1), abs=1 / 256)
    assert {type(number) for each in said for number in (each.t_s, each.score, each.trust)} == {float}


def test_a_headset_is_absent_then_poor_then_good(worn: Pipeline, head: Head) -> None:
    before = [each for i in range(25) for each in worn.step(-1 + i / 25, "fit", EMPTY)]
    assert states(before) == {"absent": len(before)}
    assert len(before) == pytest.approx(9, abs=1)
    said = heard(worn, head.part(0, 10))
    assert [each.state for each in said] == ["poor"] * 39 + ["good"] * (len(said) - 39)


def test_silence_is_stale_after_a_second_and_good_again_within_five(worn: Pipeline, head: Head) -> None:
    heard(worn, head.part(0, 10))
    silence = [each for i in range(1, 76) for each in worn.step(10 + i / 25, "play", EMPTY)]
    assert {(each.state, each.score, each.trust) for each in silence} == {("stale", 0.5, 0.0)}
    assert silence[0].t_s == pytest.approx(11.0, abs=0.1)
    assert np.diff([each.t_s for each in silence]).max() < 0.15
    assert {each.state for each in heard(worn, head.part(13, 20)) if each.t_s > 18} == {"good"}


def test_after_a_gap_nothing_of_the_signal_before_it_is_left(worn: Pipeline, head: Head, scorer: Scorer) -> None:
    later = head.part(63, 80)
    fresh = Pipeline(head.headset, scorer, worn.baseline).step(80.0, "play", later)
    worn.step(30.0, "play", head.part(0, 30))
    after = worn.step(80.0, "play", later)
    assert [each.state for each in after[:39]] == ["poor"] * 39
    assert [(each.t_s, each.score, each.channels) for each in after] == [
        (each.t_s, each.score, each.channels) for each in fresh
    ]


def test_a_rest_that_is_known_late_compares_as_if_it_had_always_been_known(
    worn: Pipeline, head: Head, scorer: Scorer
) -> None:
    late = Pipeline(head.headset, scorer)
    heard(worn, head.part(0, 10))
    heard(late, head.part(0, 10))
    late.baseline = worn.baseline
    said, said_late = ([each.score for each in heard(one, head.part(10, 14))] for one in (worn, late))
    assert len(set(said)) > 30
    assert said_late == pytest.approx(said, abs=1e-6)


def test_a_short_silence_says_nothing(worn: Pipeline, head: Head) -> None:
    heard(worn, head.part(0, 5))
    assert worn.step(5.8, "play", EMPTY) == ()


def test_a_blink_is_an_artifact_for_a_moment(worn: Pipeline, head: Head) -> None:
    chunk = head.part(0, 14)
    chunk.uv[1:3, 2560:2624] += 200 * np.hanning(64).astype(np.float32)
    said = heard(worn, chunk)
    assert states(said, 10.3, 10.5) == {"artifact": 2}
    assert max(each.trust for each in said if each.state == "artifact") <= 0.25
    assert states(said, 8, 10) == {"good": 20}
    assert states(said, 11, 11.2) == {"good": 2}


@pytest.mark.parametrize("clench_s", [0.3, 1.0, 6.0])
def test_a_clenched_jaw_never_pays(worn: Pipeline, head: Head, clench_s: float) -> None:
    chunk = head.part(64, 90)
    first, n = 256 * 10, int(256 * clench_s)
    chunk.uv[:, first : first + n] += muscle(np.random.default_rng(2), 4, n, 256.0).astype(np.float32)
    said = heard(worn, chunk)
    while_tight = states(said, 74.25, 74 + clench_s + 3.0)
    assert while_tight == {"artifact": while_tight.total()}
    assert states(said, 74 + clench_s + 7.0)["good"] > 0


def test_a_few_lost_packets_do_not_matter_and_many_are_poor(worn: Pipeline, head: Head) -> None:
    rng = np.random.default_rng(3)
    for share, state in ((0.02, "good"), (0.3, "poor")):
        chunk = head.part(0, 10)
        chunk.uv[:, rng.random(len(chunk.t_s)) < share] = np.nan
        said = worn.step(10.0, "play", Chunk(chunk.uv, chunk.t_s + 100 * share))
        assert states(said, 100 * share + 5) == {state: 50}


def test_a_loss_of_more_than_fifty_milliseconds_leaves_its_two_seconds_out(worn: Pipeline, head: Head) -> None:
    trust = []
    for lost in (0, 12, 14):
        chunk = head.part(0, 10)
        chunk.uv[:, 2176 : 2176 + lost] = np.nan
        trust.append(worn.step(10.0, "play", Chunk(chunk.uv, chunk.t_s + 100 * lost))[-1].trust)
    assert trust[1] == pytest.approx(trust[0], abs=0.1)
    assert 0 < trust[2] < 0.6 * trust[0]  # three of five tokens


def test_a_sample_that_no_amplifier_can_give_passes_by(worn: Pipeline, head: Head) -> None:
    chunk = head.part(0, 40)
    chunk.uv[:, 2560] = 1e9
    chunk.uv[:, 2600] = -np.inf
    said = heard(worn, chunk)
    assert states(said, 10.1, 14)["good"] == 0
    assert states(said, 30)["good"] > 80
    assert all(np.isfinite(each.score) for each in said)


def test_a_headset_that_is_not_worn_says_so(worn: Pipeline) -> None:
    t_s = np.arange(2560) / 256
    said = worn.step(10.0, "play", Chunk(np.zeros((4, 2560), np.float32), t_s))
    assert {each.state for each in said[39:]} == {"not_worn"}
    assert {(each.score, each.trust) for each in said} == {(0.5, 0.0)}
    assert said[-1].channels == ("flat",) * 4


def test_rest_becomes_the_baseline_when_it_ends(head: Head, scorer: Scorer) -> None:
    pipeline = Pipeline(head.headset, scorer)
    pipeline.step(10.0, "fit", head.part(0, 10))
    resting = pipeline.step(40.0, "rest", head.part(10, 40))
    assert pipeline.baseline is None
    assert {(each.score, each.trust) for each in resting} == {(0.5, 0.0)}
    assert states(resting)["good"] > 200
    playing = pipeline.step(50.0, "task", head.part(40, 50))
    assert pipeline.baseline is not None
    assert 20 < pipeline.baseline.seconds <= 30
    assert pipeline.baseline.channels == head.headset.channels
    assert len({each.score for each in playing}) > 90


def test_another_rest_with_the_same_alpha_is_taken_up(worn: Pipeline, head: Head, baseline: Baseline) -> None:
    worn.step(10.0, "play", head.part(0, 10))
    before = worn.seen
    worn.baseline = replace(baseline, centre=baseline.centre + baseline.spread)
    worn.step(10.1, "play", head.part(10, 10.1))
    assert before is not None
    assert worn.seen is not None
    assert np.median(before.z[..., :-1] - worn.seen.z[..., :-1]) > 0.3


def test_too_short_a_rest_keeps_the_baseline_before(worn: Pipeline, head: Head, baseline: Baseline) -> None:
    worn.step(8.0, "rest", head.part(0, 8))
    worn.step(9.0, "play", head.part(8, 9))
    assert worn.baseline is baseline


def test_a_score_is_a_probability_and_trust_a_share(worn: Pipeline, head: Head) -> None:
    said = heard(worn, head.part(60, 120))
    assert all(0 <= each.score <= 1 and 0 <= each.trust <= 1 for each in said)
    assert np.std([each.score for each in said]) > 0.02
    assert np.mean([each.trust for each in said if each.state == "good"]) > 0.8


def test_more_alpha_scores_lower(head: Head, scorer: Scorer, baseline: Baseline) -> None:
    means = []
    for uv in (0.0, 3.0, 10.0):
        chunk = head.part(0, 30)
        chunk.uv[:] += uv * np.sin(2 * np.pi * 10 * chunk.t_s).astype(np.float32)
        said = Pipeline(head.headset, scorer, baseline).step(30.0, "play", chunk)
        means.append(np.mean([each.score for each in said if each.state == "good"]))
    assert means[0] > means[1] > means[2]
    assert means[2] < 0.25


def test_one_bad_channel_of_four_costs_trust_and_not_the_score(head: Head, worn: Pipeline) -> None:
    chunk = head.part(60, 80)
    chunk.uv[3] = 0
    said = [each for each in heard(worn, chunk) if each.t_s > 66]
    good = [each for each in said if each.state == "good"]
    assert len(good) > 0.5 * len(said)
    assert max(each.trust for each in good) == pytest.approx(0.75)


def test_one_good_channel_of_four_is_not_enough(head: Head, worn: Pipeline) -> None:
    chunk = head.part(60, 80)
    chunk.uv[1:] = 0
    assert states(heard(worn, chunk))["good"] == 0


def test_a_headset_too_slow_to_show_muscle_is_refused(scorer: Scorer) -> None:
    with pytest.raises(DeviceUnavailable, match="Old toy gives 64 samples a second: choose EEG of at least 90"):
        Pipeline(Headset("Old toy", ("Ch1",), 64.0), scorer)


@pytest.mark.parametrize("rate_hz", [90.0, 125.0, 220.2, 249.3, 1000.0])
def test_any_other_rate_will_do(scorer: Scorer, head: Head, rate_hz: float) -> None:
    t_s = np.arange(0, 20, 1 / rate_hz)
    uv = np.stack([np.interp(t_s, head.chunk.t_s[:6000], row[:6000]) for row in head.chunk.uv]).astype(np.float32)
    said = Pipeline(Headset("x", head.headset.channels, rate_hz), scorer).step(20.0, "play", Chunk(uv, t_s))
    assert len(said) == pytest.approx(200, abs=1)
    assert states(said, 5)["good"] > 100


def test_eyes_that_are_seen_count_in_the_score(head: Head, scorer: Scorer) -> None:
    """The same head, with eyes that hold still, or wander more than they did at rest."""
    n = 120 * 200
    t_s = np.arange(n) / 200
    walk = 0.0005 * np.random.default_rng(1).standard_normal((2, n)).cumsum(axis=1)
    means = []
    for restless in (0.3, 4.0):
        xy = 0.5 + walk - walk.mean(axis=1, keepdims=True)
        after = t_s > 60
        xy[:, after] = 0.5 + restless * (walk[:, after] - walk[:, after].mean(axis=1, keepdims=True))
        gaze = Gaze(t_s, xy.astype(np.float32), np.full(n, 3.5, np.float32), np.ones(n, np.float32))
        pipeline = Pipeline(head.headset, scorer)
        said: list[Estimate] = []
        for k in range(120):
            seen = slice(200 * k, 200 * (k + 1))
            part = Gaze(gaze.t_s[seen], gaze.xy[:, seen], gaze.pupil_mm[seen], gaze.confidence[seen])
            said += pipeline.step(k + 1.0, "rest" if k < 60 else "play", head.part(k, k + 1), part)
        assert pipeline.baseline is not None
        assert pipeline.baseline.eyes is not None
        means.append(np.mean([each.score for each in said if each.t_s > 70 and each.state == "good"]))
    assert means[0] > means[1] + 0.1


def test_a_model_can_be_exchanged_between_two_moments(head: Head, scorer: Scorer, baseline: Baseline) -> None:
    one, other = Pipeline(head.headset, scorer, baseline), Pipeline(head.headset, scorer, baseline)
    for pipeline in (one, other):
        pipeline.step(10.0, "play", head.part(0, 10))
    other.take_model(Scorer(scorer.onnx))
    assert one.step(20.0, "play", head.part(10, 20)) == other.step(20.0, "play", head.part(10, 20))
