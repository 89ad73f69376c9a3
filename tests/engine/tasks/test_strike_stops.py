"""The stop-signal mode of Strike, and how long stopping takes."""

from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
import pytest

from engine.events import Event, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S
from engine.tasks.deck import SIZE as DECK
from engine.tasks.strike import Settings, Strike
from engine.tasks.strike_measures import measures
from engine.tasks.strike_stopping import DELAY_TICKS, next_delay_ticks, stopping
from engine.tasks.task import Ask, Hand, Rules

SETTINGS = Settings(task="strike", speed=(0.10, 0.15), frogs=(0.05, 0.05), gap_s=(1.0, 0.6), stop=(0.25, 0.25))
RULES = Rules(seed=1, child=False, by="keys", settings=SETTINGS)
EASY = Ask(difficulty=-3.0)


@dataclass
class RaceModel:
    """Answers as the independent race model has it (Logan & Cowan 1984): press or stop, whichever is first.

    go_s: mu, sigma and tau of ex-Gaussian reaction times; ssrt_s, ssrt_sd_s: of stopping
    """

    go_s: tuple[float, float, float]
    ssrt_s: float
    seed: int
    ssrt_sd_s: float = 0.02
    omits: float = 0.01

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)
        self.press_s: float | None = None

    def saw(self, event: Event) -> None:
        if isinstance(event, StimulusShown):
            if event.kind == "stop":
                stopped_s = event.detail["ssd_s"] + self.rng.normal(self.ssrt_s, self.ssrt_sd_s)
                self.press_s = None if self.press_s is None or stopped_s < self.press_s else self.press_s
            else:
                mu_s, sigma_s, tau_s = self.go_s
                goes = event.kind == "fish" and self.rng.random() >= self.omits
                self.press_s = (
                    max(0.15, self.rng.normal(mu_s, sigma_s) + self.rng.exponential(tau_s)) if goes else None
                )

    def presses(self, now: Strike) -> bool:
        return (
            now.phase == "reach" and self.press_s is not None and now.phase_tick + 1 == round(self.press_s / TICK_S)
        )


def played(trials: int, player: RaceModel | None = None, rules: Rules[Settings] = RULES) -> list[Event]:
    """Everything up to the end of so many trials; without a player nobody presses."""
    now, tick, events, done = Strike(), 0, list[Event](), 0
    while done < trials:
        tick += 1
        strikes = player is not None and player.presses(now)
        now, happened = now.step(rules, Hand(("strike",)) if strikes else Hand(), tick, EASY)
        for event in happened:
            events.append(event)
            done += isinstance(event, TrialDone)
            if player:
                player.saw(event)
    return events


def ends(events: list[Event]) -> list[TrialDone]:
    return [event for event in events if isinstance(event, TrialDone)]


def test_the_signal_falls_on_its_share_of_fish_and_at_first_on_the_third() -> None:
    kinds = [trial.kind for trial in ends(played(6 * DECK))]
    fish, stops = kinds.count("fish"), kinds.count("stop")
    assert abs(stops / (fish + stops) - 0.25) < 0.03
    assert [kind for kind in kinds if kind != "frog"][:3] == ["fish", "fish", "stop"]


def test_a_stop_trial_looks_like_any_fish_until_its_signal_comes() -> None:
    shown = [event for event in played(2 * DECK) if isinstance(event, StimulusShown)]
    signal = next(event for event in shown if event.kind == "stop")
    (fish,) = (event for event in shown if event.trial == signal.trial and event.kind != "stop")
    assert fish.kind == "fish"
    assert "ssd_s" not in fish.detail
    assert (signal.onset_tick - fish.onset_tick) * TICK_S == pytest.approx(0.25)
    assert signal.detail["ssd_s"] == pytest.approx(0.25)


def test_a_signal_obeyed_is_held_and_the_next_comes_later() -> None:
    stops = [trial for trial in ends(played(2 * DECK)) if trial.kind == "stop"]
    assert {(trial.outcome, trial.success, trial.strand) for trial in stops} == {("held", True, "second")}
    delays = [trial.detail["ssd_s"] for trial in stops]
    assert delays[:3] == pytest.approx([0.25, 0.30, 0.35])


def test_a_press_despite_the_signal_is_a_false_alarm_and_the_next_comes_sooner() -> None:
    hasty = RaceModel((0.3, 0.0, 1e-9), ssrt_s=9.0, seed=1, omits=0.0)
    trials = ends(played(2 * DECK, hasty))
    stops = [trial for trial in trials if trial.kind == "stop"]
    assert {(trial.outcome, trial.success) for trial in stops} == {("false_alarm", False)}
    assert [trial.detail["ssd_s"] for trial in stops[:3]] == pytest.approx([0.25, 0.20, 0.15])
    assert {trial.strand for trial in trials if trial.kind != "stop"} == {"first"}


def test_the_delay_stays_within_its_bounds() -> None:
    assert next_delay_ticks(DELAY_TICKS[0], stopped=False) == DELAY_TICKS[0]
    assert next_delay_ticks(DELAY_TICKS[1], stopped=True) == DELAY_TICKS[1]


def test_invalid_stop_trials_leave_the_delay_alone() -> None:
    now, tick, unjudged = Strike(), 0, replace(EASY, judged=False)
    seen = 0
    while seen < 2:
        tick += 1
        now, events = now.step(RULES, Hand(), tick, unjudged)
        seen += sum(isinstance(event, TrialDone) and event.kind == "stop" for event in events)
    assert now.stop_delay_ticks == Strike().stop_delay_ticks


def test_without_the_setting_nothing_is_to_be_stopped() -> None:
    plain = replace(RULES, settings=SETTINGS.model_copy(update={"stop": None}))
    assert {trial.kind for trial in ends(played(2 * DECK, rules=plain))} == {"fish", "frog"}


def test_where_fish_are_quick_the_signal_still_comes_within_reach() -> None:
    quick = replace(RULES, settings=SETTINGS.model_copy(update={"speed": (0.48, 0.48)}))
    events = played(4 * DECK, rules=quick)
    shown = {event.trial for event in events if isinstance(event, StimulusShown) and event.kind == "stop"}
    stops = [trial for trial in ends(events) if trial.kind == "stop"]
    assert shown == {trial.trial for trial in stops}
    assert max(trial.detail["ssd_s"] for trial in stops) == pytest.approx(0.21 / 0.48 - 0.15, abs=TICK_S)


def told(kind: str, reaction_s: float | None, ssd_s: float = 0.0) -> TrialDone:
    outcome: Outcome = "hit" if reaction_s is not None else "miss"
    if kind == "stop":
        outcome = "false_alarm" if reaction_s is not None else "held"
    done = TrialDone(1, 1, "strike", kind, outcome, outcome in ("hit", "held"), True, False, 60, reaction_s, 0.0, 0)
    return replace(done, detail={"ssd_s": ssd_s})


def test_ssrt_is_the_reaction_at_the_share_of_presses_less_the_mean_delay() -> None:
    go = [told("fish", reaction_s) for reaction_s in (0.30, 0.40, 0.50, 0.60, None)]
    stop = [
        told("stop", None, 0.20),
        told("stop", 0.31, 0.20),
        told("stop", None, 0.15),
        told("stop", 0.30, 0.25),
    ] * 5
    found = stopping([*go, *stop])
    assert found.stopped_rate == 0.5
    assert found.ssd_mean_s == pytest.approx(0.20)
    assert found.ssrt_s == pytest.approx(0.50 - 0.20)  # the third of five, a miss being the slowest
    assert stopping([*go[:4], *stop]).ssrt_s == pytest.approx(0.40 - 0.20)


def test_ssrt_against_the_quantile_of_numpy() -> None:
    """Integration with replacement of omissions as Verbruggen et al. 2019 word it, by another hand."""
    dice = np.random.default_rng(4)
    go_s = np.where(dice.random(150) < 0.06, np.nan, 0.4 + dice.exponential(0.15, 150))
    delays_s, escaped = dice.choice([0.15, 0.20, 0.25, 0.30], 50), dice.random(50) < 0.45
    stop = [told("stop", 0.35 if out else None, ssd) for out, ssd in zip(escaped, delays_s, strict=True)]
    found = stopping([*(told("fish", None if np.isnan(one) else one) for one in go_s), *stop])
    filled = np.where(np.isnan(go_s), np.nanmax(go_s), go_s)
    nth = np.quantile(filled, escaped.mean(), method="inverted_cdf")
    assert found.ssrt_s == pytest.approx(nth - delays_s.mean())


def test_ssrt_is_not_said_of_few_signals_nor_where_the_race_model_does_not_hold() -> None:
    go = [told("fish", 0.4)] * 8
    assert stopping(go).ssrt_s is None
    held, pressed, slower = told("stop", None, 0.2), told("stop", 0.3, 0.2), told("stop", 0.5, 0.2)
    assert stopping([*go, *[held, pressed] * 10]).ssrt_s == pytest.approx(0.2)
    assert stopping([*go, *[held, pressed] * 9]).ssrt_s is None
    assert stopping([*go, *[held] * 18, pressed, pressed]).ssrt_s is None
    assert stopping([*go, *[held, slower] * 10]).ssrt_s is None


def test_stop_trials_leave_the_measures_of_go_and_no_go_alone() -> None:
    plain = [told("fish", 0.4), told("fish", None), told("frog", None)]
    plain[2] = replace(plain[2], outcome="held", success=True)
    alone, mixed = measures(plain), measures([*plain, told("stop", None, 0.2), told("stop", 0.3, 0.2)])
    assert (mixed.stops, mixed.stopped_rate) == (2, 0.5)
    assert mixed.ssd_mean_s == pytest.approx(0.2)
    assert replace(mixed, stops=0, stopped_rate=None, ssd_mean_s=None, ssrt_s=None) == alone


@pytest.mark.parametrize("ssrt_s", [0.20, 0.30])
def test_ssrt_of_a_race_is_recovered_on_average_within_25_ms(ssrt_s: float) -> None:
    found = []
    for seed in range(4):
        player = RaceModel((0.45, 0.06, 0.10), ssrt_s, seed)
        got = measures(ends(played(320, player, replace(RULES, seed=seed))))
        assert got.stopped_rate is not None
        assert abs(got.stopped_rate - 0.5) < 0.08
        assert got.ssrt_s is not None
        found.append(got.ssrt_s)
    assert abs(fmean(found) - ssrt_s) < 0.025
