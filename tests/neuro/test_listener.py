"""The listener reads both devices; in a thread of its own nothing it meets is lost."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import onnx
import pytest

from neuro.baseline import Baseline
from neuro.clock.fit import ClockFit
from neuro.errors import DeviceLost
from neuro.listener import NO_EYES, NO_HEAD, Background, Listener, Poll
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.seal import sealed
from neuro.types import Chunk, Gaze, Headset
from tests.neuro.conftest import Head

SECONDS = 30.0
"""The longest that a test waits for a thread before it gives up."""


@dataclass
class Board:
    """A headset that sends what it is given, one item a read, and is silent afterwards."""

    headset: Headset
    sends: Iterable[Chunk | Exception]
    reads: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._next = iter(self.sends)

    def read(self) -> Chunk:
        self.reads += 1
        item = next(self._next, None)
        if item is None:
            self.done.set()
            return Chunk.empty(len(self.headset.channels))
        if isinstance(item, Exception):
            raise item
        return item


class Tracker:
    def read(self) -> Gaze:
        return Gaze(np.array([1.0]), np.full((2, 1), 0.5, np.float32), *np.ones((2, 1), np.float32))


class LostTracker:
    def read(self) -> Gaze:
        raise DeviceLost("The glasses are gone: plug them in.")


def pieces(head: Head, n: int) -> list[Chunk]:
    return [head.part(i / 5, (i + 1) / 5) for i in range(n)]


def finished(background: Background) -> None:
    """Wait until the thread has ended by itself."""
    background._thread.join(SECONDS)
    assert not background._thread.is_alive()


def test_a_poll_holds_all_that_made_its_estimates(head: Head, scorer: Scorer) -> None:
    chunks = pieces(head, 40)
    listener = Listener(Board(head.headset, chunks), Tracker(), Pipeline(head.headset, scorer))
    polls = [listener.poll((i + 1) / 5, "rest") for i in range(40)]
    again = Pipeline(head.headset, scorer)
    for i, (poll, chunk) in enumerate(zip(polls, chunks, strict=True)):
        assert (poll.now_s, poll.phase, poll.chunk, poll.trouble) == ((i + 1) / 5, "rest", chunk, None)
        assert poll.gaze.t_s.tolist() == [1.0]
        assert poll.estimates == again.step(poll.now_s, poll.phase, poll.chunk)
    assert polls[-1].estimates


def test_a_lost_headset_is_trouble_and_then_stale(head: Head, scorer: Scorer) -> None:
    gone = DeviceLost("The headset is gone: switch it on.")
    board = Board(head.headset, [head.part(0, 5), gone, gone])
    listener = Listener(board, None, Pipeline(head.headset, scorer))
    first, second, third = (listener.poll(now_s, "play") for now_s in (5.0, 5.5, 6.5))
    assert (first.trouble, second.trouble) == (None, "The headset is gone: switch it on.")
    assert (second.estimates, second.chunk.uv.shape) == ((), (4, 0))
    assert [each.state for each in third.estimates] == ["stale"]


def test_a_lost_tracker_is_trouble_and_the_eeg_goes_on(head: Head, scorer: Scorer) -> None:
    listener = Listener(Board(head.headset, [head.part(0, 1)]), LostTracker(), Pipeline(head.headset, scorer))
    poll = listener.poll(1.0, "play")
    assert poll.trouble == "The glasses are gone: plug them in."
    assert len(poll.gaze.t_s) == 0
    assert len(poll.estimates) == 10


def test_without_any_device_a_poll_is_empty() -> None:
    poll = Listener(None, None, None).poll(3.0, "fit")
    assert (poll.now_s, poll.chunk.uv.shape, len(poll.gaze.t_s), poll.estimates) == (3.0, (0, 0), 0, ())


def test_the_background_hands_over_everything_once_and_in_order(head: Head, scorer: Scorer) -> None:
    chunks = pieces(head, 12)
    board = Board(head.headset, chunks)
    taken: list[Poll] = []
    with Background(Listener(board, None, Pipeline(head.headset, scorer)), lambda: board.reads / 5) as background:
        while not board.done.wait(0.02):
            taken += background.taken()
    taken += background.taken()
    assert [poll.chunk for poll in taken[:12]] == chunks
    assert len(taken) == board.reads
    assert background.taken() == []


def test_the_background_says_the_phase_that_it_is_told(head: Head, scorer: Scorer) -> None:
    board = Board(head.headset, [])
    with Background(Listener(board, None, Pipeline(head.headset, scorer)), lambda: 0.0) as background:
        background.phase = "rest"
        assert board.done.wait(SECONDS)
    assert {poll.phase for poll in background.taken()} == {"rest"}


def test_leaving_the_background_ends_its_thread(head: Head) -> None:
    before = threading.active_count()
    with Background(Listener(Board(head.headset, []), None, None), lambda: 0.0):
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_a_lost_device_does_not_end_the_background(head: Head) -> None:
    board = Board(head.headset, [DeviceLost("Gone."), head.part(0, 1)])
    with Background(Listener(board, None, None), lambda: 0.0) as background:
        assert board.done.wait(SECONDS)
    assert [poll.trouble for poll in background.taken()[:2]] == ["Gone.", None]


def test_what_fails_in_the_background_is_raised_where_polls_are_taken(head: Head) -> None:
    board = Board(head.headset, [head.part(0, 1), RuntimeError("a mistake of ours")])
    with Background(Listener(board, None, None), lambda: 0.0) as background:
        finished(background)
        assert len(background.taken()) == 1
        with pytest.raises(RuntimeError, match="a mistake of ours"):
            background.taken()


def test_what_fails_in_the_background_is_raised_at_its_end_if_nobody_took_it(head: Head) -> None:
    board = Board(head.headset, [RuntimeError("a mistake of ours")])
    background = Background(Listener(board, None, None), lambda: 0.0)
    with pytest.raises(RuntimeError, match="a mistake of ours"), background:
        finished(background)


def test_the_failure_of_who_listens_is_not_hidden_by_that_of_the_background(head: Head) -> None:
    background = Background(Listener(Board(head.headset, [RuntimeError("a mistake")]), None, None), lambda: 0.0)
    with pytest.raises(TimeoutError, match="another"), background:
        raise TimeoutError(f"another, once the thread has ended: {finished(background)}")


@dataclass
class Wearer:
    """Somebody whose headset sends what was recorded, but for the seconds in which it has gone."""

    head: Head
    gone_s: tuple[float, float]
    headset: Headset
    now_s: float = 0.0
    _read_s: float = 0.0

    def read(self) -> Chunk:
        first_s, self._read_s = self._read_s, self.now_s
        if self.gone_s[0] < self.now_s <= self.gone_s[1]:
            if self.now_s > self.gone_s[0] + 0.9:
                raise DeviceLost("It has gone: charge it.")
            return Chunk.empty(len(self.headset.channels))
        return self.head.part(first_s, self.now_s)


FIT = ClockFit(-572.0, 0.002, 35.0, 0.0005)


@dataclass
class Glasses:
    """200 samples a second on this clock, worn until told otherwise."""

    now_s: float = 0.0
    worn: bool = True
    clock_fit: ClockFit | None = FIT
    _n: int = 0

    def read(self) -> Gaze:
        first, self._n = self._n, round(self.now_s * 200)
        n = self._n - first
        seen = np.full(n, float(self.worn), np.float32)
        return Gaze(np.arange(first, self._n) / 200, np.full((2, n), 0.5, np.float32), seen, seen)


def heard(wearer: Wearer, glasses: Glasses, scorer: Scorer, seconds: float) -> list[Poll]:
    listener = Listener(wearer, glasses, Pipeline(wearer.headset, scorer))
    polls = []
    for k in range(1, round(25 * seconds) + 1):
        wearer.now_s = glasses.now_s = k / 25
        polls.append(listener.poll(k / 25, "play"))
    return polls


def test_a_headset_that_dies_and_comes_back_is_taken_up_with_a_gap(head: Head, scorer: Scorer) -> None:
    polls = heard(Wearer(head, (10.0, 15.0), head.headset), Glasses(), scorer, 30.0)
    told = [(state, next(same)) for state, same in groupby((p.headset.life for p in polls), lambda life: life.state)]
    assert [state for state, _ in told] == ["fitting", "streaming", "stale", "lost", "reconnecting", "streaming"]
    assert [life.reason for state, life in told if state in ("fitting", "lost")] == [
        NO_HEAD,
        "It has gone: charge it.",
    ]
    estimates = [each for poll in polls for each in poll.estimates]
    gone = [each.state for each in estimates if 11.1 < each.t_s < 15.0]
    filling = [each.state for each in estimates if 15.2 < each.t_s < 18.8]
    after = {each.state for each in estimates if each.t_s > 19.1}
    assert (set(gone), len(gone) > 30) == ({"stale"}, True)
    assert (set(filling), len(filling) > 30) == ({"poor"}, True)  # no window reaches across the gap
    assert "good" in after
    assert not {"stale", "absent"} & after


def test_what_happens_to_the_headset_is_nothing_to_the_glasses(head: Head, scorer: Scorer) -> None:
    polls = heard(Wearer(head, (3.0, 8.0), head.headset), Glasses(), scorer, 10.0)
    assert {poll.tracker.life.state for poll in polls} == {"streaming"}
    assert sum(len(poll.gaze.t_s) for poll in polls) == 2000


def test_glasses_without_eyes_are_fitted_and_say_so(head: Head, scorer: Scorer) -> None:
    polls = heard(Wearer(head, (99.0, 99.0), head.headset), Glasses(worn=False), scorer, 1.0)
    assert {(poll.tracker.life.state, poll.tracker.life.reason) for poll in polls} == {("fitting", NO_EYES)}


def test_a_headset_that_sends_volts_is_fitted_and_says_so(head: Head, scorer: Scorer) -> None:
    in_volts = Head(head.headset, Chunk(head.chunk.uv / np.float32(1e6), head.chunk.t_s))
    life = heard(Wearer(in_volts, (99.0, 99.0), head.headset), Glasses(), scorer, 12.0)[-1].headset.life
    assert (life.state, life.reason) == ("fitting", "The numbers look like volts: have Twin send microvolts instead.")


def test_a_poll_tells_the_clock_of_a_device_that_has_one(head: Head, scorer: Scorer) -> None:
    poll = heard(Wearer(head, (99.0, 99.0), head.headset), Glasses(), scorer, 0.2)[-1]
    assert poll.headset.clock is None
    assert poll.tracker.clock == FIT


def test_a_device_that_nobody_asked_for_is_absent() -> None:
    poll = Listener(None, None, None).poll(3.0, "fit")
    assert (poll.headset.life.state, poll.tracker.life.state) == ("absent", "absent")


class Shelf:
    """Holds a newer model from the tenth asking on, once."""

    def __init__(self, newer: Scorer) -> None:
        self._newer = newer
        self.asked = 0

    def newer(self) -> Scorer | None:
        self.asked += 1
        return self._newer if self.asked == 10 else None


def test_a_newer_model_is_taken_up_between_two_polls(head: Head, scorer: Scorer, baseline: Baseline) -> None:
    other = other_model(scorer)
    pipeline = Pipeline(head.headset, scorer, baseline)
    listener = Listener(Board(head.headset, pieces(head, 40)), None, pipeline, models=Shelf(other))
    polls = [listener.poll((i + 1) / 5, "play") for i in range(40)]
    assert [poll.model for poll in polls] == [None] * 9 + [other.sha256] + [None] * 30
    again = Pipeline(head.headset, scorer, baseline)
    for number, poll in enumerate(polls):
        if number == 9:
            again.take_model(other)
        assert poll.estimates == again.step(poll.now_s, poll.phase, poll.chunk)
    unchanged = Pipeline(head.headset, scorer, baseline)
    without = [unchanged.step(poll.now_s, poll.phase, poll.chunk) for poll in polls]
    assert without[:9] == [poll.estimates for poll in polls[:9]]
    assert without[-1] != polls[-1].estimates


def test_once_a_second_a_poll_says_what_its_score_rested_on(head: Head, scorer: Scorer, baseline: Baseline) -> None:
    listener = Listener(Board(head.headset, pieces(head, 50)), None, Pipeline(head.headset, scorer, baseline))
    told = [why for i in range(50) if (why := listener.poll((i + 1) / 5, "play").why)]
    assert 5 <= len(told) <= 8
    assert min(np.diff([why.t_s for why in told])) >= 1.0
    assert set(told[0].channels) == set(head.headset.channels)
    assert told[0].sentence.startswith(f"Score {told[0].score:.2f}: ")


def test_before_anything_is_scored_there_is_nothing_to_explain(head: Head, scorer: Scorer) -> None:
    listener = Listener(Board(head.headset, pieces(head, 40)), None, Pipeline(head.headset, scorer))
    assert not any(listener.poll((i + 1) / 5, "play").why for i in range(40))


def other_model(scorer: Scorer) -> Scorer:
    """The same model with larger weights, so that it says otherwise."""
    model = onnx.load_from_string(scorer.onnx)
    for weight in model.graph.initializer:
        if weight.data_type == onnx.TensorProto.FLOAT and weight.dims:
            weight.CopyFrom(onnx.numpy_helper.from_array(1.5 * onnx.numpy_helper.to_array(weight), weight.name))
    for at in [at for at, entry in enumerate(model.metadata_props) if entry.key == "sealed"]:
        del model.metadata_props[at]
    return Scorer(sealed(model.SerializeToString()))
