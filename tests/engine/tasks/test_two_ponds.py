from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from statistics import fmean

import pytest
from pydantic import ValidationError

from engine.events import Event, IdlePress, StimulusShown, TrialDone
from engine.ports import GAZE_DELAY_S, TICK_S, Action, Place
from engine.tasks.dwell import DWELL_S
from engine.tasks.task import Ask, By, Hand, Rules
from engine.tasks.two_ponds import Settings, TwoPonds
from engine.tasks.two_ponds_boat import REACH, Boat, current, sailed
from engine.tasks.two_ponds_measures import measures
from engine.tasks.two_ponds_rounds import CYCLE, ONE_RULE, SORTS, Variant

EASY = Ask(-3.0, second=-3.0, block=1)
Plays = Callable[["Ponds"], Hand]


def rules(variant: Variant, by: By = "keys", seed: int = 3) -> Rules[Settings]:
    return Rules(seed, False, by, Settings(task="two-ponds", variant=variant, cue_s=(0.8, 0.2), limit_s=(2.4, 1.0)))


@dataclass
class Ponds:
    """Plays on until something has happened, and remembers all of it."""

    rules: Rules[Settings]
    ask: Ask = EASY
    now: TwoPonds = field(default_factory=TwoPonds)
    tick: int = 0
    steady: bool = False

    def __post_init__(self) -> None:
        self.events: list[Event] = []

    def tick_on(self, *pressed: Action, at: Place | None = None) -> tuple[Event, ...]:
        """With `steady` the boat is kept in the middle of its current by whoever wrote this test."""
        if self.steady:
            self.now = replace(self.now, boat=replace(self.now.boat, x=current(self.now.boat.way), speed=0.0))
        self.tick += 1
        self.now, events = self.now.step(self.rules, Hand(pressed, at, "strike" in pressed), self.tick, self.ask)
        self.events += events
        return events

    def rest(self, seconds: float, at: Place | None = None) -> None:
        for _ in range(round(seconds / TICK_S)):
            self.tick_on(at=at)

    def until(self, is_so: Callable[[TwoPonds], bool]) -> None:
        while not is_so(self.now):
            self.tick_on()

    def meet(self, doing: str = "", belongs: bool | None = None) -> None:
        """To the onset of the next creature, or the next in such a round."""
        self.until(lambda now: now.phase == "gap")
        self.until(lambda now: now.phase == "reach" and now.creature is not None and now.phase_tick == 0)
        if (doing and self.now.doing != doing) or (belongs is not None and self.belongs != belongs):
            self.meet(doing, belongs)

    @property
    def belongs(self) -> bool:
        assert self.now.creature
        assert self.now.rule
        return self.now.creature.belongs(self.now.rule)

    def done(self) -> list[TrialDone]:
        return [event for event in self.events if isinstance(event, TrialDone)]


def met(variant: Variant, by: By = "keys", doing: str = "", belongs: bool | None = None) -> Ponds:
    played = Ponds(rules(variant, by))
    played.meet(doing, belongs)
    return played


def test_a_creature_is_shown_at_its_onset_after_the_light() -> None:
    played = met("switch")
    (shown,) = [event for event in played.events if isinstance(event, StimulusShown)]
    assert (shown.onset_tick, shown.kind, shown.trial) == (played.tick, "sort", 1)
    assert played.now.onset_tick == played.tick


@pytest.mark.parametrize(("belongs", "right"), [(True, "left"), (False, "right")])
def test_what_is_sent_to_its_own_pond_is_a_hit_and_to_the_other_wrong(belongs: bool, right: Action) -> None:
    answers: tuple[Action, ...] = ("left", "right")
    for answer in answers:
        played = met("switch", belongs=belongs)
        played.rest(0.5)
        played.tick_on(answer)
        done = played.done()[-1]
        assert (done.outcome, done.success) == (("hit", True) if answer == right else ("wrong", False))
        assert done.reaction_s == pytest.approx(31 * TICK_S)


def test_a_click_in_half_of_the_picture_is_an_answer_too() -> None:
    played = met("switch", "pointer", belongs=True)
    played.rest(0.5)
    played.tick_on("strike", at=(0.2, 0.9))
    assert played.done()[-1].outcome == "hit"


def test_eyes_that_rest_on_a_pond_answer_when_they_arrived() -> None:
    played = met("switch", "gaze", belongs=False)
    played.rest(0.5, (0.5, 0.5))
    arrived = played.tick + 1
    played.rest(DWELL_S, (0.8, 0.6))
    assert played.now.phase == "reach"
    played.tick_on(at=(0.8, 0.6))
    done = played.done()[-1]
    assert (done.outcome, done.valid) == ("hit", True)
    assert done.reaction_s == pytest.approx((arrived - done.onset_tick) * TICK_S - GAZE_DELAY_S)


def test_no_answer_is_a_miss_and_one_before_the_creature_is_early() -> None:
    played = met("switch")
    played.until(lambda now: now.phase == "ending")
    assert played.done()[-1].outcome == "miss"
    played.until(lambda now: now.phase == "cue")
    played.tick_on("left")
    done = played.done()[-1]
    assert done.outcome == "early"
    assert done.reaction_s is not None
    assert done.reaction_s < 0


@pytest.mark.parametrize(
    ("belongs", "taps", "outcome"),
    [(True, True, "hit"), (True, False, "miss"), (False, True, "false_alarm"), (False, False, "held")],
)
def test_what_belongs_is_to_be_tapped_and_the_rest_let_be(belongs: bool, taps: bool, outcome: str) -> None:
    played = met("steer", doing="both", belongs=belongs)
    played.rest(0.5)
    if taps:
        played.tick_on("strike")
    played.until(lambda now: now.phase == "ending")
    done = played.done()[-1]
    assert (done.outcome, done.success, done.strand) == (outcome, outcome in ("hit", "held"), "first")
    assert done.kind == ("tap" if belongs else "leave")


def test_a_tap_with_nothing_to_tap_is_idle() -> None:
    played = Ponds(rules("steer"))
    assert played.tick_on("strike") == (IdlePress(0),)


def test_each_round_with_a_boat_ends_as_a_trial_of_its_own_staircase() -> None:
    for steady, outcome in ((True, "hit"), (False, "miss")):
        played = Ponds(rules("steer"), Ask(0.0, second=3.0, block=1), steady=steady)
        played.until(lambda now: now.round == 2 and now.phase == "gap")
        done = played.done()
        assert [(one.strand, one.kind, one.difficulty) for one in done] == [("second", "bend", 3.0)] * 2
        assert done[-1].outcome == outcome
    shown = [event for event in played.events if isinstance(event, StimulusShown)]
    assert [event.onset_tick for event in shown] == [one.onset_tick for one in done]


def test_presses_push_the_boat_and_a_pointer_draws_it() -> None:
    boat = Boat()
    pushed = sailed(boat, Hand(("left",)), 4)
    for _ in range(240):
        pushed = sailed(pushed, Hand(), 4)
    assert pushed.x - boat.x == pytest.approx(-0.08, abs=0.003)
    for _ in range(240):
        pushed = sailed(pushed, Hand(at=(0.7, 0.2)), 4)
    assert pushed.x == pytest.approx(0.7, abs=0.01)
    assert all(abs(current(way / 10) - 0.5) <= REACH for way in range(1000))


def test_every_block_begins_with_one_rule_and_then_the_rule_changes_as_often_as_asked() -> None:
    played = Ponds(rules("switch"), Ask(3.0, block=1))
    played.until(lambda now: now.round == 2 * SORTS + 1)
    trials = played.done()
    mixed = [bool(trial.detail["mixed"]) for trial in trials[:SORTS]]
    assert mixed == [False] * ONE_RULE + [True] * (SORTS - ONE_RULE)
    assert all(trial.detail["mixed"] for trial in trials if "switched" in trial.detail)
    switched = [trial.detail["switched"] for trial in trials if "switched" in trial.detail]
    assert len(switched) == 2 * (SORTS - ONE_RULE - 1)
    assert 0.25 < fmean(switched) < 0.75


def test_with_a_boat_each_thing_is_first_done_alone() -> None:
    played = Ponds(rules("both"))
    played.until(lambda now: now.round == len(CYCLE) + 1)
    trials = played.done()
    alone = [trial for trial in trials if not trial.detail["dual"]]
    assert [trial.kind == "bend" for trial in alone] == [True, True, False, False, False, False]
    assert trials[: len(alone)] == alone
    assert len({trial.trial for trial in trials}) == len(trials)
    assert max(trial.trial for trial in trials) == len(trials)


def test_a_new_block_begins_anew() -> None:
    played = Ponds(rules("switch"))
    played.until(lambda now: now.round == 8)
    assert played.now.mixed
    played.ask = replace(EASY, block=2)
    played.until(lambda now: now.round == 1)
    assert (played.now.block, played.now.mixed, played.now.switched) == (2, False, None)


def test_a_pause_voids_what_runs_and_nothing_else() -> None:
    played = met("steer", doing="both")
    before = len(played.done())
    played.now = played.now.voided()
    played.tick_on()
    assert [(one.outcome, one.valid, one.strand) for one in played.done()[before:]] == [
        ("void", False, "first"),
        ("void", False, "second"),
    ]
    assert played.done()[:before] == [one for one in played.done()[:before] if one.outcome != "void"]
    played.meet()
    played.until(lambda now: now.phase == "gap")
    assert all(one.valid for one in played.done()[before + 2 :])


def test_a_trial_counts_only_if_it_was_judged_throughout() -> None:
    played = met("both", doing="both")
    played.ask = replace(EASY, judged=False)
    played.tick_on()
    played.ask = EASY
    before = len(played.done())
    played.until(lambda now: now.phase == "gap")
    assert [one.valid for one in played.done()[before:]] == [False, False]


def test_a_boat_steered_by_eyes_that_were_not_seen_says_nothing() -> None:
    for seen, valid in ((True, True), (False, False)):
        played = Ponds(rules("steer", "gaze"))
        while played.now.round < 2:
            played.tick_on(at=(0.5, 0.8) if seen else None)
        assert [one.valid for one in played.done()] == [valid]


def test_the_same_inputs_give_the_same_events_and_breaks_and_practice_count_on() -> None:
    def play() -> list[Event]:
        played = Ponds(rules("both"))
        chance = Random(4)
        presses: tuple[Action, ...] = ("left", "right", "strike")
        for _ in range(3000):
            played.tick_on(*(press for press in presses if chance.random() < 0.02))
        return played.events

    assert play() == play()
    now = met("both", doing="both").now
    assert now.rested().trial == now.renewed().trial == now.trial
    assert now.rested().between_trials
    assert now.rested().round == now.round


def test_harder_is_less_time_more_changes_a_narrower_and_a_faster_current() -> None:
    def demands(x: float) -> tuple[float, ...]:
        played = Ponds(rules("both"), Ask(x, second=x, block=1))
        played.meet("both")
        ticks = played.now.phase_ticks
        played.until(lambda now: now.phase == "cue")
        return (-ticks, -played.now.phase_ticks, -played.now.lane, played.now.bends_per_min)

    for easier, harder in pairwise([demands(x) for x in (-3.0, 0.0, 3.0)]):
        assert all(a < b for a, b in zip(easier, harder, strict=True))

    changes = []
    for x in (-3.0, 3.0):
        played = Ponds(rules("switch"), Ask(x, block=1))
        played.until(lambda now: now.round == 4 * SORTS)
        changes.append(sum(one.detail.get("switched", 0.0) for one in played.done()))
    assert changes[0] < changes[1]


def answered(kind: str, outcome: str, reaction_s: float | None = None, **detail: float) -> TrialDone:
    about = {"dual": 0.0, "mixed": 0.0, **detail}
    success = outcome in ("hit", "held")
    return TrialDone(1, 1, "two-ponds", kind, outcome, success, True, False, 0, reaction_s, 0.0, 0, detail=about)  # type: ignore[arg-type]


def test_costs_of_switching_and_mixing_are_found() -> None:
    chance = Random(2)

    def sorts(mean_s: float, **detail: float) -> list[TrialDone]:
        return [answered("sort", "hit", mean_s + chance.gauss(0, 0.08), **detail) for _ in range(200)]

    said = measures(
        [
            *sorts(0.60),
            *sorts(0.68, mixed=1, switched=0),
            *sorts(0.88, mixed=1, switched=1),
            answered("sort", "wrong", 0.1),
        ]
    )
    assert said.switch_cost_s == pytest.approx(0.20, abs=0.04)
    assert said.mixing_cost_s == pytest.approx(0.08, abs=0.04)
    assert said.success_rate == pytest.approx(600 / 601)
    assert said.d_prime is None


def test_costs_of_dividing_are_shares_of_what_is_done_alone() -> None:
    taps = [answered("tap", "hit", 0.5, dual=dual) for dual in (0, 0, 0, 0, 1, 1, 1)]
    bends = [answered("bend", "hit", dual=d, inside=i, off=o) for d, i, o in ((0, 0.9, 0.03), (1, 0.6, 0.04))]
    few = [*taps, answered("tap", "miss", dual=1), *bends]
    said = measures(few * 6)
    assert said.tap_dual_cost == pytest.approx(0.25)
    assert said.steer_dual_cost == pytest.approx(1 / 3)
    assert said.lane_rms == pytest.approx((0.0025 / 2) ** 0.5)
    assert (said.trials, said.bends, said.bend_success_rate) == (48, 12, 1.0)
    assert (measures(few).tap_dual_cost, measures(few).steer_dual_cost) == (None, None)
    nothing = measures([replace(taps[0], practice=True)])
    assert (nothing.success_rate, nothing.tap_dual_cost, nothing.lane_rms, nothing.switch_cost_s) == (None,) * 4


def test_d_prime_of_tapping_is_that_of_the_responder() -> None:
    chance, d_prime, trials = Random(6), 2.0, []
    for k in range(400):
        tapped = chance.gauss(d_prime if k % 2 else 0.0, 1) > d_prime / 2
        kind, outcome = (
            ("tap", "hit" if tapped else "miss") if k % 2 else ("leave", "false_alarm" if tapped else "held")
        )
        trials.append(answered(kind, outcome, 0.5 if tapped else None))
    assert measures(trials).d_prime == pytest.approx(d_prime, abs=0.3)


def test_settings_that_get_easier_are_refused() -> None:
    told = rules("both").settings.model_dump()
    for about in ({"cue_s": (0.2, 0.8)}, {"lane": (0.05, 0.1)}, {"variant": "all"}, {"bends_per_min": (3, 90)}):
        with pytest.raises(ValidationError):
            Settings(**{**told, **about})
