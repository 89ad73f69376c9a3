"""A flight counts for whoever is on it, late gaze is held against its own moment, and speed is what grows."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import hypot

import pytest
from pydantic import ValidationError

from engine.events import Event, StimulusShown, TrialDone
from engine.ports import GAZE_DELAY_S, TICK_S, Place
from engine.tasks.firefly import GRACE_S, LEFT, LOW, RIGHT, TOP, TURN_S, Firefly, Settings
from engine.tasks.firefly_measures import measures
from engine.tasks.sight import DEG_PER_SCREEN, apart
from engine.tasks.task import Ask, By, Hand, Rules

SETTINGS = Settings(task="firefly", speed=(5.0, 16.0), surprise=(0.0, 0.8), hidden_s=(0.0, 0.6), near_deg=(4.0, 3.0))
EASY, HARD = Ask(-3.0, block=1), Ask(3.0, block=1)

Looks = Callable[["Flights"], Place | None]


@dataclass
class Flights:
    """Plays on until something has happened, and remembers all of it, with where the fly was after each tick."""

    by: By = "gaze"
    ask: Ask = EASY
    settings: Settings = SETTINGS
    error_deg: float = 0.0
    now: Firefly = field(default_factory=Firefly)
    tick: int = 0

    def __post_init__(self) -> None:
        self.events: list[Event] = []
        self.places: list[Place] = [self.now.place]

    def tick_on(self, at: Place | None = None) -> tuple[Event, ...]:
        self.tick += 1
        rules = Rules(3, False, self.by, self.settings, error_deg=self.error_deg)
        self.now, events = self.now.step(rules, Hand((), at), self.tick, self.ask)
        self.events += events
        self.places.append(self.now.place)
        return events

    def seen(self) -> Place:
        """Where the fly was when the eyes that the next tick hears of looked."""
        return self.places[max(0, len(self.places) - round(GAZE_DELAY_S / TICK_S))]

    def flight(self, looks: Looks) -> TrialDone:
        while True:
            for event in self.tick_on(looks(self)):
                if isinstance(event, TrialDone):
                    return event

    def taken_off(self) -> StimulusShown:
        while True:
            for event in self.tick_on():
                if isinstance(event, StimulusShown):
                    return event


def on_it(flights: Flights) -> Place:
    return flights.seen()


def elsewhere(flights: Flights) -> Place:
    return 0.5, 0.95


def shut(flights: Flights) -> None:
    return None


def test_who_stays_on_the_fly_gathers_its_light() -> None:
    flights = Flights()
    done = flights.flight(on_it)
    assert (done.outcome, done.success, done.valid, done.reaction_s) == ("hit", True, True, None)
    assert done.detail["on"] == 1.0
    assert flights.now.light == 1.0


def test_who_looks_elsewhere_does_not() -> None:
    flights = Flights()
    done = flights.flight(elsewhere)
    assert (done.outcome, done.success, done.valid) == ("miss", False, True)
    assert flights.now.light == 0.0


def test_late_gaze_is_held_against_the_moment_that_it_is_of() -> None:
    done = Flights(ask=HARD).flight(on_it)
    assert done.detail["rmse_deg"] == pytest.approx(0.0, abs=1e-9)
    assert done.detail["lag_s"] == pytest.approx(0.0, abs=1e-9)
    assert done.detail["gain"] == pytest.approx(1.0, abs=1e-6)


def test_a_pointer_is_not_late() -> None:
    done = Flights("pointer", HARD).flight(lambda flights: flights.places[-1])
    assert done.detail["lag_s"] == pytest.approx(TICK_S, abs=1e-3)


def test_eyes_that_could_not_be_seen_say_nothing_of_skill() -> None:
    assert not Flights().flight(shut).valid


def test_the_onset_is_the_tick_in_which_it_takes_off() -> None:
    flights = Flights()
    shown = flights.taken_off()
    assert (shown.onset_tick, shown.detail["speed_deg_per_s"]) == (flights.tick, 5.0)
    assert flights.now.place == flights.places[0]
    done = flights.flight(shut)
    assert done.onset_tick == shown.onset_tick
    assert 4.0 <= (flights.tick - done.onset_tick) * TICK_S <= 5.0 + TICK_S


@pytest.mark.parametrize(("ask", "deg_per_s"), [(EASY, 5.0), (HARD, 16.0)])
def test_it_flies_at_its_speed_bends_into_turns_and_stays_in_the_picture(ask: Ask, deg_per_s: float) -> None:
    flights = Flights(ask=ask)
    for _ in range(6):
        flights.taken_off()
        began = len(flights.places)
        flights.flight(shut)
        way = flights.places[began:]
        speeds = [apart(a, b) / TICK_S for a, b in pairwise(way)]
        assert max(speeds) <= deg_per_s + 1e-6
        assert sorted(speeds)[len(speeds) // 2] == pytest.approx(deg_per_s, rel=1e-6)
        bends = [hypot(*_bend(*three)) for three in zip(way, way[1:], way[2:], strict=False)]
        assert max(bends) <= 2 * deg_per_s * TICK_S / TURN_S + 1e-6
        for x, y in way:
            assert LEFT - 0.06 < x < RIGHT + 0.06
            assert TOP - 0.08 < y < LOW + 0.08


def _bend(a: Place, b: Place, c: Place) -> Place:
    """By how much the velocity changed at b, degrees a second."""
    x, y = ((after - 2 * at + before) for before, at, after in zip(a, b, c, strict=True))
    return x * DEG_PER_SCREEN[0] / TICK_S, y * DEG_PER_SCREEN[1] / TICK_S


def test_nothing_jumps_from_one_trial_to_the_next() -> None:
    flights = Flights(ask=HARD)
    for _ in range(3):
        flights.flight(on_it)
    steps = [apart(a, b) for a, b in pairwise(flights.places)]
    assert max(steps) <= 16.0 * TICK_S + 1e-6


def test_what_mist_hides_nobody_has_to_follow() -> None:
    flights = Flights(ask=HARD)
    flights.taken_off()
    hidden = False

    def lost_in_mist(flights: Flights) -> Place:
        nonlocal hidden
        hidden |= flights.now.hidden > 0.9
        return elsewhere(flights) if flights.now.hidden else on_it(flights)

    done = flights.flight(lost_in_mist)
    assert hidden
    assert done.detail["on"] > 0.98
    flights.ask = EASY
    flights.flight(on_it)
    assert flights.now.mist_ticks == 0


def test_the_first_half_second_is_free() -> None:
    done = Flights().flight(lambda f: elsewhere(f) if f.now.phase_tick * TICK_S < GRACE_S - 2 * TICK_S else on_it(f))
    assert done.detail["on"] == 1.0


def test_what_nobody_can_foresee_are_shorter_ways_and_turns_back() -> None:
    """At the same speed."""

    def turns(surprise: float) -> int:
        flights = Flights(settings=SETTINGS.model_copy(update={"surprise": (surprise, surprise)}), ask=HARD)
        count = 0
        for _ in range(6):
            flights.flight(shut)
            count += flights.now.leg
        return count

    assert turns(1.0) > turns(0.0) + 6


def test_a_pause_voids_the_flight_and_rest_empties_the_scene() -> None:
    flights = Flights()
    flights.taken_off()
    flights.now = flights.now.voided()
    done = flights.flight(on_it)
    assert (done.outcome, done.success, done.valid) == ("void", False, False)
    assert flights.now.rested().between_trials
    assert flights.now.rested().sight is None
    assert flights.now.renewed().trial == flights.now.trial


def test_a_tick_that_must_not_count_makes_the_flight_invalid() -> None:
    flights = Flights()
    flights.taken_off()
    flights.ask = replace(EASY, judged=False)
    flights.tick_on()
    flights.ask = EASY
    assert not flights.flight(on_it).valid


def test_the_same_looks_give_the_same_flights() -> None:
    once, again = Flights(ask=HARD), Flights(ask=HARD)
    for flights in (once, again):
        for _ in range(3):
            flights.flight(on_it)
    assert (once.events, once.places) == (again.events, again.places)


def test_a_tracker_that_is_far_off_widens_what_counts_as_on_it() -> None:
    flights = Flights(ask=HARD, error_deg=2.5)
    flights.taken_off()
    assert flights.now.near_deg == 5.0


def test_settings_that_get_easier_are_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(task="firefly", speed=(9.0, 5.0), surprise=(0, 1), hidden_s=(0, 0), near_deg=(3.0, 3.0))


def test_each_flight_weighs_by_what_it_says_of_the_gain() -> None:
    def done(success: bool, gain: float, on: float) -> TrialDone:
        one = Flights().flight(on_it)
        detail = {
            "gain": gain,
            "gain_weight": 2.0 if gain == 0.8 else 1.0,
            "lag_s": 0.1,
            "rmse_deg": 1.0,
            "catch_ups_per_s": 2.0,
            "on": on,
        }
        return replace(one, success=success, outcome="hit" if success else "miss", detail=detail)

    m = measures([done(True, 0.8, 0.9), done(True, 0.9, 0.9), done(True, 0.9, 0.9), done(False, 0.5, 0.3)])
    assert (m.trials, m.success_rate, m.gain, m.lag_s) == (4, 0.75, pytest.approx(0.78), 0.1)
    assert m.on_target == pytest.approx(0.75)
    none = measures([])
    assert (none.trials, none.success_rate, none.gain, none.on_target) == (0, None, None, None)
