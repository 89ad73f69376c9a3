from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from pydantic import ValidationError

from engine.events import Event, IdlePress, StimulusShown, TrialDone
from engine.ports import GAZE_DELAY_S, TICK_S, Action, Place
from engine.tasks.dwell import DWELL_CHILD_S, DWELL_S, RADIUS_DEG
from engine.tasks.reed_search import ReedSearch, Settings
from engine.tasks.reed_search_field import MIDDLE, MOST
from engine.tasks.reed_search_measures import measures
from engine.tasks.sight import apart
from engine.tasks.task import Ask, By, Hand, Rules

SETTINGS = Settings(task="reed-search", creatures=(4, 16), alike=(0.2, 1.0), leaves=(0, 20), limit_s=(6.0, 3.0))
EASY = Ask(-3.0, block=1)


def rules(by: By, child: bool = False, seed: int = 3) -> Rules[Settings]:
    return Rules(seed, child, by, SETTINGS)


@dataclass
class Reeds:
    """Plays on until something has happened, and remembers all of it."""

    rules: Rules[Settings]
    ask: Ask = EASY
    now: ReedSearch = field(default_factory=ReedSearch)
    tick: int = 0

    def __post_init__(self) -> None:
        self.events: list[Event] = []

    def tick_on(self, *pressed: Action, at: Place | None = None) -> tuple[Event, ...]:
        self.tick += 1
        self.now, events = self.now.step(self.rules, Hand(pressed, at, "strike" in pressed), self.tick, self.ask)
        self.events += events
        return events

    def search(self) -> None:
        """To the tick in which the creatures of the next trial appear."""
        trial = self.now.trial
        while self.now.phase != "search" or self.now.trial == trial:
            self.tick_on(at=MIDDLE)

    def rest(self, seconds: float, at: Place | None = None) -> None:
        for _ in range(round(seconds / TICK_S)):
            self.tick_on(at=at)

    def ended(self) -> TrialDone:
        """The end of the running trial, without doing anything for it."""
        while self.now.phase == "search":
            self.tick_on(at=MIDDLE)
        return self.last()

    def last(self) -> TrialDone:
        return [event for event in self.events if isinstance(event, TrialDone)][-1]


def searching(by: By, present: bool = True, **about: object) -> Reeds:
    played = Reeds(replace(rules(by), **about))  # type: ignore[arg-type]
    played.search()
    while played.now.present != present:
        played.ended()
        played.search()
    return played


def test_the_creatures_appear_after_their_card_and_that_is_the_onset() -> None:
    played = searching("pointer")
    (shown,) = [event for event in played.events if isinstance(event, StimulusShown)]
    assert (shown.onset_tick, shown.trial, shown.task) == (played.tick, 1, "reed-search")
    assert shown.detail["set_size"] == len(played.now.field.seated)


def test_a_click_on_the_target_finds_it_and_one_on_a_look_alike_does_not() -> None:
    for chosen, outcome in ((0, "hit"), (1, "wrong")):
        played = searching("pointer")
        played.rest(0.5, MIDDLE)
        played.tick_on("strike", at=played.now.field.places[chosen])
        done = played.last()
        assert (done.outcome, done.success, played.now.chosen) == (outcome, outcome == "hit", chosen)
        assert done.reaction_s == pytest.approx(31 * TICK_S)


def test_a_click_beside_every_creature_is_idle() -> None:
    played = searching("pointer")
    played.rest(0.5, MIDDLE)
    assert played.tick_on("strike", at=MIDDLE) == (IdlePress(1),)
    assert played.now.phase == "search"


@pytest.mark.parametrize(("child", "dwell_s"), [(False, DWELL_S), (True, DWELL_CHILD_S)])
def test_eyes_that_rest_on_the_target_find_it_when_they_arrived(child: bool, dwell_s: float) -> None:
    played = searching("gaze", child=child)
    played.rest(0.7, MIDDLE)
    target, arrived = played.now.field.places[0], played.tick + 1
    played.rest(dwell_s - TICK_S, target)
    assert played.now.phase == "search"
    played.rest(2 * TICK_S, target)
    done = played.last()
    assert done.outcome == "hit"
    assert done.reaction_s == pytest.approx((arrived - done.onset_tick) * TICK_S - GAZE_DELAY_S)


def test_eyes_that_pass_by_choose_nothing_and_a_blink_is_no_leaving() -> None:
    played = searching("gaze")
    target, other = played.now.field.places[:2]
    for _ in range(2):
        played.rest(0.3, other)
        played.rest(0.3, MIDDLE)
    played.rest(0.2, target)
    played.rest(0.1)
    played.rest(0.15, target)
    assert played.last().outcome == "hit"


def test_going_back_to_one_that_was_left_for_another_is_a_revisit() -> None:
    played = searching("gaze")
    target, one, *_ = played.now.field.places
    for place in (one, MIDDLE, one, target, one, MIDDLE):
        played.rest(0.2, place)
    played.rest(0.5, target)
    assert (played.last().detail["visits"], played.last().detail["revisits"]) == (4, 2)


def test_with_keys_half_of_the_trials_have_no_target_and_saying_so_is_right() -> None:
    answers: tuple[tuple[Action, bool, str], ...] = (
        ("right", True, "hit"),
        ("strike", True, "hit"),
        ("left", True, "miss"),
        ("right", False, "false_alarm"),
        ("left", False, "held"),
    )
    for press, present, outcome in answers:
        played = searching("keys", present)
        played.rest(0.5)
        played.tick_on(press)
        assert (played.last().outcome, played.last().success) == (outcome, outcome in ("hit", "held"))
    played = Reeds(rules("keys"))
    for _ in range(12):
        played.search()
        played.ended()
    kinds = [event.kind for event in played.events if isinstance(event, TrialDone)]
    assert kinds[:6].count("absent") == kinds[6:].count("absent") == 3


def test_no_answer_in_time_is_a_miss_whether_it_was_there_or_not() -> None:
    for present in (True, False):
        done = searching("keys", present).ended()
        assert (done.outcome, done.success, done.reaction_s) == ("miss", False, None)


def test_an_answer_faster_than_anyone_can_see_is_early() -> None:
    played = searching("keys")
    played.tick_on("right")
    assert played.last().outcome == "early"


def test_a_pause_voids_the_running_trial_and_no_other() -> None:
    played = searching("keys")
    played.now = played.now.voided()
    played.tick_on()
    assert (played.last().outcome, played.last().valid) == ("void", False)
    played.search()
    assert played.ended().valid


def test_a_trial_counts_only_if_it_was_judged_throughout_and_the_eyes_were_seen() -> None:
    played = searching("keys")
    played.ask = replace(EASY, judged=False)
    played.tick_on()
    played.ask = EASY
    assert not played.ended().valid
    for unseen_s, valid in ((0.2, True), (0.6, False)):
        played = searching("gaze")
        played.rest(0.8, MIDDLE)
        played.rest(unseen_s)
        played.rest(0.5, played.now.field.places[0])
        assert (played.last().outcome, played.last().valid) == ("hit", valid)


def test_the_same_inputs_give_the_same_events_and_renewal_counts_on() -> None:
    def play() -> list[Event]:
        played = searching("keys")
        for _ in range(3):
            played.tick_on("right")
            played.search()
        return played.events

    assert play() == play()
    played = searching("keys")
    assert played.now.renewed().trial == played.now.rested().trial == played.now.trial
    assert played.now.renewed().between_trials


def test_harder_is_more_creatures_more_alike_more_leaves_and_less_time() -> None:
    def deck(difficulty: float) -> tuple[float, float, int, float]:
        played = Reeds(rules("pointer"), Ask(difficulty))
        done = []
        for _ in range(6):
            played.search()
            done.append(played.ended().detail)
        sizes = [d["set_size"] for d in done]
        shared = sum(d["alike"] for d in done) / sum(d["set_size"] - 1 for d in done)
        assert len(set(sizes)) == 3
        assert max(sizes) <= MOST
        return sum(sizes), shared, len(played.now.field.leaves), -played.now.phase_ticks

    demands = [deck(x) for x in (-3.0, -1.0, 1.0, 3.0)]
    for easier, harder in pairwise(demands):
        assert all(a < b for a, b in zip(easier[:3], harder[:3], strict=True))


def test_look_alikes_share_one_thing_with_the_target_and_the_others_none() -> None:
    played = Reeds(rules("pointer"), Ask(0.0))
    for _ in range(8):
        played.search()
        now, target = played.now, played.now.field.target
        first, *others = [one.animal for one in now.field.seated]
        shared = [(other.kind == target.kind) + (other.coat == target.coat) for other in others]
        assert first == target
        assert sorted(shared, reverse=True) == [1] * now.alike + [0] * (len(others) - now.alike)
        played.ended()


def test_no_two_creatures_nor_the_card_are_so_near_that_gaze_could_mistake_them() -> None:
    played = Reeds(rules("gaze"), Ask(3.0))
    for _ in range(12):
        played.search()
        far = [apart(a, b) for a, b in combinations((MIDDLE, *played.now.field.places), 2)]
        assert min(far) > 2 * RADIUS_DEG
        played.ended()


def found(slope_s: float, difficulty_s: float = 0.0, n: int = 90) -> list[TrialDone]:
    """Trials of a responder who takes .5 s and so much for each creature and each logit, and .06 s more or less."""
    chance, trials = Random(8), []
    for k in range(n):
        x = 1.5 * chance.uniform(-1, 1)
        size = round((10 + 2 * x) * (0.5, 1.0, 1.5)[k % 3])
        reaction_s = 0.5 + slope_s * size + difficulty_s * x + chance.gauss(0, 0.06)
        detail = {"set_size": size, "alike": 3, "visits": 4, "revisits": 1}
        trials.append(
            TrialDone(
                k + 1, 1, "reed-search", "present", "hit", True, True, False, 0, reaction_s, x, 0, detail=detail
            )
        )
    return trials


def test_the_slope_is_found_though_difficulty_moves_with_the_set_size() -> None:
    for slope_s in (0.025, 0.045):
        said = measures(found(slope_s, difficulty_s=0.1))
        assert said.slope_s == pytest.approx(slope_s, abs=0.004)
        assert said.intercept_s == pytest.approx(0.5, abs=0.06)
        assert said.revisit_rate == 0.25


def test_slope_and_standard_error_are_those_of_one_regression_on_size_and_difficulty() -> None:
    trials = found(0.025, difficulty_s=0.1)
    x = np.array([[1, trial.detail["set_size"], trial.difficulty] for trial in trials])
    y = np.array([trial.reaction_s for trial in trials])
    line, (missed,), _, _ = np.linalg.lstsq(x, y, rcond=None)
    errors = np.sqrt(missed / (len(y) - 3) * np.linalg.inv(x.T @ x).diagonal())
    said = measures(trials)
    assert said.slope_s == pytest.approx(line[1])
    assert said.slope_se_s == pytest.approx(errors[1])


def test_rates_are_shares_of_trials_with_a_target_and_d_prime_needs_both_kinds() -> None:
    hit = found(0.02, n=1)[0]
    miss, wrong = (replace(hit, outcome=outcome, success=False, reaction_s=None) for outcome in ("miss", "wrong"))
    held, alarm = (replace(hit, kind="absent", outcome=o, success=o == "held") for o in ("held", "false_alarm"))
    said = measures([hit, hit, miss, wrong])
    assert (said.success_rate, said.miss_rate, said.wrong_rate, said.d_prime) == (0.5, 0.25, 0.25, None)
    both = measures([*[hit] * 9, miss, *[held] * 9, alarm])
    assert both.d_prime == pytest.approx(2 * 1.0968, abs=1e-3)  # Z(9.5 / 11) - Z(1.5 / 11)
    assert both.criterion == pytest.approx(0)
    nothing = measures([replace(hit, practice=True), replace(hit, valid=False)])
    assert (nothing.trials, nothing.success_rate, nothing.slope_s, nothing.revisit_rate) == (0, None, None, None)


def test_settings_that_get_easier_are_refused() -> None:
    for about in ({"creatures": (12, 6)}, {"limit_s": (3.0, 4.0)}, {"alike": (0.5, 1.5)}, {"unknown": 1}):
        with pytest.raises(ValidationError):
            Settings(**{**SETTINGS.model_dump(), **about})
