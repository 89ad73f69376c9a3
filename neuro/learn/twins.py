"""Simulated players as people to learn from: the only source of brain, eyes and truth at once."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.random import Generator, default_rng  # noqa: TID251 -- seeded by the caller
from numpy.typing import NDArray

from neuro.eyes.tokens import EyeTokens
from neuro.learn.data import BASELINE_S, WINDOW_S, Person, Stretch, person
from neuro.pipeline import Front, Moment
from neuro.sources.twin import Twin
from neuro.twin.attention import Zone
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.twin.eyes import RATE_HZ as EYES_HZ
from neuro.types import HOP_HZ, Chunk, Headset

SEATED_S = 240.0
PROFILES = ("adult", "child", "adhd", "medicated", "tired")
_LOOKED_AT_S = (1.5, 4.0)  # how long something is to be seen, before something else is
_SIGHT = ((0.1, 0.4), (0.9, 0.9))  # where, in screens
_CLEAR = 0.25  # a window that is less clearly in or out of the zone teaches nothing
_HAPPENS = 77  # a stream of chance beside those of the twin


def twins(seeds: Sequence[int], seconds: float = SEATED_S) -> Iterator[Person]:
    """Simulated players of each kind in turn: a minute of rest, then something that moves about is to be seen."""
    for i, seed in enumerate(seeds):
        yield twin(PROFILES[i % len(PROFILES)], seed, seconds)


def twin(profile: str, seed: int, seconds: float = SEATED_S) -> Person:
    """One of them. Raises: BadAddress: nobody knows the profile. BadRecording: too little of the rest is clean."""
    player = Twin(profile, seed)
    moments = moments_of(player, seconds)
    times_s = np.array([moment.t_s for moment in moments])
    eyes = looks(player, times_s, default_rng([seed, _HAPPENS]))
    return person(f"{profile} {seed}", CHANNELS, [Stretch(moments, truth(player.zone, times_s), eyes)], BASELINE_S)


def moments_of(twin: Twin, seconds: float) -> list[Moment]:
    """What the live front end makes of the next so many seconds of a twin's head; they begin at 0."""
    n = round(seconds * RATE_HZ)
    chunk = Chunk(twin.brain.samples(n), np.arange(n) / RATE_HZ)
    hops = Front(Headset(f"Simulated ({twin.profile.name})", CHANNELS, RATE_HZ))(chunk)
    return [hop for hop in hops if isinstance(hop, Moment)]


def truth(zone: Zone, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) 1 in the zone, 0 out of it, NaN where the window has much of both."""
    windows_s = (np.arange(max(t - WINDOW_S, 0.0), t, 1 / HOP_HZ) for t in times_s.tolist())
    out = np.array([zone.wandering(window_s).mean() for window_s in windows_s])
    return np.where(out < _CLEAR, 1.0, np.where(out > 1 - _CLEAR, 0.0, np.nan))


def looks(twin: Twin, times_s: NDArray[np.float64], chance: Generator) -> NDArray[np.float64]:
    """(n, N_EYES) eye tokens, while rest and then other things are to be seen."""
    tokens, target, until_s, done = EyeTokens(), (0.5, 0.5), BASELINE_S, 0
    found = []
    for t_s in times_s.tolist():
        if t_s >= until_s:
            x, y = chance.uniform(*_SIGHT)
            target, until_s = (float(x), float(y)), t_s + chance.uniform(*_LOOKED_AT_S)
        due = int(t_s * EYES_HZ) + 1
        tokens.take(twin.eyes.samples(due - done, target))
        done = due
        found.append(tokens.token(t_s))
    return np.stack(found)
