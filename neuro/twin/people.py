"""People of one kind are not all alike, and no day is like another."""

from dataclasses import replace
from math import exp

import numpy as np
from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance

from neuro.twin.behaviour import practice
from neuro.twin.profiles import Profile, Reaction

_MU, _SIGMA, _TAU, _SHARE = 0.12, 0.24, 0.30, 0.08
"""SD between people of one kind: log of each ex-Gaussian parameter, share of time in the zone."""

_ABILITY = 0.5  # own choice: SD in logits between people of one kind
_DAY = 0.5  # own choice: a day moves a person half as far as people lie apart


def somebody(profile: Profile, rng: Generator) -> Profile:
    """One person of this kind."""
    return _moved(profile, rng, 1.0)


def someday(person: Profile, rng: Generator) -> Profile:
    """The same person on some day."""
    return _moved(person, rng, _DAY)


def practised(person: Profile, sitting: int) -> Profile:
    """The same person's attention when the sitting with this number (from 1) begins."""
    a, learning = person.attention, person.learning
    learned = practice(learning, sitting, 0) / learning.gain if learning.gain else 0.0
    return replace(person, attention=replace(a, in_s=a.in_s * exp(learning.attends * learned)))


def _moved(profile: Profile, rng: Generator, far: float) -> Profile:
    mu, sigma, tau = (exp(far * sd * rng.standard_normal()) for sd in (_MU, _SIGMA, _TAU))
    a = profile.attention
    share = float(np.clip(a.in_s / (a.in_s + a.out_s) + far * _SHARE * rng.standard_normal(), 0.3, 0.95))
    ability = profile.skill.ability + far * _ABILITY * rng.standard_normal()

    def reaction(usual: Reaction) -> Reaction:
        return replace(usual, mu_s=usual.mu_s * mu, sigma_s=usual.sigma_s * sigma, tau_s=usual.tau_s * tau)

    return replace(
        profile,
        attention=replace(a, in_s=a.out_s * share / (1 - share)),
        reaction_in=reaction(profile.reaction_in),
        reaction_out=reaction(profile.reaction_out),
        skill=replace(profile.skill, ability=ability),
    )
