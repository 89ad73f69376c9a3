"""Windows to learn from, as tensors: batches drawn evenly over people, with other montages and disturbances."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from neuro.baseline import FARTHEST, shrunk
from neuro.learn.augment import Batch, disturbed, shape_of, tightened
from neuro.learn.config import Config
from neuro.learn.data import Person
from neuro.scalp import places
from neuro.tokens import STEPS

_STEPS = torch.arange(1 - STEPS, 1)


class Pool:
    """All windows of people with the same montage: N tokens, M windows, P people, C channels, T steps, F bins."""

    def __init__(
        self,
        people: Sequence[Person],
        usual_spread: NDArray[np.float64],
        weights: Sequence[NDArray[np.float64]] | None = None,
    ) -> None:
        """weights: for each person (m,) how often a window is drawn; None has both labels of each come as often."""
        weights = [_even(person.engaged) for person in people] if weights is None else weights
        sizes = [len(person.power) for person in people]
        offsets = np.cumsum([0, *sizes[:-1]])
        spread = [shrunk(person.spread, usual_spread, person.rest_s) for person in people]
        self._power = torch.from_numpy(np.concatenate([person.power for person in people]))  # (N, C, F)
        self._clean = torch.from_numpy(np.concatenate([person.clean for person in people])).float()  # (N, C)
        self._eyes = torch.from_numpy(np.concatenate([person.eyes for person in people]))  # (N, N_EYES)
        self._centre = torch.from_numpy(np.stack([person.centre for person in people])).float()  # (P, C, F)
        self._spread = torch.from_numpy(np.stack(spread)).float()  # (P, C, F)
        self._places = torch.from_numpy(places(people[0].channels))  # (C, N_PLACE)
        ends = [person.ends + offset for person, offset in zip(people, offsets, strict=True)]
        self._ends = torch.from_numpy(np.concatenate(ends))  # (M,)
        self._owner = torch.from_numpy(np.repeat(np.arange(len(people)), [len(each) for each in ends]))  # (M,)
        self._engaged = torch.from_numpy(np.concatenate([person.engaged for person in people])).float()  # (M,)
        self._weight = torch.from_numpy(np.concatenate(weights))  # (M,)

    def draw(self, config: Config, chance: Generator) -> Batch:
        """B windows, all of as many channels as chance has it, each of other channels, rest and task of each person
        as likely."""
        b, n_channels = config.batch, len(self._places)
        chosen = torch.multinomial(self._weight, b, replacement=True, generator=chance)
        rows = self._ends[chosen, None] + _STEPS  # (B, T)
        k = int(torch.randint(1, min(config.most_channels, n_channels) + 1, (1,), generator=chance))
        picked = torch.rand((b, n_channels), generator=chance).argsort(1)[:, :k]  # (B, k)
        z, tense = self._deviations(rows, picked, self._owner[chosen], config, chance)
        return Batch(
            z=z,
            tense=tense,
            clean=self._left(rows, picked, config, chance),
            places=self._moved(picked, config, chance),
            eyes=torch.nan_to_num(self._eyes[rows]),
            seen=torch.isfinite(self._eyes[rows]).all(2) * _kept((b, 1), config.drop_eyes, chance),
            engaged=self._engaged[chosen],
        )

    def _deviations(
        self, rows: Tensor, picked: Tensor, owner: Tensor, config: Config, chance: Generator
    ) -> tuple[Tensor, Tensor]:
        """(B, k, T, F) as they would have been with what is put into them, and the same with more muscle."""
        power = disturbed(self._power[rows[:, None], picked[:, :, None]], self._places[picked], config, chance)
        whose = owner[:, None], picked
        centre, spread = self._centre[whose][:, :, None], self._spread[whose][:, :, None]
        noise = config.noise * torch.randn((*power.shape[:3], centre.shape[-1]), generator=chance)
        noise[..., -1:] += config.contact * torch.randn((*power.shape[:2], 1, 1), generator=chance)
        calm, tense = (
            ((shape_of(each) - centre) / spread + noise).clamp(-FARTHEST, FARTHEST)
            for each in (power, tightened(power, chance))
        )
        return calm, tense

    def _left(self, rows: Tensor, picked: Tensor, config: Config, chance: Generator) -> Tensor:
        """(B, k, T) which tokens may be looked at; of some no channel, so that eyes alone are learned, too."""
        clean = self._clean[rows[:, None], picked[:, :, None]]
        clean = clean * _kept((*picked.shape, 1), config.drop_channel, chance)
        clean = clean * _kept(tuple(clean.shape), config.drop_token, chance)
        blind = torch.isfinite(self._eyes[rows]).all(2).any(1)[:, None, None]
        return clean * torch.where(blind, _kept((len(rows), 1, 1), config.drop_eeg, chance), 1.0)

    def _moved(self, picked: Tensor, config: Config, chance: Generator) -> Tensor:
        """(B, k, N_PLACE) a little beside where they should sit; of some windows nobody knows where."""
        at = self._places[picked]
        moved = at[..., :3] + config.shift * torch.randn((*picked.shape, 3), generator=chance)
        return torch.cat([moved * at[..., 3:], at[..., 3:]], 2) * _kept((len(at), 1, 1), config.drop_place, chance)


def _even(engaged: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m,) weights of one person's windows: both labels weigh the same."""
    n = np.array([(engaged == 0).sum(), (engaged == 1).sum()])
    return np.asarray(1.0 / n[engaged.astype(int)])


def _kept(shape: tuple[int, ...], dropped: float, chance: Generator) -> Tensor:
    return (torch.rand(shape, generator=chance) >= dropped).float()
