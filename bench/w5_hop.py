"""W5: from a hop's samples to a score: Heron's whole pipeline, and what people usually put together."""

from collections.abc import Callable

import neurokit2 as nk
import numpy as np
from brainflow.data_filter import DataFilter
from brainflow.ml_model import BrainFlowClassifiers, BrainFlowMetrics, BrainFlowModelParams, MLModel
from numpy.typing import NDArray

from bench import heron, hour, w1_conditioning, w2_features, w3_gaze
from bench.measure import Contender, Progress, Result, interleaved
from bench.signals import FULL_HOP, RATE_HZ, Eeg, Eyes, eeg, eyes
from bench.w4_net import torch_model, untrained

NOTES = (
    "Heron also judges quality and compares with the player's rest; the others do not. BrainFlow does not look at"
    " gaze. torch runs the shipped net's layers for as many channels on numbers that lie ready.",
    "The hour is 8 channels at 250 Hz and gaze at 200 Hz, polled 25 times a second and scored ten times, as fast as"
    " it goes; time is the processor's. Memory is what Python holds after it more than after its first two minutes,"
    " and how much higher the most that ever was resident came to be.",
)

CHANNELS = 8

Features = Callable[[int], NDArray[np.float64]]
"""Hop -> relative theta, alpha and beta, means over channels."""


def run(seconds: float, progress: Progress) -> Result:
    """Everybody's score of a hop."""
    signal, looks = eeg(CHANNELS, FULL_HOP), eyes()
    ours, mindfulness = heron.HopToScore(signal, looks), Mindfulness(signal)
    timed = interleaved(
        [
            Contender("Heron", ours, ours.ready, ours=True, carries=True),
            Contender("scipy, pymovements, torch", _stack(_usual(signal), looks), carries=True),
            Contender("MNE, pymovements, torch", _stack(_mne(signal), looks)),
            Contender("NeuroKit2, pymovements, torch", _stack(_neurokit(signal), looks)),
            Contender("BrainFlow mindfulness", mindfulness, differs="its own model, no gaze"),
        ],
        seconds,
        progress,
    )
    mindfulness.close()
    return Result("W5", "a hop to its score", *timed, hour.facts(), NOTES)


def _stack(features: Features, looks: Eyes) -> Callable[[int], float]:
    """Features, eyes, then the model in torch eager."""
    net, gaze = torch_model(untrained(), CHANNELS), w3_gaze.i_vt(looks)

    def step(k: int) -> float:
        gaze(k)
        features(k)
        return net(k)  # of other numbers, as many as it would need

    return step


def _usual(signal: Eeg) -> Features:
    """scipy: sosfilt with carried state, then welch."""
    found = w2_features.Filtered(signal, w2_features.by_scipy)
    return lambda k: _relative(found(k).bands)


def _mne(signal: Eeg) -> Features:
    """MNE: its filters over the window, then its Welch."""
    clean = w1_conditioning.by_mne(signal)
    return lambda k: _relative(w2_features.by_mne(clean(k)).bands)


def _neurokit(signal: Eeg) -> Features:
    """NeuroKit2: its filters, then its band powers."""
    clean = w1_conditioning.neurokit(signal)

    def features(k: int) -> NDArray[np.float64]:
        table = nk.eeg_power(clean(k), sampling_rate=RATE_HZ, frequency_band=list(heron.BANDS))
        return _relative(table.iloc[:, 1:].to_numpy(float))

    return features


def _relative(bands: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((bands / bands.sum(axis=1, keepdims=True)).mean(axis=0)[1:4])


class Mindfulness:
    """BrainFlow's band powers and its mindfulness model."""

    def __init__(self, signal: Eeg) -> None:
        self._signal = signal
        self._channels = list(range(len(signal.uv)))
        MLModel.disable_ml_logger()
        metric, classifier = BrainFlowMetrics.MINDFULNESS.value, BrainFlowClassifiers.DEFAULT_CLASSIFIER.value
        self._model = MLModel(BrainFlowModelParams(metric, classifier))
        self._model.prepare()

    def __call__(self, k: int) -> float:
        window = np.ascontiguousarray(self._signal.window(k))
        mean, _ = DataFilter.get_avg_band_powers(window, self._channels, int(RATE_HZ), True)
        return float(self._model.predict(mean)[0])

    def close(self) -> None:
        """Give the model back."""
        self._model.release()
