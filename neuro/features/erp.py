"""Averages of the EEG around events, offline: what the brain does each time something appears (P300)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from neuro.errors import BadRecording
from neuro.types import Chunk, Headset

BEFORE_S = 0.2
AFTER_S = 0.8
P300_S = (0.25, 0.50)
LOUDEST_UV = 100.0  # from peak to peak: a blink has 100-200 at the forehead
LOW_PASS_HZ = 30.0
FEWEST = 2  # epochs of a channel: a standard error needs two. A P300 that may be believed needs 20-40.
_PAD_S = 0.2  # on each side, for the filter's ends
_JITTER_S = 0.010  # an epoch whose stamps stretch or shrink by more says nothing of when


@dataclass(frozen=True, slots=True)
class Evoked:
    """The mean of the clean epochs.

    t_s:       (n,) seconds from the event
    uv:        (n_channels, n) microvolts over the mean of the 0.2 s before the event; NaN where too few were clean
    sem_uv:    (n_channels, n) standard error of that mean
    kept:      (n_channels,) how many epochs were clean
    n_events:  how many events there were
    """

    t_s: NDArray[np.float64]
    uv: NDArray[np.float64]
    sem_uv: NDArray[np.float64]
    kept: NDArray[np.int64]
    n_events: int


def evoked(headset: Headset, recorded: Chunk, events_s: NDArray[np.float64]) -> Evoked:
    """Average the epochs from 0.2 s before to 0.8 s after each event, on the recording's own clock.

    Low-passed at 30 Hz without delay. No high-pass, which would bend a P300: only the baseline holds off drift.
    A channel's epoch counts if nothing is lost in it and it has at most 100 uV from peak to peak.

    Raises: BadRecording: no channel has two clean epochs.
    Source: Tanner et al. 2015, Psychophysiology 52:997 (why no high-pass).
    """
    tried = [_cut(headset.rate_hz, recorded, float(event_s)) for event_s in events_s]
    epochs = _smooth(headset.rate_hz, np.array([epoch for epoch in tried if epoch is not None]))
    clean = np.ptp(epochs, axis=2) <= LOUDEST_UV
    kept = clean.sum(axis=0)
    if kept.max(initial=0) < FEWEST:
        raise BadRecording(
            f"{headset.name} has no {FEWEST} clean epochs around its {len(events_s)} events: check that the events "
            "are in seconds of the recording, or record again with a better fit."
        )
    mean, error = _mean_and_error(epochs, clean)
    before, after, _ = _lengths(headset.rate_hz)
    return Evoked(np.arange(-before, after) / headset.rate_hz, mean, error, kept, len(events_s))


def p300(average: Evoked) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Height in microvolts and latency in seconds (n_channels,) of the highest point at 250-500 ms.

    Source: Polich 2007, Clin Neurophysiol 118:2128.
    """
    window = (average.t_s >= P300_S[0]) & (average.t_s <= P300_S[1])
    inside = average.uv[:, window]
    top = np.argmax(inside, axis=1)
    height = np.take_along_axis(inside, top[:, None], axis=1)[:, 0]
    return height, np.where(np.isfinite(height), average.t_s[window][top], np.nan)


def _lengths(rate_hz: float) -> tuple[int, int, int]:
    """Samples before and after the event, and around both for the filter."""
    return round(BEFORE_S * rate_hz), round(AFTER_S * rate_hz), round(_PAD_S * rate_hz)


def _cut(rate_hz: float, recorded: Chunk, event_s: float) -> NDArray[np.float64] | None:
    """(n_channels, n) microvolts with what the filter needs around; None outside the recording or across a gap."""
    before, after, pad = _lengths(rate_hz)
    at = int(np.searchsorted(recorded.t_s, event_s - 0.5 / rate_hz))  # the nearest sample
    first, last = at - before - pad, at + after + pad
    if first < 0 or last > len(recorded.t_s):
        return None
    due_s = event_s + (np.arange(first, last) - at) / rate_hz
    steady = np.abs(recorded.t_s[first:last] - due_s).max() <= _JITTER_S
    return recorded.uv[:, first:last].astype(float) if steady else None


def _smooth(rate_hz: float, epochs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Epochs (n, n_channels, n_samples) low-passed, without their baseline; NaN in a channel that lost a packet."""
    if len(epochs) == 0:
        return np.empty((0, 1, 1))
    before, after, pad = _lengths(rate_hz)
    lost = ~np.isfinite(epochs).all(axis=2, keepdims=True)
    low_pass = butter(4, LOW_PASS_HZ, fs=rate_hz, output="sos")
    smooth = sosfiltfilt(low_pass, np.where(lost, 0.0, epochs))[:, :, pad : pad + before + after]
    return np.asarray(np.where(lost, np.nan, smooth - smooth[:, :, :before].mean(axis=2, keepdims=True)))


def _mean_and_error(
    epochs: NDArray[np.float64], clean: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Over the clean epochs (n, n_channels) of (n, n_channels, n_samples); NaN for channels with too few."""
    kept = clean.sum(axis=0)[:, None]
    n = np.where(kept >= FEWEST, kept, np.nan)
    known = np.where(clean[:, :, None], epochs, 0.0)
    mean = known.sum(axis=0) / n
    square = np.where(clean[:, :, None], (epochs - mean) ** 2, 0.0).sum(axis=0)
    return mean, np.sqrt(square / (n - 1) / n)
