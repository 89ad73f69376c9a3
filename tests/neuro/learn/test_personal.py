"""A player's own model: what it learns, from what, and what it leaves as it was."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, product

import numpy as np
import onnx
import pytest

pytest.importorskip("torch")

import assets
from neuro.errors import BadModel, BadRecording
from neuro.learn.data import STEP_S, Person, Stretch
from neuro.learn.evaluate import judged
from neuro.learn.gate import judge
from neuro.learn.lessons import IN_S, NEAR_S, OUT_S, Lesson, Trial, contrast, heard, lesson, of_trials, zone
from neuro.learn.metrics import auc
from neuro.learn.personal import LEAST, course, personal
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
    nothing = np.zeros(len(some))
    found = lesson("Somebody", people.CHANNELS, [stretch], [trust], [nothing], people.BASELINE_S)
    assert set(found.weight[found.person.engaged == 0]) == {0.2}
    assert set(found.weight[found.person.engaged == 1]) == {0.9}
    assert len(found.weight) == len(found.person.ends)


AT_S = STEP_S * np.arange(200.0)


def trials(slow: range) -> list[Trial]:
    """Fifty fish, two seconds apart; some are struck late."""
    return [Trial(2.0 * i, True, 0.8 if i in slow else 0.4 + 0.001 * (7 * i % 50)) for i in range(50)]


def chance(some: list[Trial]) -> np.ndarray:
    """Of being in the zone, each two seconds."""
    return zone(of_trials(AT_S, some))[:: round(2 / STEP_S)]


def test_moments_among_late_answers_are_out_of_the_zone_and_moments_among_timely_ones_are_in() -> None:
    found = chance(trials(slow=range(18, 28)))
    assert (found[19:27] < 0.3).all()
    assert (found[np.r_[5:15, 32:45]] > 0.8).all()


def test_no_answer_is_the_latest_of_all() -> None:
    some = trials(slow=range(20, 23))
    missed = [each._replace(reaction_s=None) if each.reaction_s == 0.8 else each for each in some]
    np.testing.assert_array_equal(of_trials(AT_S, missed), of_trials(AT_S, some))


def test_a_frog_let_be_speaks_for_the_zone_and_one_struck_against_it() -> None:
    fish = trials(range(0))
    let_be, struck = ([*fish, Trial(51.0, False, reaction_s)] for reaction_s in (None, 0.3))
    assert chance(struck)[25] < chance(fish)[25] < chance(let_be)[25]


def test_where_nobody_answers_what_was_missed_says_nothing() -> None:
    assert not of_trials(AT_S, [Trial(2.0, True, None), Trial(4.0, True, None)]).any()
    assert of_trials(np.empty(0), trials(range(0))).size == 0


def test_the_chance_of_the_zone_is_that_of_all_ways_there_are_through_a_sitting() -> None:
    said = np.array([0.5, -1.0, 2.0, 0.3, -3.0])
    leaves, comes = STEP_S / IN_S, STEP_S / OUT_S
    stays = {(1, 1): 1 - leaves, (1, 0): leaves, (0, 1): comes, (0, 0): 1 - comes}
    found = np.zeros((2, 5))  # how likely all of them are, and those that are in the zone at each token
    for way in product((0, 1), repeat=5):
        begins = (IN_S if way[0] else OUT_S) / (IN_S + OUT_S)
        found += (
            begins * np.prod([stays[pair] for pair in pairwise(way)]) * np.exp(said @ way) * np.array([[1] * 5, way])
        )
    np.testing.assert_allclose(zone(said), found[1] / found[0])


def played(one: Person, some: list[Trial]) -> Lesson:
    """Somebody's recording as a sitting of which only the hands are known."""
    t_s = STEP_S * np.arange(float(len(one.power)))
    return heard(Lesson(one, np.zeros(len(one.ends)), of_trials(t_s, some)))


def test_what_was_done_labels_the_windows_about_it_and_no_others() -> None:
    one = minds.people(1, effect=1.0)[0]
    found = played(one, trials(slow=range(30, 40)))
    end_s = found.person.ends * STEP_S
    assert not found.weight[end_s > 100 + 2 * NEAR_S].any()
    away, back = (found.person.engaged[(end_s > low) & (end_s < high)] for low, high in ((62, 80), (86, 100)))
    assert away.size > 30
    assert not away.any()
    assert back.all()


def test_what_a_model_says_moves_the_labels_of_what_was_done_and_never_those_that_are_known() -> None:
    one = minds.people(1, effect=1.0)[0]
    said = np.where(one.ends % 8 == 0, -4.0, np.nan)
    hands = played(one, trials(slow=range(30, 40)))
    certain = Lesson(one, np.ones(len(one.ends)))
    late = slice(*np.searchsorted(hands.person.ends * STEP_S, [62, 78]))
    assert heard(hands, said).person.engaged.sum() != hands.person.engaged.sum()
    assert (heard(hands, said).person.engaged[late] == 0).all()
    assert heard(certain, said) is certain


def test_each_lesson_but_the_first_two_is_met_by_the_model_of_those_before_it(otherwise: bytes) -> None:
    some = lessons(4, effect=-1.0)
    model, so_far = course(BASE, some, seed=1)
    assert model == otherwise
    assert [one for _, one in so_far] == some[LEAST:]
    assert [Scorer(then).metadata["lessons"] for then, _ in so_far] == ["2", "3"]
    assert all(well(then, [one]) > well(BASE, [one]) for then, one in so_far)
