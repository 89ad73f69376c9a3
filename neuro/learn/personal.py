"""A player's own model: the common one, and beside it what the player's own sittings say at their own sensors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from math import inf, isinf
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import logit
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from neuro.errors import BadRecording
from neuro.learn.adapter import Adapter, Form, adapted, line_of
from neuro.learn.config import Config
from neuro.learn.data import Windows
from neuro.learn.lessons import Lesson, contrast, judged_windows
from neuro.learn.metrics import SURE
from neuro.learn.net import spectra
from neuro.learn.pool import Pool
from neuro.learn.straight import LEAST
from neuro.learn.train import tensors
from neuro.scalp import places
from neuro.scorer import Scorer

BATCHES = 60  # of windows drawn from the lessons
BLOCKS = 4  # of lessons that follow each other; each is held out once, to find how far to go
RIDGES = (0.3, 0.1, 0.03, 0.01)  # what the line costs, by its square, from the dearest
RIDGE_OF_SCALE = 0.01  # own choice: what scaling the base costs, by the square of its logarithm
STEPS = 100  # of L-BFGS; it has settled by then

WORN = replace(Config(), shift=0.0, drop_place=0.0, rise=0.1)
"""The base recipe's augmentation, but that a player's sensors are where they are; and muscle is fined five times as
much, for labels that are often wrong make all log odds smaller (docs/why/0020)."""


class Seen(NamedTuple):
    """Windows as what is learned sees them: (n, k) numbers, (n,) log odds of the base, (n,) labels and weights.

    tense, tense_odds: the same with more muscle in every window
    """

    numbers: Tensor
    odds: Tensor
    tense: Tensor
    tense_odds: Tensor
    engaged: Tensor
    weight: Tensor


class Line(NamedTuple):
    """weight (k,) of the numbers; how sure the base is to be, as a logarithm, and the shift of the constant.

    Labels are often wrong, so the base seems too sure of itself. Could it not be scaled, the line would unsay it.
    """

    weight: Tensor
    log_scale: Tensor
    shift: Tensor

    def odds(self, numbers: Tensor, base: Tensor) -> Tensor:
        return self.log_scale.exp() * base + numbers @ self.weight + self.shift


def personal(
    base: bytes,
    lessons: Sequence[Lesson],
    seed: int,
    watch: Callable[[float], None] = lambda _share: None,
) -> bytes:
    """A model for one player, of the base's kind, sealed; each time from the base, with all lessons anew.

    The base is frozen; what is learned is a straight line more, at the sites of the player's sensors alone, that
    muscle may not raise either. How far it goes is found on lessons held out: nowhere where they say so. Nobody else
    is learned from again: with other sensors it says what the base says, but for scale and shift (docs/why/0020).

    lessons: oldest first; watch: is told the share 0..1 that is done

    Raises: BadModel: the base is damaged. BadRecording: no lesson has moments of both kinds.
    """
    teaching = [one for one in lessons if contrast(one).any()]
    if not teaching:
        raise BadRecording("No sitting has clean moments of both kinds to learn from: play some more.")
    sites = _sites(teaching)
    look = _Look(Scorer(base), Form(sites, line_of(base, sites)), seed, watch)
    blocks = [[teaching[i] for i in some] for some in np.array_split(range(len(teaching)), BLOCKS) if len(some)]
    drawn = [look.lessons(block, round(BATCHES * len(block) / len(teaching))) for block in blocks]
    ridge = _farthest(drawn, [look.judged(block) for block in blocks]) if len(blocks) > 1 else inf
    line = _fit(_joined(drawn), ridge)
    watch(1.0)
    adapter = Adapter(float(line.log_scale.exp()), float(line.shift), sites, look.form.weight(line.weight))
    return adapted(base, adapter, _papers(base, teaching, seed, ridge))


class _Look:
    """Windows as the base and a player's sites see them; tells `watch` of each batch that is drawn."""

    def __init__(self, scorer: Scorer, form: Form, seed: int, watch: Callable[[float], None]) -> None:
        self.form = form
        self._scorer = scorer
        self._chance = Generator().manual_seed(seed)
        self._watch, self._batches = watch, 0

    def lessons(self, some: Sequence[Lesson], batches: int) -> Seen:
        """Batches of disturbed windows, drawn by how far they are believed, of every montage in turn."""
        by_montage = groupby(sorted(some, key=_montage), _montage)
        pools = [self._pool(list(alike)) for _, alike in by_montage]
        return _joined([self._batch(pools[i % len(pools)]) for i in range(max(batches, 1))])

    def _pool(self, alike: Sequence[Lesson]) -> Pool:
        people, weights = [one.person for one in alike], [contrast(one) for one in alike]
        return Pool(people, self._scorer.usual_spread, WORN, self._chance, weights)

    def _batch(self, pool: Pool) -> Seen:
        batch = pool.draw(WORN, self._chance)
        numbers, odds = self._seen(*batch.inputs)
        tense, tense_odds = self._seen(batch.tense, *batch.inputs[1:])
        self._batches += 1
        self._watch(min(self._batches / (BATCHES + BLOCKS), 1.0))
        return Seen(numbers, odds, tense, tense_odds, batch.engaged, torch.ones_like(batch.engaged))

    def judged(self, some: Sequence[Lesson]) -> Seen:
        """Every window as it was, as the gate judges it."""
        return _joined([self._windows(judged_windows(one, self._scorer.usual_spread)) for one in some])

    def _windows(self, some: Windows) -> Seen:
        numbers, odds = self._seen(*tensors(some))
        engaged, weight = (torch.from_numpy(each).float() for each in (some.engaged, some.weight))
        return Seen(numbers, odds, numbers, odds, engaged, weight)

    def _seen(self, z: Tensor, clean: Tensor, at: Tensor, eyes: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
        """(B, k) the numbers that are learned with, and (B,) what the base says."""
        looks = torch.where(seen[..., None] > 0, eyes, torch.nan)
        rows = zip(*(each.numpy() for each in (z, clean, at, looks)), strict=True)
        score = np.array([self._scorer(one, kept > 0, where, look).score for one, kept, where, look in rows])
        odds = torch.from_numpy(logit(np.clip(score, SURE, 1 - SURE))).float()
        return self.form.numbers(spectra(z, clean), at), odds


def _farthest(drawn: Sequence[Seen], judged: Sequence[Seen]) -> float:
    """From the dearest line as far as each step errs less by more than its standard error on what it has not seen.

    No line at all only where the dearest errs more by as much: labels are noisy, and a short way is seldom wrong.
    Source: after Hastie et al. 2009, The Elements of Statistical Learning, 7.10 (one standard error).
    """
    wrong = {ridge: _held_out(drawn, judged, ridge) for ridge in (inf, *RIDGES)}
    if _surely_less(wrong[inf], wrong[RIDGES[0]]):
        return inf
    best = RIDGES[0]
    for ridge in RIDGES[1:]:
        best = ridge if _surely_less(wrong[ridge], wrong[best]) else best
    return best


def _held_out(drawn: Sequence[Seen], judged: Sequence[Seen], ridge: float) -> NDArray[np.float64]:
    """(blocks,) what each costs by the line of the others, nats."""
    lines = [_fit(_joined([*drawn[:out], *drawn[out + 1 :]]), ridge) for out in range(len(drawn))]
    return np.array([_nats(block, line) for block, line in zip(judged, lines, strict=True)])


def _surely_less(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    gained = other - one
    return bool(gained.mean() > gained.std(ddof=1) / np.sqrt(len(gained)))


def _fit(seen: Seen, ridge: float) -> Line:
    """Logistic regression from where the base stands: the nearer to it, the dearer each step. One optimum, no chance.

    The muscle's rise is fined as in `neuro.learn.straight`.
    """
    size = seen.numbers.std(0).clamp(min=LEAST)
    weight, log_scale, shift = (torch.zeros(n, requires_grad=True) for n in (len(size), 1, 1))
    learned = [log_scale, shift] if isinf(ridge) else [log_scale, shift, weight]
    optimiser: torch.optim.Optimizer = torch.optim.LBFGS(learned, max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimiser.zero_grad()
        line = Line(weight / size, log_scale, shift)
        calm = line.odds(seen.numbers, seen.odds)
        risen = (line.odds(seen.tense, seen.tense_odds) - calm).clamp(min=0).square().mean()
        whole = F.binary_cross_entropy_with_logits(calm, seen.engaged) + WORN.rise * risen
        whole = whole + RIDGE_OF_SCALE * log_scale.square().sum() / 2
        whole = whole if isinf(ridge) else whole + ridge * weight.square().sum() / 2
        torch.autograd.backward(whole)
        return float(whole.detach())

    optimiser.step(loss)
    return Line(weight.detach() / size, log_scale.detach(), shift.detach())


def _nats(seen: Seen, line: Line) -> float:
    """Weighted cross-entropy, summed."""
    odds = line.odds(seen.numbers, seen.odds)
    return float(F.binary_cross_entropy_with_logits(odds, seen.engaged, seen.weight, reduction="sum"))


def _montage(one: Lesson) -> tuple[str, ...]:
    return one.person.channels


def _joined(parts: Sequence[Seen]) -> Seen:
    return Seen(*(torch.cat(column) for column in zip(*parts, strict=True)))


def _sites(lessons: Iterable[Lesson]) -> NDArray[np.float32]:
    """(J, N_PLACE) where the player's sensors sit, each once; none of those whose place nobody knows."""
    at = places(sorted({channel for one in lessons for channel in one.person.channels}))
    return at[at[:, 3] > 0]


def _papers(base: bytes, lessons: Sequence[Lesson], seed: int, ridge: float) -> dict[str, str]:
    windows = sum(int((contrast(one) > 0).sum()) for one in lessons)
    return {
        "parent": sha256(base).hexdigest(),
        "lessons": str(len(lessons)),
        "windows": str(windows),
        "what": "A player's own: the common model, and a straight line more at the sites of the player's sensors",
        "seed": str(seed),
        "ridge": f"{ridge:g}",
    }
