"""Training: people in, a model out, the same weights for the same seed on the same machine."""

import math
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor, nn
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from neuro.learn.augment import Batch
from neuro.learn.config import Config
from neuro.learn.data import Person, Windows, usual_spread, windows
from neuro.learn.metrics import AS_IT_IS, Calibration
from neuro.learn.net import Net
from neuro.learn.pool import Pool
from neuro.learn.straight import lay_straight

VARIANCE_WEIGHS = 0.25  # against the cross-entropy; own choice: the variance learns beside, and never leads


@dataclass(frozen=True, slots=True)
class Model:
    """A trained net with all that its use needs.

    usual_spread:   (2, N_NUMBERS) at rest of its people, as `neuro.baseline.Baseline.spread`
    centre, whiten: (n_bins,) and (n_bins, n_bins): the mean spectrum of a window, minus the one and times the other,
                    has a length below 1 for all but one in a thousand of the training windows
    calibration:    makes scores as sure as they are right
    """

    net: Net
    usual_spread: NDArray[np.float64]
    centre: NDArray[np.float64]
    whiten: NDArray[np.float64]
    calibration: Calibration = AS_IT_IS

    def windows(self, person: Person) -> Windows:
        """What this model judges of somebody."""
        return windows(person, self.usual_spread)

    def predict(self, some: Windows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Log odds (n,), calibrated, and the log of the squared error that it expects of the score (n,)."""
        mean, log_variance = predicted(self.net, some)
        return self.calibration(mean), log_variance


def predicted(net: Net, some: Windows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the heads of a net say of windows: (n,) and (n,)."""
    net.eval()
    with torch.inference_mode():
        mean, log_variance, *_ = net(*tensors(some))
    return mean.double().numpy(), log_variance.double().numpy()


def tensors(some: Windows) -> tuple[Tensor, ...]:
    """What `Net` takes."""
    eyes = torch.from_numpy(some.eyes)
    return (
        torch.from_numpy(some.z),
        torch.from_numpy(some.clean).float(),
        torch.from_numpy(some.places).expand(len(some.z), -1, -1),
        torch.nan_to_num(eyes),
        torch.isfinite(eyes).all(2).float(),
    )


def loss_of(mean: Tensor, log_variance: Tensor, engaged: Tensor) -> Tensor:
    """Cross-entropy of the score, and the Gaussian likelihood of its error, from which only the variance learns.

    Source: Nix & Weigend 1994 for the likelihood; that the score does not learn from it is our own choice.
    """
    error2 = (engaged - mean.detach().sigmoid()) ** 2
    likelihood = (error2 * (-log_variance).exp() + log_variance).mean()
    return F.binary_cross_entropy_with_logits(mean, engaged) + VARIANCE_WEIGHS * likelihood


class Training:
    """A net on its way: one call of `epoch` after the other; `state` is all that there is to go on from."""

    def __init__(self, people: Sequence[Person], config: Config, seed: int) -> None:
        torch.manual_seed(seed)
        torch.set_num_threads(1)  # so small a net gains nothing by more, and sums come in one order
        self.net = Net(config)
        self.net.straight.requires_grad_(False)
        self.averaged = deepcopy(self.net)
        self.usual_spread = usual_spread(people)
        self.epochs = 0
        by_montage = sorted(people, key=lambda person: person.channels)
        self._config = config
        self._chance = Generator().manual_seed(seed)
        self._pools = [
            Pool(list(some), self.usual_spread, config, Generator().manual_seed(seed))
            for _, some in groupby(by_montage, lambda one: one.channels)
        ]
        self._optimiser = optimiser_of(self.net, config)
        lay_straight(self.averaged, self._pools, config, Generator().manual_seed(seed))

    def epoch(self) -> float:
        """So many steps; the mean loss."""
        self.net.train()
        first = self.epochs * self._config.steps
        losses = [self._step(step) for step in range(first, first + self._config.steps)]
        self.epochs += 1
        return sum(losses) / len(losses)

    def _step(self, step: int) -> float:
        config = self._config
        for group in self._optimiser.param_groups:
            group["lr"] = config.rate * share_of_rate(step / (config.epochs * config.steps), config)
        batches = [pool.draw(config, self._chance) for pool in self._pools]
        loss = torch.stack([self._loss(batch) for batch in batches]).mean()
        self._optimiser.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self._optimiser.step()
        forget = max(1 / config.averaged, 1 / (step / 10 + 1))  # the first steps are forgotten sooner
        with torch.no_grad():
            for mean, newest in zip(self.averaged.parameters(), self.net.parameters(), strict=True):
                if newest.requires_grad:  # the straight line stays as it was laid
                    mean.lerp_(newest, forget)
        return float(loss.detach())

    def _loss(self, batch: Batch) -> Tensor:
        """Of a batch, calm and tense: being wrong costs, and so does it that muscle raises the log odds."""
        inputs = [torch.cat([each, each]) for each in batch.inputs]
        inputs[0] = torch.cat([batch.z, batch.tense])
        mean, log_variance, *_ = self.net(*inputs)
        calm, tense = mean.chunk(2)
        wrong = loss_of(mean, log_variance, torch.cat([batch.engaged, batch.engaged]))
        whole: Tensor = wrong + self._config.rise * (tense - calm).clamp(min=0).square().mean()
        return whole

    def state(self) -> dict[str, Any]:
        """Everything that changes."""
        return {
            "epochs": self.epochs,
            "net": self.net.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "chance": self._chance.get_state(),
            "dropout": torch.get_rng_state(),
        }

    def go_on(self, state: dict[str, Any]) -> None:
        """As if it had never stopped."""
        self.epochs = state["epochs"]
        self.net.load_state_dict(state["net"])
        self.averaged.load_state_dict(state["averaged"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._chance.set_state(state["chance"])
        torch.set_rng_state(state["dropout"])


def optimiser_of(net: Net, config: Config) -> torch.optim.Optimizer:
    """The optimiser that the config names."""
    weights, rate, decay = [each for each in net.parameters() if each.requires_grad], config.rate, config.weight_decay
    match config.optimiser:
        case "sgd":
            return torch.optim.SGD(weights, rate, momentum=0.9, weight_decay=decay)
        case "adam":
            return torch.optim.Adam(weights, rate, weight_decay=decay)
        case "adamw":
            return torch.optim.AdamW(weights, rate, weight_decay=decay)
        case "adagrad":
            return torch.optim.Adagrad(weights, rate, weight_decay=decay)
        case "adadelta":
            return torch.optim.Adadelta(weights, rate, weight_decay=decay)


def share_of_rate(done: float, config: Config) -> float:
    """Of the highest learning rate, after this share of all steps."""
    rising = min(1.0, (done + 1e-3) / config.warm_up) if config.warm_up else 1.0
    match config.schedule:
        case "constant":
            return rising
        case "decay":
            return rising * math.exp(-3 * done)
        case "cosine":
            return rising * 0.5 * (1 + math.cos(math.pi * done))


def fit(
    people: Sequence[Person], config: Config, seed: int, advance: Callable[[float], None] = lambda _: None
) -> Model:
    """A model of these people, all epochs long, not calibrated. advance: is told the share 0..1 that is done."""
    training = Training(people, config, seed)
    while training.epochs < config.epochs:
        training.epoch()
        advance(training.epochs / config.epochs)
    return model_of(training, people, AS_IT_IS)


def model_of(training: Training, people: Sequence[Person], calibration: Calibration) -> Model:
    """What a training has come to."""
    usual = training.usual_spread
    return Model(training.averaged, usual, *_reach([windows(one, usual) for one in people]), calibration)


def _reach(parts: Sequence[Windows]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where mean spectra lie, as `Model` has it. Channels count singly: one strays further than the mean of many."""
    spectra = []
    for part in parts:
        spectra.append(part.z[:, :, 0, :-1][part.clean.any(axis=2)])
    found = np.concatenate(spectra).astype(float)
    centre = found.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(found, rowvar=False))
    whiten = vectors / np.sqrt(values + 0.05)  # no direction is so narrow that rounding leaves it
    return centre, whiten / np.quantile(np.linalg.norm((found - centre) @ whiten, axis=1), 0.999)
