"""A change of the line does to the model that runs in play what it was reckoned to do, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logit

import assets
from neuro.errors import BadModel
from neuro.learn.config import Config
from neuro.learn.federate.line import N_LINE, Seen, applied, seen
from neuro.learn.lessons import Lesson
from neuro.scorer import Scorer, load
from neuro.spectrum import N_NUMBERS
from neuro.tokens import ROWS, STEPS
from tests.neuro.learn.people import people

QUIET = Config(batch=16)


@pytest.fixture(scope="module")
def base() -> Scorer:
    return load(assets.model())


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    (one,) = people(1, shift=0.5)
    return Lesson(one, np.ones(len(one.ends)))


@pytest.fixture(scope="module")
def player(base: Scorer, lesson: Lesson) -> Seen:
    found = seen(base, [lesson], QUIET, 1)
    assert found is not None
    return found


def test_the_moved_model_says_what_the_change_was_reckoned_to_say(base: Scorer, lesson: Lesson, player: Seen) -> None:
    change = 0.05 * np.random.default_rng(1).standard_normal(N_LINE)
    after = seen(Scorer(applied(base.onnx, change, {})), [lesson], QUIET, 1)
    assert after is not None
    assert after.odds == pytest.approx(player.odds + player.calm @ change, abs=2e-3)
    assert after.tense_odds == pytest.approx(player.tense_odds + player.tense @ change, abs=2e-3)


def test_no_change_leaves_every_score_and_a_constant_moves_all_alike(base: Scorer) -> None:
    rng = np.random.default_rng(1)
    asked = rng.standard_normal((3, ROWS, N_NUMBERS)), np.ones((3, STEPS), bool), rng.standard_normal((3, 4))
    before = base(*asked)
    same = Scorer(applied(base.onnx, np.zeros(N_LINE), {}))(*asked)
    assert same.score == before.score
    up = Scorer(applied(base.onnx, np.eye(N_LINE)[-1], {}))(*asked)
    assert logit(up.score) == pytest.approx(logit(before.score) + 1, abs=1e-3)
    assert up.variance == before.variance


def test_a_moved_model_is_sealed_and_names_where_it_comes_from(base: Scorer) -> None:
    papers = Scorer(applied(base.onnx, np.zeros(N_LINE), {"parent": base.sha256})).metadata
    assert papers["parent"] == base.sha256
    assert papers["usual_spread"] == base.metadata["usual_spread"]
    assert "metrics" not in papers  # those were of the other model


def test_a_player_whose_sittings_are_all_of_one_kind_teaches_nothing(base: Scorer, lesson: Lesson) -> None:
    alike = replace(lesson, person=replace(lesson.person, engaged=np.ones_like(lesson.person.engaged)))
    assert seen(base, [alike], QUIET, 1) is None


def test_a_file_that_is_no_model_of_ours_cannot_be_moved() -> None:
    with pytest.raises(BadModel):
        applied(b"", np.zeros(N_LINE), {})
