"""Somebody sits still before an emulated device, and all that comes of it is kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from threading import Event
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.store.rows import Stream
from game.recorder import Recorder
from neuro import offline
from neuro.baseline import Baseline
from neuro.emulators.board.faults import Electrodes
from neuro.emulators.board.feed import Resampled, on_eight
from neuro.life import Life
from neuro.listener import POLL_S, Listener, Poll
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.sources.board import layout
from neuro.sources.uri import open_eeg
from neuro.twin import eeg
from neuro.twin.attention import Zone
from neuro.twin.happenings import never
from neuro.twin.profiles import PROFILES
from neuro.types import Chunk, Estimate, Headset
from tests.faults.script import Notes
from tests.neuro.emulators.eyes import numbers
from tests.neuro.sources.glasses import counting

EEG_HZ, GAZE_HZ = 250.0, 200.0
_REST_S = 60.0
COUNT_UV = 187_500 / (2**23 - 1)  # no board is finer than the Cyton
BUSY_S = 0.25
"""A busy computer is this much too late."""

LOST, ALTERED = -1, -2
"""In place of a sample's number: it did not arrive; it arrived, but not as it was sent."""

Clock = Callable[[], float]


class Calm(NamedTuple):
    """A head that neither blinks nor clenches its teeth, as a Cyton would have recorded it, and its own rest.

    uv: (8, n) float32 at 250 Hz
    """

    uv: NDArray[np.float32]
    headset: Headset
    baseline: Baseline
    scorer: Scorer

    def pipeline(self) -> Pipeline:
        return Pipeline(self.headset, self.scorer, self.baseline)


def calm(scorer: Scorer, seconds: float) -> Calm:
    adult, chance = PROFILES["adult"], np.random.default_rng(12)
    adult = replace(adult, rhythms=replace(adult.rhythms, muscle_per_min=1e-9))
    brain = eeg.Brain(adult, Zone(adult.attention, chance.spawn(1)[0]), never(), chance)
    uv = on_eight(Resampled(brain.samples, eeg.RATE_HZ, EEG_HZ))(round(seconds * EEG_HZ))
    uv = (np.rint(uv / COUNT_UV) * COUNT_UV).astype(np.float32)
    headset = layout("cyton").headset()
    n_rest = round(_REST_S * EEG_HZ)
    rest = Chunk(uv[:, :n_rest], np.arange(n_rest) / EEG_HZ)
    return Calm(uv, headset, offline.rest_of(headset, rest, scorer), scorer)


class Account(NamedTuple):
    """Where the samples went that were measured between the first and the last that arrived."""

    received: int
    marked: int
    skipped: int


class Samples(Protocol):
    """Tells what was sent from what came."""

    rate_hz: float

    def __call__(self, poll: Poll) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """(n,) stamps, and which sample each is, or LOST or ALTERED."""


class Sitting:
    """A listener with a recorder, before one device that can have faults.

    Args: device: what faults are done to; clock: waits for the next look, and says when it is.
    """

    def __init__(
        self, device: Any, headset: Headset | None, listener: Listener, samples: Samples, clock: Clock
    ) -> None:
        self.device = device
        self.stream: Stream = "eeg" if headset else "gaze"
        self.notes = Notes()
        self._listener, self._samples, self._clock = listener, samples, clock
        self._recorder = Recorder(self.notes, headset, None if headset else "Neon")
        self._polls: list[Poll] = []
        self._accounted: list[tuple[NDArray[np.float64], NDArray[np.int64]]] = []

    def hear(self, until: Callable[[Poll], bool], limit_s: float = 10.0) -> list[Poll]:
        """Polls until one is as wanted."""
        first, end_s = len(self._polls), self._clock() + limit_s
        while True:
            poll = self._listener.poll(self._clock(), "play")
            self._recorder.heard(poll)
            self._polls.append(poll)
            if until(poll):
                return self._polls[first:]
            assert poll.now_s < end_s, f"it did not happen within {limit_s} s"

    def hear_for(self, seconds: float) -> list[Poll]:
        end_s = self._clock() + seconds
        return self.hear(lambda poll: poll.now_s >= end_s, seconds + 5.0)

    def hear_good(self, limit_s: float = 10.0) -> list[Poll]:
        """Polls until all is well."""
        return self.hear(self.is_well, limit_s)

    def heard(self) -> list[Poll]:
        """All polls until now."""
        return self._polls.copy()

    def life(self, poll: Poll) -> Life:
        return (poll.headset if self.stream == "eeg" else poll.tracker).life

    def is_well(self, poll: Poll) -> bool:
        """The device streams; of a headset also: every channel is good, and so is the state."""
        streams = self.life(poll).state == "streaming"
        return streams and (self.stream == "gaze" or any(map(_is_well, poll.estimates)))

    def is_off(self, poll: Poll) -> bool:
        """Something comes that cannot be believed, wholly or of one channel."""
        if self.stream == "gaze":
            return self.life(poll).state == "fitting"
        return any(not _is_well(each) for each in poll.estimates)

    def age_s(self, poll: Poll) -> float:
        """Of the newest sample, as of this newest poll."""
        return poll.now_s - newest_s(self._polls, self.stream)

    def account(self) -> Account:
        """Of the whole sitting until now.

        Asserts that every sample that arrived was sent, once and in order, and that for each that did not arrive
        there is a mark in its place or room for it in the stamps.
        """
        self._accounted += map(self._samples, self._polls[len(self._accounted) :])
        t_s, number = (np.concatenate(part) for part in zip(*self._accounted, strict=True))
        assert np.all(np.diff(t_s) > 0)
        known = np.flatnonzero(number >= 0)
        skipped = np.diff(number[known]) - np.diff(known)
        assert np.all(skipped >= 0)
        room_s = np.diff(t_s[known]) - np.diff(known) / self._samples.rate_hz
        gap = skipped > 0
        np.testing.assert_allclose(room_s[gap], skipped[gap] / self._samples.rate_hz, atol=BUSY_S)
        assert np.abs(room_s[~gap]).max() < BUSY_S
        marked = int((number[known[0] : known[-1]] == LOST).sum())
        return Account(int((number != LOST).sum()), marked, int(skipped.sum()))


class Eeg:
    """Samples of a calm head: each is told from all others by its eight values."""

    rate_hz = EEG_HZ

    def __init__(self, head: Calm) -> None:
        self._sent = {key: k for k, key in enumerate(_keys(head.uv))}

    def __call__(self, poll: Poll) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """A sample is lost where every channel is NaN; no channel ever is alone."""
        lost = np.isnan(poll.chunk.uv).all(axis=0)
        assert np.array_equal(lost, np.isnan(poll.chunk.uv).any(axis=0))
        number = np.full(lost.size, LOST)
        came = np.flatnonzero(~lost)
        number[came] = [self._sent.get(key, ALTERED) for key in _keys(poll.chunk.uv[:, came])]
        return poll.chunk.t_s, number


class Looks:
    """Samples of eyes that look at their own number; while the glasses are off they look at nothing."""

    rate_hz = GAZE_HZ

    def __call__(self, poll: Poll) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        gaze = poll.gaze
        number = np.full(gaze.t_s.size, ALTERED)
        seen = gaze.confidence > 0
        if gaze.scene_px is not None:
            number[seen] = numbers(replace(gaze, scene_px=gaze.scene_px[:, seen]))
        return gaze.t_s, number


def real_time() -> float:
    """The next look: two hundred a second at most."""
    _tick.wait(0.005)
    return time.monotonic()


_tick = Event()


class VirtualHead:
    """A calm head in a headset whose electrodes can have faults, on a clock that moves with each look."""

    def __init__(self, head: Calm) -> None:
        self.headset = head.headset
        self.electrodes = Electrodes(len(head.uv), EEG_HZ, 187_500.0)
        self.now_s = 0.0
        self._uv, self._read = head.uv, 0

    def clock(self) -> float:
        self.now_s += POLL_S
        return self.now_s

    def read(self) -> Chunk:
        first, self._read = self._read, round(self.now_s * EEG_HZ)
        uv = self.electrodes(self._uv[:, first : self._read]).astype(np.float32)
        return Chunk(uv, np.arange(first, self._read) / EEG_HZ)


@contextmanager
def sit(head: Calm, board: Any) -> Iterator[Sitting]:
    """Open an emulated board by its address, and begin."""
    source = open_eeg(board.address, time.monotonic)
    assert source is not None
    with source:
        yield Sitting(board, head.headset, Listener(source, None, head.pipeline()), Eeg(head), real_time)


@contextmanager
def sit_with_glasses() -> Iterator[Sitting]:
    """Eyes that look at their own number, through an emulated Neon."""
    with ExitStack() as opened:
        phone, source = opened.enter_context(counting())
        yield Sitting(phone, None, Listener(None, source, None), Looks(), real_time)


def sit_in_no_time(head: Calm) -> Sitting:
    """Only the electrodes can have faults, for there is nothing between them and the pipeline."""
    source = VirtualHead(head)
    listener = Listener(source, None, head.pipeline())
    return Sitting(source.electrodes, head.headset, listener, Eeg(head), source.clock)


def estimates(polls: list[Poll]) -> list[Estimate]:
    return [each for poll in polls for each in poll.estimates]


def states(polls: list[Poll]) -> set[str]:
    return {each.state for each in estimates(polls)}


def newest_s(polls: list[Poll], stream: Stream) -> float:
    """When the newest sample was measured."""
    stamps = (poll.chunk.t_s if stream == "eeg" else poll.gaze.t_s for poll in reversed(polls))
    return next(float(t_s[-1]) for t_s in stamps if t_s.size)


def _is_well(estimate: Estimate) -> bool:
    return estimate.state == "good" and set(estimate.channels) == {"good"}


def _keys(uv: NDArray[np.float32]) -> Iterator[bytes]:
    """What tells samples (8, n) apart, one by one."""
    return (sample.tobytes() for sample in np.rint(uv.T / COUNT_UV).astype(np.int64))
