"""Deviations from rest in, the probability of an engaged mind out: the ONNX model and its papers."""

import json
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from neuro.errors import BadModel
from neuro.scalp import N_PLACE
from neuro.seal import is_sealed

FORMAT = "heron-attention-3"
"""What a model of this generation calls itself: inputs and outputs as docs/why/0008 and 0027 have them."""

N_EYES = 6
"""Numbers in an eye token."""

NOT_KNOWING, WORST = 0.25, 0.40
"""Expected squared errors: that of always saying .5, and that from which on nothing is trusted (own choice)."""

FARTHEST = 2.0
"""Distance from the training data at which nothing is trusted any more; up to half of it everything (own choice)."""

_DAMAGED = "The attention model is damaged; reinstall Heron or choose another with --model."
_FALSE_PAPERS = "The papers of this model do not fit the model; choose another."


class Verdict(NamedTuple):
    """What the model says of 4 s.

    score:    0..1, the probability of an engaged mind
    variance: the squared error that the model expects of its score; .25 is that of not knowing
    distance: of the mean spectrum from those that it was trained on (Mahalanobis); 999 of 1000 of those are within 1
    channels: (n_channels,) attention over channels, sums to 1
    moments:  (2, n_steps) attention over time, of EEG and of gaze, sums to 1
    """

    score: float
    variance: float
    distance: float
    channels: NDArray[np.float32]
    moments: NDArray[np.float32]

    @property
    def trust(self) -> float:
        """0..1: falls where the model expects to be worse than not knowing, and where nothing was like this."""
        sure = (WORST - self.variance) / (WORST - NOT_KNOWING)
        near = FARTHEST - self.distance
        return min(max(min(sure, near), 0.0), 1.0)


class Scorer:
    """One loaded model. It runs on one thread, whose it is: a frame must never wait for it.

    usual_spread: (2, n_numbers) the typical spread at rest, of the mean of 4 s and of a token, in the people it was
                  trained on
    sha256:       of the file, which names it in the store
    metadata:     everything that the model says of itself
    """

    def __init__(self, onnx: bytes) -> None:
        """Raises: BadModel: the bytes are no model, or one that does not fit."""
        ort.set_default_logger_severity(4)  # what goes wrong is said in our words, not on stderr
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = ort.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has no narrower base that is public
            raise BadModel(_DAMAGED) from error
        self.metadata: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        if self.metadata.get("format") != FORMAT:
            raise BadModel(f"This model is not of the kind {FORMAT} that this Heron understands; choose another.")
        if not is_sealed(onnx):
            raise BadModel(_DAMAGED)
        self.onnx = onnx
        self.sha256 = sha256(onnx).hexdigest()
        try:
            self.usual_spread = np.array(json.loads(self.metadata["usual_spread"]), float)
            self._n_steps = int(self.metadata["steps"])
            self._desks: dict[int, _Desk] = {}
            clean = np.ones((2, self._n_steps), bool)
            tried = self(np.zeros((2, 1 + self._n_steps, self.usual_spread.shape[1])), clean, np.zeros((2, N_PLACE)))
        except Exception as error:  # whatever a file can hold instead
            raise BadModel(_FALSE_PAPERS) from error
        if not (0.0 <= tried.score <= 1.0 and (self.usual_spread > 0).all()):
            raise BadModel(_FALSE_PAPERS)

    def __call__(
        self,
        z: NDArray[np.floating],
        clean: NDArray[np.bool_],
        places: NDArray[np.floating],
        eyes: NDArray[np.floating] | None = None,
    ) -> Verdict:
        """Score one moment.

        z:      (n_channels, 1 + n_steps, n_numbers) deviations from rest: of the mean, and of each token
        clean:  (n_channels, n_steps) which of the tokens may be looked at
        places: (n_channels, 4) as `neuro.scalp.places`
        eyes:   (n_steps, N_EYES) deviations of the eyes from rest, NaN rows where they were not seen; None without
        """
        desk = self._desks.get(len(z)) or self._desks.setdefault(len(z), self._desk(len(z)))
        desk.z[0], desk.clean[0, :, 1:], desk.places[0] = z, clean, places
        desk.clean[0, :, 0] = clean.sum(axis=1) / self._n_steps
        desk.seen[:] = 0.0
        if eyes is not None:
            known = np.isfinite(eyes).all(axis=1)
            desk.seen[0] = known
            desk.eyes[0, known] = eyes[known]
        self._session.run_with_iobinding(desk.binding)
        score, variance, distance, channels, moments = desk.answers
        return Verdict(score.item(), variance.item(), distance.item(), channels[0].copy(), moments[0].copy())

    def _desk(self, n_channels: int) -> "_Desk":
        """For so many channels. What the answers look like, only a first run tells."""
        n, t, f = n_channels, self._n_steps, self.usual_spread.shape[1]
        given = {"z": (n, 1 + t, f), "clean": (n, 1 + t), "places": (n, N_PLACE), "eyes": (t, N_EYES), "seen": (t,)}
        inputs = {name: np.zeros((1, *shape), np.float32) for name, shape in given.items()}
        answers = tuple(np.array(answer, np.float32) for answer in self._session.run(None, inputs))
        binding = self._session.io_binding()
        for name, array in inputs.items():
            binding.bind_cpu_input(name, array)
        for told, array in zip(self._session.get_outputs(), answers, strict=True):
            binding.bind_output(told.name, "cpu", 0, np.float32, array.shape, array.ctypes.data)
        return _Desk(**inputs, answers=answers, binding=binding)


class _Desk(NamedTuple):
    """Where the model finds its inputs and leaves its answers: always the same arrays, so nothing is looked up.

    The arrays are those of `Scorer.__call__`, (1, ...) float32 each.
    """

    z: NDArray[np.float32]
    clean: NDArray[np.float32]
    places: NDArray[np.float32]
    eyes: NDArray[np.float32]
    seen: NDArray[np.float32]
    answers: tuple[NDArray[np.float32], ...]
    binding: ort.IOBinding


def load(path: Path) -> Scorer:
    """The model in a file.

    Raises: BadModel: it cannot be read or must not be used.
    """
    try:
        return Scorer(path.read_bytes())
    except OSError as error:
        raise BadModel(f"The attention model {path} cannot be read: {error.strerror}.") from error
