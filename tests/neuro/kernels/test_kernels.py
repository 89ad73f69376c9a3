"""The hot path: the long way, the plain way and the compiled way come to the same, however the signal is cut."""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import neuro.kernels
from neuro.filters import band_pass, mains_notch
from neuro.kernels import Hops, Recipe, bins_hz, compiled, plain, ready, recipe
from neuro.kernels.memory import Memory, Step
from neuro.sources.recording import load
from tests.contracts import Stage, check_stage
from tests.neuro.conftest import Head
from tests.neuro.kernels import direct

RANGES_HZ = ((1.0, 4.0), (4.0, 8.0), (8.0, 13.0), (13.0, 30.0), (30.0, 45.0), (1.0, 45.0))
Stepper = Callable[[Recipe, Memory], Step]
STEPPERS = pytest.mark.parametrize("stepper", [plain.stepper, compiled.stepper], ids=["plain", "compiled"])


def signal(rate_hz: float, seconds: float, n_channels: int = 3, seed: int = 1) -> NDArray[np.float64]:
    """Noise that grows towards slow frequencies, mains, and the offset of an electrode."""
    rng, n = np.random.default_rng(seed), round(seconds * rate_hz)
    slow = np.cumsum(rng.normal(0, 2, (n_channels, n)), axis=1)
    mains = 30 * np.sin(2 * np.pi * 50 * np.arange(n) / rate_hz)
    return slow + rng.normal(0, 5, (n_channels, n)) + mains + rng.uniform(-3e4, 3e4, (n_channels, 1))


def torn(uv: NDArray[np.float64]) -> NDArray[np.float64]:
    """With packets lost: first of all, here and there, and for long."""
    uv = uv.copy()
    uv[0, :3] = np.nan
    uv[:, 300:303] = np.nan
    uv[-1, 420] = np.inf
    uv[-1, 500:560] = np.nan
    return uv


def recipe_of(rate_hz: float, full_scale_uv: float | None = 3.2e4) -> Recipe:
    return recipe(rate_hz, mains_notch(rate_hz).sos, band_pass(rate_hz).sos, RANGES_HZ, full_scale_uv)


def heard(hops: Hops, uv: NDArray[np.floating]) -> list[NDArray[np.float64]]:
    """(n_channels, n_ranges + n_bins + 11) a hop, once there is a segment: all that the hops say."""
    return [
        np.concatenate([hops.ranges, hops.power, np.stack(hops.measures, axis=1)], axis=1)
        for _ in hops.push(uv)
        if hops.full
    ]


def assert_the_same(one: list[NDArray[np.float64]], other: list[NDArray[np.float64]]) -> None:
    np.testing.assert_allclose(np.stack(one), np.stack(other), rtol=1e-6, atol=1e-9)


@STEPPERS
@pytest.mark.parametrize("rate_hz", [90.0, 125.0, 200.0, 249.3, 250.0, 256.0, 1000.0])
def test_every_segment_is_what_it_would_be_alone(stepper: Stepper, rate_hz: float) -> None:
    uv = signal(rate_hz, 5)
    long_way = direct.filtered(uv, rate_hz)
    hops, hz = Hops(recipe_of(rate_hz), 3, stepper), bins_hz(rate_hz)
    for used in hops.push(uv):
        if not hops.full:
            continue
        n = round(2 * rate_hz)
        whole, quiet, clean = (samples[:, used - n : used] for samples in long_way)
        power = direct.power(clean)[:, : len(hz)]
        np.testing.assert_allclose(hops.clean, clean, rtol=1e-9, atol=1e-6)
        np.testing.assert_allclose(hops.power, power, rtol=1e-6, atol=1e-8)
        for found, (low, high) in zip(hops.ranges.T, RANGES_HZ, strict=True):
            assert found == pytest.approx(power[:, (hz >= low) & (hz < high)].sum(axis=1), rel=1e-6)
        measures, newest = hops.measures, clean[:, -round(rate_hz / 2) :]
        assert measures.line_uv == pytest.approx((whole - quiet).std(axis=1), rel=1e-3)
        assert measures.span_uv == pytest.approx(np.ptp(clean, axis=1), rel=1e-9)
        assert measures.entropy == pytest.approx(direct.entropy(power[:, (hz >= 1) & (hz < 45)]), abs=1e-6)
        assert np.stack(measures[-3:]) == pytest.approx(np.stack(direct.hjorth(clean)), rel=1e-6)
        assert measures.railed_share == pytest.approx((np.abs(whole) > 0.95 * 3.2e4).mean(axis=1))
        if n % 4 == 0:  # else half a second is half a sample longer or shorter every other time
            assert measures.jolt_uv == pytest.approx(np.ptp(newest, axis=1), rel=1e-9)
            assert measures.fast_uv2 == pytest.approx(direct.fast_power(quiet, rate_hz), rel=1e-6)


@given(
    rate_hz=st.sampled_from([90.0, 125.0, 249.3, 250.0, 256.0]),
    n_channels=st.sampled_from([1, 2, 3, 5, 8, 9, 13]),
    cuts=st.lists(st.integers(1, 899), max_size=20, unique=True),
    seed=st.integers(0, 9),
)
@settings(max_examples=25, deadline=None)
def test_the_compiled_path_says_what_the_plain_one_does(
    rate_hz: float, n_channels: int, cuts: list[int], seed: int
) -> None:
    uv = torn(signal(rate_hz, 900 / rate_hz, n_channels, seed))
    fast, slow = (Hops(recipe_of(rate_hz), n_channels, stepper) for stepper in (compiled.stepper, plain.stepper))
    edges = [0, *sorted(cuts), 900]
    pieces = [uv[:, first:last] for first, last in pairwise(edges)]
    said = [said for piece in pieces for said in heard(fast, piece)]
    assert said
    assert_the_same(said, heard(slow, uv))


def test_so_it_does_on_a_person(heron_data: Path) -> None:
    recorded = load(heron_data / "eegmat" / "Subject05_1.edf")
    uv = recorded.uv[:, : int(10 * recorded.headset.rate_hz)]
    fast, slow = (
        heard(Hops(recipe_of(recorded.headset.rate_hz, None), len(uv), stepper), uv)
        for stepper in (compiled.stepper, plain.stepper)
    )
    assert_the_same(fast, slow)


@STEPPERS
def test_hops_are_a_stage(stepper: Stepper) -> None:
    uv = torn(signal(256.0, 4))

    def make() -> Stage:
        hops = Hops(recipe_of(256.0), 3, stepper)
        return lambda piece: heard(hops, piece)

    check_stage(make, uv, cut=(1, 2, 301, 530), max_examples=10, within=1e-6 if stepper is plain.stepper else 0.0)


@STEPPERS
def test_after_a_restart_nothing_before_it_is_left(stepper: Stepper) -> None:
    hops, fresh, uv = (*(Hops(recipe_of(250.0), 3, stepper) for _ in range(2)), signal(250.0, 4))
    heard(hops, torn(signal(250.0, 3.33, seed=2)))
    hops.restart()
    assert not hops.full
    assert_the_same(heard(hops, uv), heard(fresh, uv))


@STEPPERS
def test_a_number_beyond_all_measure_leaves_no_rounding_error_behind(stepper: Stepper) -> None:
    uv = signal(250.0, 40)
    uv[0, 1000] = 1e12
    hops, clean = Hops(recipe_of(250.0), 3, stepper), direct.filtered(uv, 250.0).clean
    heard(hops, uv)
    assert hops.power == pytest.approx(direct.power(clean[:, -500:])[:, :91], rel=1e-6, abs=1e-9)


@STEPPERS
@pytest.mark.parametrize(("lost", "is_torn"), [(12, False), (13, True)])
def test_what_is_lost_is_replaced_for_fifty_milliseconds_and_then_marked(
    stepper: Stepper, lost: int, is_torn: bool
) -> None:
    uv = signal(250.0, 2)
    uv[1, 200 : 200 + lost] = np.nan
    hops = Hops(recipe_of(250.0), 3, stepper)
    heard(hops, uv)
    assert hops.measures.lost_share.tolist() == [0, lost / 500, 0]
    assert (hops.measures.torn_share > 0).tolist() == [False, is_torn, False]


@STEPPERS
def test_a_loss_that_spans_chunks_is_one_loss(stepper: Stepper) -> None:
    uv = signal(250.0, 2)
    uv[:, 200:213] = np.nan
    hops = Hops(recipe_of(250.0), 3, stepper)
    for piece in np.split(uv, [205, 210], axis=1):
        heard(hops, piece)
    assert hops.measures.torn_share.tolist() == [1 / 500] * 3


@STEPPERS
def test_a_sine_is_one_line_and_noise_is_flat(stepper: Stepper) -> None:
    at_s = np.arange(1000) / 250
    uv = np.stack([10 * np.sin(2 * np.pi * 10 * at_s), np.random.default_rng(1).normal(0, 10, 1000), 0 * at_s])
    hops = Hops(recipe_of(250.0), 3, stepper)
    heard(hops, uv)
    entropy, mobility, complexity = hops.measures.entropy, hops.measures.mobility, hops.measures.complexity
    assert entropy[0] < 0.25
    assert 0.85 < entropy[1] < 1
    assert mobility[0] == pytest.approx(2 * np.sin(np.pi * 10 / 250), rel=1e-2)
    assert complexity[0] == pytest.approx(1, rel=2e-2)
    assert hops.ranges[0, 2] == pytest.approx(50, rel=0.02)
    assert np.isfinite(np.stack(hops.measures)).all()


@STEPPERS
def test_of_a_flat_signal_nothing_is_left_at_last(stepper: Stepper) -> None:
    hops = Hops(recipe_of(250.0), 3, stepper)
    heard(hops, signal(250.0, 3))
    heard(hops, np.zeros((3, 250 * 30)))
    assert not hops.power.any()
    assert not hops.clean.any()


def test_nothing_grows_with_the_length_of_the_signal(head: Head) -> None:
    uv = head.part(0, 30).uv
    hops = Hops(recipe_of(256.0), 4, compiled.stepper)
    for _ in hops.push(uv[:, :2560]):
        pass
    tracemalloc.start()
    for first in range(2560, uv.shape[1], 10):
        for _ in hops.push(uv[:, first : first + 10]):
            pass
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 4096


def test_without_a_compiler_the_plain_path_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "neuro.kernels.compiled")
    monkeypatch.delattr(neuro.kernels, "compiled")
    assert ready.fastest.__wrapped__() is plain


def test_what_was_compiled_before_is_ready() -> None:
    compiled.prepare()
    assert compiled.is_ready()
    assert ready.fastest.__wrapped__() is compiled


def test_what_is_not_compiled_yet_is_not_waited_for(tmp_path: Path) -> None:
    asked = "from neuro.kernels import compiled; print(compiled.is_ready())"
    here = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", asked], env=here, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
    assert not list(tmp_path.rglob("*.nbc"))
