"""What the gate lets through, and why it holds back what it holds back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import numpy_helper

pytest.importorskip("torch")

import assets
from neuro.learn import gate
from neuro.learn.gate import Ruling, judge
from neuro.learn.lessons import Lesson
from neuro.learn.personal import personal
from neuro.seal import sealed
from neuro.spectrum import N_NUMBERS
from tests.neuro.learn import minds

BASE = assets.model().read_bytes()
FAST = slice(-9, -1)
"""Columns of the straight line for 29-45 Hz, where muscle is."""


def lessons(n: int, effect: float, seed: int) -> list[Lesson]:
    return [Lesson(one, np.ones(len(one.ends))) for one in minds.people(n, effect, seed)]


LATER = lessons(4, effect=-1.0, seed=9)
"""Of somebody in whom the rhythm rises on a task; in most it falls."""


@pytest.fixture(scope="module")
def own() -> bytes:
    """What was learned of sittings before."""
    return personal(BASE, lessons(4, effect=-1.0, seed=1), seed=1)


def changed(model: bytes, moved: Mapping[str, NDArray[np.float32]]) -> bytes:
    """The same model with this added to its weights."""
    opened = onnx.load_from_string(model)
    for each in opened.graph.initializer:
        if each.name in moved:
            each.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(each) + moved[each.name], each.name))
    papers = {entry.key: entry.value for entry in opened.metadata_props if entry.key != "sealed"}
    onnx.helper.set_model_props(opened, papers)
    return sealed(opened.SerializeToString())


def ruled(challenger: bytes, later: Sequence[Lesson] = LATER) -> Ruling:
    return judge(BASE, challenger, later, seed=1)


def test_what_is_better_on_later_sittings_ships(own: bytes) -> None:
    ruling = ruled(own)
    assert ruling.why == gate.IS_BETTER
    assert ruling.ships
    assert ruling.sittings == 4
    assert ruling.gain == pytest.approx(ruling.candidate_auc - ruling.base_auc)
    assert 0 < ruling.interval[0] < ruling.gain < ruling.interval[1]


def test_a_model_does_not_take_its_own_place() -> None:
    ruling = ruled(BASE)
    assert (ruling.ships, ruling.why, ruling.gain) == (False, gate.NOT_BETTER, 0.0)


def test_what_is_worse_on_later_sittings_is_held_back(own: bytes) -> None:
    ruling = ruled(own, lessons(4, effect=1.0, seed=9))
    assert (ruling.ships, ruling.why) == (False, gate.NOT_BETTER)
    assert ruling.interval[1] < 0


def test_sittings_that_taught_it_judge_what_those_before_them_would_have_made(own: bytes) -> None:
    both = judge(BASE, own, LATER[2:], 1, so_far=[(own, LATER[0]), (BASE, LATER[1])])
    each = np.array([ruled(own, [one]).gain for one in LATER])
    assert both.sittings == 4
    assert both.gain == pytest.approx(each[[0, 2, 3]].sum() / 4)  # the one that had learned nothing gains nothing


def test_two_sittings_are_too_few_however_good_they_look(own: bytes) -> None:
    ruling = ruled(own, LATER[:2])
    assert (ruling.ships, ruling.why) == (False, gate.TOO_FEW)
    assert ruling.gain > 0.1
    assert ruling.interval == (-np.inf, np.inf)


def test_sittings_with_moments_of_one_kind_do_not_count(own: bytes) -> None:
    asleep = [replace(one, person=replace(one.person, engaged=0 * one.person.engaged)) for one in LATER]
    ruling = ruled(own, asleep)
    assert (ruling.ships, ruling.why, ruling.sittings) == (False, gate.TOO_FEW, 0)
    assert np.isnan([ruling.base_auc, ruling.gain, ruling.calibration[0], ruling.muscle[0]]).all()


def test_moments_that_could_not_have_paid_do_not_count(own: bytes) -> None:
    tense = [replace(one, person=replace(one.person, payable=one.person.payable & False)) for one in LATER]
    assert ruled(own, tense).sittings == 0


def test_what_is_better_but_boasts_is_held_back(own: bytes) -> None:
    boasting = changed(own, {"rest": np.full(1, 5.0, np.float32)})
    ruling = ruled(boasting)
    assert (ruling.ships, ruling.why) == (False, gate.WORSE_CALIBRATION)
    assert ruling.gain > 0.1


def test_what_is_better_but_pays_muscle_is_held_back(own: bytes) -> None:
    muscle = np.zeros(N_NUMBERS, np.float32)
    muscle[FAST] = 0.3
    ruling = ruled(changed(own, {"line_bias": muscle}))
    assert (ruling.ships, ruling.why) == (False, gate.PAYS_MUSCLE)
    assert ruling.muscle[1] > ruling.muscle[0] + gate.MUSCLE


def test_what_has_forgotten_other_people_is_held_back(own: bytes) -> None:
    others = minds.people(3, effect=1.0, seed=5)  # with the same sensors
    ruling = judge(BASE, own, LATER, 1, others)
    assert (ruling.ships, ruling.why) == (False, gate.FORGOT)
    assert ruling.forgot > gate.FORGETS


def test_the_interval_is_that_of_a_paired_t_over_sittings(own: bytes) -> None:
    ruling = ruled(own)
    each = np.array([ruled(own, [one]).gain for one in LATER])
    reach = 1.6377 * each.std(ddof=1) / 2  # t of .9 with 3 degrees of freedom
    assert ruling.interval == pytest.approx((each.mean() - reach, each.mean() + reach), abs=1e-4)
