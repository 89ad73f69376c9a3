"""Simulated people who differ, sitting after sitting, with what their hands did: lessons whose truth is known."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neuro.learn.data import BASELINE_S, Person, Stretch, person
from neuro.learn.evaluate import only
from neuro.learn.lessons import Lesson, Trial, heard, of_trials
from neuro.learn.twins import PROFILES, looks, moments_of, truth
from neuro.scorer import N_EYES
from neuro.sources.twin import Twin
from neuro.tokens import STEP_HOPS
from neuro.twin.eeg import CHANNELS
from neuro.twin.player import Player

PLAY_S = 480.0
FIRST = 9000  # persons that no model was taught by

_EVERY_S = (1.6, 2.4)  # a creature: seconds to the next, as in the first level of Strike at middle speed
_FROGS = 0.25
_CREATURES, _LOOKED = 78, 79  # streams of chance beside those of the twin


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting: what behaviour alone says of it, and what was so (weight 1 where the zone is clear)."""

    told: Lesson
    true: Lesson


def sat(number: int, sitting: int, play_s: float = PLAY_S, glasses: bool = False) -> Sat:
    """One of a person's sittings: a minute of rest, then play. Kinds of players take turns."""
    seed = 100_000 * (number + 1) + sitting
    twin = Twin(PROFILES[number % len(PROFILES)], seed, FIRST + number, sitting)
    moments = moments_of(twin, BASELINE_S + play_s)
    t_s = np.array([moment.t_s for moment in moments])
    eyes = np.full((len(t_s), N_EYES), np.nan)
    if glasses:  # looked at twice a second, as often as a token is kept
        eyes[::STEP_HOPS] = looks(twin, t_s[::STEP_HOPS], np.random.default_rng([seed, _LOOKED]))
    everything = Stretch(moments, np.zeros(len(t_s)), eyes)
    someone = person(f"{twin.profile.name} {number}, sitting {sitting}", CHANNELS, [everything], BASELINE_S)
    done = of_trials(t_s[::STEP_HOPS], trials(twin.player, np.random.default_rng([seed, _CREATURES]), play_s))
    told = heard(Lesson(someone, np.zeros(len(someone.ends)), done))
    return Sat(told, _true(someone, truth(twin.zone, t_s)))


def _true(someone: Person, engaged: NDArray[np.float64]) -> Lesson:
    """Only the windows of which something is known."""
    engaged = engaged[::STEP_HOPS][someone.ends]
    known = ~np.isnan(engaged)
    return Lesson(replace(only(someone, known), engaged=engaged[known]), np.ones(int(known.sum())))


def trials(player: Player, chance: np.random.Generator, play_s: float) -> list[Trial]:
    """Creatures as in Strike, from the end of the rest on."""
    t_s = BASELINE_S
    found: list[Trial] = []
    while (t_s := t_s + chance.uniform(*_EVERY_S)) < BASELINE_S + play_s - _EVERY_S[1]:
        go = bool(chance.random() > _FROGS)
        found.append(Trial(t_s, go, player.answer(t_s, len(found), go)))
    return found


def blind(one: Lesson) -> Lesson:
    """The same sitting without glasses."""
    return replace(one, person=replace(one.person, eyes=np.full_like(one.person.eyes, np.nan)))
