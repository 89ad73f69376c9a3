"""The first movement is the answer, an error may be mended, and what came too soon was no answer to this light."""

from dataclasses import dataclass, field, replace

import pytest
from pydantic import ValidationError

from engine.events import Event, Outcome, StimulusShown, TrialDone
from engine.ports import GAZE_DELAY_S, TICK_S, Action, Place
from engine.tasks.look_away import ENDING_S, MIDDLE, WAIT_S, LookAway, Settings, Side
from engine.tasks.look_away_measures import measures
from engine.tasks.sight import DEG_PER_SCREEN
from engine.tasks.task import Ask, By, Hand, Rules

SETTINGS = Settings(task="look-away", far_deg=(6.0, 12.0), dark_s=(0.0, 0.2), towards=(0.7, 0.0), salience=(0.3, 1.0))
EASY, HARD = Ask(-3.0, block=1), Ask(3.0, block=1)


@dataclass
class Lights:
    """Plays on until something has happened, and remembers all of it."""

    by: By = "gaze"
    ask: Ask = HARD
    child: bool = False
    now: LookAway = field(default_factory=LookAway)
    tick: int = 0
    at: Place | None = MIDDLE

    def __post_init__(self) -> None:
        self.events: list[Event] = []

    def tick_on(self, *pressed: Action) -> tuple[Event, ...]:
        self.tick += 1
        rules = Rules(7, self.child, self.by, SETTINGS)
        at = None if self.by == "keys" else self.at
        self.now, events = self.now.step(rules, Hand(pressed, at), self.tick, self.ask)
        self.events += events
        return events

    def lit(self, kind: str = "anti") -> StimulusShown:
        """To the tick in which the light of the next trial of this kind comes."""
        while True:
            for event in self.tick_on():
                if isinstance(event, StimulusShown) and event.kind == kind:
                    return event

    def looks(self, side: Side, far_deg: float = 10.0) -> None:
        self.at = MIDDLE[0] + side * far_deg / DEG_PER_SCREEN[0], MIDDLE[1]

    def rest(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK_S)):
            self.tick_on()

    def ended(self) -> TrialDone:
        while self.now.phase != "ending":
            self.tick_on()
        return [event for event in self.events if isinstance(event, TrialDone)][-1]


def answered(side: int, after_s: float, by: By = "gaze", kind: str = "anti", child: bool = False) -> TrialDone:
    """side: 1 for the right one, -1 for the wrong one; after_s: as the eyes or the hand did it"""
    lights = Lights(by, EASY if kind == "pro" else HARD, child)
    lights.lit(kind)
    to: Side = lights.now.right if side == 1 else (-1 if lights.now.right == 1 else 1)
    delay_s = GAZE_DELAY_S if by == "gaze" else 0.0
    lights.rest(after_s + delay_s - TICK_S)
    if by == "keys":
        lights.tick_on("left" if to == -1 else "right")
    else:
        lights.looks(to)
    return lights.ended()


@pytest.mark.parametrize("by", ["gaze", "pointer", "keys"])
def test_a_first_movement_away_from_the_light_is_a_hit_with_its_latency(by: By) -> None:
    done = answered(1, 0.3, by)
    assert (done.outcome, done.success, done.valid) == ("hit", True, True)
    assert done.reaction_s == pytest.approx(0.3, abs=TICK_S)


@pytest.mark.parametrize("by", ["gaze", "pointer", "keys"])
def test_a_first_movement_towards_it_is_wrong(by: By) -> None:
    done = answered(-1, 0.3, by)
    assert (done.outcome, done.success, done.valid, done.detail["mended"]) == ("wrong", False, True, 0.0)
    assert done.reaction_s == pytest.approx(0.3, abs=TICK_S)


def test_where_the_mark_asks_for_the_light_itself_that_is_right() -> None:
    assert answered(1, 0.3, kind="pro").outcome == "hit"
    assert answered(-1, 0.3, kind="pro").outcome == "wrong"


@pytest.mark.parametrize(
    ("by", "after_s", "child", "outcome"),
    [
        ("gaze", 0.05, False, "early"),
        ("gaze", 0.10, False, "hit"),
        ("gaze", 0.55, False, "hit"),
        ("gaze", 0.70, False, "miss"),
        ("keys", 0.10, False, "early"),
        ("keys", 1.10, False, "hit"),
        ("keys", 1.50, False, "miss"),
        ("keys", 1.50, True, "hit"),
    ],
)
def test_an_answer_has_its_time(by: By, after_s: float, child: bool, outcome: Outcome) -> None:
    if outcome == "miss":
        lights = Lights(by, child=child)
        lights.lit()
        done = lights.ended()
        assert (done.outcome, done.reaction_s, done.success) == ("miss", None, False)
    else:
        assert answered(1, after_s, by, child=child).outcome == outcome


def test_an_error_that_is_put_right_is_a_mended_error() -> None:
    lights = Lights()
    lights.lit()
    lights.rest(0.3)
    lights.looks(lights.now.side)
    lights.rest(0.15)
    lights.looks(lights.now.right)
    done = lights.ended()
    assert (done.outcome, done.success, done.detail["mended"]) == ("wrong", False, 1.0)


def test_eyes_that_were_shut_when_the_light_shone_missed_nothing() -> None:
    lights = Lights()
    lights.lit()
    lights.at = None
    done = lights.ended()
    assert (done.outcome, done.valid) == ("miss", False)


def test_two_degrees_are_no_movement_yet() -> None:
    lights = Lights()
    lights.lit()
    lights.rest(0.2)
    lights.looks(lights.now.side, 1.9)
    assert lights.ended().outcome == "miss"


def test_movement_is_told_from_where_the_eyes_rested() -> None:
    """A tracker that is two degrees off to one side makes nobody look there."""
    lights = Lights()
    lights.at = MIDDLE[0] + 2.5 / DEG_PER_SCREEN[0], MIDDLE[1]
    lights.lit()
    assert lights.ended().outcome == "miss"


def test_the_light_waits_for_eyes_that_have_not_come_and_then_the_trial_does_not_count() -> None:
    here, astray = Lights(), Lights()
    astray.at = 0.2, 0.8
    here.lit()
    astray.lit()
    assert (astray.tick - here.tick) * TICK_S == pytest.approx(WAIT_S, abs=TICK_S)
    assert not astray.ended().valid
    assert here.ended().valid


def test_who_leaves_in_the_dark_was_not_there_when_the_light_came() -> None:
    lights = Lights()
    while lights.now.phase != "dark":
        lights.tick_on()
    lights.looks(1)
    assert not lights.ended().valid


def test_the_light_comes_in_the_tick_that_is_logged_after_the_dark_that_was_asked_for() -> None:
    lights = Lights()
    while lights.now.phase != "dark":
        lights.tick_on()
    dark_since = lights.tick
    shown = lights.lit()
    assert shown.onset_tick == lights.tick == lights.now.onset_tick
    assert (lights.tick - dark_since) * TICK_S == pytest.approx(0.2, abs=1.5 * TICK_S)
    assert shown.detail["far_deg"] == 12.0


def test_beginners_look_towards_most_of_the_time_and_the_light_takes_no_side() -> None:
    lights = Lights(ask=EASY)
    shown = []
    while len(shown) < 200:
        shown += [event for event in lights.tick_on() if isinstance(event, StimulusShown)]
    assert sum(event.kind == "pro" for event in shown) / 200 == pytest.approx(0.7, abs=0.1)
    assert abs(sum(event.detail["side"] for event in shown)) < 40
    assert {event.detail["far_deg"] for event in shown} == {6.0}


def test_a_pause_voids_the_trial() -> None:
    lights = Lights()
    lights.lit()
    lights.now = lights.now.voided()
    done = lights.ended()
    assert (done.outcome, done.valid) == ("void", False)
    assert lights.now.rested().between_trials
    assert lights.now.renewed().trial == lights.now.trial


def test_a_tick_that_must_not_count_makes_the_trial_invalid() -> None:
    lights = Lights()
    lights.lit()
    lights.ask = replace(HARD, judged=False)
    lights.tick_on()
    assert not lights.ended().valid


def test_the_same_answers_give_the_same_trials() -> None:
    once, again = Lights("keys"), Lights("keys")
    for lights in (once, again):
        for _ in range(4):
            lights.lit()
            lights.rest(0.4)
            lights.tick_on("left")
            lights.rest(ENDING_S)
    assert once.events == again.events


def test_settings_that_get_easier_are_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(task="look-away", far_deg=(6, 12), dark_s=(0, 0.2), towards=(0.0, 0.5), salience=(0, 1))


def test_measures_count_first_movements_of_trials_that_ask_to_look_away() -> None:
    hit, wrong = answered(1, 0.3), answered(-1, 0.2)
    mended = replace(wrong, detail=dict(wrong.detail) | {"mended": 1.0})
    early, missed = replace(hit, outcome="early", success=False), replace(hit, outcome="miss", success=False)
    towards = replace(hit, kind="pro", reaction_s=0.2)
    m = measures([hit, hit, hit, wrong, mended, early, missed, towards, replace(hit, practice=True)])
    assert (m.trials, m.error_rate, m.mended_rate) == (8, 0.4, 0.5)
    assert m.latency_mean_s == pytest.approx(0.3, abs=TICK_S)
    assert (m.towards_error_rate, m.towards_latency_mean_s) == (0.0, 0.2)
    assert (m.early, m.missed) == (1, 1)
    none = measures([])
    assert (none.trials, none.error_rate, none.mended_rate, none.latency_mean_s) == (0, None, None, None)
