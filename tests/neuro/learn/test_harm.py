"""Each harm does what it says, where it says, and from when it says."""

import numpy as np
import pytest

from neuro.learn import harm
from neuro.learn.harm import HARMS, Change, Harm
from neuro.sources.recorded import Recording

CHANNELS = ("Fp1", "Fp2", "F7", "F8", "T5", "T6", "O1", "O2")
RATE_HZ = 500.0


def head(seconds: float = 40.0, seed: int = 1) -> Recording:
    uv = 10 * np.random.default_rng(seed).standard_normal((len(CHANNELS), round(seconds * RATE_HZ)))
    return Recording.of("made", CHANNELS, uv.astype(np.float32), np.arange(uv.shape[1]) / RATE_HZ)


def added(change: Change, whole: Recording) -> np.ndarray:
    """(n_channels, n) microvolts that the harm puts on top."""
    return change(whole, np.random.default_rng(2)).uv.astype(float) - whole.uv


def rms(uv: np.ndarray) -> np.ndarray:
    return np.sqrt((uv**2).mean(axis=-1))


def test_white_noise_has_its_size_and_is_no_channels_copy() -> None:
    noise = added(harm.white(3.0), head())
    assert rms(noise) == pytest.approx(np.full(len(CHANNELS), 3.0), rel=0.02)
    assert abs(np.corrcoef(noise)[0, 1]) < 0.05


def test_hum_is_a_line_at_fifty_hertz() -> None:
    whole = head()
    line = added(harm.hum(20.0), whole)
    power = np.abs(np.fft.rfft(line)) ** 2
    hz = np.fft.rfftfreq(line.shape[1], 1 / RATE_HZ)
    assert np.all(hz[power.argmax(axis=1)] == 50)
    assert rms(line) == pytest.approx(np.full(len(CHANNELS), 20.0), rel=1e-3)


def test_a_gain_is_of_all_channels_or_of_those_named() -> None:
    whole = head()
    assert harm.gain(0.5)(whole, np.random.default_rng()).uv == pytest.approx(whole.uv / 2)
    one = harm.gain(2.0, ("Fp1",))(whole, np.random.default_rng()).uv
    assert one[0] == pytest.approx(2 * whole.uv[0])
    assert np.array_equal(one[1:], whole.uv[1:])


def test_an_electrode_that_came_off_carries_nothing() -> None:
    whole = head()
    found = harm.gone("T5", "T6")(whole, np.random.default_rng(3)).uv
    assert rms(found[4:6]) == pytest.approx([0.5, 0.5], rel=0.05)
    assert np.array_equal(found[:4], whole.uv[:4])


def test_a_headset_that_sits_askew_mixes_each_site_with_the_next() -> None:
    whole = head()
    found = harm.moved(0.3)(whole, np.random.default_rng()).uv
    assert found[0] == pytest.approx(0.7 * whole.uv[0] + 0.3 * whole.uv[2], abs=1e-4)
    assert found[2] == pytest.approx(whole.uv[2], abs=1e-4)  # F7 has no further one


def test_another_rate_keeps_the_seconds_and_the_slow_waves() -> None:
    t_s = np.arange(20_000) / RATE_HZ
    wave = np.tile(np.sin(2 * np.pi * 10 * t_s), (2, 1)).astype(np.float32)
    found = harm.at_rate(128.0)(Recording.of("sine", ("Fp1", "Fp2"), wave, t_s), np.random.default_rng())
    assert found.headset.rate_hz == 128
    assert found.t_s[-1] == pytest.approx(t_s[-1], abs=0.01)
    inside = slice(128, -128)
    assert found.uv[0, inside] == pytest.approx(np.sin(2 * np.pi * 10 * found.t_s[inside]), abs=0.01)


def test_muscle_is_strongest_at_the_temples_and_above_twenty_hertz() -> None:
    noise = added(harm.muscle(10.0), head())
    power = np.abs(np.fft.rfft(noise[4])) ** 2
    hz = np.fft.rfftfreq(noise.shape[1], 1 / RATE_HZ)
    assert power[hz < 15].sum() < 0.05 * power.sum()
    assert rms(noise[[0, 2, 4, 6]]) == pytest.approx([6, 8, 8, 3], rel=0.05)


def test_blinks_are_seen_at_the_forehead_twenty_a_minute() -> None:
    waves = added(harm.blinks(100.0), head(seconds=300))
    starts = (np.diff((waves[0] > 50).astype(int)) == 1).sum()
    assert starts == pytest.approx(100, abs=30)
    assert rms(waves[6]) == pytest.approx(0.1 * rms(waves[0]), rel=1e-3)


def test_what_begins_later_leaves_the_minute_of_rest_alone() -> None:
    at_rest, at_task = head(80.0), head(20.0, seed=4)
    rest, task = Harm("white", "", True, harm.white(5.0)).done(at_rest, at_task, 60.0, np.random.default_rng(5))
    before = at_rest.t_s < 60
    assert np.array_equal(rest.uv[:, before], at_rest.uv[:, before])
    assert not np.isclose(rest.uv[:, ~before], at_rest.uv[:, ~before]).all(axis=1).any()
    assert not np.isclose(task.uv, at_task.uv).all(axis=1).any()


@pytest.mark.parametrize("each", HARMS, ids=lambda each: f"{each.name} {each.size}")
def test_every_harm_of_the_study_leaves_a_recording_that_can_be_read(each: Harm) -> None:
    rest, task = each.done(head(62.0), head(5.0), 60.0, np.random.default_rng(6))
    for found in (rest, task):
        assert found.headset.channels == CHANNELS
        assert found.uv.shape == (len(CHANNELS), len(found.t_s))
        assert found.uv.dtype == np.float32
        assert np.isfinite(found.uv).all()
