"""Makes the net of `classifier` from HMR, in NumPy alone: `python -m neuro.eyes.learning FOLDER OUT.npz`."""

import gzip
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- a type here, not a source of chance
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.eyes.classifier import AHEAD, CLASSES, DEG_PER_FRAME, PAST, Net, features
from neuro.eyes.look import BLINK, FIXATION, PURSUIT, SACCADE

HIDDEN = (64, 32)
_BATCH, _EPOCHS, _RATE = 512, 8, 2e-3
_EVERY = 4  # samples of one moment are much alike
_BLINKS_COUNT = 1.4  # their F1 is best where as many are missed as are made up
_LETTERS = {"F": FIXATION, "S": SACCADE, "P": PURSUIT, "B": BLINK}

Layers = list[NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Eye:
    """One eye of one person, 200 samples a second.

    deg: (2, n) rough degrees; confidence: (n,); kind: (n,) what a person said, into KINDS
    """

    person: int
    eye: int
    deg: NDArray[np.float64]
    confidence: NDArray[np.float64]
    kind: NDArray[np.int8]


def hmr(folder: Path) -> list[Eye]:
    """The HMR set (Elmadjian et al. 2022, Behav Res Methods), tables packed by gzip.

    Raises: BadRecording: it is not there.
    """
    paths = sorted(folder.glob("user_*_eye_*.csv.gz"))
    if not paths:
        raise BadRecording(f"There is no HMR in {folder}: give the folder with its user_*_eye_*.csv.gz.")
    return [read_eye(path) for path in paths]


def read_eye(path: Path) -> Eye:
    """One table of HMR."""
    with gzip.open(path, "rt") as file:
        rows = [line.split() for line in file][1:]
    x, y, confidence = np.array([row[:3] for row in rows], float).T
    _, person, _, eye = path.name.split(".")[0].split("_")
    kind = np.array([_LETTERS[row[3]] for row in rows], np.int8)
    return Eye(int(person), int(eye), DEG_PER_FRAME * np.stack([x, y]), confidence, kind)


def train(eyes: Iterable[Eye], chance: Generator) -> Net:
    """A net from the first eye of each person: by its picture the labels were made.

    In several people the second eye has the labels of the first, also where they do not fit: it sees well in half of
    what is called a blink (own measurement).
    """
    first = [eye for eye in eyes if eye.eye == 0]
    x = np.concatenate([_features(eye)[::_EVERY] for eye in first])
    y = np.concatenate([_places(eye.kind)[::_EVERY] for eye in first])
    return fit(x, y, [_BLINKS_COUNT if kind == BLINK else 1.0 for kind in CLASSES], chance)


def _features(eye: Eye) -> NDArray[np.float32]:
    """(n, n_features): what is before and after the recording is as its ends."""
    deg = np.pad(eye.deg, ((0, 0), (PAST, AHEAD)), mode="edge")
    x = features(deg, np.pad(eye.confidence, (PAST, AHEAD), mode="edge"))
    spare = (len(x) - eye.confidence.size) // 2
    return x[spare : len(x) - spare]


def _places(kind: NDArray[np.int8]) -> NDArray[np.intp]:
    return np.asarray(np.argmax(kind[:, None] == np.array(CLASSES), axis=1))


def fit(x: NDArray[np.float32], y: NDArray[np.intp], counts: Sequence[float], chance: Generator) -> Net:
    """Least cross-entropy by Adam, its rate falling to nothing along half a cosine.

    Args:   x: (n, n_features); y: (n,) places in CLASSES; counts: what a sample of each class counts.
    Source: Kingma & Ba 2015, ICLR (Adam). Sizes and rates are own choices.
    """
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-3
    x = (x - mean) / scale
    sizes = (x.shape[1], *HIDDEN, len(counts))
    layers: Layers = []
    for n_in, n_out in pairwise(sizes):
        layers += [chance.normal(0, np.sqrt(2 / n_in), (n_in, n_out)).astype(np.float32), np.zeros(n_out, np.float32)]
    first, second = [np.zeros_like(each) for each in layers], [np.zeros_like(each) for each in layers]
    n_batches, done = max(len(x) // _BATCH, 1), 0
    for _ in range(_EPOCHS):
        for batch in np.array_split(chance.permutation(len(x)), n_batches):
            done += 1
            rate = _RATE * 0.5 * (1 + np.cos(np.pi * done / (_EPOCHS * n_batches)))
            for i, slope in enumerate(_slopes(layers, x[batch], y[batch], np.asarray(counts, np.float32))):
                first[i] += 0.1 * (slope - first[i])
                second[i] += 0.001 * (slope * slope - second[i])
                size = np.sqrt(second[i] / (1 - 0.999**done)) + 1e-8
                layers[i] -= (rate * first[i] / (1 - 0.9**done) / size).astype(np.float32)
    return Net(mean, scale, tuple(layers[::2]), tuple(layers[1::2]))


def _slopes(layers: Layers, x: NDArray[np.float32], y: NDArray[np.intp], counts: NDArray[np.float32]) -> Layers:
    """How the loss rises with each array of the net."""
    inputs = [x]
    for weight, bias in zip(layers[:-2:2], layers[1:-2:2], strict=True):
        inputs.append(np.maximum(inputs[-1] @ weight + bias, 0))
    odds = inputs[-1] @ layers[-2] + layers[-1]
    share = np.exp(odds - odds.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[np.arange(len(y)), y] -= 1
    share *= (counts[y] / len(y))[:, None]
    slopes: Layers = []
    for i in range(len(inputs) - 1, -1, -1):
        slopes = [inputs[i].T @ share, share.sum(axis=0), *slopes]
        if i:
            share = (share @ layers[2 * i].T) * (inputs[i] > 0)
    return slopes


if __name__ == "__main__":
    train(hmr(Path(sys.argv[1])), np.random.default_rng(0)).save(Path(sys.argv[2]))  # noqa: TID251
