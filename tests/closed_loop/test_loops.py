"""The loops closed around simulated players, in small; docs/simulation.md has the same with hundreds of sittings."""

from dataclasses import replace

import numpy as np
import pytest

from game.simulation.course import Job
from game.simulation.figures import Figures
from game.simulation.stream import Quality
from tests.closed_loop.conftest import Play

CHILD = Job("child", seed=3, number=1, sittings=1, first=4, quality=Quality(0.80))
"""Eight minutes of play by a child in its fourth sitting, with a score worth an AUC of .80."""


def one(played: Play, job: Job) -> Figures:
    (figures,) = played(job)
    return figures


@pytest.mark.parametrize("profile", ["adult", "child", "adhd", "tired"])
def test_success_settles_near_four_of_five_whoever_plays(played: Play, profile: str) -> None:
    figures = one(played, replace(CHILD, profile=profile))
    assert figures.success == pytest.approx(0.80, abs=0.09)
    assert figures.longest_failures <= 5


@pytest.mark.parametrize("start", ["too_easy", "too_hard"])
def test_a_start_three_logits_off_is_made_good_within_45_trials(played: Play, start: str) -> None:
    figures = one(played, replace(CHILD, kind="knows", start=start))  # type: ignore[arg-type]
    settled = np.mean(figures.x[len(figures.x) // 2 :])
    assert any(abs(x - settled) < 0.7 for x in figures.x[:45])


def test_rewards_follow_attention_by_as_much_as_the_score_is_worth(played: Play) -> None:
    worthless, good = one(played, replace(CHILD, quality=Quality(0.50))), one(played, CHILD)
    assert good.contrast is not None
    assert worthless.contrast is not None
    assert good.contrast > 0.25
    assert abs(worthless.contrast) < 0.12  # of one sitting; the mean of many is within .03
    assert all(0.45 <= share <= 0.90 for share in good.shares)


def test_a_random_score_leaves_the_stars_which_skill_earns(played: Play) -> None:
    assert one(played, replace(CHILD, quality=Quality(0.50))).stars >= 0.6 * one(played, CHILD).stars


def test_a_lost_signal_moves_no_difficulty_and_is_made_good_within_seconds(played: Play) -> None:
    figures = one(played, replace(CHILD, quality=Quality(0.80, lost=0.20)))
    assert figures.moved_lost == 0
    assert figures.returns_s
    assert np.median(figures.returns_s) <= 5


def test_clenching_brings_nothing_where_artifacts_freeze_and_much_where_they_do_not(played: Play) -> None:
    honest = one(played, replace(CHILD, profile="adult"))
    cheating = one(played, replace(CHILD, profile="emg_cheat"))
    ungated = one(played, replace(CHILD, profile="emg_cheat", quality=Quality(0.80, gated=False)))
    assert cheating.clenched > 0.1
    assert cheating.rewarded_time <= honest.rewarded_time + 0.02
    assert cheating.dirty_share == 0
    assert ungated.rewarded_time > honest.rewarded_time + 0.05


def test_a_yoked_replay_pays_as_its_donor_was_paid_and_knows_nothing_of_the_player(played: Play) -> None:
    figures = one(played, replace(CHILD, arm="yoked_replay"))
    assert figures.donor_rewarded is not None
    assert figures.rewarded == pytest.approx(figures.donor_rewarded, abs=0.05)
    assert figures.contrast is not None
    assert abs(figures.contrast) < 0.12


def test_difficulty_by_the_score_alone_loses_the_player(played: Play) -> None:
    rival = one(played, replace(CHILD, rival="difficulty from the score alone"))
    assert abs(rival.success - 0.80) > abs(one(played, CHILD).success - 0.80)


def test_the_same_job_is_the_same_sitting(played: Play) -> None:
    from game.simulation.course import course  # noqa: PLC0415

    short = replace(CHILD, blocks=1)
    assert course(short) == course(short)
