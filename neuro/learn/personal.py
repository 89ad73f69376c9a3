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
from neuro.learn.adapter import Adapter, Form, adapted, line_of
from neuro.learn.config import Config
from neuro.learn.data import at_windows
from neuro.learn.lessons import Lesson, contrast, heard
from neuro.learn.metrics import SURE
from neuro.learn.net import spectra
from neuro.learn.pool import Pool
from neuro.learn.straight import LEAST as LEAST_SPREAD
from neuro.learn.train import tensors
from neuro.scalp import places
from neuro.scorer import Scorer
from neuro.tokens import STEPS as TOKENS

BATCHES = 8  # of windows drawn of a lesson, on average
ROUNDS = 2  # in which labels are found anew with what the model says; own choice
RIDGE = 1.0
"""What the line costs, by its square, shared by the lessons: a spread of lines that are likely before any is seen."""
RIDGE_OF_SCALE = 0.1  # what scaling the base costs, by the square of its logarithm
STEPS = 100  # of L-BFGS; it has settled by then
LEAST = 2  # lessons that a model is made of, when it is to be judged by the next

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
    muscle may not raise either. Nobody else is learned from again: with other sensors it says what the base says, but
    for scale and shift (docs/why/0020).

    lessons: oldest first; watch: is told the share 0..1 that is done

    Raises: BadModel: the base is damaged. BadRecording: no lesson has moments of both kinds.
    """
    own = _Own(base, lessons, seed, watch)
    model = own.after(len(own.lessons))
    watch(1.0)
    return model


def course(
    base: bytes,
    lessons: Sequence[Lesson],
    seed: int,
    watch: Callable[[float], None] = lambda _share: None,
) -> tuple[bytes, list[tuple[bytes, Lesson]]]:
    """As `personal`, and from the third lesson on each with the model that those before it would have made.

    So every lesson but the first LEAST judges how the player is learned, by a model that has not seen it.

    Raises: as `personal`.
    Source: Dawid 1984, J R Stat Soc A 147:278 (prequential).
    """
    own = _Own(base, lessons, seed, watch)
    n = len(own.lessons)
    so_far = []
    for done in range(LEAST, n):
        so_far.append((own.after(done), own.lessons[done]))
        watch(_DRAWN + (1 - _DRAWN) * done / n)
    model = own.after(n)
    watch(1.0)
    return model, so_far


_DRAWN = 0.5  # of the time that a course takes, about


class _Own:
    """What can be learned of a player's lessons, seen once by the base, however many of them are learned from."""

    def __init__(self, base: bytes, lessons: Sequence[Lesson], seed: int, watch: Callable[[float], None]) -> None:
        self.lessons = [one for one in lessons if contrast(one).any()]
        if not self.lessons:
            raise BadRecording("No sitting has clean moments of both kinds to learn from: play some more.")
        self._base, self._seed = base, seed
        self._sites = _sites(self.lessons)
        self._form = Form(self._sites, line_of(base, self._sites))
        look = _Look(Scorer(base), self._form)
        self._drawn = look.lessons(self.lessons, Generator().manual_seed(seed), watch)
        self._asked = [look.asked(one) for one in self.lessons]

    def after(self, n: int) -> bytes:
        """The model of the first n lessons."""
        line = self._line(n)
        adapter = Adapter(float(line.log_scale.exp()), float(line.shift), self._sites, self._form.weight(line.weight))
        return adapted(self._base, adapter, _papers(self._base, self.lessons[:n], self._seed))

    def _line(self, n: int) -> Line:
        """By what was done; and again with labels that the line itself has found with it (docs/why/0032)."""
        some = self._drawn.of_first(n)
        line = _fit(some.labelled(self.lessons[:n]), RIDGE / n)
        for _ in range(ROUNDS):
            said = [heard(one, asked.said(line)) for one, asked in zip(self.lessons[:n], self._asked, strict=False)]
            line = _fit(some.labelled(said), RIDGE / n)
        return line


class _Drawn(NamedTuple):
    """Disturbed windows (n,) as in `Seen`, and which lesson and which of its windows each is."""

    numbers: Tensor
    odds: Tensor
    tense: Tensor
    tense_odds: Tensor
    lesson: Tensor
    window: Tensor

    def of_first(self, n: int) -> "_Drawn":
        return _Drawn(*(each[self.lesson < n] for each in self))

    def labelled(self, lessons: Sequence[Lesson]) -> Seen:
        """By the labels of these lessons, weighed by `contrast`."""
        first = np.cumsum([0, *(len(one.person.ends) for one in lessons[:-1])])
        at = first[self.lesson.numpy()] + self.window.numpy()
        engaged = np.concatenate([one.person.engaged for one in lessons])[at]
        weight = np.concatenate([contrast(one) for one in lessons])[at]
        return Seen(*self[:4], torch.from_numpy(engaged).float(), torch.from_numpy(weight).float())


class _Asked(NamedTuple):
    """Windows of a lesson of which no two share a token, as they were.

    chosen: which of the m windows of the lesson
    """

    numbers: Tensor
    odds: Tensor
    chosen: NDArray[np.intp]
    m: int

    def said(self, line: Line) -> NDArray[np.float64]:
        """(m,) the log odds of the line; NaN where it was not asked."""
        found = np.full(self.m, np.nan)
        found[self.chosen] = line.odds(self.numbers, self.odds).numpy()
        return found


class _Look:
    """Windows as the base and a player's sites see them."""

    def __init__(self, scorer: Scorer, form: Form) -> None:
        self._scorer, self._form = scorer, form

    def lessons(self, some: Sequence[Lesson], chance: Generator, watch: Callable[[float], None]) -> _Drawn:
        """Batches of disturbed windows, drawn evenly from those that could have paid, of every montage in turn."""
        numbered = sorted(enumerate(some), key=lambda one: _montage(one[1]))
        pools = [
            _Pooled(list(alike), self._scorer, chance) for _, alike in groupby(numbered, lambda one: _montage(one[1]))
        ]
        batches = BATCHES * len(some)
        parts = []
        for i in range(batches):
            parts.append(self._batch(pools[i % len(pools)], chance))
            watch(_DRAWN * (i + 1) / batches)
        return _Drawn(*(torch.cat(column) for column in zip(*parts, strict=True)))

    def _batch(self, pooled: "_Pooled", chance: Generator) -> _Drawn:
        batch = pooled.pool.draw(WORN, chance)
        calm = self._seen(*batch.inputs)
        tense = self._seen(batch.tense, *batch.inputs[1:])
        return _Drawn(*calm, *tense, pooled.lesson[batch.chosen], pooled.window[batch.chosen])

    def asked(self, one: Lesson) -> _Asked:
        """Every window that could have paid, four seconds apart."""
        chosen = np.flatnonzero(one.person.payable & (one.person.ends % TOKENS == 0))
        some = at_windows(one.person, chosen, np.ones(len(chosen)), self._scorer.usual_spread)
        return _Asked(*self._seen(*tensors(some)), chosen, len(one.person.ends))

    def _seen(self, z: Tensor, clean: Tensor, at: Tensor, eyes: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
        """(B, k) the numbers that are learned with, and (B,) what the base says."""
        looks = torch.where(seen[..., None] > 0, eyes, torch.nan)
        rows = zip(*(each.numpy() for each in (z, clean, at, looks)), strict=True)
        score = np.array([self._scorer(one, kept > 0, where, look).score for one, kept, where, look in rows])
        odds = torch.from_numpy(logit(np.clip(score, SURE, 1 - SURE))).float()
        return self._form.numbers(spectra(z, clean), at), odds


class _Pooled:
    """Lessons with the same sensors, by their numbers; lesson, window: (m,) which each window of the pool is."""

    def __init__(self, alike: Sequence[tuple[int, Lesson]], scorer: Scorer, chance: Generator) -> None:
        people = [one.person for _, one in alike]
        self.pool = Pool(people, scorer.usual_spread, WORN, chance, [one.payable.astype(float) for one in people])
        sizes = [len(one.ends) for one in people]
        self.lesson = torch.from_numpy(np.repeat([number for number, _ in alike], sizes))
        self.window = torch.from_numpy(np.concatenate([np.arange(size) for size in sizes]))


def _fit(seen: Seen, ridge: float) -> Line:
    """Logistic regression from where the base stands: the nearer to it, the dearer each step. One optimum, no chance.

    The muscle's rise is fined as in `neuro.learn.straight`.
    """
    size = seen.numbers.std(0).clamp(min=LEAST_SPREAD)
    weight, log_scale, shift = (torch.zeros(n, requires_grad=True) for n in (len(size), 1, 1))
    share = seen.weight / seen.weight.sum().clamp(min=LEAST_SPREAD)  # where nothing is known the base stays
    optimiser: torch.optim.Optimizer = torch.optim.LBFGS(
        [weight, log_scale, shift], max_iter=STEPS, line_search_fn="strong_wolfe"
    )

    def loss() -> float:
        optimiser.zero_grad()
        line = Line(weight / size, log_scale, shift)
        calm = line.odds(seen.numbers, seen.odds)
        risen = (line.odds(seen.tense, seen.tense_odds) - calm).clamp(min=0).square().mean()
        wrong = F.binary_cross_entropy_with_logits(calm, seen.engaged, share, reduction="sum")
        dear = ridge * weight.square().sum() + RIDGE_OF_SCALE * log_scale.square().sum()
        whole = wrong + WORN.rise * risen + dear / 2
        torch.autograd.backward(whole)
        return float(whole.detach())

    optimiser.step(loss)
    return Line(weight.detach() / size, log_scale.detach(), shift.detach())


def _montage(one: Lesson) -> tuple[str, ...]:
    return one.person.channels


def _sites(lessons: Iterable[Lesson]) -> NDArray[np.float32]:
    """(J, N_PLACE) where the player's sensors sit, each once; none of those whose place nobody knows."""
    at = places(sorted({channel for one in lessons for channel in one.person.channels}))
    return at[at[:, 3] > 0]


def _papers(base: bytes, lessons: Sequence[Lesson], seed: int) -> dict[str, str]:
    windows = sum(int((contrast(one) > 0).sum()) for one in lessons)
    return {
        "parent": sha256(base).hexdigest(),
        "lessons": str(len(lessons)),
        "windows": str(windows),
        "what": "A player's own: the common model, and a straight line more at the sites of the player's sensors",
        "seed": str(seed),
    }
