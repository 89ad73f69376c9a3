"""Marsh Chorus: the odd call out, the call n before; and what is measured by them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from statistics import NormalDist

import pytest
from pydantic import ValidationError

import assets
from engine.events import Called, Event, IdlePress, StimulusShown, TrialDone
from engine.ports import TICK_S
from engine.tasks.chorus import LULL, ODD_CALLS, SINGERS, Chorus, Settings
from engine.tasks.chorus_measures import MASTERED_TRIALS, measures
from engine.tasks.task import Ask, Hand, Rules

ODD = Settings(task="chorus", ask="odd", every_s=(2.4, 1.5), targets=(0.25, 0.15), likeness=(0.0, 1.0))
BACK = Settings(task="chorus", ask="back", every_s=(3.6, 2.4), targets=(0.35, 0.3), likeness=(0.0, 0.5), n=(1, 3))
EASY = Ask(-3.0, block=1)
MIDDLE = Ask(0.0, block=1)
HARD = Ask(3.0, block=1)

TARGETS = ("odd", "same")

Answers = Callable[[Chorus], float | None]
"""Seconds from the call to the press; None for none."""


@dataclass
class Marsh:
    """Plays on until something has happened, and remembers all of it."""

    settings: Settings
    ask: Ask = EASY
    child: bool = True
    seed: int = 1
    now: Chorus = field(default_factory=Chorus)
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

    def shown(self, *kinds: str) -> StimulusShown:
        """To the next call of those kinds."""
        while True:
            for event in self.tick_on():
                if isinstance(event, StimulusShown) and event.kind in kinds:
                    return event

    def done(self) -> TrialDone:
        """To the end of the running trial, without doing anything for it."""
        while self.now.open:
            self.tick_on()
        return self.trials()[-1]

    def trials(self) -> list[TrialDone]:
        return [event for event in self.events if isinstance(event, TrialDone)]

    def sounds(self) -> list[str]:
        return [event.sound for event in self.events if isinstance(event, Called)]

    def play(self, trials: int, answer: Answers) -> "Marsh":
        """Answers each call once, so many seconds after it."""
        press_at: int | None = None
        while len(self.trials()) < trials:
            events = self.tick_on(press=press_at == self.tick + 1)
            if any(isinstance(event, StimulusShown) for event in events):
                answer_s = answer(self.now)
                press_at = None if answer_s is None else self.tick + round(answer_s / TICK_S)
        return self


def silent(_: Chorus) -> None:
    return None


def right(now: Chorus) -> float | None:
    return 0.6 if now.kind in TARGETS else None


@pytest.mark.parametrize(("child", "every"), [(True, 144), (False, 120)])
def test_calls_come_in_an_even_pace_and_each_is_an_onset(child: bool, every: int) -> None:
    marsh = Marsh(ODD, child=child).play(20, silent)
    onsets = [event.onset_tick for event in marsh.events if isinstance(event, StimulusShown)]
    assert onsets == [LULL + every * k for k in range(len(onsets))]
    assert len(marsh.sounds()) == len(onsets)


def test_every_call_has_its_sound() -> None:
    for name in (*SINGERS, *ODD_CALLS):
        assert assets.sound(name).is_file()


@pytest.mark.parametrize(("settings", "target", "other"), [(ODD, "odd", "usual"), (BACK, "same", "other")])
def test_targets_are_hit_or_missed_and_others_held_or_taken_for_targets(
    settings: Settings, target: str, other: str
) -> None:
    marsh = Marsh(settings)
    for kind, press, outcome, success in (
        (target, True, "hit", True),
        (target, False, "miss", False),
        (other, True, "false_alarm", False),
        (other, False, "held", True),
    ):
        shown = marsh.shown(kind)
        marsh.rest(0.6 - TICK_S)
        marsh.tick_on(press)
        assert marsh.now.echo_of == (outcome if press else marsh.now.echo_of)
        done = marsh.done()
        assert (done.outcome, done.success, done.kind, done.trial) == (outcome, success, kind, shown.trial)
        assert done.reaction_s == (pytest.approx(0.6) if press else None)


def test_presses_that_are_too_soon_or_come_twice_are_idle_and_counted() -> None:
    marsh = Marsh(ODD)
    assert marsh.tick_on(press=True) == (IdlePress(0),)
    marsh.shown("odd")
    assert marsh.tick_on(press=True) == (IdlePress(marsh.now.trial),)
    marsh.rest(0.5)
    assert marsh.tick_on(press=True) == ()
    assert marsh.tick_on(press=True) == (IdlePress(marsh.now.trial),)
    done = marsh.done()
    assert (done.outcome, done.detail["early"], done.detail["again"]) == ("hit", 1, 1)


def test_an_odd_call_stands_alone_and_the_first_is_a_cuckoo() -> None:
    sounds = Marsh(ODD).play(200, silent).sounds()
    assert sounds[0] == "cuckoo"
    assert not any(one != "cuckoo" and other != "cuckoo" for one, other in pairwise(sounds))
    assert sum(sound != "cuckoo" for sound in sounds[:200]) == 50


def test_the_odd_voice_comes_nearer_to_the_cuckoo_as_it_gets_harder() -> None:
    voices = [
        {sound for sound in Marsh(ODD, Ask(x, block=1)).play(40, silent).sounds() if sound != "cuckoo"}
        for x in (-3.0, -1.0, 1.0, 3.0)
    ]
    assert voices == [{"odd_1"}, {"odd_2"}, {"odd_3"}, {"odd_4"}]


@pytest.mark.parametrize(("ask", "n"), [(EASY, 1), (MIDDLE, 2), (HARD, 3)])
def test_a_target_is_the_call_n_before_and_nothing_else_is(ask: Ask, n: int) -> None:
    marsh = Marsh(BACK, ask).play(80, silent)
    sounds = marsh.sounds()
    kinds = [event.kind for event in marsh.events if isinstance(event, StimulusShown)]
    assert kinds == ["same" if sounds[i] == sounds[i - n] else "other" for i in range(n, len(sounds))]
    assert kinds[:80].count("same") == pytest.approx(80 * (0.35 - 0.05 * (n - 1) / 2), abs=3)
    assert set(sounds) == set(SINGERS)
    assert {done.detail["n"] for done in marsh.trials()} == {n}


def test_lures_were_heard_one_sooner_or_later_and_come_as_often_as_asked() -> None:
    marsh = Marsh(BACK, HARD).play(300, silent)
    sounds = marsh.sounds()
    shown = [event for event in marsh.events if isinstance(event, StimulusShown)]
    others = [(i, event) for i, event in enumerate(shown, 3) if event.kind == "other" and i > 3]
    for i, event in others:
        assert (event.detail["lure"] == 1) == (sounds[i] in (sounds[i - 2], sounds[i - 4]))
    assert sum(event.detail["lure"] for _, event in others) / len(others) == pytest.approx(0.5, abs=0.08)


def test_n_stays_in_a_row_whatever_the_difficulty_and_changes_after_a_break() -> None:
    marsh = Marsh(BACK, EASY).play(5, right)
    marsh.ask = HARD
    marsh.play(10, right)
    assert {done.detail["n"] for done in marsh.trials()} == {1}
    marsh.now = marsh.now.rested()
    calls = len(marsh.sounds())
    marsh.play(11, right)
    assert marsh.trials()[-1].detail["n"] == 3
    assert len(marsh.sounds()) == calls + 4


def test_what_will_be_asked_can_be_read_before_the_first_call() -> None:
    marsh = Marsh(BACK, HARD)
    marsh.tick_on()
    assert (marsh.now.variant, marsh.now.n, marsh.now.voice) == ("back", 3, None)


def test_a_pause_voids_the_trial_and_begins_a_new_row() -> None:
    marsh = Marsh(BACK, MIDDLE)
    marsh.shown("other")
    marsh.rest(0.3)
    marsh.now = marsh.now.voided()
    (done,) = marsh.tick_on()
    assert isinstance(done, TrialDone)
    assert (done.outcome, done.valid) == ("void", False)
    assert (marsh.now.heard, marsh.now.voice, marsh.now.between_trials) == ((), None, True)
    calls = len(marsh.sounds())
    marsh.shown("same", "other")
    assert len(marsh.sounds()) == calls + 3


def test_a_tick_that_is_not_judged_takes_its_trial_out() -> None:
    marsh = Marsh(ODD)
    marsh.shown("usual")
    marsh.ask = replace(EASY, judged=False)
    marsh.rest(0.2)
    marsh.ask = EASY
    assert not marsh.done().valid
    marsh.shown("usual")
    assert marsh.done().valid


def test_after_practice_trials_are_counted_on() -> None:
    marsh = Marsh(BACK).play(3, right)
    renewed = marsh.now.renewed()
    assert (renewed.trial, renewed.heard, renewed.deck) == (3, (), "")


@pytest.mark.parametrize("settings", [ODD, BACK])
def test_the_same_presses_give_the_same_events(settings: Settings) -> None:
    chance = Random(4)
    presses = [chance.random() < 0.02 for _ in range(4000)]
    one, other = Marsh(settings, MIDDLE), Marsh(settings, MIDDLE)
    for press in presses:
        one.tick_on(press)
    for press in presses:
        other.tick_on(press)
    assert (one.events, one.now) == (other.events, other.now)


@pytest.mark.parametrize("settings", [ODD, BACK])
def test_harder_is_faster_and_success_is_possible_where_it_is_hardest(settings: Settings) -> None:
    paces = []
    for ask in (EASY, MIDDLE, HARD):
        trials = Marsh(settings, ask, child=False).play(25, right).trials()
        assert all(done.success for done in trials)
        paces.append(trials[-1].detail["every_s"])
    assert paces == sorted(paces, reverse=True)
    assert len(set(paces)) == 3


@pytest.mark.parametrize(
    "wrong", [{"ask": "even"}, {"every_s": (1.5, 2.4)}, {"targets": (0.1, 0.3)}, {"n": (2, 1)}, {"n": (1, 9)}]
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(BACK.model_dump() | wrong)


def person(seed: int, hit: float, false_alarm: float) -> Answers:
    chance = Random(seed)
    return lambda now: 0.7 if chance.random() < (hit if now.kind in TARGETS else false_alarm) else None


@pytest.mark.parametrize("settings", [ODD, BACK])
def test_who_answers_is_found(settings: Settings) -> None:
    found = measures(Marsh(settings, MIDDLE).play(400, person(5, 0.85, 0.1)).trials())
    z = NormalDist().inv_cdf
    assert found.d_prime == pytest.approx(z(0.85) - z(0.1), abs=0.3)
    assert found.criterion == pytest.approx(-(z(0.85) + z(0.1)) / 2, abs=0.15)
    assert found.reaction_mean_s == pytest.approx(0.7)
    assert found.success_rate == pytest.approx(0.89, abs=0.04)


def test_n_is_reached_where_calls_are_still_told_apart_and_not_where_it_is_guessed() -> None:
    marsh = Marsh(BACK, EASY)
    for n, ask in ((1, EASY), (2, MIDDLE), (3, HARD)):
        marsh.ask = ask
        marsh.now = marsh.now.rested()
        knows = person(n, 0.9, 0.05) if n < 3 else person(n, 0.5, 0.5)
        marsh.play(len(marsh.trials()) + 40, knows)
    trials = marsh.trials()
    assert measures(trials).n_reached == 2
    assert measures(trials[: MASTERED_TRIALS - 1]).n_reached == 0
    assert measures(Marsh(ODD).play(30, right).trials()).n_reached is None


def test_lures_taken_for_targets_are_told_from_other_false_alarms() -> None:
    fooled = Marsh(BACK, HARD).play(200, lambda now: 0.7 if now.kind == "same" or now.lure else None)
    found = measures(fooled.trials())
    assert found.lure_rate == 1
    assert found.false_alarms == sum(done.detail["lure"] > 0 for done in fooled.trials())


def test_it_is_said_when_calls_could_be_seen() -> None:
    seen = Marsh(ODD.model_copy(update={"seen": True})).play(10, right)
    assert seen.now.seen
    assert measures(seen.trials()).seen_share == 1
    assert measures(Marsh(ODD).play(10, right).trials()).seen_share == 0


def test_nothing_is_made_of_practice_pauses_and_lost_headsets() -> None:
    trials = Marsh(ODD).play(20, right).trials()
    spoilt = [replace(trials[0], practice=True), replace(trials[1], outcome="void"), replace(trials[2], valid=False)]
    assert measures(spoilt) == measures([])
    assert measures(trials + spoilt) == measures(trials)
    assert measures([]).d_prime is None
