"""Entropy and Hjorth's parameters: against antropy and scipy on the very same window, and in closed form."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numba
import numpy as np
import pytest
from scipy.signal import welch
from scipy.stats import entropy

from neuro.features.texture import Texture, Textures
from neuro.filters import band_pass, mains_notch
from neuro.kernels import Hops, recipe
from neuro.sources.recording import load
from neuro.types import Chunk
from tests.neuro.features.signals import RATE_HZ, Samples, chunk, headset, power_law, sine


@pytest.fixture(scope="module")
def antropy() -> ModuleType:
    """Imported as plain Python: else it compiles itself for five seconds, and nothing compiled is asked here."""
    with pytest.MonkeyPatch.context() as uncompiled:
        uncompiled.setattr(numba.config, "DISABLE_JIT", True)
        return import_module("antropy")


def segments(uv: Samples, rate_hz: float) -> Iterator[Hops]:
    """The kernel at each whole second of a signal, once 3 s have settled its filters."""
    hops = Hops(recipe(rate_hz, mains_notch(rate_hz).sos, band_pass(rate_hz).sos, [(1, 45)]), len(uv))
    for number, _ in enumerate(hops.push(uv), start=1):
        if number >= 30 and number % 10 == 0:
            yield hops


def heads(heron_data: Path) -> Iterator[tuple[float, Samples]]:
    rng = np.random.default_rng(1)
    yield 250.0, power_law(1.1, 8, rng, 4)
    yield 250.0, rng.normal(0, 10, (4, 2000))
    real = load(heron_data / "eegmat" / "Subject05_1.edf")
    yield real.headset.rate_hz, real.uv[:, :4000].astype(float)


def test_hjorth_is_that_of_antropy(antropy: ModuleType, heron_data: Path) -> None:
    for rate_hz, uv in heads(heron_data):
        for hops in segments(uv, rate_hz):
            mobility, complexity = antropy.hjorth_params(hops.clean, axis=1)
            assert hops.measures.activity == pytest.approx(hops.clean.var(axis=1), rel=1e-6)
            assert hops.measures.mobility == pytest.approx(mobility, rel=1e-6)
            assert hops.measures.complexity == pytest.approx(complexity, rel=1e-6)


def test_entropy_is_that_of_the_spectrum_by_scipy(heron_data: Path) -> None:
    for rate_hz, uv in heads(heron_data):
        for hops in segments(uv, rate_hz):
            hz, density = welch(hops.clean, rate_hz, "hann", hops.clean.shape[1], detrend=False)
            inside = density[:, (hz >= 1) & (hz < 45)]
            assert hops.measures.entropy == pytest.approx(entropy(inside, axis=1) / np.log(inside.shape[1]), rel=1e-6)


def test_entropy_is_that_of_antropy_where_there_is_nothing_beyond_the_band(antropy: ModuleType) -> None:
    uv = power_law(1.1, 8, np.random.default_rng(2), 4)
    for hops in segments(uv, 90.0):  # nothing above 45 Hz; antropy counts 0, 0.5 and 45 Hz too
        theirs = antropy.spectral_entropy(hops.clean, 90.0, "welch", nperseg=180, normalize=True, axis=1)
        assert hops.measures.entropy == pytest.approx(theirs * np.log(91) / np.log(88), abs=0.02)


def newest(uv: Samples, rate_hz: float = RATE_HZ) -> Texture:
    *_, texture = Textures(headset(len(uv), rate_hz))(chunk(uv, rate_hz))
    return texture


@pytest.mark.parametrize("rate_hz", [125.0, 250.0, 500.0])
def test_a_sine_has_its_own_frequency_and_is_simple_whatever_the_rate(rate_hz: float) -> None:
    texture = newest(sine(10, 20, 10, rate_hz), rate_hz)
    assert texture.activity_uv2 == pytest.approx(200, rel=0.02)
    assert texture.mobility_hz == pytest.approx(10, rel=0.02)  # 2 sin(pi hz / rate), a little below
    assert texture.complexity == pytest.approx(1, abs=0.01)
    assert texture.entropy < 0.3


def test_noise_is_rougher_than_a_sine_and_a_steep_spectrum_smoother_than_a_flat_one() -> None:
    rng = np.random.default_rng(4)
    flat, steep = newest(rng.normal(0, 10, (4, 2500))), newest(power_law(1.5, 10, rng, 4))
    assert flat.entropy.min() > 0.85 > steep.entropy.max()
    assert flat.mobility_hz.min() > 1.5 * steep.mobility_hz.max()
    assert min(flat.complexity.min(), steep.complexity.min()) > 1.2


def test_a_gap_begins_anew() -> None:
    recorded = chunk(power_law(1.1, 12, np.random.default_rng(5), 2))
    t_s = recorded.t_s.copy()
    t_s[1500:] += 3
    after = [each for each in Textures(headset(2))(Chunk(recorded.uv, t_s)) if each.t_s > 6]
    alone = list(Textures(headset(2))(Chunk(recorded.uv[:, 1500:], t_s[1500:])))
    assert after[0].t_s == pytest.approx(11 - 1 / RATE_HZ)
    assert all(np.array_equal(one.entropy, other.entropy) for one, other in zip(after, alone, strict=True))
