"""Training: it finds what is there, repeats itself to the bit, goes on where it was killed, and can say no."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from neuro.baseline import own_power
from neuro.errors import BadRecording
from neuro.learn.config import Config, Optimiser, Schedule
from neuro.learn.data import Person
from neuro.learn.evaluate import mirrored
from neuro.learn.final import Epoch, Judged, calibration_of, refuse, train
from neuro.learn.train import Model, Training, fit, share_of_rate
from neuro.spectrum import HZ, own_bins
from neuro.tokens import STEPS
from tests.neuro.learn.people import people

SMALL = Config(
    width=16,
    hidden=16,
    heads=2,
    epochs=4,
    steps=12,
    batch=64,
    rate=1e-2,
    folds=2,
    averaged=10,
    disturbed=0,
    straight_batches=10,
)


def weights(model: Model) -> np.ndarray:
    return torch.cat([each.flatten() for each in model.net.parameters()]).detach().numpy()


def tight(one: Person, tokens: slice = slice(None)) -> Person:
    """The same person with muscle: as much in every bin above 21 Hz."""
    bins, fast = one.bins.copy(), HZ >= 21
    noise = np.random.default_rng(7).standard_normal(bins[tokens][..., fast].shape)
    bins[tokens, ..., fast] += np.sqrt(5.0 / 8) * noise  # 4 bins of a real and an imaginary part
    power = own_power(bins, one.covariance, one.good) @ own_bins(one.alpha_hz)
    return replace(one, bins=bins, power=power.astype(np.float32))


def tightened_at_task(one: Person) -> Person:
    return tight(one, slice(int(one.ends[one.engaged == 1].min()) - STEPS + 1, None))


def right(model: Model, shift: float) -> float:
    """The share of windows of new people that it tells right."""
    found = [(model.predict(some)[0] > 0) == (some.engaged == 1) for some in map(model.windows, people(3, shift, 99))]
    return float(np.concatenate(found).mean())


@pytest.fixture(scope="module")
def taught() -> Model:
    return fit(people(6, 1.5), replace(SMALL, epochs=10), 1)


def test_an_effect_that_is_there_is_found_in_people_never_seen(taught: Model) -> None:
    assert right(taught, 1.5) > 0.9


def test_an_effect_that_is_not_there_is_not_found(taught: Model) -> None:
    assert right(taught, 0.0) == pytest.approx(0.5, abs=0.2)


def test_the_opposite_of_what_was_learned_gives_the_opposite_answer(taught: Model) -> None:
    some = taught.windows(people(1, 1.5, 5)[0])
    mean, log_variance = taught.predict(some)
    opposite, same = taught.predict(replace(some, z=-some.z))
    at_rest, _ = taught.predict(replace(some, z=0 * some.z))
    assert opposite - at_rest == pytest.approx(at_rest - mean, abs=1e-5)
    assert at_rest[0] < 0
    assert same == pytest.approx(log_variance, abs=1e-5)


def test_muscle_that_tells_the_task_is_not_learned_where_it_costs() -> None:
    """Half of the effect is what muscle would do: a fine for that makes muscle raise the log odds less."""
    some = [tightened_at_task(one) for one in people(6, 0.5)]
    rises = {}
    for fine in (0.0, 10.0):
        model = fit(some, replace(SMALL, rise=fine), 1)
        usual = model.windows(some[0])
        rises[fine] = float((model.predict(model.windows(tight(some[0])))[0] - model.predict(usual)[0]).mean())
    assert rises[0.0] > 0.3
    assert rises[10.0] < rises[0.0] / 3


def test_the_straight_line_stays_as_it_was_laid() -> None:
    training = Training(people(3, 1.5), SMALL, 1)
    laid = training.averaged.straight.weight.clone()
    training.epoch()
    assert laid.abs().max() > 0
    assert torch.equal(training.averaged.straight.weight, laid)


def test_what_is_nought_but_for_rounding_says_nothing(taught: Model) -> None:
    """Heights are measured against their mean over channels, so that mean is nought."""
    assert taught.net.straight.bias[-1].abs() < 0.1
    assert taught.net.straight.weight[-1, -1].abs() < 0.1


def test_that_something_changed_one_way_or_the_other_cannot_be_learned() -> None:
    some = [mirrored(one) if i % 2 else one for i, one in enumerate(people(6, 1.5))]
    assert right(fit(some, SMALL, 1), 1.5) < 0.8


def test_the_same_seed_gives_the_same_weights_and_another_others() -> None:
    some, short = people(3, 1.0), replace(SMALL, epochs=1)
    one, same, other = (weights(fit(some, short, seed)) for seed in (3, 3, 4))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


class Killed(Exception):
    pass


@pytest.fixture(scope="module")
def whole() -> Model:
    """A training that nothing cut off."""
    return train(people(4, 1.0), replace(SMALL, epochs=2), 7)


@pytest.mark.parametrize("after", [1, 5])
def test_a_training_that_was_killed_comes_to_the_same_weights(whole: Model, tmp_path: Path, after: int) -> None:
    some, short = people(4, 1.0), replace(SMALL, epochs=2)
    seen: list[Epoch] = []

    def kill(epoch: Epoch) -> None:
        seen.append(epoch)
        if len(seen) == after:
            raise Killed

    saved = tmp_path / "model.part"
    with pytest.raises(Killed):
        train(some, short, 7, kill, saved)
    again: list[Epoch] = []
    resumed = train(some, short, 7, again.append, saved)
    assert np.array_equal(weights(resumed), weights(whole))
    assert resumed.calibration == whole.calibration
    assert len(again) < len(seen) + 6


def test_a_training_goes_on_from_its_state_to_the_bit() -> None:
    some, short = people(4, 1.0), replace(SMALL, steps=4)
    one, other = Training(some, short, 7), Training(some, short, 7)
    one.epoch()
    state = deepcopy(one.state())
    losses = one.epoch(), one.epoch()
    other.go_on(state)
    assert (other.epoch(), other.epoch()) == losses
    for mean, same in zip(one.averaged.parameters(), other.averaged.parameters(), strict=True):
        assert torch.equal(mean, same)


def test_a_training_of_other_people_does_not_go_on_from_there(tmp_path: Path) -> None:
    saved, short = tmp_path / "model.part", replace(SMALL, epochs=1)
    train(people(4, 1.0), short, 7, saved=saved)
    others = people(4, 1.0, seed=9)
    assert np.array_equal(weights(train(others, short, 7, saved=saved)), weights(train(others, short, 7)))


def test_it_stops_where_people_held_out_are_judged_best_on_average() -> None:
    seen: list[Epoch] = []
    train(people(4, 0.3), replace(SMALL, epochs=6, steps=4, rate=3e-2), 1, seen.append)
    held_out = np.array([[e.held_out for e in seen if e.turn == turn] for turn in range(2)])
    assert held_out.shape == (2, 6)
    last = [epoch for epoch in seen if epoch.turn == 2]
    assert len(last) == 1 + held_out.mean(axis=0).argmin()
    assert all(epoch.held_out is None for epoch in last)
    assert seen[-1].done == pytest.approx(1.0)


def test_a_calibration_cools_what_is_too_sure_and_leaves_what_is_right() -> None:
    rng = np.random.default_rng(1)
    logit = rng.normal(0, 1, 20000)
    engaged = (rng.random(20000) < 1 / (1 + np.exp(-logit))).astype(float)
    for factor in (0.5, 1.0, 3.0):
        judged = Judged(factor * (logit - 0.4), engaged, np.ones(20000))
        assert calibration_of([judged]) == pytest.approx((factor, 0.4), rel=0.15)


@pytest.mark.parametrize("optimiser", ["sgd", "adam", "adamw", "adagrad", "adadelta"])
def test_every_optimiser_lowers_the_loss(optimiser: Optimiser) -> None:
    rate = {"sgd": 0.05, "adagrad": 0.05, "adadelta": 3.0}.get(optimiser, 1e-2)
    training = Training(people(3, 3.0), replace(SMALL, optimiser=optimiser, rate=rate, weight_decay=1e-3), 1)
    losses = [training.epoch() for _ in range(4)]
    assert losses[-1] < losses[0] - 0.05


@pytest.mark.parametrize(("schedule", "last"), [("constant", 1.0), ("decay", 0.05), ("cosine", 0.0)])
def test_rates_rise_first_and_then_do_as_the_schedule_says(schedule: Schedule, last: float) -> None:
    config = Config(schedule=schedule)
    shares = [share_of_rate(done, config) for done in np.linspace(0, 1, 101)]
    assert shares[0] < 0.05
    assert max(shares) > 0.7
    assert shares[-1] == pytest.approx(last, abs=0.01)
    assert np.all(np.diff(shares[11:]) <= 0)


def test_who_cannot_be_learned_from_is_named_before_anything_begins() -> None:
    some = people(4, 1.0)
    with pytest.raises(BadRecording, match="at least 3 people, and there are 1: give a folder with more"):
        refuse(some[:1])
    idle = replace(some[1], engaged=np.zeros_like(some[1].engaged))
    with pytest.raises(BadRecording, match="Subject01 has no clean window on a task: leave this recording out"):
        refuse([some[0], idle, *some[2:]])
    tense = replace(some[2], payable=np.zeros_like(some[2].payable))
    with pytest.raises(BadRecording, match="Subject02 has no clean window at rest"):
        refuse([*some[:2], tense, some[3]])
    power = some[3].power.copy()
    power[5, 0, 0] = np.nan
    with pytest.raises(BadRecording, match="Subject03 has samples that are no numbers"):
        train([*some[:3], replace(some[3], power=power)], SMALL, 1)
