"""Electrodes and radios that fail on command, and only then."""

from math import exp

import numpy as np
import pytest

from neuro.emulators.board.faults import HUM_HZ, LOOSE_UV, POP_UV, Electrodes, Radio

RAIL_UV = 187_500.0
QUIET = np.zeros((4, 500))


def electrodes() -> Electrodes:
    return Electrodes(4, 250.0, RAIL_UV)


def test_good_electrodes_change_nothing() -> None:
    uv = np.random.default_rng(1).standard_normal((4, 500))
    np.testing.assert_array_equal(electrodes()(uv), uv)


def test_a_pop_steps_by_200_uv_and_fades_with_a_second() -> None:
    touched = electrodes()
    touched.pop(2)
    uv = np.concatenate([touched(QUIET[:, :n]) for n in (1, 99, 400)], axis=1)
    assert uv[2, 0] == POP_UV
    assert uv[2, 250] == pytest.approx(POP_UV * exp(-1))
    assert not uv[[0, 1, 3]].any()


def test_no_amplifier_goes_beyond_its_rail() -> None:
    touched = electrodes()
    assert touched(QUIET - 1e9).min() == -RAIL_UV
    touched.rail(0, 3)
    np.testing.assert_array_equal(touched(QUIET)[:, 0], [RAIL_UV, 0, 0, RAIL_UV])


def test_a_loose_electrode_sees_noise_and_mains_and_no_head() -> None:
    touched = electrodes()
    touched.detach(1)
    uv = np.concatenate([touched(QUIET + 7.0) for _ in range(4)], axis=1)
    power = np.abs(np.fft.rfft(uv[1])) ** 2
    assert np.fft.rfftfreq(2000, 1 / 250)[power.argmax()] == HUM_HZ
    power[power.argmax()] = 0
    assert np.sqrt(2 * power.sum()) / 2000 == pytest.approx(LOOSE_UV, rel=0.1)
    np.testing.assert_array_equal(uv[[0, 2, 3]], 7.0)


def test_what_is_mended_is_as_before() -> None:
    touched = electrodes()
    touched.detach(1)
    touched.rail(2)
    touched(QUIET)
    touched.mend()
    assert not touched(QUIET).any()


def through(radio: Radio, n: int) -> list[bytes]:
    return [radio(bytes([k])) for k in range(n)]


def test_a_good_radio_brings_each_packet_at_once() -> None:
    assert through(Radio(), 3) == [b"\0", b"\1", b"\2"]


def test_dropped_packets_are_lost_and_counted() -> None:
    radio = Radio()
    radio.drop(2)
    assert through(radio, 4) == [b"", b"", b"\2", b"\3"]
    assert radio.lost == 2


def test_a_share_is_lost_by_chance() -> None:
    radio = Radio()
    radio.lose(0.2)
    assert through(radio, 250).count(b"") == radio.lost == pytest.approx(50, abs=15)


def test_in_silence_all_is_lost_until_it_is_over() -> None:
    radio = Radio()
    radio.silence()
    assert (radio(b"a"), radio.is_silent) == (b"", True)
    radio.resume()
    assert (radio(b"b"), radio.lost) == (b"b", 1)


def test_a_burst_holds_packets_back_and_loses_none() -> None:
    radio = Radio()
    radio.burst(3)
    assert through(radio, 7) == [b"", b"", b"\0\1\2", b"", b"", b"\3\4\5", b""]
    radio.burst(1)
    assert radio(b"!") == b"\6!"
