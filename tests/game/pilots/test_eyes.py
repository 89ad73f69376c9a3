"""What the tasks for the eyes say of a simulated player is what is true of it."""

from math import log, pi

import pytest

from engine.tasks import candle, firefly, firefly_measures, look_away, look_away_measures
from engine.tasks.sight import BCEA_K
from engine.tasks.task import By
from neuro.twin.profiles import PROFILES
from tests.game.pilots.alone import played, steady

FLIGHTS = firefly.Settings(task="firefly", speed=(5.0, 16.0), surprise=(0.0, 0.8), hidden_s=(0, 0.6), near_deg=(4, 3))
HOLDS = candle.Settings(task="candle", radius_deg=(4, 2), hold_s=(2, 6), lures_per_s=(0.2, 0.8), salience=(0.2, 1))
LIGHTS = look_away.Settings(task="look-away", far_deg=(6, 12), dark_s=(0, 0.2), towards=(0.0, 0.0), salience=(0.3, 1))
MIXED = LIGHTS.model_copy(update={"towards": (0.7, 0.3)})


@pytest.mark.parametrize("name", ["adult", "child", "adhd"])
def test_pursuit_gain_is_recovered(name: str) -> None:
    trials = [trial for seed in range(1, 5) for trial in played(PROFILES[name], FLIGHTS, seed, 12, difficulty=-0.5)]
    gain = firefly_measures.measures(trials).gain
    assert gain == pytest.approx(PROFILES[name].looking.pursuit_gain, abs=0.05)


@pytest.mark.parametrize("name", ["adult", "child"])
def test_the_scatter_of_steady_eyes_is_that_of_drift_and_tracker(name: str) -> None:
    """A hold that is short against the drift holds less of it: by 2 tau / T, for a walk that forgets within tau."""
    profile, hold_s = steady(name), 10.0
    still = HOLDS.model_copy(update={"hold_s": (hold_s, hold_s), "lures_per_s": (0.0, 0.0)})
    m = candle.measures(trial for seed in (1, 2) for trial in played(profile, still, seed, 8))
    look = profile.looking
    variance = look.tracker_deg**2 + look.drift_deg**2 * (1 - 2 * look.drift_tau_s / hold_s)
    assert m.log_bcea == pytest.approx(log(BCEA_K * pi * variance), abs=0.08)
    assert m.on_target is not None
    assert m.on_target > 0.97
    assert m.intrusions_per_min is not None
    assert m.intrusions_per_min < 0.5


@pytest.mark.parametrize("name", ["adult", "child", "adhd"])
def test_antisaccade_errors_are_recovered(name: str) -> None:
    trials = [trial for seed in range(4) for trial in played(PROFILES[name], LIGHTS, seed, 60)]
    m = look_away_measures.measures(trials)
    assert m.trials > 220
    assert m.error_rate == pytest.approx(PROFILES[name].looking.antisaccade_errors, abs=0.05)
    if name != "adult":  # who makes few errors has few to mend
        assert m.mended_rate == pytest.approx(PROFILES[name].looking.corrected, abs=0.07)


def test_looking_towards_is_a_reflex_with_its_latency() -> None:
    m = look_away_measures.measures(played(PROFILES["adult"], MIXED, 3, 60))
    mu_s, _, tau_s = PROFILES["adult"].looking.latency_s
    assert m.towards_error_rate == 0.0
    assert m.towards_latency_mean_s == pytest.approx(mu_s + tau_s, abs=0.03)


@pytest.mark.parametrize(
    ("task", "by"), [(FLIGHTS, "gaze"), (FLIGHTS, "pointer"), (HOLDS, "gaze"), (HOLDS, "pointer")]
)
def test_who_watches_succeeds_less_the_harder_it_is(task: firefly.Settings | candle.Settings, by: By) -> None:
    easy, middle, hard = (
        sum(trial.success for trial in played(PROFILES["child"], task, 2, 24, by, difficulty))
        for difficulty in (-3, 0, 3)
    )
    assert easy >= 19
    assert easy > middle > hard


@pytest.mark.parametrize("by", ["gaze", "keys", "pointer"])
def test_who_looks_away_succeeds_less_the_harder_it_is(by: By) -> None:
    easy, middle, hard = (
        sum(trial.success for trial in played(PROFILES["child"], LIGHTS, 2, 40, by, difficulty))
        for difficulty in (-3, 0, 3)
    )
    assert easy >= 32
    assert easy > middle + 4
    assert middle > hard + 4
