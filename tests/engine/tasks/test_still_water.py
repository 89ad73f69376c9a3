"""Still Water: pictures that melt into one another, answered or let be; and what is measured by it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from statistics import fmean

import pytest
from pydantic import ValidationError

from engine.events import Event, IdlePress, StimulusShown, TrialDone
from engine.ports import TICK_S
from engine.tasks.still_water import LULL, POOL, Settings, StillWater
from engine.tasks.still_water_measures import StillWaterMeasures, measures
from engine.tasks.task import Ask, Hand, Rules

SETTINGS = Settings(task="still-water", every_s=(2.4, 1.5), melt=(0.4, 1.0), lotuses=(0.25, 0.1), likeness=(0.0, 0.6))
CHECKUP = Settings(task="still-water", every_s=(2.0, 2.0), melt=(0.5, 0.5), lotuses=(0.2, 0.2), likeness=(0.3, 0.3))
EASY = Ask(-3.0, block=1)

Answers = Callable[[StillWater], float | None]
"""Seconds from the onset to the press; None for none."""


@dataclass
class Water:
    """Plays on until something has happened, and remembers all of it."""

    settings: Settings = SETTINGS
    child: bool = True
    seed: int = 1
    ask: Ask = EASY
    now: StillWater = field(default_factory=StillWater)
    tick: int = 0

    def __post_init__(self) -> None:
        self.rules = Rules(self.seed, self.child, "keys", self.settings)
        self.events: list[Event] = []

    def tick_on(self, press: bool = False) -> tuple[Event, ...]:
        self.tick += 1
        self.now, events = self.now.step(self.rules, Hand(("strike",) if press else ()), self.tick, self.ask)
        self.events += events
        return events

    def rest(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK_S)):
            self.tick_on()

    def shown(self, kind: str) -> StimulusShown:
        """To the onset of the next picture of that kind."""
        while True:
            for event in self.tick_on():
                if isinstance(event, StimulusShown) and event.kind == kind:
                    return event

    def done(self) -> TrialDone:
        """To the end of the running trial, without doing anything for it."""
        while self.now.open:
            self.tick_on()
        return self.trials()[-1]

    def trials(self) -> list[TrialDone]:
        return [event for event in self.events if isinstance(event, TrialDone)]

    def play(self, trials: int, answer: Answers) -> "Water":
        """Answers each picture once, so many seconds after its onset."""
        press_at: int | None = None
        while len(self.trials()) < trials:
            events = self.tick_on(press=press_at == self.tick + 1)
            if any(isinstance(event, StimulusShown) for event in events):
                answer_s = answer(self.now)
                press_at = None if answer_s is None else self.tick + round(answer_s / TICK_S)
        return self


@pytest.mark.parametrize("child", [True, False])
def test_pictures_come_in_an_even_pace_and_the_onset_is_the_middle_of_the_melt(child: bool) -> None:
    water = Water(CHECKUP, child)
    water.play(30, lambda _: None)
    onsets = [event.onset_tick for event in water.events if isinstance(event, StimulusShown)]
    every = 120 if child else 72
    assert onsets == [LULL + every // 4 + every * k for k in range(len(onsets))]
    assert all(event.detail["every_s"] == pytest.approx(every / 60) for event in water.trials())


def test_a_bud_that_is_greeted_is_a_hit_and_its_time_counts_from_the_middle_of_its_melt() -> None:
    water = Water()
    shown = water.shown("bud")
    water.rest(0.5 - TICK_S)
    assert water.tick_on(press=True) == ()
    assert water.now.echo_of == "hit"
    done = water.done()
    assert (done.outcome, done.success, done.valid, done.trial) == ("hit", True, True, shown.trial)
    assert done.reaction_s == pytest.approx(0.5)
    assert done.onset_tick == shown.onset_tick


def test_a_bud_is_missed_a_lotus_is_held_or_touched() -> None:
    water = Water()
    water.shown("bud")
    assert (water.done().outcome, water.now.echo_of) == ("miss", None)
    water.shown("lotus")
    assert (water.done().outcome, water.now.echo_of) == ("held", "held")
    water.shown("lotus")
    water.rest(0.6)
    water.tick_on(press=True)
    done = water.done()
    assert (done.outcome, done.success, water.now.echo_of) == ("false_alarm", False, "false_alarm")


@pytest.mark.parametrize(("child", "first_tick"), [(True, 12), (False, 9)])
def test_a_press_too_soon_to_be_an_answer_answers_nothing(child: bool, first_tick: int) -> None:
    water = Water(child=child)
    water.shown("bud")
    water.rest((first_tick - 2) * TICK_S)
    assert water.tick_on(press=True) == (IdlePress(water.now.trial),)
    assert water.tick_on(press=True) == ()
    done = water.done()
    assert (done.outcome, done.detail["early"]) == ("hit", 1)
    assert done.reaction_s == pytest.approx(first_tick * TICK_S)


def test_a_second_press_is_idle_and_counted() -> None:
    water = Water()
    water.shown("bud")
    water.rest(0.4)
    water.tick_on(press=True)
    assert water.tick_on(press=True) == (IdlePress(water.now.trial),)
    assert water.done().detail["again"] == 1


def test_an_answer_may_come_until_the_next_picture_outweighs_this_one() -> None:
    water = Water()
    shown = water.shown("bud")
    while water.now.open:
        before = water.now, water.tick
        water.tick_on()
    water.now, water.tick = before
    water.tick_on(press=True)
    assert water.trials()[-1].outcome == "hit"
    (following,) = water.tick_on()
    assert isinstance(following, StimulusShown)
    assert water.trials()[-1].reaction_s == pytest.approx((following.onset_tick - 1 - shown.onset_tick) * TICK_S)


def test_a_press_in_empty_water_is_idle() -> None:
    assert Water().tick_on(press=True) == (IdlePress(0),)


def test_the_first_picture_is_a_bud_and_lotuses_never_come_together() -> None:
    for seed in range(20):
        water = Water(seed=seed).play(60, lambda _: None)
        kinds = "".join(done.kind[0] for done in water.trials())
        assert kinds[0] == "b"
        assert "ll" not in kinds
        assert kinds.count("l") / 60 == pytest.approx(0.25, abs=0.04)


def test_no_picture_lies_as_the_one_before() -> None:
    water, layouts = Water(), []
    water.play(40, lambda now: layouts.append(now.asked and now.asked.layout))
    assert all(a != b for a, b in pairwise(layouts))
    assert len(set(layouts)) == 5


def test_a_pause_in_a_trial_voids_it_and_the_picture_on_its_way_comes_again() -> None:
    water = Water()
    water.shown("bud")
    while water.now.new is water.now.asked:
        water.tick_on()
    coming = water.now.new
    water.now = water.now.voided()
    (done,) = water.tick_on()
    assert isinstance(done, TrialDone)
    assert (done.outcome, done.valid, done.success) == ("void", False, False)
    assert water.now.between_trials
    assert (water.now.old, water.now.new, water.now.sight) == (None, None, None)
    water.rest(LULL * TICK_S)
    assert water.now.new == coming
    assert water.now.sight == POOL


def test_a_pause_before_the_onset_costs_no_trial_and_no_card() -> None:
    plain, paused = Water(), Water()
    paused.rest(1.6)
    paused.now = paused.now.voided()
    kinds = [[done.kind for done in water.play(45, lambda _: None).trials()] for water in (plain, paused)]
    assert kinds[0] == kinds[1]


def test_a_tick_that_is_not_judged_takes_its_trial_out() -> None:
    water = Water()
    water.shown("bud")
    water.ask = replace(EASY, judged=False)
    water.rest(0.2)
    water.ask = EASY
    assert not water.done().valid
    water.shown("bud")
    assert water.done().valid


def test_between_trials_there_is_a_tick_in_which_the_task_may_be_left() -> None:
    water = Water()
    water.shown("bud")
    water.done()
    assert water.now.between_trials
    rested = water.now.rested()
    assert rested.between_trials
    assert rested.trial == water.now.trial
    assert water.now.renewed() == StillWater(trial=water.now.trial, decks=water.now.decks)


def test_the_same_presses_give_the_same_events() -> None:
    chance = Random(4)
    presses = [chance.random() < 0.02 for _ in range(4000)]
    one, other = Water(), Water()
    for press in presses:
        one.tick_on(press)
    for press in presses:
        other.tick_on(press)
    assert (one.events, one.now) == (other.events, other.now)


def test_harder_is_faster_melts_longer_looks_more_alike_and_asks_less_often_to_keep_still() -> None:
    seen = []
    for x in (-3.0, -1.0, 1.0, 3.0):
        water = Water(ask=Ask(x, block=1)).play(200, lambda _: None)
        detail = water.trials()[-1].detail
        lotuses = sum(done.kind == "lotus" for done in water.trials())
        seen.append((-detail["every_s"], detail["melt_s"] / detail["every_s"], detail["likeness"], -lotuses))
    for easier, harder in pairwise(seen):
        assert all(a < b for a, b in zip(easier, harder, strict=True))


def test_success_is_possible_where_it_is_hardest() -> None:
    water = Water(child=False, ask=Ask(3.0, block=1)).play(60, hit_at(0.45))
    assert all(done.success for done in water.trials())


@pytest.mark.parametrize(
    "wrong",
    [{"every_s": (1.5, 2.4)}, {"melt": (0.9, 0.4)}, {"lotuses": (0.1, 0.25)}, {"likeness": (0.0, 0.9)}, {"pads": 3}],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(SETTINGS.model_dump() | wrong)


def hit_at(seconds: float) -> Answers:
    return lambda now: seconds if now.asked and now.asked.kind == "bud" else None


def person(seed: int, omission: float, false_alarm: float, per_min: float = 0.0) -> Answers:
    """Answers after an ex-Gaussian of .45 s, .06 s and .15 s, later by so much a minute, and errs so often."""
    chance = Random(seed)

    def answer(now: StillWater) -> float | None:
        time_s = 0.45 + chance.gauss(0, 0.06) + chance.expovariate(1 / 0.15)
        time_s += per_min * now.answer.onset_tick * TICK_S / 60
        is_bud = now.asked is not None and now.asked.kind == "bud"
        return time_s if chance.random() < (1 - omission if is_bud else false_alarm) else None

    return answer


def checkup(answer: Answers, seed: int = 1) -> StillWaterMeasures:
    """Six minutes of a child: 180 pictures, every fifth to keep still for."""
    return measures(Water(CHECKUP, seed=seed, ask=Ask(0.0, block=1)).play(180, answer).trials())


def test_a_check_up_finds_who_answered() -> None:
    found = [checkup(person(seed, omission=0.05, false_alarm=0.3), seed) for seed in range(6)]
    assert fmean(one.d_prime or 0 for one in found) == pytest.approx(1.645 + 0.524, abs=0.3)
    assert fmean(one.criterion or 0 for one in found) == pytest.approx(-(1.645 - 0.524) / 2, abs=0.15)
    assert fmean(one.tau_s or 0 for one in found) == pytest.approx(0.15, rel=0.2)
    assert fmean(one.mu_s or 0 for one in found) == pytest.approx(0.45, abs=0.02)
    assert fmean(one.omission_rate or 0 for one in found) == pytest.approx(0.05, abs=0.02)
    assert fmean(one.commission_rate or 0 for one in found) == pytest.approx(0.3, abs=0.08)
    assert all(one.trials == 180 for one in found)
    assert all(one.hits + one.misses == 144 for one in found)


def test_a_check_up_finds_who_slows_down() -> None:
    found = checkup(person(2, omission=0.0, false_alarm=0.2, per_min=0.06))
    assert found.reaction_slope_s_per_min == pytest.approx(0.06, abs=0.02)
    assert found.success_slope_per_min == pytest.approx(0, abs=0.03)


def test_errors_that_come_with_unsteady_times_are_told_from_others() -> None:
    def lapses(now: StillWater) -> float | None:
        away = now.trial % 60 >= 30
        is_bud = now.asked is not None and now.asked.kind == "bud"
        wavers_s = 0.3 * (-1) ** now.trial if away else 0.02 * (-1) ** now.trial
        return 0.7 + wavers_s if is_bud or away else None

    found = checkup(lapses)
    assert found.steady_errors is not None
    assert found.unsteady_errors is not None
    assert found.unsteady_errors > 0.15
    assert found.steady_errors < 0.05


def test_nothing_is_made_of_practice_pauses_and_lost_headsets() -> None:
    trials = Water().play(20, hit_at(0.5)).trials()
    spoilt = [replace(trials[0], practice=True), replace(trials[1], outcome="void"), replace(trials[2], valid=False)]
    assert measures(spoilt) == measures([])
    assert measures(trials + spoilt) == measures(trials)
    assert measures([]).success_rate is None
    assert measures(trials).tau_s is None
    assert measures(trials).success_slope_per_min is None
