"""School of Fish: what it shows, what it takes for an answer, and what it measures."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from engine.events import Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import GAZE_DELAY_S, TICK_S, Action, Place
from engine.tasks.catalogue import WARMUP
from engine.tasks.flanker import DECK, Flanker, Settings
from engine.tasks.flanker_measures import measures
from engine.tasks.task import Ask, By, Hand, Rules

SETTINGS = Settings(
    task="flanker", incongruent=(0.2, 0.6), spacing=(0.10, 0.07), deadline_s=(2.0, 1.0), gap_s=(1.0, 0.5)
)
RULES = Rules(seed=1, child=False, by="keys", settings=SETTINGS)
EASY, MIDDLE, HARD = (Ask(difficulty=x) for x in (-3.0, 0.0, 3.0))
CENTRE, LEFT, RIGHT = (0.5, 0.8), (0.1, 0.8), (0.9, 0.8)


def by(mode: By) -> Rules[Settings]:
    return replace(RULES, by=mode)


@dataclass
class Water:
    """Plays on until something has happened, and remembers all of it."""

    rules: Rules[Settings] = RULES
    now: Flanker = field(default_factory=Flanker)
    tick: int = 0
    at: Place | None = None
    ask: Ask = EASY

    def __post_init__(self) -> None:
        self.events: list[Event] = []

    def pass_by(self, *pressed: Action, clicked: bool = False) -> tuple[Event, ...]:
        self.tick += 1
        self.now, events = self.now.step(self.rules, Hand(pressed, self.at, clicked), self.tick, self.ask)
        self.events += events
        return events

    def until(self, is_so: Callable[[Flanker], bool]) -> "Water":
        while not is_so(self.now):
            self.pass_by()
        return self

    def until_school(self) -> "Water":
        return self.until(lambda now: now.phase == "school" and now.phase_tick == 0)

    def after(self, seconds: float) -> "Water":
        """In the tick before."""
        for _ in range(round(seconds / TICK_S) - 1):
            self.pass_by()
        return self

    def wait(self) -> TrialDone:
        while True:
            for event in self.pass_by():
                if isinstance(event, TrialDone):
                    return event

    @property
    def right_key(self) -> Action:
        assert self.now.side is not None
        return self.now.side

    @property
    def wrong_key(self) -> Action:
        return "right" if self.now.side == "left" else "left"


def ending(events: tuple[Event, ...]) -> TrialDone:
    (done,) = events
    assert isinstance(done, TrialDone)
    return done


def dealt(decks: int, ask: Ask, seed: int = 1) -> list[tuple[str, float]]:
    """Kinds and sides, the fastest way through."""
    water, cards = Water(replace(RULES, seed=seed), ask=ask), list[tuple[str, float]]()
    while len(cards) < decks * DECK:
        pressed: tuple[Action, ...] = ("left",) if water.now.phase == "gather" else ()
        cards += [(done.kind, done.detail["side"]) for done in water.pass_by(*pressed) if isinstance(done, TrialDone)]
    return cards


def test_the_way_of_the_middle_fish_is_a_hit_and_the_other_is_wrong() -> None:
    water = Water().until_school().after(0.5)
    done = ending(water.pass_by(water.right_key))
    assert (done.outcome, done.success, done.valid) == ("hit", True, True)
    assert done.reaction_s == pytest.approx(0.5)
    water.until_school().after(0.5)
    done = ending(water.pass_by(water.wrong_key))
    assert (done.outcome, done.success) == ("wrong", False)


def test_the_school_is_announced_in_the_tick_in_which_it_shows() -> None:
    water = Water().until_school()
    shown = water.events[-1]
    assert isinstance(shown, StimulusShown)
    assert (shown.task, shown.kind, shown.onset_tick) == ("flanker", water.now.kind, water.tick)
    assert shown.detail["side"] == {"left": -1.0, "right": 1.0}[water.right_key]


def test_no_answer_until_the_deadline_is_a_miss() -> None:
    done = Water().wait()
    water = Water()
    water.wait()
    assert (done.outcome, done.success, done.reaction_s) == ("miss", False, None)
    assert (water.tick - done.onset_tick) * TICK_S == pytest.approx(2.0)


def test_both_ways_at_once_is_no_answer() -> None:
    water = Water().until_school().after(0.5)
    assert ending(water.pass_by("left", "right")).outcome == "wrong"


def test_a_press_before_the_fish_show_or_too_soon_after_is_early() -> None:
    water = Water().until(lambda now: now.phase == "gather")
    done = ending(water.pass_by("left"))
    assert done.outcome == "early"
    assert done.reaction_s is not None
    assert done.reaction_s < 0
    water.until_school().after(0.13)
    assert ending(water.pass_by(water.right_key)).outcome == "early"


def test_children_have_longer_to_be_called_early() -> None:
    water = Water(replace(RULES, child=True)).until_school().after(0.18)
    assert ending(water.pass_by(water.right_key)).outcome == "early"
    water = Water().until_school().after(0.18)
    assert ending(water.pass_by(water.right_key)).outcome == "hit"


def test_a_press_with_no_school_costs_nothing_and_strike_is_no_answer() -> None:
    water = Water()
    assert water.pass_by("right") == (IdlePress(0),)
    water.until_school().after(0.5)
    assert water.pass_by("strike") == ()


def test_the_gathering_cannot_be_counted_out() -> None:
    water, lengths = Water(), set[int]()
    for _ in range(12):
        water.until(lambda now: now.phase == "gather")
        lengths.add(water.now.phase_ticks)
        water.wait()
    assert len(lengths) > 6
    assert all(0.5 <= length * TICK_S <= 0.92 for length in lengths)


def test_a_click_in_either_half_is_an_answer_and_so_is_an_arrow() -> None:
    water = Water(by("pointer")).until_school().after(0.5)
    water.at = LEFT if water.now.side == "left" else RIGHT
    assert water.pass_by() == ()  # pointing alone says nothing
    assert ending(water.pass_by("strike", clicked=True)).outcome == "hit"
    water.until_school().after(0.5)
    assert ending(water.pass_by(water.right_key)).outcome == "hit"


def look(water: Water, after_s: float, side: str | None) -> TrialDone:
    """Eyes that rest on the school and go to a bank; what they do is known a little later."""
    water.at = CENTRE
    water.until_school().after(after_s + GAZE_DELAY_S)
    water.at = LEFT if side == "left" else RIGHT
    return ending(water.pass_by())


def test_eyes_answer_by_the_bank_they_reach_and_their_delay_is_taken_off() -> None:
    water = Water(by("gaze"))
    water.until(lambda now: now.phase == "gather")
    done = look(water, 0.4, water.now.side)
    assert (done.outcome, done.valid) == ("hit", True)
    assert done.reaction_s == pytest.approx(0.4, abs=TICK_S / 2)
    water.until(lambda now: now.phase == "gather")
    assert look(water, 0.4, water.wrong_key).outcome == "wrong"


def test_eyes_that_were_on_a_bank_already_have_not_answered() -> None:
    water = Water(by("gaze"), at=LEFT).until_school().after(0.6)
    assert water.now.phase == "school"
    water.at = CENTRE
    water.pass_by()
    water.at = LEFT
    assert ending(water.pass_by()).outcome in ("hit", "wrong")


def test_a_school_in_which_the_eyes_were_not_known_does_not_count() -> None:
    water = Water(by("gaze"))
    assert not water.wait().valid
    water.at = CENTRE
    assert water.wait().valid


def test_keys_and_clicks_are_no_answer_where_eyes_answer() -> None:
    water = Water(by("gaze"), at=CENTRE).until_school().after(0.5)
    assert water.pass_by("left", clicked=True) == ()


def test_after_a_pause_the_running_trial_ends_as_void() -> None:
    water = Water().until_school()
    water.now = water.now.voided()
    done = ending(water.pass_by("left"))
    assert (done.outcome, done.success, done.valid, done.reaction_s) == ("void", False, False, None)
    assert Flanker().voided() == Flanker()
    assert water.wait().valid


def test_one_tick_that_must_not_count_makes_the_trial_invalid_but_lets_it_play_on() -> None:
    water = Water().until_school()
    water.ask = replace(EASY, judged=False)
    water.pass_by()
    water.ask = EASY
    water.after(0.5)
    done = ending(water.pass_by(water.right_key))
    assert (done.outcome, done.valid) == ("hit", False)


def test_trials_are_counted_on_through_breaks_and_practice() -> None:
    water = Water()
    water.wait()
    assert water.now.rested() == water.now.renewed() == Flanker(trial=1)


def test_the_same_answers_bring_the_same_events() -> None:
    def played() -> list[Event]:
        water = Water(ask=MIDDLE)
        while water.tick < 1800:
            water.pass_by(*(("left",) if water.tick % 97 == 0 else ()))
        return water.events

    assert played() == played()


def test_a_harder_school_is_closer_has_less_time_and_more_often_contradicts() -> None:
    def first(ask: Ask) -> tuple[float, float]:
        done = Water(ask=ask).wait()
        return done.detail["spacing"], done.detail["deadline_s"]

    assert first(EASY) > first(MIDDLE) > first(HARD)
    assert first(EASY) == pytest.approx((0.10, 2.0))
    against = [[kind for kind, _ in dealt(4, ask)].count("incongruent") for ask in (EASY, MIDDLE, HARD)]
    assert against == sorted(set(against))


@pytest.mark.parametrize("seed", [1, 2])
def test_each_deck_holds_its_share_of_kinds_and_as_many_swim_left_as_right(seed: int) -> None:
    cards = dealt(3, MIDDLE, seed)[DECK - 1 :]  # the first deck begins with its second card
    for start in (0, DECK):
        deck = cards[start : start + DECK]
        kinds = [kind for kind, _ in deck]
        assert (kinds.count("incongruent"), kinds.count("congruent"), kinds.count("neutral")) == (8, 8, 4)
        for kind in set(kinds):
            assert sum(side for this, side in deck if this == kind) == 0


@pytest.mark.parametrize(("child", "deadline_s"), [(True, 2.0), (False, 1.2)])
def test_in_the_warm_up_children_have_longer(child: bool, deadline_s: float) -> None:
    water = Water(replace(RULES, child=child, settings=WARMUP), ask=MIDDLE)
    done = water.wait()
    assert (water.tick - done.onset_tick) * TICK_S == pytest.approx(deadline_s, abs=TICK_S)


def test_two_minutes_hold_more_than_forty_schools() -> None:
    water = Water(replace(RULES, settings=WARMUP), ask=MIDDLE)
    while water.tick < 120 / TICK_S:
        water.pass_by(*((water.right_key,) if water.now.phase_tick == 36 and water.now.phase == "school" else ()))
    assert 40 < water.now.trial < 60


def told(kind: str, outcome: Outcome, reaction_s: float | None = None) -> TrialDone:
    return TrialDone(1, 1, "flanker", kind, outcome, outcome == "hit", True, False, 60, reaction_s, 0.0, 0)


def test_measures_follow_their_formulas() -> None:
    m = measures(
        [
            told("congruent", "hit", 0.4),
            told("congruent", "hit", 0.5),
            told("incongruent", "hit", 0.6),
            told("incongruent", "wrong", 0.3),
            told("neutral", "hit", 0.7),
            told("neutral", "miss"),
            told("neutral", "early", -0.1),
        ]
    )
    assert (m.trials, m.hits, m.wrong, m.misses, m.early) == (7, 4, 1, 1, 1)
    assert (m.accuracy, m.conflict_accuracy) == (4 / 6, 0.5)
    assert (m.congruent_s, m.incongruent_s, m.neutral_s) == pytest.approx((0.45, 0.6, 0.7))
    assert m.conflict_s == pytest.approx(0.15)
    assert m.reaction_mean_s == pytest.approx(0.55)
    assert m.efficiency_s == pytest.approx(0.55 / (4 / 6))


def test_measures_of_nothing_are_none_and_not_zero() -> None:
    m = measures([replace(told("congruent", "hit", 0.4), practice=True)])
    assert (m.trials, m.accuracy, m.conflict_s, m.efficiency_s, m.reaction_mean_s) == (0, None, None, None, None)
    assert measures([told("congruent", "hit", 0.4)]).conflict_s is None


def test_the_cost_of_conflict_of_a_simulated_responder_is_recovered() -> None:
    rng, water = np.random.default_rng(3), Water(ask=MIDDLE)
    press_tick = 0
    while water.now.trial < 400:
        if water.now.phase == "school" and water.now.phase_tick == 0:
            cost_s = 0.09 if water.now.kind == "incongruent" else 0.0
            press_tick = round((rng.normal(0.45, 0.05) + rng.exponential(0.08) + cost_s) / TICK_S)
        answers = water.now.phase == "school" and water.now.phase_tick + 1 == press_tick
        water.pass_by(*((water.right_key if rng.random() < 0.9 else water.wrong_key,) if answers else ()))
    m = measures([event for event in water.events if isinstance(event, TrialDone)])
    assert m.conflict_s == pytest.approx(0.09, abs=0.025)
    assert m.accuracy == pytest.approx(0.9, abs=0.04)
    assert m.reaction_mean_s == pytest.approx(0.45 + 0.08 + 0.4 * 0.09, abs=0.02)
