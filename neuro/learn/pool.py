"""Windows to learn from, as tensors: batches drawn evenly over people, with other montages and disturbances."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from neuro.baseline import FARTHEST, shrunk
from neuro.learn.augment import Batch, above, deviations, disturbances, into, tension
from neuro.learn.config import Config
from neuro.learn.data import Person, with_channels
from neuro.scalp import places
from neuro.spectrum import own_bins
from neuro.tokens import STEPS

_STEPS = torch.arange(1 - STEPS, 1)


class Pool:
    """All windows of people who wore the same sensors, as if they had worn some of them: M windows, P people."""

    def __init__(
        self,
        people: Sequence[Person],
        usual_spread: NDArray[np.float64],
        config: Config,
        chance: Generator,
        weights: Sequence[NDArray[np.float64]] | None = None,
    ) -> None:
        """weights: for each person (m,) how often a window is drawn; None has both labels of each come as often."""
        weights = [_even(person.engaged) for person in people] if weights is None else weights
        sizes = [len(person.power) for person in people]
        offsets = np.cumsum([0, *sizes[:-1]])
        self._eyes = torch.from_numpy(np.concatenate([person.eyes for person in people]))  # (N, N_EYES)
        ends = [person.ends + offset for person, offset in zip(people, offsets, strict=True)]
        self._ends = torch.from_numpy(np.concatenate(ends))  # (M,)
        self._owner = torch.from_numpy(np.repeat(np.arange(len(people)), [len(each) for each in ends]))  # (M,)
        self._engaged = torch.from_numpy(np.concatenate([person.engaged for person in people])).float()  # (M,)
        self._weight = torch.from_numpy(np.concatenate(weights))  # (M,)
        self._drawn = [_some(len(people[0].channels), config, chance) for _ in range(config.montages)]
        self._worn = {rows: _Worn(people, rows, usual_spread) for rows in set(self._drawn)}

    def draw(self, config: Config, chance: Generator) -> Batch:
        """B windows of one montage, rest and task of each person as likely."""
        chosen = torch.multinomial(self._weight, config.batch, replacement=True, generator=chance)
        rows = self._ends[chosen, None] + _STEPS  # (B, T)
        worn = self._worn[self._drawn[int(torch.randint(len(self._drawn), (1,), generator=chance))]]
        seen = torch.isfinite(self._eyes[rows]).all(2)
        clean = _left(worn.clean[rows].transpose(1, 2), seen, config, chance)
        z, tense = worn.deviations(rows, self._owner[chosen], clean, config, chance)
        return Batch(
            z=z,
            tense=tense,
            clean=clean,
            places=_moved(worn.places.expand(len(rows), -1, -1), config, chance),
            eyes=torch.nan_to_num(self._eyes[rows]),
            seen=seen * _kept((len(rows), 1), config.drop_eyes, chance),
            engaged=self._engaged[chosen],
            chosen=chosen,
        )


class _Worn:
    """People with some of their sensors: N tokens, P people, C channels, F bins.

    clean: (N, C); places: (C, N_PLACE)
    """

    def __init__(self, people: Sequence[Person], rows: Sequence[int], usual_spread: NDArray[np.float64]) -> None:
        some = [with_channels(person, rows) for person in people]
        spread = [shrunk(one.spread, usual_spread, one.rest_s) for one in some]
        self.clean = torch.from_numpy(np.concatenate([one.clean for one in some])).float()
        self.places = torch.from_numpy(places(some[0].channels))
        self._power = torch.from_numpy(np.concatenate([one.power for one in some]))  # (N, C, F)
        self._fast = torch.cat([above_30_hz(one) for one in some])  # (N, C)
        self._centre = torch.from_numpy(np.stack([one.centre for one in some])).float()  # (P, C, 2, N_NUMBERS)
        self._spread = torch.from_numpy(np.stack(spread)).float()  # (P, C, 2, N_NUMBERS)
        self._sign = torch.tensor([one.sign for one in some])[:, None, None, None]
        self._gains = torch.from_numpy(np.stack([one.gains for one in some]))  # (P, F, C, C)

    def deviations(
        self, rows: Tensor, owner: Tensor, clean: Tensor, config: Config, chance: Generator
    ) -> tuple[Tensor, Tensor]:
        """(B, C, 1 + T, N_NUMBERS) as they would have been with what is put into them, and with more muscle still."""
        b, t = rows.shape
        gains, centre, spread = self._gains[owner], self._centre[owner], self._spread[owner]
        put_in = disturbances(self.places.expand(b, -1, -1), t, config, chance)
        power = self._power[rows].transpose(1, 2) + into(put_in, gains)
        tense = power + into(tension(self._fast[rows].mean(1) + above(put_in).mean(2), chance), gains)
        noise = config.noise * torch.randn((b, len(self.places), 1 + t, centre.shape[-1]), generator=chance)
        noise[..., -1:] += config.contact * torch.randn((b, len(self.places), 1, 1), generator=chance)
        sign = self._sign[owner]
        calm, more = (
            (sign * deviations(each, clean, centre, spread) + noise).clamp(-FARTHEST, FARTHEST)
            for each in (power, tense)
        )
        return calm, more


def _some(n_channels: int, config: Config, chance: Generator) -> tuple[int, ...]:
    """Rows of a montage; every number of sensors is as likely."""
    k = int(torch.randint(1, min(config.most_channels, n_channels) + 1, (1,), generator=chance))
    return tuple(sorted(torch.randperm(n_channels, generator=chance)[:k].tolist()))


def above_30_hz(person: Person) -> Tensor:
    """(n, n_channels) microvolts squared that a bin above 30 Hz has, as the sensors have it."""
    power = (person.bins**2).sum(axis=2) @ own_bins(person.alpha_hz).astype(np.float32)
    return above(torch.from_numpy(power))


def _left(clean: Tensor, seen: Tensor, config: Config, chance: Generator) -> Tensor:
    """(B, C, T) which tokens may be looked at; of some no channel, so that eyes alone are learned, too."""
    clean = clean * _kept((*clean.shape[:2], 1), config.drop_channel, chance)
    clean = clean * _kept(tuple(clean.shape), config.drop_token, chance)
    blind = seen.any(1)[:, None, None]
    return clean * torch.where(blind, _kept((len(clean), 1, 1), config.drop_eeg, chance), 1.0)


def _moved(at: Tensor, config: Config, chance: Generator) -> Tensor:
    """(B, C, N_PLACE) a little beside where they should sit; of some windows nobody knows where."""
    moved = at[..., :3] + config.shift * torch.randn((*at.shape[:2], 3), generator=chance)
    return torch.cat([moved * at[..., 3:], at[..., 3:]], 2) * _kept((len(at), 1, 1), config.drop_place, chance)


def _even(engaged: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m,) weights of one person's windows: both labels weigh the same."""
    n = np.array([(engaged == 0).sum(), (engaged == 1).sum()])
    return np.asarray(1.0 / n[engaged.astype(int)])


def _kept(shape: tuple[int, ...], dropped: float, chance: Generator) -> Tensor:
    return (torch.rand(shape, generator=chance) >= dropped).float()
