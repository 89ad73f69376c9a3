"""Facts about lost packets and stamps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neuro.sources.packets import Counter, Packets, joined
from neuro.types import Chunk

CYTON, MUSE = Counter(256), Counter(65_536, samples=12)


Floats = NDArray[np.float64]


def numbered(kept: NDArray[np.int64]) -> tuple[Floats, NDArray[np.float32], Floats, Floats]:
    """Cyton samples with these running numbers; each one's value is its number, and so is its stamp by the board."""
    return kept % 256 * 1.0, kept[None].astype(np.float32), kept / 250, kept * 1.0


def lost(chunk: Chunk) -> int:
    return int(np.isnan(chunk.uv[0]).sum())


def test_without_loss_all_comes_through_as_it_was() -> None:
    number, uv, t_s, device_s = numbered(np.arange(600))
    chunk = Packets(CYTON, 250.0)(number, uv, t_s, device_s)
    np.testing.assert_array_equal(chunk.uv, uv)
    np.testing.assert_allclose(chunk.t_s, t_s, atol=1e-9)
    np.testing.assert_array_equal(chunk.device_s, device_s)


@given(st.sets(st.integers(1, 598), max_size=200), st.integers(1, 599))
def test_every_lost_packet_is_a_nan_in_its_place_however_chunks_fall(gone: set[int], cut: int) -> None:
    kept = np.array([k for k in range(600) if k not in gone])
    packets = Packets(CYTON, 250.0)
    parts = [packets(*numbered(part)) for part in (kept[kept < cut], kept[kept >= cut])]
    uv = np.concatenate([part.uv[0] for part in parts])
    whole = np.where(np.isin(np.arange(600), kept), np.arange(600), np.nan)
    np.testing.assert_array_equal(uv, whole)
    np.testing.assert_array_equal(joined(parts).device_s, whole)
    np.testing.assert_allclose(np.concatenate([part.t_s for part in parts]), np.arange(600) / 250, atol=1e-4)


def test_a_loss_of_more_than_a_second_stays_a_gap() -> None:
    kept = np.r_[0:250, 250 + 800 : 1300]
    chunk = Packets(CYTON, 250.0)(*numbered(kept))
    assert lost(chunk) == 0
    assert np.diff(chunk.t_s).max() == pytest.approx(801 / 250)


def test_a_counter_that_starts_anew_is_no_loss_of_hundreds_of_samples() -> None:
    number = np.r_[0:100, 0:100] * 1.0
    chunk = Packets(CYTON, 250.0)(number, np.zeros((1, 200), np.float32), np.arange(200) / 250, number)
    assert lost(chunk) == 0


def test_a_board_opened_anew_may_start_anywhere() -> None:
    packets = Packets(CYTON, 250.0)
    packets(*numbered(np.arange(100)))
    packets.forget()
    assert lost(packets(*numbered(np.arange(110, 120)))) == 0


def test_a_daisy_counts_in_twos() -> None:
    number = np.arange(1, 401, 2) % 256 * 1.0
    uv, t_s = np.zeros((1, 200), np.float32), np.arange(200) / 125
    assert lost(Packets(Counter(256, stride=2), 125.0)(number, uv, t_s, t_s)) == 0
    without = np.delete(np.arange(200), [50, 51])
    daisy = Packets(Counter(256, stride=2), 125.0)
    assert lost(daisy(number[without], uv[:, without], t_s[without], t_s[without])) == 2


def test_twelve_muse_samples_share_a_number_and_none_is_lost() -> None:
    number = np.repeat(np.arange(65_530, 65_550) % 65_536, 12) * 1.0
    chunk = Packets(MUSE, 256.0)(number, np.zeros((4, 240), np.float32), np.arange(240) / 256, number)
    assert lost(chunk) == 0


@pytest.mark.parametrize("packets_lost", [1, 2, 5])
def test_a_lost_muse_packet_is_twelve_nans_and_stretches_no_stamp(packets_lost: int) -> None:
    true_s = np.arange(240) / 256
    before, after = np.arange(120), np.arange(120 + 12 * packets_lost, 240)
    # BrainFlow spreads a packet's stamps from the packet before, across the loss:
    stretched = np.linspace(true_s[119], true_s[after[11]], 13)[1:]
    arrived_s = np.r_[true_s[before], stretched, true_s[after[12:]]]
    number = np.r_[before, after] // 12 * 1.0
    chunk = Packets(MUSE, 256.0)(number, np.ones((4, number.size), np.float32), arrived_s, arrived_s)
    assert lost(chunk) == 12 * packets_lost
    np.testing.assert_allclose(chunk.t_s, true_s, atol=1e-4)


def test_without_a_counter_nothing_is_called_lost() -> None:
    t_s = np.r_[0:5, 9:14] / 250
    chunk = Packets(None, 250.0)(np.zeros(10), np.zeros((1, 10), np.float32), t_s, t_s)
    assert lost(chunk) == 0


@given(st.lists(st.floats(0, 10), min_size=1, max_size=50), st.integers(0, 50))
def test_stamps_always_increase(raw_s: list[float], cut: int) -> None:
    packets, t_s = Packets(None, 250.0), np.array(raw_s)
    parts = [packets(part, part[None].astype(np.float32), part, part) for part in (t_s[:cut], t_s[cut:])]
    assert np.all(np.diff(np.concatenate([part.t_s for part in parts])) > 0)


@pytest.mark.parametrize("counter", [CYTON, None])
def test_stamps_follow_the_boards_pace_though_arrivals_jitter(counter: Counter | None) -> None:
    rng = np.random.default_rng(1)
    number, uv, t_s, _ = numbered(np.arange(250 * 30))
    late_s = np.maximum.accumulate(t_s + rng.exponential(0.004, t_s.size)) - t_s
    error_s = Packets(counter, 250.0)(number, uv, t_s + late_s, t_s).t_s - t_s
    assert late_s.std() > 0.003
    assert error_s[2500:].std() < 0.0003


@pytest.mark.parametrize("counter", [CYTON, MUSE, None])
def test_after_a_silence_of_three_seconds_stamps_are_of_now_at_once(counter: Counter | None) -> None:
    """A board that sends packets spreads the first one's stamps over the whole silence."""
    per = counter.samples if counter else 1
    k = np.r_[0:1200, 1200 + 256 * 3 : 2400]
    true_s = k / 256
    arrived_s = true_s.copy()
    arrived_s[1200 : 1200 + per] = np.linspace(true_s[1199], true_s[1200 + per - 1], per + 1)[1:]
    uv = np.zeros((1, k.size), np.float32)
    chunk = Packets(counter, 256.0)(k // per % 256 * 1.0, uv, arrived_s, arrived_s)
    assert lost(chunk) == 0
    np.testing.assert_allclose(chunk.t_s, true_s, atol=1e-4)


def test_a_silence_whose_losses_the_counter_does_not_tell_is_still_a_gap() -> None:
    number = np.r_[0:250, 200:400] * 1.0  # the board was reset, and for half a second silent
    t_s = np.r_[0:250, 375:575] / 250
    chunk = Packets(CYTON, 250.0)(number, np.zeros((1, 450), np.float32), t_s, t_s)
    assert lost(chunk) == 0
    np.testing.assert_allclose(chunk.t_s, t_s, atol=1e-4)


def test_a_second_of_silence_is_a_gap_though_its_losses_can_be_counted() -> None:
    """A source that said that its board was lost must not fill that time afterwards."""
    chunk = Packets(CYTON, 250.0)(*numbered(np.r_[0:250, 249 + 251 : 1000]))
    assert lost(chunk) == 0
    assert np.diff(chunk.t_s).max() == pytest.approx(251 / 250)


def test_a_counter_that_went_once_around_in_a_silence_does_not_hide_it() -> None:
    number, uv, t_s, device_s = numbered(np.r_[0:250, 249 + 256 : 1000])
    assert number[249] == number[250]
    chunk = Packets(CYTON, 250.0)(number, uv, t_s, device_s)
    np.testing.assert_allclose(chunk.t_s, t_s, atol=1e-4)
