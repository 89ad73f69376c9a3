"""The straight line beside the net: what each bin says at a place, found in one go and never trained further."""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from neuro.learn.augment import Batch
from neuro.learn.config import Config
from neuro.learn.net import Net, spectra
from neuro.learn.pool import Pool

STEPS = 60  # of L-BFGS; it has settled by then
LEAST = 0.01  # the mean height over channels is nought but for rounding, which must not be blown up to say anything


def lay_straight(net: Net, pools: Sequence[Pool], config: Config, chance: Generator) -> None:
    """Give a net its straight line: logistic regression with a ridge, which muscle may not raise either.

    The line and the net learn apart and are added, for they err differently: own measurement, docs/why/0008.
    """
    batches = [pool.draw(config, chance) for _ in range(config.straight_batches) for pool in pools]
    calm = torch.cat([_summed(batch.z, batch) for batch in batches])  # (n, places x numbers)
    tense = torch.cat([_summed(batch.tense, batch) for batch in batches])
    engaged = torch.cat([batch.engaged for batch in batches])
    size = calm.std(0).clamp(min=LEAST)
    line = torch.zeros(calm.shape[1], requires_grad=True)
    rest = torch.zeros(1, requires_grad=True)
    optimiser: torch.optim.Optimizer = torch.optim.LBFGS([line, rest], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimiser.zero_grad()
        wrong = F.binary_cross_entropy_with_logits(calm / size @ line + rest, engaged)
        risen = ((tense - calm) / size @ line).clamp(min=0).square().mean()
        whole = wrong + config.rise * risen + config.ridge * line.square().sum() / 2
        torch.autograd.backward(whole)
        return float(whole.detach())

    optimiser.step(loss)
    weight = (line.detach() / size).view(-1, net.straight.out_features)  # (places, numbers)
    with torch.no_grad():
        net.straight.weight.copy_(weight[:-1].T)
        net.straight.bias.copy_(weight[-1])
        net.share[0] = config.brain


def _summed(z: Tensor, batch: Batch) -> Tensor:
    """(B, C, 1 + T, F) to (B, (N_PLACE + 1) x F): the mean spectrum by itself, and by where its channels sit."""
    at = torch.cat([batch.places, torch.ones_like(batch.places[..., :1])], 2)
    return torch.einsum("bcp,bcf->bpf", at, spectra(z, batch.clean)).flatten(1)
