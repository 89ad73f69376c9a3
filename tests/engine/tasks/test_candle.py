"""A hold counts for whoever stays in the circle; lures, jumps and scatter are what it says of the eyes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import cos, log, pi, sin

import pytest
from pydantic import ValidationError

from engine.events import Event, StimulusShown, TrialDone
from engine.ports import TICK_S, Place
from engine.tasks.candle import INTRUSION_DEG, LURE_S, WAIT_S, Candle, Settings, measures
from engine.tasks.sight import BCEA_K, DEG_PER_SCREEN, apart
from engine.tasks.task import Ask, By, Hand, Rules

SETTINGS = Settings(
    task="candle", radius_deg=(4.0, 1.5), hold_s=(2.0, 6.0), lures_per_s=(0.0, 0.8), salience=(0.2, 1.0)
)
EASY, HARD = Ask(-3.0, block=1), Ask(3.0, block=1)

Looks = Callable[["Candles"], Place | None]


@dataclass
class Candles:
    """Plays on until something has happened, and remembers all of it."""

    by: By = "gaze"
    ask: Ask = EASY
    error_deg: float = 0.0
    settings: Settings = SETTINGS
    now: Candle = field(default_factory=Candle)
    tick: int = 0

    def __post_init__(self) -> None:
        self.events: list[Event] = []

    def tick_on(self, at: Place | None = None) -> tuple[Event, ...]:
        self.tick += 1
        rules = Rules(5, False, self.by, self.settings, error_deg=self.error_deg)
        self.now, events = self.now.step(rules, Hand((), at), self.tick, self.ask)
        self.events += events
        return events

    def begun(self, looks: Looks) -> StimulusShown:
        while True:
            for event in self.tick_on(looks(self)):
                if isinstance(event, StimulusShown):
                    return event

    def hold(self, looks: Looks) -> TrialDone:
        while True:
            for event in self.tick_on(looks(self)):
                if isinstance(event, TrialDone):
                    return event


def off(x_deg: float, y_deg: float = 0.0) -> Callable[["Candles"], Place]:
    """So far to the right of the flame and below it."""
    return lambda candles: (
        candles.now.place[0] + x_deg / DEG_PER_SCREEN[0],
        candles.now.place[1] + y_deg / DEG_PER_SCREEN[1],
    )


def away_for(seconds: float) -> Looks:
    """In the middle of the hold, ten degrees up."""

    def looks(candles: Candles) -> Place:
        t_s = (candles.now.phase_tick - candles.now.hold_ticks / 2) * TICK_S
        away = candles.now.phase == "hold" and 0 <= t_s < seconds
        return off(0, -10.0 if away else 0.0)(candles)

    return looks


def test_who_stays_within_the_circle_keeps_the_flame() -> None:
    candles = Candles()
    done = candles.hold(off(1.0))
    assert (done.outcome, done.success, done.valid, done.reaction_s) == ("held", True, True, None)
    assert done.detail["on"] == 1.0
    assert candles.now.warmth == 1.0


def test_who_stays_outside_does_not() -> None:
    done = Candles().hold(off(4.5))
    assert (done.outcome, done.success, done.valid) == ("miss", False, True)


def test_a_short_look_away_is_forgiven_and_a_long_one_is_not() -> None:
    assert Candles().hold(away_for(0.15)).success
    assert not Candles().hold(away_for(0.3)).success


def test_a_blink_costs_nothing_and_eyes_out_of_sight_say_nothing() -> None:
    blinks = Candles().hold(lambda candles: None if candles.tick % 60 < 12 else candles.now.place)
    assert (blinks.success, blinks.valid) == (True, True)
    assert not Candles().hold(lambda _: None).valid


def test_the_hold_begins_when_the_eyes_have_come_and_lasts_as_long_as_it_is_to() -> None:
    candles = Candles()
    shown = candles.begun(off(0))
    assert (shown.onset_tick, shown.kind) == (candles.tick, "flame")
    candles.hold(off(0))
    assert (candles.tick - shown.onset_tick) * TICK_S == pytest.approx(2.0, abs=TICK_S)


def test_the_flame_waits_for_eyes_that_have_not_come_but_not_for_ever() -> None:
    here, late = Candles(), Candles()
    here.begun(off(0))
    late.begun(off(9))
    assert (late.tick - here.tick) * TICK_S == pytest.approx(WAIT_S, abs=TICK_S)


def test_holds_grow_longer_and_circles_smaller() -> None:
    easy, hard = Candles("pointer"), Candles("pointer", HARD)
    for candles in (easy, hard):
        candles.begun(off(0))
    assert (easy.now.radius_deg, easy.now.hold_ticks, easy.now.lure_every) == (4.0, 120, 0)
    assert (hard.now.radius_deg, hard.now.hold_ticks, hard.now.lure_every) == (1.5, 360, 75)


@pytest.mark.parametrize(("error_deg", "radius_deg"), [(0.0, 2.0), (0.8, 2.0), (1.4, 2.8)])
def test_a_circle_is_never_smaller_than_the_tracker_can_tell(error_deg: float, radius_deg: float) -> None:
    candles = Candles(ask=HARD, error_deg=error_deg)
    candles.begun(off(0))
    assert candles.now.radius_deg == radius_deg


def test_lures_come_at_their_rate_beside_the_flame_and_go_again() -> None:
    candles = Candles(ask=HARD)
    candles.begun(off(0))
    ages, lures = [], set()
    while candles.now.phase == "hold":
        candles.tick_on(candles.now.place)
        if candles.now.lure_age_s is not None and candles.now.lure is not None:
            ages.append(candles.now.lure_age_s)
            lures.add(candles.now.lure)
    assert len(lures) == 4
    assert max(ages) < LURE_S
    assert all(apart(lure, candles.now.place) == pytest.approx(4.0) for lure in lures)
    assert all(0.05 < x < 0.95 and 0.2 < y < 0.95 for x, y in lures)


def test_jumps_away_from_the_flame_are_counted_and_the_way_back_is_not() -> None:
    done = Candles(ask=HARD).hold(away_for(0.3))
    assert done.detail["intrusions"] == 1.0
    assert Candles(ask=HARD).hold(off(0.4 * INTRUSION_DEG)).detail["intrusions"] == 0.0


def test_scatter_has_the_area_of_its_ellipse() -> None:
    def round_and_round(candles: Candles) -> Place | None:
        a = 2 * pi * candles.now.phase_tick / 60
        return off(0.6 * cos(a), 0.3 * sin(a))(candles)

    done = Candles(ask=HARD).hold(round_and_round)
    assert done.detail["log_bcea"] == pytest.approx(log(BCEA_K * pi * 0.6 * 0.3 / 2), abs=0.01)


def test_a_pause_voids_the_hold() -> None:
    candles = Candles()
    candles.begun(off(0))
    candles.now = candles.now.voided()
    done = candles.hold(off(0))
    assert (done.outcome, done.valid) == ("void", False)
    assert candles.now.rested().between_trials
    assert candles.now.renewed().trial == 1


def test_a_tick_that_must_not_count_makes_the_hold_invalid() -> None:
    candles = Candles()
    candles.begun(off(0))
    candles.ask = replace(EASY, judged=False)
    candles.tick_on()
    candles.ask = EASY
    assert not candles.hold(off(0)).valid


def test_the_same_looks_give_the_same_holds() -> None:
    once, again = Candles(ask=HARD), Candles(ask=HARD)
    for candles in (once, again):
        for _ in range(3):
            candles.hold(away_for(0.4))
    assert once.events == again.events


def test_settings_that_get_easier_are_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(task="candle", radius_deg=(2.0, 4.0), hold_s=(2, 6), lures_per_s=(0, 1), salience=(0, 1))


def test_measures_are_means_over_what_was_seen() -> None:
    steady, torn = Candles(ask=HARD).hold(off(0.2)), Candles(ask=HARD).hold(away_for(1.5))
    steady, torn = (
        replace(done, detail=dict(done.detail) | {"log_bcea": area}) for done, area in ((steady, -0.5), (torn, 1.5))
    )
    m = measures([steady, torn, replace(torn, practice=True)])
    assert (m.trials, m.success_rate) == (2, 0.5)
    assert m.on_target == pytest.approx((6.0 + 4.5) / 12, abs=0.01)
    assert m.intrusions_per_min == pytest.approx(5.0, abs=0.1)
    assert m.log_bcea == 0.5
    none = measures([])
    assert (none.trials, none.log_bcea, none.intrusions_per_min, none.on_target) == (0, None, None, None)
