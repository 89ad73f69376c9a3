"""Simulated people who differ, sitting after sitting, with what their hands did: lessons whose truth is known."""

from dataclasses import dataclass, replace

import numpy as np

from neuro.learn.data import BASELINE_S, Stretch, person
from neuro.learn.lessons import Lesson, Trial, lesson, of_trials
from neuro.learn.twins import PROFILES, looks, moments_of, truth
from neuro.scorer import N_EYES
from neuro.sources.twin import Twin
from neuro.tokens import STEP_HOPS
from neuro.twin.eeg import CHANNELS
from neuro.twin.player import Player

PLAY_S = 240.0
FIRST = 9000  # persons that no model was taught by

_EVERY_S = (1.6, 2.4)  # a creature: seconds to the next, as in the first level of Strike at middle speed
_FROGS = 0.25
_CREATURES, _LOOKED = 78, 79  # streams of chance beside those of the twin


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting: what behaviour alone says of it, and what was so (weight 1 where the zone is clear)."""

    told: Lesson
    true: Lesson


def sat(number: int, sitting: int, play_s: float = PLAY_S) -> Sat:
    """One of a person's sittings: a minute of rest, then play. Kinds of players take turns."""
    seed = 100_000 * (number + 1) + sitting
    twin = Twin(PROFILES[number % len(PROFILES)], seed, FIRST + number, sitting)
    moments = moments_of(twin, BASELINE_S + play_s)
    t_s = np.array([moment.t_s for moment in moments])
    eyes = np.full((len(t_s), N_EYES), np.nan)  # looked at twice a second, as often as a token is kept
    eyes[::STEP_HOPS] = looks(twin, t_s[::STEP_HOPS], np.random.default_rng([seed, _LOOKED]))
    name = f"{twin.profile.name} {number}, sitting {sitting}"
    engaged, trust = of_trials(t_s, trials(twin.player, np.random.default_rng([seed, _CREATURES]), play_s))
    told = lesson(name, CHANNELS, [Stretch(moments, engaged, eyes)], [trust], BASELINE_S)
    true = person(name, CHANNELS, [Stretch(moments, truth(twin.zone, t_s), eyes)], BASELINE_S)
    return Sat(told, Lesson(true, np.ones(len(true.ends))))


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
