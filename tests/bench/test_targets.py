"""Targets: met, missed, or not measured."""

from dataclasses import replace

import pytest

from bench.measure import Result, Row
from bench.targets import DEMANDS, Verdict, judged
from bench.w7_drawing import MARSH

GAME = Result(
    "W8",
    "the game",
    (
        Row("a frame", 2000.0, 5000.0, ours=True, work="no scorer"),
        Row("a frame", 2100.0, 6000.0, ours=True, work="the scorer beside it"),
        Row("a score", 500.0, 9000.0, ours=True, work="in its thread"),
    ),
    facts={"late_without": 3, "late_with": 6, "frames_without": 1800, "frames_with": 3600},
)


def w1(ours_us: float) -> Result:
    rows = [Row("Heron", ours_us, ours_us, ours=True)]
    return Result("W1", "conditioning", (*rows, Row("mne-lsl", 150.0, 300.0), Row("scipy", 50.0, 60.0)))


def of(target: str, words: str, verdicts: tuple[Verdict, ...]) -> Verdict:
    (found,) = [one for one in verdicts if one.target == target and words in one.demand]
    return found


@pytest.mark.parametrize(("ours_us", "outcome"), [(10.0, "met"), (10.1, "missed")])
def test_a_ratio_is_met_from_its_limit_on(ours_us: float, outcome: str) -> None:
    verdict = of("T1", "mne-lsl", judged({"W1": w1(ours_us)}))
    assert verdict.found == pytest.approx(150 / ours_us)
    assert verdict.outcome == outcome


def test_peers_are_compared_in_stride_and_cold_caches_are_told_beside_it() -> None:
    rows = (Row("Heron", 2.0, 3.0, 10.0, ours=True), Row("scipy", 20.0, 30.0, 40.0))
    verdict = of("T1", "scipy", judged({"W1": Result("W1", "conditioning", rows)}))
    assert (verdict.found, verdict.cold, verdict.outcome) == (10.0, 4.0, "met")


def test_growth_with_the_channels_counts_as_a_game_meets_it() -> None:
    rows = (
        Row("Heron", 10.0, 20.0, 60.0, ours=True, work="4 channels"),
        Row("Heron", 100.0, 200.0, 300.0, ours=True, work="64 channels"),
    )
    verdict = of("T8", "64 channels", judged({"W2": Result("W2", "features", rows)}))
    assert (verdict.found, verdict.cold, verdict.outcome, verdict.counts) == (10.0, 5.0, "met", "cold")


def test_what_did_not_run_is_not_measured() -> None:
    verdicts = judged({"W1": w1(10.0)})
    assert of("T1", "BrainFlow", verdicts).outcome == "not measured"
    assert of("T3", "REMoDNaV", verdicts).outcome == "not measured"
    assert len(verdicts) == len(DEMANDS)


def test_the_net_is_held_against_its_matrix_products_alone() -> None:
    net = Result("W4", "the model", (Row("Heron", 60.0, 90.0, ours=True),), facts={"bound_by_GEMM_us": 4.0})
    verdict = of("T7", "the net", judged({"W4": net}))
    assert (verdict.found, verdict.outcome) == (15.0, "missed")


def test_frames_are_compared_with_those_of_a_game_without_a_scorer() -> None:
    verdicts = judged({"W8": GAME})
    assert of("T9", "frame p99", verdicts) == Verdict(
        "T9", "frame p99 with the scorer - without, ms: at most 2", 1.0, "met", 1.0
    )
    assert of("T9", "beyond", verdicts).found == 0.0
    assert of("T9", "score p99", verdicts).found == 9.0
    assert of("T9", "frames watched", verdicts).outcome == "met"


def test_one_frame_too_many_misses_the_target() -> None:
    late = replace(GAME, facts={**GAME.facts, "late_with": 7})
    assert of("T9", "beyond", judged({"W8": late})).outcome == "missed"


def test_a_painter_must_have_the_marsh_ready_in_time_and_one_that_is_not_there_is_not_judged() -> None:
    verdicts = judged({"W7": Result("W7", "draw a frame", (Row("pygame", 5000.0, 17000.0, work=MARSH),))})
    assert of("pictures", "in software", verdicts).outcome == "missed"
    assert of("pictures", "OpenGL", verdicts).outcome == "not measured"


def test_every_target_of_the_nine_of_an_hour_and_of_the_pictures_is_asked_for() -> None:
    assert {one.target for one in judged({})} == {*(f"T{n}" for n in range(1, 10)), "hour", "pictures"}
