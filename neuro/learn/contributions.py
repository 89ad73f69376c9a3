"""What in a window spoke for attention, and what against it: integrated gradients, offline."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from neuro.explain import BANDS_HZ, in_band
from neuro.learn.data import Person, Windows
from neuro.learn.train import Model, tensors

STEPS = 64

Logit = Callable[[Tensor], Tensor]
"""Windows (n, ...) to log odds (n,)."""


def integrated_gradients(logit: Logit, at: Tensor, start: Tensor) -> Tensor:
    """What each number of a window adds to the log odds, on the straight way from `start`; (n, ...) as `at`.

    Over a window they come to logit(at) - logit(start): here at rest nothing deviates, so `start` is zero.
    Source: Sundararajan et al. 2017, Proc Mach Learn Res 70:3319; the midpoint rule is our own choice.
    """
    slope = torch.zeros_like(at)
    for step in range(STEPS):
        between = (start + (step + 0.5) / STEPS * (at - start)).detach().requires_grad_(True)
        slope += torch.autograd.grad(logit(between).sum(), between)[0]
    return (at - start) * slope / STEPS


def contributions(model: Model, some: Windows) -> NDArray[np.float64]:
    """(n, n_channels, STEPS, N_NUMBERS) what each deviation from rest adds to the log odds of its window."""
    z, *others = tensors(some)
    model.net.eval()
    found = integrated_gradients(lambda moved: model.net(moved, *others)[0], z, torch.zeros_like(z))
    return found.detach().double().numpy() / model.calibration.temperature


def by_band(models: Sequence[Model], people: Sequence[Person]) -> Mapping[str, tuple[float, float]]:
    """Of each band, what it adds to the log odds of a window at rest and under the task, on average over people.

    models: one a person, that has not seen them
    """
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in (*BANDS_HZ, "height")}
    for model, person in zip(models, people, strict=True):
        some = model.windows(person)
        added = contributions(model, some).sum(axis=(1, 2))  # (n, N_NUMBERS)
        for name, hz in BANDS_HZ.items():
            rows[name].append(_by_label(added[:, :-1][:, in_band(*hz)].sum(axis=1), some))
        rows["height"].append(_by_label(added[:, -1], some))
    return {name: (float(np.mean(each, axis=0)[0]), float(np.mean(each, axis=0)[1])) for name, each in rows.items()}


def _by_label(added: NDArray[np.float64], some: Windows) -> tuple[float, float]:
    return float(added[some.engaged == 0].mean()), float(added[some.engaged == 1].mean())
