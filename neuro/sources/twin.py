"""The simulated player as a source: a headset and an eye tracker that one and the same twin wears."""

from collections.abc import Callable
from dataclasses import replace
from math import floor
from types import TracebackType
from typing import Self

import numpy as np
from numpy.random import default_rng

from neuro.errors import BadAddress
from neuro.twin.eeg import CHANNELS, Brain
from neuro.twin.eeg import RATE_HZ as HEAD_HZ
from neuro.twin.eyes import RATE_HZ as EYES_HZ
from neuro.twin.eyes import Eyes, blinks
from neuro.twin.people import headed, somebody
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES
from neuro.types import Chunk, Gaze, Headset

_BLINKS, _BRAIN, _EYES, _PERSON, _HEAD = 1, 2, 3, 6, 7
"""One stream of chance each, beside those of the player, so that no part of the twin disturbs another."""


class Twin:
    """One simulated player: who plays, and the brain and eyes that follow.

    The same profile and seed are the same sitting. The twin's time begins when the first of its sources is opened.

    Args:   person: one of the many who are of this kind, by number; None for the one in the middle.
            sitting: 1 for the first of this person; later ones have learned.
    Raises: BadAddress: nobody knows the profile, or a number is below what it counts from.
    """

    def __init__(self, profile_name: str, seed: int, person: int | None = None, sitting: int = 1) -> None:
        if profile_name not in PROFILES:
            known = ", ".join(PROFILES)
            raise BadAddress(f"There is no simulated player called {profile_name!r}: choose one of {known}.")
        if seed < 0:
            raise BadAddress(f"The seed of a simulated player cannot be {seed}: give a whole number from 0 up.")
        if (person or 0) < 0 or sitting < 1:
            raise BadAddress("A simulated person counts from 0, and their sittings from 1: correct the address.")
        self.profile = PROFILES[profile_name]
        if person is not None:
            self.profile = headed(
                somebody(self.profile, default_rng([person, _PERSON])), default_rng([person, _HEAD])
            )
        self.player = Player(self.profile, seed, sitting)
        self.zone = self.player.zone
        lids = blinks(self.profile.looking, self.zone, default_rng([seed, _BLINKS]))
        self.brain = Brain(self.profile, self.zone, lids, default_rng([seed, _BRAIN]))
        self.eyes = Eyes(self.profile, self.zone, lids, default_rng([seed, _EYES]))
        self.hands = self.player.hands
        self._start_s: float | None = None

    def begin(self, now_s: float) -> float:
        """When the twin's time began, in host seconds: now, unless it already has."""
        if self._start_s is None:
            self._start_s = now_s
        return self._start_s


class TwinHead:
    """The twin's headset. `start_s`, the host time of its first sample, is known once it is open."""

    start_s: float

    def __init__(self, twin: Twin, clock: Callable[[], float]) -> None:
        self.twin = twin
        self.headset = Headset(f"Simulated headset ({twin.profile.name})", CHANNELS, HEAD_HZ)
        self._clock = clock
        self._read = 0

    def __enter__(self) -> Self:
        self.start_s = self.twin.begin(self._clock())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to let go of."""

    def read(self) -> Chunk:
        """All samples whose time has come since the last read."""
        due = _due(self.start_s, self._clock(), HEAD_HZ)
        n, first = max(due - self._read, 0), self._read
        self._read += n
        return Chunk(self.twin.brain.samples(n), self.start_s + (first + np.arange(n)) / HEAD_HZ)


class TwinEyes:
    """The twin's eye tracker. The eyes look at the middle of the screen until `look_at` says otherwise."""

    start_s: float

    def __init__(self, twin: Twin, clock: Callable[[], float]) -> None:
        self.twin = twin
        self._clock = clock
        self._read = 0
        self._target_xy = (0.5, 0.5)

    def __enter__(self) -> Self:
        self.start_s = self.twin.begin(self._clock())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to let go of."""

    def look_at(self, x: float, y: float) -> None:
        """From the next read on, the thing to see is at x, y (screens)."""
        self._target_xy = (x, y)

    def read(self) -> Gaze:
        """All samples whose time has come since the last read."""
        n = max(_due(self.start_s, self._clock(), EYES_HZ) - self._read, 0)
        self._read += n
        gaze = self.twin.eyes.samples(n, self._target_xy)
        return replace(gaze, t_s=self.start_s + gaze.t_s)


def open_head(profile: str, seed: int, clock: Callable[[], float]) -> TwinHead:
    """The headset of a twin of its own."""
    return TwinHead(Twin(profile, seed), clock)


def open_eyes(profile: str, seed: int, clock: Callable[[], float]) -> TwinEyes:
    """The eye tracker of a twin of its own; a head of the same profile and seed blinks and attends alike."""
    return TwinEyes(Twin(profile, seed), clock)


def _due(start_s: float, now_s: float, rate_hz: float) -> int:
    """How many samples have a stamp, start_s + k / rate_hz, of now_s at most."""
    due = max(floor((now_s - start_s) * rate_hz), -1) + 1
    if due > 0 and start_s + (due - 1) / rate_hz > now_s:  # the product was rounded up
        return due - 1
    return due + 1 if start_s + due / rate_hz <= now_s else due
