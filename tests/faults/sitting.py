"""Somebody sits still before an emulated headset, and all that comes of it is kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from neuro import offline
from neuro.baseline import Baseline
from neuro.emulators.board.faults import Electrodes, Radio
from neuro.emulators.board.feed import Resampled, on_eight
from neuro.listener import Listener, Poll
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.sources.board import layout
from neuro.sources.uri import open_eeg
from neuro.twin import eeg
from neuro.twin.attention import Zone
from neuro.twin.happenings import Happening, Happenings
from neuro.twin.profiles import PROFILES
from neuro.types import Chunk, Estimate, Headset
from tests.neuro.sources.live import join, wait_until

RATE_HZ = 250.0
_REST_S = 60.0
_COUNT_UV = 187_500 / (2**23 - 1)  # no board is finer than the Cyton
BUSY_S = 0.25
"""A busy computer is this much too late."""


class EmulatedBoard(Protocol):
    """What every emulated board has."""

    electrodes: Electrodes
    radio: Radio

    @property
    def address(self) -> str: ...
    def unplug(self) -> None: ...
    def plug(self) -> None: ...


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
    never = Happenings(lambda _: Happening(1e9, 1.0, 0.0))
    brain = eeg.Brain(adult, Zone(adult.attention, chance.spawn(1)[0]), never, chance)
    uv = on_eight(Resampled(brain.samples, eeg.RATE_HZ, RATE_HZ))(round(seconds * RATE_HZ))
    uv = (np.rint(uv / _COUNT_UV) * _COUNT_UV).astype(np.float32)
    headset = layout("cyton").headset()
    n_rest = round(_REST_S * RATE_HZ)
    rest = Chunk(uv[:, :n_rest], np.arange(n_rest) / RATE_HZ)
    return Calm(uv, headset, offline.rest_of(headset, rest, scorer), scorer)


class Account(NamedTuple):
    """Where the samples went that were measured between the first and the last that arrived."""

    received: int
    marked: int
    skipped: int


class Sitting:
    """A pipeline that listens to an emulated board through its real source."""

    def __init__(self, head: Calm, board: EmulatedBoard, listener: Listener) -> None:
        self.head, self.board = head, board
        self._listener = listener
        self._sent = {key: k for k, key in enumerate(_keys(head.uv))}
        self._polls: list[Poll] = []

    def hear(self, until: Callable[[Poll], bool], limit_s: float = 10.0) -> list[Poll]:
        """Polls until one is as wanted."""
        first = len(self._polls)

        def poll() -> bool:
            self._polls.append(self._listener.poll(time.monotonic(), "play"))
            return until(self._polls[-1])

        wait_until(poll, limit_s)
        return self._polls[first:]

    def hear_for(self, seconds: float) -> list[Poll]:
        end_s = time.monotonic() + seconds
        return self.hear(lambda poll: poll.now_s >= end_s, seconds + 5.0)

    def hear_good(self, limit_s: float = 10.0) -> list[Poll]:
        """Polls until all is well: every channel is good, and so is the state."""
        return self.hear(lambda poll: any(map(_is_well, poll.estimates)), limit_s)

    def account(self) -> Account:
        """Of the whole sitting until now.

        Asserts that every sample that arrived was sent, once and in order, and that for each that did not arrive
        there is NaN in its place or room for it in the stamps.
        """
        came = join([poll.chunk for poll in self._polls])
        lost = np.asarray(np.isnan(came.uv).all(axis=0))
        assert np.array_equal(lost, np.isnan(came.uv).any(axis=0))
        assert np.all(np.diff(came.t_s) > 0)
        arrived = np.flatnonzero(~lost)
        sent = np.array([self._sent[key] for key in _keys(came.uv[:, arrived])])
        skipped = np.diff(sent) - np.diff(arrived)
        assert np.all(skipped >= 0)
        room_s = np.diff(came.t_s[arrived]) - np.diff(arrived) / RATE_HZ
        gap = skipped > 0
        np.testing.assert_allclose(room_s[gap], skipped[gap] / RATE_HZ, atol=BUSY_S)
        assert np.abs(room_s[~gap]).max() < BUSY_S
        return Account(len(arrived), int(lost[arrived[0] : arrived[-1]].sum()), int(skipped.sum()))

    def number(self, sample: NDArray[np.float32]) -> int:
        """Which sample of the head this (8,) is."""
        return self._sent[next(_keys(sample[:, None]))]

    def heard(self) -> list[Poll]:
        """All polls until now."""
        return self._polls.copy()


@contextmanager
def sit(head: Calm, board: EmulatedBoard) -> Iterator[Sitting]:
    """Open the board by its address, and begin."""
    source = open_eeg(board.address, time.monotonic)
    assert source is not None
    with source:
        yield Sitting(head, board, Listener(source, None, head.pipeline()))


def estimates(polls: list[Poll]) -> list[Estimate]:
    return [each for poll in polls for each in poll.estimates]


def states(polls: list[Poll]) -> set[str]:
    return {each.state for each in estimates(polls)}


def _is_well(estimate: Estimate) -> bool:
    return estimate.state == "good" and set(estimate.channels) == {"good"}


def _keys(uv: NDArray[np.float32]) -> Iterator[bytes]:
    """What tells samples (8, n) apart, one by one."""
    return (sample.tobytes() for sample in np.rint(uv.T / _COUNT_UV).astype(np.int64))


class Fault(NamedTuple):
    """What any emulated board can be told to do, and how it is put right."""

    begin: Callable[[EmulatedBoard], None]
    end: Callable[[EmulatedBoard], None]


TRIFLES = {
    "seven packets in a row are lost": Fault(lambda board: board.radio.drop(7), lambda _: None),
    "one packet in twenty is lost": Fault(lambda board: board.radio.lose(0.05), lambda board: board.radio.lose(0)),
    "packets come twelve at once": Fault(lambda board: board.radio.burst(12), lambda board: board.radio.burst(1)),
}
"""What nobody needs to notice."""

LOSSES = {
    "out of range": Fault(lambda board: board.radio.silence(), lambda board: board.radio.resume()),
    "gone": Fault(lambda board: board.unplug(), lambda board: board.plug()),
}
"""What ends the stream."""


def assert_trifle(sitting: Sitting, fault: Fault) -> None:
    """All stays good, and every lost sample is marked."""
    before, lost_before = sitting.account(), sitting.board.radio.lost
    fault.begin(sitting.board)
    polls = sitting.hear_for(1.0)
    fault.end(sitting.board)
    polls += sitting.hear_for(0.2)
    account, lost = sitting.account(), sitting.board.radio.lost - lost_before
    assert states(polls) == {"good"}
    assert {poll.trouble for poll in polls} == {None}
    assert account.marked - before.marked == lost
    assert account.skipped == before.skipped


def assert_loss(sitting: Sitting, fault: Fault) -> None:
    """It is noticed at a data age of one second, said, marked by a gap, and over 6 s after it is put right."""
    before = sitting.account()
    fault.begin(sitting.board)
    stale = sitting.hear(lambda poll: any(each.state == "stale" for each in poll.estimates))
    said = sitting.hear(lambda poll: poll.trouble is not None)
    ages_s = [polls[-1].now_s - newest_s(sitting.heard()) for polls in (stale, said)]
    assert "check that it is switched on" in str(said[-1].trouble)
    put_right_s = time.monotonic()
    fault.end(sitting.board)
    back = sitting.hear_good()
    account = sitting.account()
    assert max(ages_s) < 1.0 + BUSY_S
    assert back[-1].now_s - put_right_s < 6.0 + BUSY_S
    # a second of samples; half of it where a busy machine's emulator runs behind its own clock
    assert account.skipped - before.skipped > RATE_HZ / 2
    assert account.marked == before.marked


def assert_live_is_offline(sitting: Sitting) -> None:
    """What was estimated live, from the first sample on, is what the recording gives by itself."""
    sitting.hear_for(1.0)
    polls, head = sitting.heard(), sitting.head
    came = join([poll.chunk for poll in polls])
    live = [each for each in estimates(polls) if each.state != "absent"]
    first = sitting.number(came.uv[:, 0])
    n = came.t_s.size
    recorded = Chunk(head.uv[:, first : first + n], (first + np.arange(n)) / RATE_HZ)
    said = head.pipeline().step(float(recorded.t_s[-1]), "play", recorded)
    assert [(each.state, each.channels) for each in live] == [(each.state, each.channels) for each in said]
    np.testing.assert_allclose([each.score for each in live], [each.score for each in said], atol=1e-5)
    np.testing.assert_allclose([each.trust for each in live], [each.trust for each in said], atol=1e-5)
    assert np.std([each.score for each in said]) > 0


def newest_s(polls: list[Poll]) -> float:
    """When the newest sample was measured."""
    return next(float(poll.chunk.t_s[-1]) for poll in reversed(polls) if poll.chunk.t_s.size)
