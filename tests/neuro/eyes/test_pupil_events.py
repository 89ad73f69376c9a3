"""Facts about the net: it tells people apart whom it never saw, and takes gaze in any portions."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import assets
from neuro.errors import BadModel, BadRecording
from neuro.eyes import learning
from neuro.eyes.classifier import Net
from neuro.eyes.look import BLINK, FIXATION, LOST, Look
from neuro.eyes.pupil_events import PupilEvents
from tests.neuro.eyes.agree import f1, look_of
from tests.neuro.eyes.damaged import damaged
from tests.neuro.eyes.stages import assert_same, run


@pytest.fixture(scope="module")
def new() -> Callable[[], PupilEvents]:
    net = Net.load(assets.eyes())
    return lambda: PupilEvents(net)


@pytest.fixture(scope="module")
def eyes(heron_data: Path) -> list[learning.Eye]:
    """One eye of three people."""
    return [learning.read_eye(heron_data / "hmr" / f"user_{person}_eye_0.csv.gz") for person in (2, 4, 8)]


@pytest.mark.parametrize("seed", range(6))
def test_on_line_equals_off_line_however_gaze_is_cut_and_damaged(new: Callable[[], PupilEvents], seed: int) -> None:
    look = damaged(seed)
    whole = run(new, look)
    np.testing.assert_array_equal(whole.t_s, look.t_s)
    cuts = np.random.default_rng(seed).integers(0, look.t_s.size, 9).tolist()
    assert_same(run(new, look, cuts), whole)
    assert_same(run(new, look, range(7, look.t_s.size, 7)), whole)


def test_it_sees_the_same_at_another_rate(new: Callable[[], PupilEvents], eyes: list[learning.Eye]) -> None:
    look = look_of(eyes[0]).part(slice(0, 6000))
    half = look.part(np.arange(0, 6000, 2))
    assert np.mean(run(new, half).kind == run(new, look).kind[::2]) > 0.93


def test_eyes_that_are_nowhere_are_lost_or_shut(new: Callable[[], PupilEvents]) -> None:
    deg = np.full((2, 800), 50.0)
    deg[:, 300:500] = 0.0
    kind = run(new, Look.of(np.arange(800) / 200, deg)).kind
    assert set(kind[300:500].tolist()) <= {BLINK, LOST}
    assert kind[100] == FIXATION


def test_a_person_whom_the_net_never_saw_is_told_as_people_do(eyes: list[learning.Eye]) -> None:
    *known, other = eyes
    net = learning.train(known, np.random.default_rng(0))
    said = run(lambda: PupilEvents(net), look_of(other).part(slice(0, 20_000))).kind
    fixation, saccade, pursuit, blink = f1(said, other.kind[:20_000])
    assert fixation > 0.8
    assert saccade > 0.72
    assert pursuit > 0.75
    assert blink > 0.75


def test_learning_finds_what_is_there_to_find_and_nothing_in_chance() -> None:
    chance = np.random.default_rng(1)
    x = chance.normal(size=(6000, 5)).astype(np.float32)
    y = (x[:, 0] > 0).astype(int) * 2 + (x[:, 1] > 0)
    seen, unseen = slice(0, 5000), slice(5000, None)
    net = learning.fit(x[seen], y[seen], [1, 1, 1, 1], np.random.default_rng(2))
    assert np.mean(net(x[unseen]).argmax(axis=1) == y[unseen]) > 0.9
    noise = learning.fit(x[seen], chance.permutation(y[seen]), [1, 1, 1, 1], np.random.default_rng(2))
    assert np.mean(noise(x[unseen]).argmax(axis=1) == y[unseen]) < 0.4


def test_a_net_is_kept_as_it_is(tmp_path: Path) -> None:
    net = Net.load(assets.eyes())
    net.save(tmp_path / "copy.npz")
    x = np.random.default_rng(1).normal(size=(5, net.mean.size)).astype(np.float32)
    np.testing.assert_array_equal(Net.load(tmp_path / "copy.npz")(x), net(x))


def test_what_is_no_net_and_what_is_no_data_is_said(tmp_path: Path) -> None:
    (tmp_path / "letter.npz").write_text("Dear marsh,")
    with pytest.raises(BadModel, match="install Heron again"):
        Net.load(tmp_path / "letter.npz")
    with pytest.raises(BadRecording, match="no HMR"):
        learning.hmr(tmp_path)
