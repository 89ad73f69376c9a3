"""A model file as it runs in play, to be judged as one that was just taught."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from neuro.learn.data import Person, Windows, windows
from neuro.learn.metrics import SURE
from neuro.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Running:
    """An ONNX model judged as it runs in play."""

    scorer: Scorer

    def windows(self, person: Person) -> Windows:
        """What it judges of somebody."""
        return windows(person, self.scorer.usual_spread)

    def predict(self, some: Windows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Log odds (n,), and the logarithm of the variance (n,)."""
        rows = zip(some.z, some.clean, some.eyes, strict=True)
        said = [self.scorer(z, clean, some.places, eyes) for z, clean, eyes in rows]
        score = np.clip([one.score for one in said], SURE, 1 - SURE)
        return np.asarray(logit(score)), np.log([one.variance for one in said])
