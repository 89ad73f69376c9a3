"""The network: tokens of any number of channels, and of the eyes, to a score that knows how sure it is."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from neuro.learn.config import Config
from neuro.scalp import N_PLACE
from neuro.scorer import HIDDEN, N_EYES, NOT_KNOWING, TINY
from neuro.spectrum import N_NUMBERS

_REACH = 3  # tokens that the convolution over time sees


class Net(nn.Module):
    """B windows of C channels, T steps of half a second, F numbers; H and D as wide as a token is inside.

    Without eyes the log odds are odd in the spectra but for one constant: the opposite deviation moves them as far
    the other way. Who only notices that something has changed, as it has in any other recording, learns nothing
    (docs/why/0008). So no layer between z and the mean has a bias, and all attention, which has, sees sizes alone.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        h, d, self.n_heads = config.hidden, config.width, config.heads
        self.bins = nn.Linear(N_NUMBERS, h, bias=False)
        self.gate = nn.Linear(N_PLACE, h)  # which of them count at this place
        self.token = nn.Linear(h, d, bias=False)
        self.regard_size, self.regard_place = nn.Linear(d, d // 2), nn.Linear(N_PLACE, d // 2, bias=False)
        self.regard = nn.Linear(d // 2, 1)
        self.over_time = nn.Conv1d(d, d, _REACH, bias=False)
        self.look = nn.Sequential(nn.Linear(N_EYES, d), nn.GELU(), nn.Linear(d, d), nn.Tanh())
        self.key_brain, self.key_eyes = nn.Linear(d, d), nn.Linear(d, d)
        self.query = nn.Parameter(torch.randn(config.heads, d // config.heads) / d)
        self.value_brain, self.value_eyes = nn.Linear(d, d, bias=False), nn.Linear(d, d)
        self.inner, self.mean = nn.Linear(d, d, bias=False), nn.Parameter(torch.zeros(2, d))
        self.missing = nn.Parameter(torch.zeros(2, d))  # what stands for a modality that is not there
        self.size = nn.Linear(N_NUMBERS, d)
        wider, narrower = nn.Linear(3 * d, d), nn.Linear(d, 1)
        self.log_variance = nn.Sequential(wider, nn.GELU(), narrower)
        self.straight = nn.Linear(N_PLACE, N_NUMBERS)  # what each bin says at a place, see neuro.learn.straight
        self.rest = nn.Parameter(torch.zeros(1))  # log odds where nothing differs from rest
        self.share = nn.Parameter(torch.ones(2, 1), requires_grad=False)  # of what is found in brain and eyes
        self.dropout = nn.Dropout(config.dropout)
        for weight in (self.straight.weight, self.straight.bias):
            nn.init.zeros_(weight)
        nn.init.constant_(narrower.bias, math.log(NOT_KNOWING))

    def forward(self, z: Tensor, clean: Tensor, places: Tensor, eyes: Tensor, seen: Tensor) -> tuple[Tensor, ...]:
        """Two heads, and where they looked.

        z (B, C, 1 + T, F) with the mean of 4 s first, clean (B, C, T), places (B, C, N_PLACE), eyes (B, T, N_EYES),
        seen (B, T), to
        mean (B,) log odds; log_variance (B,) of the score; channels (B, C); moments (B, 2, T) of brain and eyes
        """
        spectrum = spectra(z, clean)  # (B, C, F)
        z = among_channels(z[:, :, 1:], clean)  # (B, C, T, F)
        brain, channels, there = self._brain(z, clean, places)  # (B, T, D), (B, C, T), (B, T)
        of_brain, of_eyes, moments = self._attended(brain, self.look(eyes), there, seen)  # (B, D), (B, D), (B, 2, T)
        bent = self.dropout(self.inner(torch.stack([of_brain, of_eyes], 1)).tanh())  # (B, 2, D)
        deep = (bent * self.mean * self.share).sum((1, 2))  # (B,)
        mean = deep + (spectrum * self.straight(places)).sum((1, 2)) + self.rest
        have = torch.stack([there.amax(1), seen.amax(1)], 1)[..., None]  # (B, 2, 1)
        tell = torch.stack([of_brain.abs(), of_eyes], 1) * have + self.missing * (1 - have)  # (B, 2, D)
        size = self.size(spectrum.abs().sum(1))  # (B, D)
        log_variance = self.log_variance(torch.cat([tell[:, 0], tell[:, 1], size], 1))[:, 0]
        return mean, log_variance, channels.mean(2), moments

    def _brain(self, z: Tensor, clean: Tensor, places: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """One token a step, made of all channels by how much each is regarded."""
        told = self.dropout(self.bins(z).tanh()) * self.gate(places)[:, :, None]  # (B, C, T, H)
        token = self.token(told)  # (B, C, T, D)
        regarded = self.regard(torch.tanh(self.regard_size(token.abs()) + self.regard_place(places)[:, :, None]))
        weight = (regarded[..., 0] + HIDDEN * (1 - clean)).softmax(1) * clean  # (B, C, T)
        pooled = (weight[..., None] * token).sum(1)  # (B, T, D)
        before = F.pad(pooled.transpose(1, 2), (_REACH - 1, 0))  # (B, D, T + 2): nothing of the future
        return pooled + self.over_time(before).tanh().transpose(1, 2), weight, clean.amax(1)

    def _attended(self, brain: Tensor, looks: Tensor, there: Tensor, seen: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What the heads find in the tokens (B, T, D) of both, and how much they look at each."""
        t = brain.shape[1]
        key = self._by_head(torch.cat([self.key_brain(brain.abs()), self.key_eyes(looks)], 1))  # (B, 2T, heads, D')
        known = torch.cat([there, seen], 1)[..., None]  # (B, 2T, 1)
        weight = ((key * self.query).sum(3) + HIDDEN * (1 - known)).softmax(1) * known  # (B, 2T, heads)
        value = self._by_head(torch.cat([self.value_brain(brain), self.value_eyes(looks)], 1))
        found = weight[..., None] * value  # (B, 2T, heads, D')
        moments = weight.mean(2)
        of_brain, of_eyes = found[:, :t].sum(1).flatten(1), found[:, t:].sum(1).flatten(1)
        return of_brain, of_eyes, torch.stack([moments[:, :t], moments[:, t:]], 1)

    def _by_head(self, tokens: Tensor) -> Tensor:
        b, t, d = tokens.shape
        return tokens.view(b, t, self.n_heads, d // self.n_heads)


def spectra(z: Tensor, clean: Tensor) -> Tensor:
    """(B, C, 1 + T, F) to (B, C, F): each channel's part of the mean, by how much of it is clean (B, C, T)."""
    kept = clean.mean(2)  # (B, C)
    share = kept / kept.sum(1, keepdim=True).clamp(min=TINY)
    return share[..., None] * among_channels(z[:, :, :1], kept[..., None])[:, :, 0]


def among_channels(z: Tensor, clean: Tensor) -> Tensor:
    """Heights against those of the other channels: the amplifier's gain says nothing. (B, C, T, F) to the same."""
    height = z[..., -1]
    usual = (clean * height).sum(1, keepdim=True) / clean.sum(1, keepdim=True).clamp(min=TINY)
    return torch.cat([z[..., :-1], (height - usual)[..., None]], 3)
