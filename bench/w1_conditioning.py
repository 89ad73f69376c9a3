"""W1: 8 channels at 250 Hz, ten samples at a time: band-pass, mains notch, the last 2 s at hand."""

import time
from collections.abc import Callable
from uuid import uuid4

import mne
import mne_lsl
import neurokit2 as nk
import numpy as np
from brainflow.data_filter import DataFilter, FilterTypes, NoiseTypes
from mne_lsl.lsl import StreamInfo, StreamOutlet
from mne_lsl.stream import StreamLSL
from numpy.typing import NDArray
from scipy.signal import sosfilt, sosfilt_zi

from bench import heron
from bench.measure import Contender, Progress, Result, interleaved
from bench.signals import HOP, MAINS_HZ, RATE_HZ, WINDOW, Eeg, eeg
from neuro.kernels import plain

LOW_HZ, HIGH_HZ, ORDER = 1.0, 45.0, 4
"""Heron's band; every contender filters the same, with a notch at 50 Hz."""

NOTES = (
    "MNE, BrainFlow and NeuroKit2 filter the whole window of 2 s afresh each time, and so start from rest each "
    "time; *apart* says how far off that is.",
)

Step = Callable[[int], NDArray[np.float64]]


def run(seconds: float, progress: Progress) -> Result:
    """Everybody's newest ten samples, filtered."""
    signal = eeg()
    with_lsl = FromLsl(signal)
    from_rest = "filters 2 s from rest"
    timed = interleaved(
        [
            Contender("Heron", heron.conditioning(signal), ours=True, carries=True, answer=np.asarray),
            Contender(
                "Heron, plain NumPy",
                heron.conditioning(signal, plain),
                ours=True,
                carries=True,
                answer=np.asarray,
                within=1e-6,
            ),
            Contender("scipy", carried(signal), carries=True, answer=np.asarray, within=1e-6),
            Contender(
                "mne-lsl",
                with_lsl,
                with_lsl.push,
                carries=True,
                answer=np.asarray,
                differs="pulls them from an LSL stream as well; its notch is another",
            ),
            Contender("BrainFlow", brainflow(signal), answer=newest, differs=from_rest),
            Contender("MNE", by_mne(signal), answer=newest, differs=from_rest),
            Contender("NeuroKit2", neurokit(signal), answer=newest, differs=f"{from_rest}, forwards and backwards"),
        ],
        seconds,
        progress,
    )
    with_lsl.close()
    return Result("W1", "condition ten samples of 8 channels", *timed, notes=NOTES)


def newest(window: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of a whole window, the samples that are asked for."""
    return window[:, -HOP:]


def carried(signal: Eeg) -> Step:
    """scipy's sosfilt with carried state, and a window that moves along."""
    sos = heron.sections()
    zi = sosfilt_zi(sos)[:, None, :] * signal.hop_uv(0)[None, :, :1]
    window = np.zeros((len(signal.uv), WINDOW))

    def step(k: int) -> NDArray[np.float64]:
        nonlocal zi
        clean, zi = sosfilt(sos, signal.hop_uv(k), zi=zi)
        window[:, : -signal.hop] = window[:, signal.hop :]
        window[:, -signal.hop :] = clean
        return np.asarray(clean)

    return step


class FromLsl:
    """mne-lsl's stream of what an outlet in this process sends, filters and all."""

    def __init__(self, signal: Eeg) -> None:
        mne_lsl.set_log_level("ERROR")
        name = uuid4().hex
        info = StreamInfo(name, "EEG", len(signal.uv), RATE_HZ, "float64", name)
        info.set_channel_names([f"Ch{i + 1}" for i in range(len(signal.uv))])
        info.set_channel_types("eeg")
        info.set_channel_units("microvolts")
        self._signal = signal
        self._outlet = StreamOutlet(info)
        self._stream = StreamLSL(WINDOW / RATE_HZ, source_id=name).connect(acquisition_delay=None, timeout=30)
        self._stream.filter(LOW_HZ, HIGH_HZ, iir_params={"order": ORDER, "ftype": "butter", "output": "sos"})
        self._stream.notch_filter(MAINS_HZ)

    def push(self, k: int) -> None:
        """Send hop k, and wait until all of it is there to be pulled."""
        self._outlet.push_chunk(np.ascontiguousarray(self._signal.hop_uv(k).T))
        deadline_s = time.monotonic() + 10.0
        while self._stream._inlet.samples_available < self._signal.hop:
            if time.monotonic() > deadline_s:
                raise TimeoutError("mne-lsl did not deliver the samples within 10 s")

    def __call__(self, _k: int) -> NDArray[np.float64]:
        self._stream.acquire()
        return np.asarray(self._stream._buffer[-self._signal.hop :].T)

    def close(self) -> None:
        """Give the stream back."""
        self._stream.disconnect()


def brainflow(signal: Eeg) -> Step:
    """BrainFlow's filters over a copy of the window."""

    def step(k: int) -> NDArray[np.float64]:
        window = signal.window(k).copy()
        for channel in window:
            DataFilter.remove_environmental_noise(channel, int(RATE_HZ), NoiseTypes.FIFTY.value)
            DataFilter.perform_bandpass(
                channel, int(RATE_HZ), LOW_HZ, HIGH_HZ, ORDER, FilterTypes.BUTTERWORTH.value, 0
            )
        return window

    return step


def by_mne(signal: Eeg) -> Step:
    """MNE's IIR filters, forwards only, over the window."""
    band = {"order": ORDER, "ftype": "butter", "output": "sos"}

    def step(k: int) -> NDArray[np.float64]:
        quiet = mne.filter.notch_filter(
            signal.window(k), RATE_HZ, MAINS_HZ, method="iir", phase="forward", verbose="ERROR"
        )
        clean = mne.filter.filter_data(
            quiet, RATE_HZ, LOW_HZ, HIGH_HZ, method="iir", iir_params=dict(band), phase="forward", verbose="ERROR"
        )
        return np.asarray(clean)

    return step


def neurokit(signal: Eeg) -> Step:
    """NeuroKit2's filters, channel by channel."""

    def step(k: int) -> NDArray[np.float64]:
        clean = []
        for channel in signal.window(k):
            quiet = nk.signal_filter(channel, RATE_HZ, method="powerline", powerline=MAINS_HZ)
            clean.append(nk.signal_filter(quiet, RATE_HZ, LOW_HZ, HIGH_HZ, method="butterworth", order=ORDER))
        return np.array(clean)

    return step
