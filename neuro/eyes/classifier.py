"""A small net that tells fixation, saccade, pursuit and blink apart in an eye camera's own picture, uncalibrated."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadModel
from neuro.eyes.look import BLINK, FIXATION, PURSUIT, SACCADE

STEP_S = 0.005
"""The net sees samples this far apart, whatever the tracker's rate."""

DEG_PER_FRAME = 100.0
"""An eye camera's whole picture as an angle, roughly: with it, saccades in HMR last as long as the main sequence
(2.2 ms a degree and 21 ms) says (own measurement: 87 to 154 in 18 recordings, median 109)."""

CLASSES = (BLINK, FIXATION, PURSUIT, SACCADE)
_KINDS = np.array(CLASSES, np.int8)
_PAST, _AHEAD = 110, 10
"""Steps before and after a step that are looked at; one more on either side to smooth the last."""

_CALM = 5
"""The odds of so many steps on either side are averaged: what eyes do lasts."""

PAST, AHEAD = _PAST + 1 + _CALM, _AHEAD + 1 + _CALM
"""Steps that have to be known before and after a step: 580 ms and 80 ms."""

_AT = np.array([-100, -70, -50, -35, -25, -18, -12, -8, -5, -3, -1, 0, 1, 3, 5, 8, 10])
_CONFIDENCE_AT = np.array([-100, -70, -50, -35, -25, -18, -12, -8, -5, -2, 0, 2, 5, 8, 10])
_WIDE = (10, 25, 50, 100)


def features(deg: NDArray[np.float64], confidence: NDArray[np.float64]) -> NDArray[np.float32]:
    """What the net is told of each step: speeds, turns, straightness and spread near it, and confidence.

    Args:    deg: (2, PAST + n + AHEAD), confidence: as many; STEP_S apart, no NaN.
    Returns: (n + 2 * _CALM, n_features)
    """
    calm = np.median([deg[:, :-2], deg[:, 1:-1], deg[:, 2:]], axis=0)
    confidence = confidence[1:-1]
    n = calm.shape[1] - _PAST - _AHEAD
    here = _PAST + np.arange(n)
    moved = np.diff(calm[:, here + _AT[:, None]], axis=1)  # (2, n_steps, n)
    speed = np.hypot(*moved) / (np.diff(_AT) * STEP_S)[:, None]
    unit = moved / (np.hypot(*moved) + 0.05)
    turns = (unit[:, 1:] * unit[:, :-1]).sum(axis=0)
    seen = confidence[here + _CONFIDENCE_AT[:, None]]
    upright = np.abs(moved[1]) / (np.diff(_AT) * STEP_S)[:, None]  # lids move what is seen of the pupil up and down
    rows = [*np.log1p(speed), *np.log1p(upright), *turns, *seen]
    for width in _WIDE:
        rows += _window(calm, confidence, here + min(width // 2, _AHEAD), width)
    return np.array(rows, np.float32).T


def _window(
    deg: NDArray[np.float64], confidence: NDArray[np.float64], last: NDArray[np.intp], width: int
) -> list[NDArray[np.float64]]:
    """Of the stretch of so many steps that ends with each sample of last (n,): rows of shape (n,)."""
    first, seconds = last - width, width * STEP_S
    steps = np.hypot(*np.diff(deg, axis=1))
    path = np.lib.stride_tricks.sliding_window_view(steps, width)[first]
    places = np.lib.stride_tricks.sliding_window_view(deg, width + 1, axis=1)[:, first]
    sure = np.lib.stride_tricks.sliding_window_view(confidence, width + 1)[first]
    net, way = np.hypot(*(deg[:, last] - deg[:, first])), path.sum(axis=1)
    spread = np.sqrt(places.var(axis=2).sum(axis=0))
    return [
        np.log1p(net / seconds),
        np.log1p(way / seconds),
        net / (way + 0.1),
        np.log(spread + 0.01),
        np.log1p(path.max(axis=1) / STEP_S),
        sure.min(axis=1),
        sure.mean(axis=1),
    ]


@dataclass(frozen=True, slots=True)
class Net:
    """Two hidden layers of rectified units, in plain arrays.

    mean, scale: (n_features,) what is taken off each feature, and what it is divided by
    weights:     one (n_in, n_out) a layer; biases: one (n_out,) a layer
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weights: tuple[NDArray[np.float32], ...]
    biases: tuple[NDArray[np.float32], ...]

    def kinds(self, deg: NDArray[np.float64], confidence: NDArray[np.float64]) -> NDArray[np.int8]:
        """(n,) of CLASSES. Args: as `features`."""
        odds = np.lib.stride_tricks.sliding_window_view(self(features(deg, confidence)), 2 * _CALM + 1, axis=0)
        return np.asarray(_KINDS[odds.sum(axis=2).argmax(axis=1)])

    def __call__(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        """Features (n, n_features) -> (n, 4) the log odds of CLASSES, up to a constant."""
        x = (x - self.mean) / self.scale
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            x = np.maximum(x @ weight + bias, 0)
        return np.asarray(x @ self.weights[-1] + self.biases[-1])

    def save(self, path: Path) -> None:
        """Write it as .npz."""
        layers = {f"weight{i}": weight for i, weight in enumerate(self.weights)}
        layers |= {f"bias{i}": bias for i, bias in enumerate(self.biases)}
        np.savez_compressed(path, mean=self.mean, scale=self.scale, **layers)  # type: ignore[arg-type]

    @staticmethod
    def load(path: Path) -> "Net":
        """Raises: BadModel: there is no such net there."""
        try:
            with np.load(path) as file:
                n = sum(name.startswith("weight") for name in file.files)
                weights = tuple(file[f"weight{i}"] for i in range(n))
                biases = tuple(file[f"bias{i}"] for i in range(n))
                return Net(file["mean"], file["scale"], weights, biases)
        except (OSError, ValueError, KeyError) as error:
            raise BadModel(f"{path} is no net of eye movements: install Heron again.") from error
