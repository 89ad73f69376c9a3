"""Logistic regression on deviations from rest: a few numbers, each of which can be read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from neuro.learn.data import Person, Windows, usual_spread, windows

RIDGE = 1.0  # against the weight of one person; at such few inputs .1 to 100 give the same figures


@dataclass(frozen=True, slots=True)
class Logistic:
    """weight (n_bands,), bias, and the spread at rest that its inputs were measured in."""

    weight: NDArray[np.float64]
    bias: float
    usual_spread: NDArray[np.float64]

    def logit(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Deviations (n, n_bands) to log odds (n,) of an engaged mind."""
        return np.asarray(z @ self.weight + self.bias)


def train(people: list[Person]) -> Logistic:
    """The model of these people: rest against task, everybody weighing the same."""
    spread = usual_spread(people)
    return fit([windows(person, spread) for person in people], spread)


def fit(parts: list[Windows], spread: NDArray[np.float64]) -> Logistic:
    """Weighted, slightly ridged logistic regression by L-BFGS."""
    z = np.concatenate([part.z for part in parts])
    task = np.concatenate([part.task for part in parts])
    weight = np.concatenate([part.weight for part in parts]) * len(z) / len(parts)

    def loss(b: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = z @ b[1:] + b[0]
        error = weight * (1 / (1 + np.exp(-logit)) - task)
        value = float((weight * (np.logaddexp(0, logit) - task * logit)).sum() + 0.5 * RIDGE * (b[1:] ** 2).sum())
        return value, np.r_[error.sum(), z.T @ error + RIDGE * b[1:]]

    best = minimize(loss, np.zeros(z.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return Logistic(weight=best[1:], bias=float(best[0]), usual_spread=spread)
