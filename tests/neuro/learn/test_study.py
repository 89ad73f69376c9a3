"""A study compares what it says it compares, on the same people."""

from dataclasses import replace

import numpy as np
import pytest

from neuro.learn import metrics, study
from neuro.learn.study import BASELINES_S, MONTAGES, Cohort, Numbers
from tests.neuro.learn.minds import Linear, people

PEOPLE = 7


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    """Whose longest baseline leaves less rest to judge."""
    some = people(PEOPLE, effect=1.0)
    late = [replace(one, ends=one.ends[40:], engaged=one.engaged[40:], payable=one.payable[40:]) for one in some]
    baselines = {seconds: late if seconds == max(BASELINES_S) else some for seconds in BASELINES_S}
    return Cohort(dict.fromkeys(MONTAGES, some), baselines, some)


@pytest.fixture(scope="module")
def told(cohort: Cohort) -> tuple[Numbers, int]:
    """The figures, and how often something was taught."""
    times = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "RESAMPLES", 20)
        numbers, models = study.study(cohort, Linear, np.random.default_rng(1), lambda: times.append(1))
    assert len(models) == PEOPLE
    return numbers, len(times)


def test_it_says_beforehand_how_much_there_is_to_teach(told: tuple[Numbers, int]) -> None:
    assert told[1] == study.models_to_make(PEOPLE)


def test_every_split_montage_baseline_and_control_has_its_figures(told: tuple[Numbers, int]) -> None:
    numbers = told[0]
    assert list(numbers["montages"]) == list(MONTAGES)
    assert list(numbers["baselines"]) == ["none", "30 s", "60 s", "120 s"]
    assert [name.split()[0].rstrip(":") for name in numbers["schemes"]] == ["leave", "six", "held", "leaky"]
    assert sum(name.startswith("signs flipped") for name in numbers["controls"]) == study.FLIPS
    for group in ("schemes", "montages", "ungated", "baselines", "controls"):
        for name, one in numbers[group].items():
            assert set(one["windows"]) == set(metrics.FIGURES), name
            auc = one["windows"]["auc"]
            assert auc["low"] - 0.01 <= auc["value"] <= auc["high"] + 0.01  # of so few people it need not lie within


def test_the_montage_that_is_usual_is_the_one_of_the_schemes(told: tuple[Numbers, int]) -> None:
    usual, left_out = told[0]["montages"][study.USUAL], told[0]["schemes"]["leave one out"]
    assert usual["windows"]["auc"]["value"] == left_out["windows"]["auc"]["value"]
    assert usual["n_windows"] == left_out["n_windows"]


def test_all_baselines_judge_the_same_windows(told: tuple[Numbers, int]) -> None:
    assert len({one["n_windows"] for one in told[0]["baselines"].values()}) == 1
    assert told[0]["baselines"]["60 s"]["n_windows"] < told[0]["schemes"]["leave one out"]["n_windows"]


def test_an_effect_survives_every_honest_split_and_no_control(told: tuple[Numbers, int]) -> None:
    numbers = told[0]
    for name in ("leave one out", "six groups", "held out"):
        assert numbers["schemes"][name]["windows"]["auc"]["value"] > 0.7, name
    bare = numbers["controls"]["only 1-3 and 31-45 Hz: blinks, movement, muscle"]
    assert bare["windows"]["auc"]["value"] == pytest.approx(0.5, abs=0.12)
