"""Each word of the quality check, called forth by a signal that deserves it; and who passes for a head."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.pipeline import Front, Moment
from neuro.quality import HeadCheck, agreement
from neuro.sources.recording import load
from neuro.sources.twin import Twin
from neuro.types import Chunk, Headset
from tests.neuro.conftest import Head
from tests.neuro.nulls import coloured, hum, pink, white

SECONDS = 14


def moments(headset: Headset, uv: NDArray[np.floating]) -> list[Moment]:
    t_s = np.arange(uv.shape[1]) / headset.rate_hz
    return [hop for hop in Front(headset)(Chunk(uv.astype(np.float32), t_s)) if isinstance(hop, Moment)]


def with_first_channel(head: Head, samples: NDArray[np.float64], **headset: float) -> list[Moment]:
    """The twin's head with other samples (n,) on its first channel."""
    uv = head.part(0, SECONDS).uv.astype(float)
    uv[0] = samples[: uv.shape[1]]
    return moments(Headset("Twin", head.headset.channels, head.headset.rate_hz, **headset), uv)


def words(said: list[Moment], channel: int = 0) -> set[str]:
    """What the channel was called in the last five seconds."""
    return {moment.quality.channels[channel] for moment in said[-50:]}


def made(kind: str, head: Head) -> NDArray[np.float64]:
    rng, rate_hz = np.random.default_rng(4), head.headset.rate_hz
    n = int(SECONDS * rate_hz)
    samples = {
        "flat": np.full(n, 1500.0),
        "line": head.part(0, SECONDS).uv[0] + hum(rng, 1, n, rate_hz, 600.0)[0],
        "loud": coloured(rng, 1, n, rate_hz, 1.5, 300.0)[0],
        "noise": white(rng, 1, n, rate_hz)[0],
        "lost": head.part(0, SECONDS).uv[0].astype(float),
    }[kind]
    if kind == "lost":
        samples[rng.random(n) < 0.2] = np.nan
    return samples


@pytest.mark.parametrize("word", ["flat", "line", "loud", "noise", "lost"])
def test_a_channel_is_called_what_it_is(head: Head, word: str) -> None:
    said = with_first_channel(head, made(word, head))
    assert words(said) == {word}
    assert [words(said, channel) for channel in (1, 2, 3)] == [{"good"}] * 3
    assert not said[-1].usable[0]


def test_a_channel_at_the_end_of_the_amplifiers_range_is_railed(head: Head) -> None:
    wave = np.clip(5000 * np.sin(np.arange(SECONDS * 256) / 40), -187.5, 187.5)
    assert words(with_first_channel(head, wave, full_scale_uv=187.5)) == {"railed"}


def test_an_offset_of_millivolts_is_no_reason_to_complain(head: Head) -> None:
    said = with_first_channel(head, head.part(0, SECONDS).uv[0] + 30_000.0)
    assert words(said) == {"good"}


def test_one_packet_lost_now_and_then_is_no_reason_to_complain(head: Head) -> None:
    uv = head.part(0, SECONDS).uv.copy()
    uv[:, ::50] = np.nan
    said = moments(head.headset, uv)
    assert words(said) == {"good"}
    assert all(moment.quality.is_head for moment in said)


@pytest.mark.parametrize("profile", ["adult", "child", "adhd"])
def test_the_twin_is_a_head(profile: str) -> None:
    twin = Twin(profile, 7)
    said = moments(Headset("Twin", ("TP9", "AF7", "AF8", "TP10"), 256.0), twin.brain.samples(256 * 40))
    assert np.mean([moment.quality.is_head for moment in said]) == 1.0
    assert np.mean([moment.calm for moment in said]) > 0.7


@pytest.mark.parametrize("channels", [("Fp1", "Fp2", "T5", "T6"), None])
def test_people_are_heads(heron_data: Path, channels: tuple[str, ...] | None) -> None:
    for name in ("Subject05_1.edf", "Subject11_2.edf", "Subject20_2.edf"):
        recorded = load(heron_data / "eegmat" / name)
        recorded = recorded.pick(channels) if channels else recorded
        said = moments(recorded.headset, recorded.uv[:, : 500 * 60])
        assert np.mean([moment.calm for moment in said]) > 0.9
        good = Counter(word for moment in said for word in moment.quality.channels)
        assert good["good"] > 0.9 * good.total()


def test_strangers_are_no_head_however_many_they_are() -> None:
    for n_channels in (2, 4, 32):
        said = moments(
            Headset("x", tuple(f"Ch{i}" for i in range(n_channels)), 250.0),
            pink(np.random.default_rng(n_channels), n_channels, 250 * 40, 250.0),
        )
        assert words(said) == {"good"}  # each alone could be one
        assert not any(moment.quality.is_head for moment in said)


def test_a_headset_of_one_channel_is_taken_at_its_word(head: Head) -> None:
    one = Headset("x", ("AF7",), 256.0)
    assert moments(one, head.part(0, 10).uv[1:2])[-1].calm
    assert not moments(one, np.zeros((1, 2560)))[-1].quality.is_head
    assert not moments(one, white(np.random.default_rng(1), 1, 2560, 256.0))[-1].calm


def test_one_channel_that_is_left_of_four_is_no_head(head: Head) -> None:
    uv = head.part(0, SECONDS).uv.copy()
    uv[1:] = 0.0
    said = moments(head.headset, uv)
    assert words(said) == {"good"}
    assert not any(moment.quality.is_head for moment in said)


def test_a_headset_taken_off_is_noticed_within_ten_seconds_and_put_on_again_within_twenty(head: Head) -> None:
    desk = coloured(np.random.default_rng(3), 4, 256 * 30, 256.0, 2.0, 30.0)
    uv = np.concatenate([head.part(0, 30).uv, desk, head.part(30, 60).uv], axis=1)
    worn = {round(moment.t_s, 1): moment.quality.is_head for moment in moments(head.headset, uv)}
    assert all(on for t_s, on in worn.items() if t_s < 30)
    assert not any(on for t_s, on in worn.items() if 40 < t_s < 60)
    assert all(on for t_s, on in worn.items() if t_s > 80)


def test_the_same_phases_agree_and_opposite_ones_disagree() -> None:
    phase = np.exp(2j * np.pi * np.random.default_rng(1).random((3, 56)))
    found = agreement(np.stack([phase[0], 5 * phase[0], -phase[0], 1j * phase[0]]))
    assert found[0] == pytest.approx([1, 1, -1, 0], abs=1e-9)
    assert np.abs(agreement(phase)[0, 1:]).max() < 5 * np.sqrt(0.5 / 56)


class Cut(NamedTuple):
    """2 s of samples."""

    clean: NDArray[np.float64]

    @property
    def bins(self) -> NDArray[np.complex128]:
        return np.asarray(np.fft.rfft(self.clean * np.hanning(self.clean.shape[1])))[:, :91]


def heads(uv: NDArray[np.float64]) -> list[bool]:
    """What is said of (4, n) samples at 250 Hz, ten times a second from the second second on."""
    check = HeadCheck(np.arange(91) / 2, 250.0)
    cuts = [uv[:, end - 500 : end] for end in range(500, uv.shape[1] + 1, 25)]
    return [check(i / 10, Cut(cut), (True,) * 4) for i, cut in enumerate(cuts)]


def test_one_knock_on_the_table_does_not_make_a_head() -> None:
    rng = np.random.default_rng(6)
    uv = rng.standard_normal((4, 250 * 40))
    for at in range(500, uv.shape[1] - 250, 2000):
        uv[:, at : at + 250] += 20 * rng.standard_normal(250)
    assert not any(heads(uv))


def test_what_is_shared_every_other_second_does_not_make_a_head() -> None:
    rng = np.random.default_rng(6)
    uv = rng.standard_normal((4, 250 * 40))
    shared = rng.standard_normal(250 * 40) * (np.arange(250 * 40) % 500 < 250)
    assert not any(heads(uv + 5 * shared))


def test_a_head_is_believed_after_three_seconds_and_not_before() -> None:
    rng = np.random.default_rng(6)
    uv = rng.standard_normal((1, 1475)) + 0.5 * rng.standard_normal((4, 1475))
    assert heads(uv) == [False] * 20 + [True] * 20


def test_a_blink_is_a_jolt_and_leaves_its_two_seconds_unclean(head: Head) -> None:
    uv = head.part(0, SECONDS).uv.copy()
    at = 10 * 256
    uv[1:3, at : at + 64] += 200 * np.hanning(64).astype(np.float32)
    said = {round(moment.t_s, 1): moment for moment in moments(head.headset, uv)}
    assert said[10.3].quality.jolted
    assert said[10.3].quality.clean.tolist() == [True, False, False, True]
    assert not said[11.4].quality.clean[1]
    assert not said[13.0].quality.jolted
    assert said[13.0].quality.clean.all()
    assert said[13.0].tokens.kept[1] < 1.0


def test_when_most_channels_are_loud_it_is_a_movement() -> None:
    uv = coloured(np.random.default_rng(8), 4, 256 * SECONDS, 256.0, 1.5, 300.0)
    assert moments(Headset("x", ("a", "b", "c", "d"), 256.0), uv)[-1].quality.jolted
