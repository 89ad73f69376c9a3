"""W2, with W1 before it: 25 samples of 8 channels in; band powers, ratios, entropy and Hjorth of the last 2 s out."""

from collections.abc import Callable

import antropy
import mne
import neurokit2 as nk
import numpy as np
from brainflow.data_filter import DataFilter
from numpy.typing import NDArray
from scipy.signal import sosfilt, sosfilt_zi, welch

from bench import bounds, heron
from bench.heron import Spoken, spoken
from bench.measure import Contender, Progress, Result, interleaved
from bench.signals import FULL_HOP, RATE_HZ, WINDOW, Eeg, eeg
from neuro.kernels import plain
from neuro.kernels.recipe import ENTROPY_HZ, TOP_HZ

NOTES = (
    "Every peer gets its samples filtered by scipy with carried state, the quickest of them in W1, except "
    "BrainFlow, whose call filters by itself. The answers compared are, of each channel, the logarithms of five "
    "band powers and of two ratios, spectral entropy (1-45 Hz), mobility and complexity.",
)


def run(seconds: float, progress: Progress) -> Result:
    """Everybody's features of a hop; Heron's also on 4, 16, 32 and 64 channels, and the machine's own limits."""
    signal = eeg(hop=FULL_HOP)
    fallback = heron.features(signal, plain)
    timed = interleaved(
        [
            Contender("Heron", heron.features(signal), ours=True, carries=True, answer=spoken),
            Contender("Heron, plain NumPy", fallback, ours=True, carries=True, answer=spoken, within=1e-6),
            Contender("scipy", Filtered(signal, by_scipy), carries=True, answer=spoken, within=1e-3),
            Contender("MNE", Filtered(signal, by_mne), carries=True, answer=spoken, within=1e-3),
            Contender(
                "antropy", Filtered(signal, by_antropy), carries=True, answer=spoken, differs="entropy: all bins"
            ),
            Contender("NeuroKit2", Filtered(signal, by_neurokit), carries=True, answer=spoken, differs="own spectra"),
            Contender("BrainFlow", brainflow(signal), differs="five powers only, averaged over channels"),
            *map(_wider, (4, 16, 32, 64)),
            *bounds.contenders(),
        ],
        seconds,
        progress,
    )
    facts = bounds.facts(timed.rows, heron.RECIPE, len(signal.uv))
    return Result("W2", "features of a hop of 8 channels, conditioning included", *timed, facts, NOTES)


def _wider(n_channels: int) -> Contender:
    signal = eeg(n_channels, FULL_HOP)
    return Contender("Heron", heron.features(signal), ours=True, carries=True, work=f"{n_channels} channels")


class Filtered:
    """scipy's filters with carried state, then somebody's features of the last 2 s."""

    def __init__(self, signal: Eeg, features: Callable[[NDArray[np.float64]], Spoken]) -> None:
        self._signal = signal
        self._features = features
        self._sos = heron.sections()
        self._zi = sosfilt_zi(self._sos)[:, None, :] * signal.hop_uv(0)[None, :, :1]
        self._window = np.zeros((len(signal.uv), WINDOW))

    def __call__(self, k: int) -> Spoken:
        clean, self._zi = sosfilt(self._sos, self._signal.hop_uv(k), zi=self._zi)
        n = clean.shape[1]
        self._window[:, :-n] = self._window[:, n:]
        self._window[:, -n:] = clean
        return self._features(self._window)


def by_scipy(window: NDArray[np.float64]) -> Spoken:
    """scipy.signal.welch over one segment, the rest in NumPy."""
    hz, density = welch(window, RATE_HZ, nperseg=WINDOW)
    return _of_spectrum(hz, density, *hjorth(window))


def by_mne(window: NDArray[np.float64]) -> Spoken:
    """MNE's Welch up to 45 Hz; MNE itself has neither entropy nor Hjorth."""
    density, hz = mne.time_frequency.psd_array_welch(
        window, RATE_HZ, fmin=0, fmax=TOP_HZ, n_fft=WINDOW, n_per_seg=WINDOW, window="hann", verbose="ERROR"
    )
    return _of_spectrum(hz, density, *hjorth(window))


def by_antropy(window: NDArray[np.float64]) -> Spoken:
    """antropy's entropy and Hjorth; it has no band powers, so those are scipy's."""
    hz, density = welch(window, RATE_HZ, nperseg=WINDOW)
    entropy = antropy.spectral_entropy(window, RATE_HZ, method="welch", nperseg=WINDOW, normalize=True, axis=-1)
    mobility, complexity = antropy.hjorth_params(window, axis=-1)
    bands = _bands(hz, density)
    return Spoken(bands, *_ratios(bands), entropy, mobility, complexity)


def by_neurokit(window: NDArray[np.float64]) -> Spoken:
    """NeuroKit2's functions of each kind, channel by channel where they take one."""
    table = nk.eeg_power(window, sampling_rate=RATE_HZ, frequency_band=list(heron.BANDS))
    bands = table.iloc[:, 1:].to_numpy(float)
    entropy = np.array([nk.entropy_spectral(channel)[0] for channel in window])
    shapes = [nk.complexity_hjorth(channel) for channel in window]
    mobility = np.array([info["Mobility"] for _, info in shapes])
    return Spoken(bands, *_ratios(bands), entropy, mobility, np.array([found for found, _ in shapes]))


def brainflow(signal: Eeg) -> Callable[[int], object]:
    """BrainFlow's averaged band powers of a window that it filters itself."""
    channels = list(range(len(signal.uv)))

    def step(k: int) -> object:
        return DataFilter.get_avg_band_powers(np.ascontiguousarray(signal.window(k)), channels, int(RATE_HZ), True)

    return step


def hjorth(window: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mobility and complexity (n_channels,) of (n_channels, n). Source: Hjorth 1970, EEG Clin Neurophysiol 29:306."""
    slope = np.diff(window)
    activity, of_slope, of_curve = window.var(axis=1), slope.var(axis=1), np.diff(slope).var(axis=1)
    mobility = np.sqrt(of_slope / activity)
    return mobility, np.sqrt(of_curve / of_slope) / mobility


def _of_spectrum(
    hz: NDArray[np.float64],
    density: NDArray[np.float64],
    mobility: NDArray[np.float64],
    complexity: NDArray[np.float64],
) -> Spoken:
    bands = _bands(hz, density)
    low, high = ENTROPY_HZ
    share = density[:, (hz >= low) & (hz < high)]
    share = share / share.sum(axis=1, keepdims=True)
    entropy = -(share * np.log(share)).sum(axis=1) / np.log(share.shape[1])
    return Spoken(bands, *_ratios(bands), entropy, mobility, complexity)


def _bands(hz: NDArray[np.float64], density: NDArray[np.float64]) -> NDArray[np.float64]:
    step_hz = hz[1] - hz[0]
    inside = [(hz >= low) & (hz < high) for low, high in heron.BANDS]
    return np.stack([density[:, of_band].sum(axis=1) * step_hz for of_band in inside], axis=1)


def _ratios(bands: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    _, theta, alpha, beta, _ = bands.T
    return theta / beta, beta / (alpha + theta)
