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

FORMAT = "heron-attention-4"
"""What a model of this generation calls itself: inputs and outputs as `neuro.learn.graph` has them."""

N_EYES = 6
"""Numbers in an eye token."""

NOT_KNOWING, WORST = 0.25, 0.40
"""Expected squared errors: that of always saying .5, and that from which on nothing is trusted (own choice)."""

TINY, HIDDEN = 1e-6, -1e4
"""Where nothing is clean, nothing is shared out; added to a logit, it leaves no weight."""

FARTHEST = 2.0
"""Distance from the training data at which nothing is trusted any more; up to half of it everything (own choice)."""

_DAMAGED = "The attention model is damaged; reinstall Heron or choose another with --model."
_FALSE_PAPERS = "The papers of this model do not fit the model; choose another."


class Verdict(NamedTuple):
    """What the model says of 4 s.

    score:    0..1, the probability of an engaged mind
    variance: the squared error that the model expects of its score; .25 is that of not knowing
    distance: of the mean spectrum from those that it was trained on (Mahalanobis); 999 of 1000 of those are within 1
    tokens:   (n_steps, n_channels) attention over channels, each step sums to 1, or to 0 where nothing was clean
    moments:  (2, n_steps) attention over time, of EEG and of gaze, sums to 1
    """

    score: float
    variance: float
    distance: float
    tokens: NDArray[np.float32]
    moments: NDArray[np.float32]

    @property
    def channels(self) -> NDArray[np.float32]:
        """(n_channels,) attention over channels in all steps, sums to 1."""
        return np.asarray(self.tokens.mean(axis=0))

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
            self._seats: dict[int, _Seat] = {}
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
        seat = self._seats.get(len(z)) or self._seats.setdefault(len(z), self._seat(len(z)))
        seat.desk.lay(z, clean, places, eyes)
        self._session.run_with_iobinding(seat.binding)
        score, variance, distance, looked, moments = seat.answers
        tokens, moments = looked.reshape(self._n_steps, -1), moments.reshape(2, -1)
        return Verdict(score.item(), variance.item(), distance.item(), tokens.copy(), moments.copy())

    def _seat(self, n_channels: int) -> "_Seat":
        """For so many channels. What the answers look like, only a first run tells."""
        desk = Desk(n_channels, self._n_steps, self.usual_spread.shape[1])
        given = desk.given()
        answers = tuple(np.array(answer, np.float32) for answer in self._session.run(None, given))
        binding = self._session.io_binding()
        for name, array in given.items():
            binding.bind_cpu_input(name, array)
        for told, array in zip(self._session.get_outputs(), answers, strict=True):
            binding.bind_output(told.name, "cpu", 0, np.float32, array.shape, array.ctypes.data)
        return _Seat(desk, answers, binding)


class _Seat(NamedTuple):
    """For one number of channels: always the same arrays, so nothing is looked up."""

    desk: "Desk"
    answers: tuple[NDArray[np.float32], ...]
    binding: ort.IOBinding


class Desk:
    """Where the model finds its inputs.

    C channels, T steps, F numbers, all float32:
    whole, tokens:   (C, F) and (T C, F) deviations, heights against those of the other channels
    share:           (C, 1) each channel's part of what is clean in the mean of 4 s
    clean, hidden:   (T, T C) 1 where a step may look at a token; what is added to the logit where not
    place, token_place: (C, N_PLACE) and (T C, N_PLACE)
    eyes:            (T, N_EYES)
    known, unknown:  (1, 2 T) as clean and hidden, of the steps of brain and eyes
    have:            (1, 2) whether there is anything of brain and of eyes
    """

    def __init__(self, n_channels: int, n_steps: int, n_numbers: int) -> None:
        self._rows = np.zeros((1 + n_steps, n_channels, n_numbers), np.float32)
        self._heights = self._rows[..., -1]
        self._shares = np.zeros((1 + n_steps, n_channels), np.float32)
        self._share = np.zeros((n_channels, 1), np.float32)
        self._clean, self._hidden = np.zeros((2, n_steps, n_steps * n_channels), np.float32)
        self._places = np.zeros((1 + n_steps, n_channels, N_PLACE), np.float32)
        self._eyes = np.zeros((n_steps, N_EYES), np.float32)
        self._known, self._unknown = np.zeros((2, 1, 2 * n_steps), np.float32)
        self._have = np.zeros((1, 2), np.float32)
        self._laid: tuple[bytes, bytes | None] | None = None

    def given(self) -> dict[str, NDArray[np.float32]]:
        """The inputs by name."""
        return {
            "whole": self._rows[0],
            "tokens": self._rows[1:].reshape(-1, self._rows.shape[-1]),
            "share": self._share,
            "clean": self._clean,
            "hidden": self._hidden,
            "place": self._places[0],
            "token_place": self._places[1:].reshape(-1, N_PLACE),
            "eyes": self._eyes,
            "known": self._known,
            "unknown": self._unknown,
            "have": self._have,
        }

    def lay(
        self,
        z: NDArray[np.floating],
        clean: NDArray[np.bool_],
        places: NDArray[np.floating],
        eyes: NDArray[np.floating] | None,
    ) -> None:
        """As `Scorer.__call__` has them. What may be looked at seldom changes."""
        seen = None if eyes is None else np.isfinite(eyes).all(axis=1)
        laid = clean.tobytes(), None if seen is None else seen.tobytes()
        if laid != self._laid:
            self._allow(clean.T.astype(np.float32), seen)
            self._laid = laid
        if eyes is not None:
            self._eyes[seen] = eyes[seen]
        self._places[:] = places
        self._rows[:] = z.swapaxes(0, 1)
        usual = np.vecdot(self._shares, self._heights)
        self._heights -= usual[:, None]

    def _allow(self, clean: NDArray[np.float32], seen: NDArray[np.bool_] | None) -> None:
        """clean: (T, C)"""
        kept = np.vstack([clean.mean(axis=0), clean])
        self._shares[:] = kept / np.maximum(kept.sum(axis=1, keepdims=True), TINY)
        self._share[:, 0] = self._shares[0]
        self._clean[:] = np.kron(np.eye(len(clean)), np.ones((1, clean.shape[1]))) * clean.ravel()
        self._known[:] = np.concatenate([clean.max(axis=1), np.zeros(len(clean)) if seen is None else seen])
        self._have[:] = self._known.reshape(2, -1).max(axis=1)
        self._hidden[:], self._unknown[:] = HIDDEN * (1 - self._clean), HIDDEN * (1 - self._known)


def load(path: Path) -> Scorer:
    """The model in a file.

    Raises: BadModel: it cannot be read or must not be used.
    """
    try:
        return Scorer(path.read_bytes())
    except OSError as error:
        raise BadModel(f"The attention model {path} cannot be read: {error.strerror}.") from error
