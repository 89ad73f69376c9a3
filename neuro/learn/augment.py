"""Windows as they might have been: tense jaws, blinks and loose contacts, before any feature."""

import math
from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from neuro.learn.config import Config
from neuro.spectrum import BINS_HZ, FLOOR_UV2
from neuro.tokens import OF_ROW

UNSEEN_HZ, MOST_UNSEEN_DB = 30.0, 6.0
"""The live rules call it muscle from a rise of 5 dB at 30-45 Hz on (`neuro.baseline.MUSCLE_DB`)."""

_HZ = torch.tensor([(low + high) / 2 for low, high in BINS_HZ])


@dataclass(frozen=True, slots=True)
class Batch:
    """What `Net` takes, and what it should say: engaged (B,). tense: z with more muscle in every window.

    chosen: (B,) which of the pool's windows they are, one person after the other
    """

    z: Tensor
    tense: Tensor
    clean: Tensor
    places: Tensor
    eyes: Tensor
    seen: Tensor
    engaged: Tensor
    chosen: Tensor

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        return self.z, self.clean, self.places, self.eyes, self.seen


def uniform(low: float, high: float, shape: tuple[int, ...], chance: Generator) -> Tensor:
    return low + (high - low) * torch.rand(shape, generator=chance)


def disturbances(places: Tensor, t: int, config: Config, chance: Generator) -> Tensor:
    """(B, C, T, F) microvolts squared of what is no brain, for some of the windows, at places (B, C, N_PLACE).

    Muscle has its power at 20-100 Hz and a slope towards lower ones, a blink at 1-5 Hz in front, a pop falls with
    the square of the frequency. Each comes to every channel by its own strength, and may begin or end within 4 s.
    Powers add, for what is independent adds so on average; each bin has the scatter of four bins of a periodogram.
    """
    b, c, f = *places.shape[:2], len(_HZ)
    often = config.disturbed * torch.tensor([1.0, 0.4, 0.15])
    kinds = torch.rand((b, 3, 1, 1, 1), generator=chance) < often.view(1, 3, 1, 1, 1)
    muscle = _muscle(b, 25.0, chance)  # more is seen, and never pays
    blink = uniform(1.5, 3.4, (b, 1, 1, 1), chance).exp() ** 2 * torch.exp(-_HZ / 2.0)
    pop = uniform(1.0, 3.5, (b, 1, 1, 1), chance).exp() ** 2 / (1 + _HZ**2)
    site = torch.randn((b, 3, c, 1, 1), generator=chance).mul(0.6).exp()
    front = torch.sigmoid(8 * (places[..., 1] - 0.5))[:, :, None, None]
    begin = torch.randint(-t, t, (b, 3, 1, 1, 1), generator=chance)
    length = torch.randint(1, 2 * t, (b, 3, 1, 1, 1), generator=chance)
    step = torch.arange(t).view(1, 1, 1, t, 1)
    on = kinds & (step >= begin) & (step < begin + length)
    added = torch.stack([muscle.expand(b, c, 1, f), blink * front, pop.expand(b, c, 1, f)], 1)  # (B, 3, C, 1, F)
    return _scatter((b, c, t, f), chance) * (on * (site * added)).sum(1)


def above(power: Tensor) -> Tensor:
    """Power (..., F) of a bin above 30 Hz, the mean of all."""
    return power[..., _HZ > UNSEEN_HZ].mean(-1)


def tension(fast: Tensor, chance: Generator) -> Tensor:
    """(B, C, 1, F) of muscle that the live rules hardly see, microvolts squared, in all of every window.

    It raises what the window has above 30 Hz, fast (B, C), by up to MOST_UNSEEN_DB, as it would on average, without
    scatter.
    """
    b, c = fast.shape
    rise = 10 ** uniform(0.0, MOST_UNSEEN_DB / 10, (b, 1, 1, 1), chance) - 1
    site = torch.randn((b, c, 1, 1), generator=chance).mul(0.4).exp()
    return fast.mean(1)[:, None, None, None] * rise * site * _slope(b, chance)


def _muscle(b: int, most_uv: float, chance: Generator) -> Tensor:
    """(B, 1, 1, F) power of noise of 20-100 Hz, from 1 uV RMS on."""
    uv = uniform(0.0, math.log(most_uv), (b, 1, 1, 1), chance).exp()
    return uv**2 / 40 * _slope(b, chance)


def _slope(b: int, chance: Generator) -> Tensor:
    """(B, 1, 1, F) how the power of muscle falls below 22 Hz: faster in some than in others."""
    return torch.minimum(_HZ / 22, torch.tensor(1.0)) ** uniform(2, 40, (b, 1, 1, 1), chance)


def _scatter(shape: tuple[int, ...], chance: Generator) -> Tensor:
    return (0.5 * torch.randn(shape, generator=chance) - 0.125).exp()


def into(added: Tensor, gains: Tensor) -> Tensor:
    """(B, C, T, F) what is put into channels, as it comes into what is each channel's own; gains (B, F, C, C).

    Powers add: what is put in is taken for independent from channel to channel.
    """
    return torch.einsum("bfij,bjtf->bitf", gains, added)


def deviations(power: Tensor, clean: Tensor, centre: Tensor, spread: Tensor) -> Tensor:
    """Tokens (B, C, T, F), where clean (B, C, T), to (B, C, 1 + T, N_NUMBERS), as `neuro.baseline.Baseline.z`.

    centre, spread: (B, C, 2, N_NUMBERS)
    """
    weight = torch.where(clean.any(2, keepdim=True), clean, 1.0)[..., None]
    mean = (weight * power).sum(2, keepdim=True) / weight.sum(2, keepdim=True)
    log = (torch.cat([mean, power], 2) + FLOOR_UV2).log()
    level = log.mean(-1, keepdim=True)
    return (torch.cat([log - level, level], -1) - centre[:, :, OF_ROW]) / spread[:, :, OF_ROW]
