"""The twin as a source: samples come when their time has come, on whatever clock."""

from dataclasses import dataclass

import numpy as np
import pytest

from neuro.errors import BadAddress
from neuro.sources.twin import Twin, TwinEyes, TwinHead, open_eyes, open_head


@dataclass
class Clock:
    """Host seconds, moved by hand."""

    now_s: float = 1234.5678

    def __call__(self) -> float:
        return self.now_s


def test_the_head_is_a_headset_of_four_channels_at_256_hz() -> None:
    headset = open_head("adult", 1, Clock()).headset
    assert headset.name == "Simulated headset (adult)"
    assert headset.channels == ("TP9", "AF7", "AF8", "TP10")
    assert headset.rate_hz == 256.0
    assert headset.full_scale_uv is None


def test_samples_come_when_their_time_has_come() -> None:
    clock = Clock()
    with open_head("adult", 1, clock) as head, open_eyes("adult", 1, clock) as eyes:
        assert head.read().t_s == pytest.approx([head.start_s], abs=0)
        assert eyes.read().t_s == pytest.approx([eyes.start_s], abs=0)
        clock.now_s += 1.0
        assert (len(head.read().t_s), len(eyes.read().t_s)) == (256, 200)
        assert (len(head.read().t_s), len(eyes.read().t_s)) == (0, 0)


def test_stamps_are_exact_and_never_from_the_future() -> None:
    clock, stamps = Clock(), []
    with open_head("child", 2, clock) as head, open_eyes("child", 2, clock) as eyes:
        for tick in range(300):
            clock.now_s = 1234.5678 + tick / 60
            chunk, gaze = head.read(), eyes.read()
            assert chunk.uv.shape == (4, len(chunk.t_s))
            assert gaze.xy.shape == (2, len(gaze.t_s))
            assert clock.now_s - 1 / 256 <= chunk.t_s[-1] <= clock.now_s
            stamps.append(chunk.t_s)
        t_s = np.concatenate(stamps)
        assert np.array_equal(t_s, head.start_s + np.arange(len(t_s)) / 256)


def test_a_clock_that_stands_still_or_turns_back_brings_nothing() -> None:
    clock = Clock()
    with open_head("adult", 1, clock) as head, open_eyes("adult", 1, clock) as eyes:
        head.read(), eyes.read()
        clock.now_s -= 5
        assert (len(head.read().t_s), len(eyes.read().t_s)) == (0, 0)


def test_how_often_it_is_read_never_changes_the_samples() -> None:
    recordings = []
    for hz in (7, 25, 60):
        clock = Clock()
        with open_head("adhd", 3, clock) as head:
            chunks = []
            for tick in range(2 * hz + 1):
                clock.now_s = 1234.5678 + tick / hz
                chunks.append(head.read().uv)
        recordings.append(np.concatenate(chunks, axis=1))
    assert np.array_equal(recordings[0], recordings[1])
    assert np.array_equal(recordings[1], recordings[2])


def test_head_and_eyes_of_one_twin_share_one_beginning() -> None:
    clock = Clock()
    twin = Twin("adult", 1)
    with TwinHead(twin, clock) as head:
        clock.now_s += 0.3
        with TwinEyes(twin, clock) as eyes:
            assert eyes.start_s == head.start_s == 1234.5678
            assert eyes.read().t_s[0] == head.start_s


def test_the_eyes_go_where_they_are_told() -> None:
    clock = Clock()
    with open_eyes("adult", 1, clock) as eyes:
        clock.now_s += 1
        assert np.nanmedian(eyes.read().xy, axis=1) == pytest.approx([0.5, 0.5], abs=0.1)
        eyes.look_at(0.8, 0.3)
        clock.now_s += 2
        assert np.nanmedian(eyes.read().xy[:, 200:], axis=1) == pytest.approx([0.8, 0.3], abs=0.1)


def test_an_unknown_profile_is_told_which_there_are() -> None:
    with pytest.raises(BadAddress, match="'teenager': choose one of adult, child, adhd"):
        open_head("teenager", 1, Clock())


def test_a_negative_seed_is_told_what_to_give() -> None:
    with pytest.raises(BadAddress, match="whole number from 0 up"):
        Twin("adult", -1)


def test_people_of_one_kind_have_heads_of_their_own_and_keep_them() -> None:
    heads = [Twin("child", 1, person).profile.rhythms for person in (None, 1, 2, 1)]
    assert heads[1] == heads[3]
    assert len({head.alpha_hz for head in heads}) == 3
    assert Twin("child", 9, 1, sitting=5).profile.skill == Twin("child", 1, 1).profile.skill


@pytest.mark.parametrize(("person", "sitting"), [(-1, 1), (1, 0)])
def test_nobody_counts_below_the_first(person: int, sitting: int) -> None:
    with pytest.raises(BadAddress, match="correct the address"):
        Twin("child", 1, person, sitting)
