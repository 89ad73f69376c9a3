"""People of one kind are not all alike, and no day is like another."""

from dataclasses import replace
from math import exp

import numpy as np
from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance

from neuro.twin.behaviour import practice
from neuro.twin.profiles import Profile, Reaction

_MU, _SIGMA, _TAU, _SHARE = 0.12, 0.24, 0.30, 0.08
"""SD between people of one kind: log of each ex-Gaussian parameter, share of time in the zone."""

_PACE_HZ = 0.9  # SD between people of the peak of alpha
_HEIGHT = 0.3  # SD of the log of amplitudes, own choice
_SEAT = 0.3  # SD of the log of how much of alpha each electrode sees, own choice
_SHOWS = 1.0
"""SD of the power to which what attention does to a rhythm is raised: in one of six it does the opposite.

Own choice. Studies disagree about the direction for theta and beta; decoders of mind-wandering reach .50 to .85
within people, and hardly .60 across tasks.
"""
_ABILITY = 0.5  # own choice: SD in logits between people of one kind
_DAY = 0.5  # own choice: a day moves a person half as far as people lie apart


def somebody(profile: Profile, rng: Generator) -> Profile:
    """One person of this kind."""
    return _moved(profile, rng, 1.0)


def headed(person: Profile, rng: Generator) -> Profile:
    """The same person with a head of their own: other rhythms, in which attention shows more or less.

    Own choice of the spreads; that of alpha's pace is about what people differ by.
    """
    r = person.rhythms
    pace, *heights, alpha, theta, beta = rng.standard_normal(7)
    seat = np.exp(_SEAT * rng.standard_normal(len(r.alpha_seat)))
    high = [exp(_HEIGHT * height) for height in heights]
    rhythms = replace(
        r,
        alpha_hz=float(np.clip(r.alpha_hz + _PACE_HZ * pace, 7.0, 13.0)),
        background_uv=r.background_uv * high[0],
        alpha_uv=r.alpha_uv * high[1],
        alpha_seat=tuple(seat.tolist()),
        theta_uv=r.theta_uv * high[2],
        alpha_out=r.alpha_out ** (1 + _SHOWS * alpha),
        theta_out=r.theta_out ** (1 + _SHOWS * theta),
        beta_out=r.beta_out ** (1 + _SHOWS * beta),
    )
    return replace(person, rhythms=rhythms)


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
