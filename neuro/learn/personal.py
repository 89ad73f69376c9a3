"""A player's own model: the common one, and beside it what the player's own sittings say at their own sensors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import logit
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from neuro.errors import BadRecording
from neuro.learn.adapter import Adapter, adapted, near
from neuro.learn.config import Config
from neuro.learn.data import Person, Windows
from neuro.learn.lessons import Lesson, contrast, judged_windows
from neuro.learn.metrics import SURE
from neuro.learn.pool import Pool
from neuro.learn.straight import LEAST, spectra
from neuro.learn.train import tensors
from neuro.scalp import places
from neuro.scorer import Scorer
from neuro.spectrum import N_NUMBERS

BATCHES, KEPT_BATCHES = 60, 20
"""Of windows drawn from the lessons, and from those of whom the same is to be said as before."""

NEWEST = 0.25  # of the lessons: held out to find how far to go
RIDGES = (10.0, 3.0, 1.0, 0.3, 0.1)  # what the adapter's weights cost, from the dearest
APART = 0.5  # how far the weights of single sites may go, against those that all sites share; own choice
KEEP = 0.1  # what it costs, by its square, to say something else of the others
STEPS = 100  # of L-BFGS; it has settled by then

WORN = replace(Config(), shift=0.0, drop_place=0.0)
"""The base recipe's augmentation, but that a player's sensors are where they are."""


class Seen(NamedTuple):
    """Windows as an adapter sees them: (n, k) numbers at the player's sites, (n,) log odds of the base, (n,) labels.

    tense, tense_odds: the same with more muscle in every window
    """

    own: Tensor
    odds: Tensor
    tense: Tensor
    tense_odds: Tensor
    engaged: Tensor
    weight: Tensor


def personal(
    base: bytes,
    lessons: Sequence[Lesson],
    seed: int,
    watch: Callable[[float], None] = lambda _share: None,
    replay: Sequence[Person] = (),
) -> bytes:
    """A model for one player, of the base's kind, sealed; each time from the base, with all lessons anew.

    The base is frozen; what is learned is a straight line more, at the sites of the player's sensors alone, that
    muscle may not raise either. How far it goes is found on the newest lessons, held out: not a step where they say
    so.

    lessons: oldest first; watch: is told the share 0..1 that is done
    replay:  others, of whom much the same is to be said as before

    Raises: BadModel: the base is damaged. BadRecording: no lesson has moments of both kinds.
    """
    teaching = [one for one in lessons if contrast(one).any()]
    if not teaching:
        raise BadRecording("No sitting has clean moments of both kinds to learn from: play some more.")
    look = _Look(Scorer(base), _sites(teaching), seed, watch, 1 / (2 * BATCHES + KEPT_BATCHES))
    kept = look.drawn(replay, None, KEPT_BATCHES) if replay else None
    first = len(teaching) - int(NEWEST * len(teaching))
    share = first / len(teaching)
    before = look.lessons(teaching[:first], round(share * BATCHES))
    ridge: float | None = RIDGES[0]
    everything = before
    if first < len(teaching):
        ridge = _farthest(before, kept, look.judged(teaching[first:]))
        everything = _joined([before, look.lessons(teaching[first:], BATCHES - round(share * BATCHES))])
    line = _fit(everything, kept, ridge) if ridge else _nothing(everything)
    watch(1.0)
    return adapted(base, line.adapter(look.sites), _papers(base, teaching, seed, ridge))


class _Line(NamedTuple):
    """weight (k,) of the numbers that are seen at the sites, and the shift of the constant."""

    weight: Tensor
    shift: Tensor

    def odds(self, own: Tensor, base: Tensor) -> Tensor:
        return base + own @ self.weight + self.shift

    def adapter(self, sites: Tensor) -> Adapter:
        shared, *single = self.weight.view(-1, N_NUMBERS)
        return Adapter(sites.numpy(), (shared + APART * torch.stack(single)).numpy(), float(self.shift))


class _Look:
    """Windows as the base and a player's sites see them; tells `watch` how many batches were drawn."""

    def __init__(self, scorer: Scorer, sites: Tensor, seed: int, watch: Callable[[float], None], step: float) -> None:
        self.sites = sites
        self._scorer = scorer
        self._chance = Generator().manual_seed(seed)
        self._watch, self._step, self._done = watch, step, 0

    def lessons(self, some: Sequence[Lesson], batches: int) -> Seen:
        """Drawn by how far they are believed."""
        return self.drawn([one.person for one in some], [contrast(one) for one in some], batches)

    def drawn(self, people: Sequence[Person], weights: Sequence[NDArray[np.float64]] | None, batches: int) -> Seen:
        """Batches of disturbed windows, of every montage in turn."""
        numbers = sorted(range(len(people)), key=lambda i: people[i].channels)
        alike = [list(some) for _, some in groupby(numbers, lambda i: people[i].channels)]
        pools = [
            Pool([people[i] for i in some], self._scorer.usual_spread, weights and [weights[i] for i in some])
            for some in alike
        ]
        return _joined([self._batch(pools[i % len(pools)]) for i in range(batches)])

    def _batch(self, pool: Pool) -> Seen:
        batch = pool.draw(WORN, self._chance)
        own, odds = self._seen(*batch.inputs)
        tense, tense_odds = self._seen(batch.tense, *batch.inputs[1:])
        self._done += 1
        self._watch(min(self._step * self._done, 1.0))
        return Seen(own, odds, tense, tense_odds, batch.engaged, torch.ones_like(batch.engaged))

    def judged(self, some: Sequence[Lesson]) -> Seen:
        """Every window as it was, as the gate judges it."""
        parts = [judged_windows(one, self._scorer.usual_spread) for one in some]
        return _joined([self._windows(part) for part in parts if len(part.z)])

    def _windows(self, some: Windows) -> Seen:
        own, odds = self._seen(*tensors(some))
        engaged, weight = (torch.from_numpy(each).float() for each in (some.engaged, some.weight))
        return Seen(own, odds, own, odds, engaged, weight)

    def _seen(self, z: Tensor, clean: Tensor, at: Tensor, eyes: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
        """(B, (1 + J) x F) what all sites see together, and each by itself; (B,) what the base says."""
        own = torch.einsum("bcj,bcf->bjf", near(at, self.sites), spectra(z, clean))
        looks = torch.where(seen[..., None] > 0, eyes, torch.nan)
        rows = zip(*(each.numpy() for each in (z, clean, at, looks)), strict=True)
        score = np.array([self._scorer(a, b > 0, c, d).score for a, b, c, d in rows])
        odds = torch.from_numpy(logit(np.clip(score, SURE, 1 - SURE))).float()
        return torch.cat([own.sum(1, keepdim=True), APART * own], 1).flatten(1), odds


def _farthest(before: Seen, kept: Seen | None, held_out: Seen) -> float | None:
    """The ridge whose line, learned before, errs least on what is held out; None where the base errs less."""
    wrong: dict[float | None, float] = {None: _wrong(held_out, _nothing(held_out))}
    wrong |= {ridge: _wrong(held_out, _fit(before, kept, ridge)) for ridge in RIDGES}
    return min(wrong, key=lambda ridge: wrong[ridge])


def _nothing(seen: Seen) -> _Line:
    return _Line(torch.zeros(seen.own.shape[1]), torch.zeros(1))


def _fit(seen: Seen, kept: Seen | None, ridge: float) -> _Line:
    """Logistic regression from where the base stands: the nearer to it, the dearer each step. One optimum, no chance.

    The muscle's rise is fined as in `neuro.learn.straight`.
    """
    size = seen.own.std(0).clamp(min=LEAST)
    weight, shift = torch.zeros(len(size), requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser: torch.optim.Optimizer = torch.optim.LBFGS(
        [weight, shift], max_iter=STEPS, line_search_fn="strong_wolfe"
    )

    def loss() -> float:
        optimiser.zero_grad()
        line = _Line(weight / size, shift)
        calm = line.odds(seen.own, seen.odds)
        risen = (line.odds(seen.tense, seen.tense_odds) - calm).clamp(min=0).square().mean()
        whole = F.binary_cross_entropy_with_logits(calm, seen.engaged) + WORN.rise * risen
        whole = whole + ridge * weight.square().sum() / 2
        if kept is not None:
            whole = whole + KEEP * (line.odds(kept.own, kept.odds) - kept.odds).square().mean()
        torch.autograd.backward(whole)
        return float(whole.detach())

    optimiser.step(loss)
    return _Line(weight.detach() / size, shift.detach())


def _wrong(seen: Seen, line: _Line) -> float:
    """Weighted cross-entropy, nats."""
    odds = line.odds(seen.own, seen.odds)
    return float(
        F.binary_cross_entropy_with_logits(odds, seen.engaged, seen.weight, reduction="sum") / seen.weight.sum()
    )


def _joined(parts: Sequence[Seen]) -> Seen:
    return Seen(*(torch.cat(column) for column in zip(*parts, strict=True)))


def _papers(base: bytes, lessons: Sequence[Lesson], seed: int, ridge: float | None) -> dict[str, str]:
    windows = sum(int((contrast(one) > 0).sum()) for one in lessons)
    return {
        "parent": sha256(base).hexdigest(),
        "lessons": str(len(lessons)),
        "what": "A player's own: the common model, and a straight line more at the sites of the player's sensors",
        "windows": str(windows),
        "seed": str(seed),
        "ridge": "nothing was worth a change" if ridge is None else f"{ridge:g}",
    }


def _sites(lessons: Iterable[Lesson]) -> Tensor:
    """(J, 3) where the player's sensors sit, each once; none of those whose place nobody knows."""
    channels = sorted({channel for one in lessons for channel in one.person.channels})
    at = torch.from_numpy(places(channels))
    return at[at[:, 3] > 0, :3]
