from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.anchors import linear
from engine.events import Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S
from engine.tasks.deck import SIZE as DECK
from engine.tasks.strike import ENTRY, EXIT, REVEAL, Settings, Strike
from engine.tasks.strike_measures import measures
from engine.tasks.task import Ask, Hand, Rules

SETTINGS = Settings(task="strike", speed=(0.10, 0.35), frogs=(0.15, 0.30), gap_s=(2.4, 1.2))
RULES = Rules(seed=1, child=False, by="keys", settings=SETTINGS)
EASY = Ask(difficulty=-3.0)


def at(speed: float) -> Rules[Settings]:
    """Rules under which every creature swims so fast."""
    return replace(RULES, settings=SETTINGS.model_copy(update={"speed": (speed, speed)}))


@dataclass
class Water:
    """Plays on until something has happened, and remembers all of it."""

    rules: Rules[Settings] = RULES
    now: Strike = field(default_factory=Strike)
    tick: int = 0

    def __post_init__(self) -> None:
        self.events: list[Event] = []

    def pass_by(self, pressed: bool = False, ask: Ask = EASY) -> tuple[Event, ...]:
        self.tick += 1
        hand = Hand(("strike",)) if pressed else Hand()
        self.now, events = self.now.step(self.rules, hand, self.tick, ask)
        self.events += events
        return events

    def until(self, is_so: Callable[[Strike], bool]) -> None:
        while not is_so(self.now):
            self.pass_by()

    def until_reach_of(self, kind: str) -> None:
        self.until(lambda now: now.phase == "reach" and now.phase_tick == 0 and now.kind == kind)

    def press_after(self, seconds: float) -> TrialDone:
        for _ in range(round(seconds / TICK_S) - 1):
            self.pass_by()
        (done,) = self.pass_by(pressed=True)
        assert isinstance(done, TrialDone)
        return done

    def wait(self) -> TrialDone:
        while True:
            for event in self.pass_by():
                if isinstance(event, TrialDone):
                    return event


def test_a_fish_struck_within_reach_is_a_hit_with_its_reaction_time() -> None:
    water = Water()
    water.until_reach_of("fish")
    done = water.press_after(0.5)
    assert (done.outcome, done.success, done.valid) == ("hit", True, True)
    assert done.reaction_s is not None
    assert abs(done.reaction_s - 0.5) < 1e-9
    assert water.now.strike_tick == water.tick


def test_a_fish_let_go_is_a_miss() -> None:
    water = Water()
    water.until_reach_of("fish")
    done = water.wait()
    assert (done.outcome, done.success, done.reaction_s) == ("miss", False, None)
    assert abs(water.tick - done.onset_tick - (REVEAL - EXIT) / 0.10 / TICK_S) <= 1


def test_a_frog_struck_is_a_false_alarm_and_a_frog_let_be_is_held() -> None:
    water = Water()
    water.until_reach_of("frog")
    assert (water.press_after(0.5).outcome, water.now.outcome) == ("false_alarm", "false_alarm")
    water.until_reach_of("frog")
    done = water.wait()
    assert (done.outcome, done.success) == ("held", True)


def test_a_press_before_the_reveal_is_early_and_has_a_negative_reaction_time() -> None:
    water = Water()
    water.until(lambda now: now.phase == "approach")
    done = water.press_after(0.2)
    assert (done.outcome, done.success, done.valid) == ("early", False, True)
    assert done.reaction_s is not None
    assert done.reaction_s < 0


def test_a_press_too_fast_to_be_an_answer_is_early_and_children_have_longer() -> None:
    grown, child = Water(), Water(replace(RULES, child=True))
    for water in (grown, child):
        water.until_reach_of("fish")
    assert grown.press_after(0.17).outcome == "hit"
    assert child.press_after(0.17).outcome == "early"
    grown.until_reach_of("fish")
    assert grown.press_after(0.13).outcome == "early"


def test_a_press_into_empty_water_costs_nothing() -> None:
    water = Water()
    assert water.pass_by(pressed=True) == (IdlePress(trial=0),)
    assert water.now.strike_tick == 1
    water.pass_by(pressed=True)
    assert water.now.strike_tick == 1  # the neck is not back yet
    assert water.now.phase == "gap"


def test_the_shadow_glides_into_the_pool_without_a_jump() -> None:
    for speed in (0.02, 0.10, 0.35, 0.50):
        water = Water(at(speed))
        water.until(lambda now: now.phase == "approach")
        assert water.now.x == ENTRY
        places = [water.now.x]
        while water.now.phase in ("approach", "reach"):
            water.pass_by()
            places.append(water.now.x)
        moves = [(a - b) / TICK_S for a, b in pairwise(places)]
        assert all(0 < move < 0.75 for move in moves)
        reveal = places.index(REVEAL)
        assert abs(moves[reveal - 1] - speed) < 0.02
        assert abs(places[-1] - EXIT) < 0.01


def test_the_approach_cannot_be_counted_out() -> None:
    water = Water()
    lengths = set()
    for _ in range(12):
        water.until(lambda now: now.phase == "approach")
        lengths.add(water.now.phase_ticks)
        water.until(lambda now: now.phase == "gap")
    assert len(lengths) > 6
    assert all(0.7 / TICK_S <= length <= 1.1 / TICK_S + 1 for length in lengths)


def test_the_creature_is_announced_when_it_can_be_told() -> None:
    water = Water()
    water.until(lambda now: now.phase == "reach")
    shown = water.events[-1]
    assert isinstance(shown, StimulusShown)
    assert (shown.onset_tick, shown.kind) == (water.tick, water.now.kind)
    assert water.now.onset_tick == water.tick


def kinds_dealt(seed: int, difficulty: float, decks: int) -> list[str]:
    water, asked, kinds = Water(replace(RULES, seed=seed)), Ask(difficulty), list[str]()
    while len(kinds) < decks * DECK:
        pressed = water.now.phase == "approach"  # the fastest way through a deck
        kinds += [e.kind for e in water.pass_by(pressed, asked) if isinstance(e, TrialDone)]
    return kinds


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.floats(-3, 3))
def test_decks_hold_their_share_of_frogs_and_never_three_in_a_row(seed: int, difficulty: float) -> None:
    kinds = kinds_dealt(seed, difficulty, decks=2)
    share = linear(difficulty, SETTINGS.frogs)
    for deck in (kinds[:DECK], kinds[DECK:]):
        assert abs(deck.count("frog") - share * DECK) < 1
    assert "frog frog frog" not in " ".join(kinds)
    assert kinds[0] == "fish"


def test_over_many_decks_the_share_of_frogs_is_what_was_asked_for() -> None:
    kinds = kinds_dealt(3, difficulty=-0.5, decks=12)
    assert abs(kinds.count("frog") / len(kinds) - (0.15 + 0.15 * 2.5 / 6)) < 0.02


def test_after_a_pause_the_running_trial_ends_as_void() -> None:
    water = Water()
    water.until_reach_of("fish")
    water.now = water.now.voided()
    (done,) = water.pass_by(pressed=True)
    assert isinstance(done, TrialDone)
    assert (done.outcome, done.success, done.valid, done.reaction_s) == ("void", False, False, None)
    water.until(lambda now: now.phase == "reach")
    assert water.wait().valid


def test_a_pause_in_empty_water_voids_nothing() -> None:
    assert Strike().voided() == Strike()


def test_one_tick_that_must_not_count_makes_the_trial_invalid_but_lets_it_play_on() -> None:
    water = Water()
    water.until_reach_of("fish")
    water.pass_by(ask=replace(EASY, judged=False))
    done = water.press_after(0.5)
    assert (done.outcome, done.valid) == ("hit", False)


def test_creatures_are_counted_on_through_breaks_and_practice() -> None:
    water = Water()
    water.wait()
    water.until(lambda now: now.phase == "gap")
    assert water.now.rested().trial == water.now.renewed().trial == 1
    assert water.now.rested().deck == water.now.deck
    assert water.now.renewed().deck == ""


def ended(kind: str, outcome: Outcome, reaction_s: float | None = None, **more: Any) -> TrialDone:
    """A trial of block 1 as the rules would have ended it."""
    done = TrialDone(1, 1, "strike", kind, outcome, outcome in ("hit", "held"), True, False, 60, reaction_s, 0.0, 0)
    return replace(done, **more)


def test_measures_follow_their_formulas() -> None:
    trials = [ended("fish", "hit", 0.4), ended("fish", "hit", 0.6), ended("fish", "miss")]
    trials += [
        ended("frog", "held"),
        ended("frog", "held"),
        ended("frog", "false_alarm", 0.3),
        ended("fish", "early", -0.1),
    ]
    m = measures(trials)
    assert (m.trials, m.hits, m.misses, m.held, m.false_alarms, m.early) == (7, 2, 1, 2, 1, 1)
    assert m.success_rate == 4 / 7
    assert m.omission_rate == m.commission_rate == 1 / 3
    assert m.d_prime is not None
    assert m.criterion is not None
    assert abs(m.d_prime - 2 * 0.3186393639643752) < 1e-9  # H = 2.5 / 4, F = 1.5 / 4
    assert abs(m.criterion) < 1e-9
    assert m.reaction_mean_s == 0.5
    assert m.reaction_sd_s is not None
    assert m.reaction_cv is not None
    assert abs(m.reaction_sd_s - 0.02**0.5) < 1e-9
    assert abs(m.reaction_cv - 0.02**0.5 / 0.5) < 1e-9


def test_measures_of_nothing_are_none_and_not_zero() -> None:
    m = measures([])
    assert (m.trials, m.success_rate, m.d_prime, m.criterion, m.reaction_mean_s, m.reaction_cv) == (0, *[None] * 5)
    assert measures([ended("fish", "hit", 0.4)]).d_prime is None
    assert measures([ended("fish", "hit", 0.4)]).reaction_sd_s is None


def test_practice_and_invalid_trials_are_not_measured() -> None:
    trials = [ended("fish", "hit", 0.4, valid=False), ended("fish", "miss", practice=True)]
    assert measures(trials).trials == 0


def test_perfect_players_have_a_finite_d_prime() -> None:
    m = measures([ended("fish", "hit", 0.4)] * 20 + [ended("frog", "held")] * 5)
    assert m.d_prime is not None
    assert 2 < m.d_prime < 4


def test_the_d_prime_and_bias_of_a_simulated_responder_are_recovered() -> None:
    """One that misses 8 % of fish and strikes 26 % of frogs: d' = Z(.92) - Z(.26), c = -(Z(.92) + Z(.26)) / 2."""
    rng, water, trials = np.random.default_rng(2), Water(at(0.35)), list[TrialDone]()
    while len(trials) < 400:
        water.until(lambda now: now.phase == "reach")
        strikes = rng.random() < (0.92 if water.now.kind == "fish" else 0.26)
        trials.append(water.press_after(0.3) if strikes else water.wait())
    m = measures(trials)
    assert m.d_prime == pytest.approx(2.048, abs=0.3)
    assert m.criterion == pytest.approx(-0.381, abs=0.15)
