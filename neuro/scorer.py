"""Deviations from rest in, the probability of an engaged mind out: the ONNX model and its papers."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from neuro.errors import BadModel

FORMAT = "heron-attention-1"
"""What a model of this generation calls itself: input `z` (1, n_bands) float32, output `score` (1, 1) float32."""


class Scorer:
    """One loaded model. It runs on one thread: a frame must never wait for it.

    bands:        names of the inputs, in order
    usual_spread: (n_bands,) the typical spread of each input at rest, before it became a deviation
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
            raise BadModel(
                "The attention model is damaged; reinstall Heron or choose another with --model."
            ) from error
        self.metadata: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        if self.metadata.get("format") != FORMAT:
            raise BadModel(f"This model is not of the kind {FORMAT} that this Heron understands; choose another.")
        try:
            self.bands = tuple(self.metadata["bands"].split(","))
            self.usual_spread = np.array(json.loads(self.metadata["usual_spread"]), float)
            sound = 0.0 <= self(np.zeros(len(self.bands))) <= 1.0 and bool((self.usual_spread > 0).all())
        except Exception as error:  # whatever a file can hold instead
            raise BadModel("The papers of this model do not fit the model; choose another.") from error
        if not sound or self.usual_spread.shape != (len(self.bands),):
            raise BadModel("The papers of this model do not fit the model; choose another.")
        self.onnx = onnx
        self.sha256 = sha256(onnx).hexdigest()

    def __call__(self, z: NDArray[np.float64]) -> float:
        """Deviations from rest (n_bands,) to a score in 0..1."""
        (score,) = self._session.run(None, {"z": z.astype(np.float32)[None]})
        return float(score[0, 0])


def load(path: Path) -> Scorer:
    """The model in a file.

    Raises: BadModel: it cannot be read or must not be used.
    """
    try:
        return Scorer(path.read_bytes())
    except OSError as error:
        raise BadModel(f"The attention model {path} cannot be read: {error.strerror}.") from error
