"""A player's own model: what it learns, from what, and what it leaves as it was."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
import onnx
import pytest

pytest.importorskip("torch")

import assets
from neuro.errors import BadModel, BadRecording
from neuro.learn.data import Stretch
from neuro.learn.evaluate import judged
from neuro.learn.gate import judge
from neuro.learn.lessons import NEAR_S, Lesson, Trial, contrast, lesson, of_trials
from neuro.learn.metrics import auc
from neuro.learn.personal import personal
from neuro.learn.running import Running
from neuro.scalp import places
from neuro.scorer import Scorer
from neuro.seal import sealed
from neuro.spectrum import N_NUMBERS
from neuro.tokens import ROWS, STEPS
from tests.neuro.learn import minds, people

BASE = assets.model().read_bytes()


def lessons(n: int, effect: float, seed: int = 1) -> list[Lesson]:
    """Sittings of somebody whose rhythm falls by so many spreads when on a task; it rises where that is negative."""
    return [Lesson(one, np.ones(len(one.ends))) for one in minds.people(n, effect, seed)]


def well(model: bytes, some: Sequence[Lesson]) -> float:
    running = Running(Scorer(model))
    return float(np.mean([auc(judged(running, 0, running.windows(one.person))) for one in some]))


@pytest.fixture(scope="module")
def otherwise() -> bytes:
    """The own model of somebody in whom the rhythm rises."""
    return personal(BASE, lessons(4, effect=-1.0), seed=1)


def odds(model: bytes, z: np.ndarray, channels: tuple[str, ...]) -> float:
    score = Scorer(model)(z, np.ones((len(z), STEPS), bool), places(channels)).score
    return float(np.log(score / (1 - score)))


def test_a_player_who_is_otherwise_is_told_better_by_the_own_model(otherwise: bytes) -> None:
    later = lessons(3, effect=-1.0, seed=9)
    assert well(BASE, later) < 0.5
    assert well(otherwise, later) > 0.7


def test_what_was_learned_from_labels_that_mean_nothing_does_not_ship() -> None:
    rng = np.random.default_rng(3)
    shuffled = [
        replace(one, person=replace(one.person, engaged=rng.permutation(one.person.engaged)))
        for one in lessons(6, effect=1.0)
    ]
    later = lessons(3, effect=1.0, seed=9)
    assert not judge(BASE, personal(BASE, shuffled, seed=1), later, seed=1).ships


def test_with_other_sensors_it_says_what_the_base_says(otherwise: bytes) -> None:
    some = np.random.default_rng(1).normal(0, 1, (30, 2, ROWS, N_NUMBERS))
    for channels, same in ((("O1", "O2"), True), (minds.CHANNELS, False)):
        own, base = ([odds(model, z, channels) for z in some] for model in (otherwise, BASE))
        assert (np.corrcoef(own, base)[0, 1] > 0.99999) == same  # but for scale and shift


def test_it_is_as_odd_as_its_base(otherwise: bytes) -> None:
    z = np.random.default_rng(2).normal(0, 1, (2, ROWS, N_NUMBERS))
    both = odds(otherwise, z, minds.CHANNELS) + odds(otherwise, -z, minds.CHANNELS)
    assert both == pytest.approx(2 * odds(otherwise, 0 * z, minds.CHANNELS), abs=1e-4)


def test_how_sure_it_is_and_where_it_looks_stay_those_of_the_base(otherwise: bytes) -> None:
    z = np.random.default_rng(4).normal(0, 1, (2, ROWS, N_NUMBERS))
    clean, at = np.ones((len(z), STEPS), bool), places(minds.CHANNELS)
    own, base = (Scorer(model)(z, clean, at) for model in (otherwise, BASE))
    assert own.variance == base.variance
    assert own.distance == base.distance
    assert own.channels.tolist() == base.channels.tolist()


def test_the_same_lessons_and_the_same_seed_make_the_same_file(otherwise: bytes) -> None:
    assert personal(BASE, lessons(4, effect=-1.0), seed=1) == otherwise
    assert personal(BASE, lessons(4, effect=-1.0), seed=2) != otherwise


def test_the_papers_name_the_parent_and_the_lessons_and_no_figures_of_the_parent(otherwise: bytes) -> None:
    papers = Scorer(otherwise).metadata
    assert papers["parent"] == sha256(BASE).hexdigest()
    assert papers["lessons"] == "4"
    assert "metrics" not in papers
    assert json.loads(papers["usual_spread"]) == Scorer(BASE).usual_spread.tolist()


def test_one_sitting_alone_teaches_scale_and_shift_and_no_line() -> None:
    learned = personal(BASE, lessons(1, effect=-1.0), 1)
    later = lessons(2, effect=-1.0, seed=9)
    assert Scorer(learned).metadata["ridge"] == "inf"
    assert well(learned, later) == pytest.approx(well(BASE, later), abs=1e-3)


def test_progress_is_told_from_nought_to_one() -> None:
    told: list[float] = []
    personal(BASE, lessons(1, effect=1.0), 1, told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_sittings_with_moments_of_one_kind_alone_teach_nothing() -> None:
    one = lessons(1, effect=1.0)[0]
    asleep = replace(one, person=replace(one.person, engaged=np.zeros(len(one.person.ends))))
    assert contrast(asleep).sum() == 0
    with pytest.raises(BadRecording, match="play some more"):
        personal(BASE, [asleep], 1)


def test_in_a_sitting_both_labels_weigh_the_same_and_muscle_nothing() -> None:
    one = lessons(1, effect=1.0)[0]
    tense = replace(one.person, payable=np.arange(len(one.person.ends)) % 7 > 0)
    weight = contrast(replace(one, person=tense))
    rest, task = (weight[one.person.engaged == label].sum() for label in (0, 1))
    assert rest == pytest.approx(task)
    assert weight[~tense.payable].sum() == 0


def test_a_model_of_another_make_cannot_learn_a_player() -> None:
    other = onnx.load_from_string(BASE)
    next(each for each in other.graph.initializer if each.name == "line_bias").name = "bias_of_line"
    for node in other.graph.node:
        node.input[:] = ["bias_of_line" if name == "line_bias" else name for name in node.input]
    papers = {entry.key: entry.value for entry in other.metadata_props if entry.key != "sealed"}
    onnx.helper.set_model_props(other, papers)
    with pytest.raises(BadModel, match="cannot learn a player"):
        personal(sealed(other.SerializeToString()), lessons(1, effect=1.0), 1)


def test_a_lesson_believes_its_windows_as_far_as_the_moments_they_end_at() -> None:
    some = people.moments(np.random.default_rng(1), 60)
    t_s = np.array([moment.t_s for moment in some])
    engaged = np.where(t_s < 40, 0.0, np.where(t_s < 50, 1.0, np.nan))
    trust = np.where(t_s < 40, 0.2, 0.9)
    stretch = Stretch(some, engaged)
    found = lesson("Somebody", people.CHANNELS, [stretch], [trust], people.BASELINE_S)
    assert set(found.weight[found.person.engaged == 0]) == {0.2}
    assert set(found.weight[found.person.engaged == 1]) == {0.9}
    assert len(found.weight) == len(found.person.ends)


def trials(slow: range) -> list[Trial]:
    """Fifty fish, two seconds apart; some are struck late."""
    return [Trial(2.0 * i, True, 0.8 if i in slow else 0.4 + 0.001 * i) for i in range(50)]


def test_moments_among_late_answers_are_not_engaged_and_moments_among_timely_ones_are() -> None:
    engaged, trust = of_trials(np.array([20.0, 44.0, 48.0, 52.0, 80.0]), trials(slow=range(18, 28)))
    assert engaged.tolist() == [1.0, 0.0, 0.0, 0.0, 1.0]
    assert (trust >= 0.25).all()


def test_an_omission_is_a_lapse_and_a_frog_let_be_says_nothing() -> None:
    missed = [each._replace(reaction_s=None) if 18 <= i < 28 else each for i, each in enumerate(trials(range(0)))]
    frogs = [Trial(2.0 * i + 1.0, False, None) for i in range(50)]
    at_s = np.arange(4.0, 96.0)
    assert of_trials(at_s, missed)[0][44] == 0.0
    for one, other in zip(of_trials(at_s, missed), of_trials(at_s, missed + frogs), strict=True):
        np.testing.assert_array_equal(one, other)


def test_where_no_trial_is_near_nothing_is_known() -> None:
    engaged, trust = of_trials(np.array([100.0 + 10 * NEAR_S]), trials(slow=range(18, 28)))
    assert np.isnan(engaged).all()
    assert trust.tolist() == [0.0]
    assert np.isnan(of_trials(np.array([10.0]), [])[0]).all()
