"""Windows moved on purpose so that the model errs, and a model taught to stand it."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from neuro.baseline import FARTHEST
from neuro.learn.data import Person, Windows
from neuro.learn.net import Net
from neuro.learn.train import Model, loss_of, tensors

TURNS, BATCH, RATE = 100, 64, 5e-4


def attacked(model: Model, some: Windows, step: float) -> Windows:
    """Every deviation from rest moved by `step` spreads, each in the direction that makes the answer worse.

    Source: Goodfellow et al. 2015, arXiv:1412.6572 (the fast gradient sign method).
    """
    inputs = tensors(some)
    engaged = torch.from_numpy(some.engaged).float()
    model.net.eval()
    return replace(some, z=_moved(model, inputs, engaged, step).numpy())


def hardened(model: Model, people: Sequence[Person], step: float, seed: int) -> Model:
    """The same model, taught on with windows of its own people that are attacked anew at every turn."""
    net = deepcopy(model.net).requires_grad_(True)  # the straight line learns, too
    taught = replace(model, net=net)
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.01)
    chance = torch.Generator().manual_seed(seed)
    parts = [model.windows(person) for person in people]
    columns = [torch.cat(column) for column in zip(*(tensors(part) for part in parts), strict=True)]
    engaged = torch.from_numpy(np.concatenate([part.engaged for part in parts])).float()
    weight = torch.from_numpy(np.concatenate([part.weight for part in parts]))
    for _ in range(TURNS):
        chosen = torch.multinomial(weight, BATCH, replacement=True, generator=chance)
        inputs, truth = tuple(column[chosen] for column in columns), engaged[chosen]
        net.eval()
        moved = _moved(taught, inputs, truth, step)
        net.train()
        loss = _loss(net, inputs, truth) + _loss(net, (moved, *inputs[1:]), truth)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    return taught


def _loss(net: Net, inputs: tuple[Tensor, ...], truth: Tensor) -> Tensor:
    mean, log_variance, *_ = net(*inputs)
    return loss_of(mean, log_variance, truth)


def _moved(model: Model, inputs: tuple[Tensor, ...], engaged: Tensor, step: float) -> Tensor:
    z = inputs[0].clone().requires_grad_(True)
    mean = model.net(z, *inputs[1:])[0]
    slope = torch.autograd.grad(F.binary_cross_entropy_with_logits(mean, engaged, reduction="sum"), z)[0]
    return (inputs[0] + step * slope.sign()).clamp(-FARTHEST, FARTHEST)
