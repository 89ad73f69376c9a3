"""What homes learn together: a change of the common model's straight line and constant; nothing else moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from scipy.special import logit
from torch import Generator, Tensor

from neuro.errors import BadModel
from neuro.learn.augment import Batch
from neuro.learn.config import Config
from neuro.learn.lessons import Lesson, contrast
from neuro.learn.net import spectra
from neuro.learn.pool import Pool
from neuro.scalp import N_PLACE
from neuro.scorer import Scorer
from neuro.seal import sealed
from neuro.spectrum import N_NUMBERS

N_LINE = (N_PLACE + 1) * N_NUMBERS + 1
"""Numbers of a change: what each bin says by where its channels sit, what it says by itself, and the constant."""

BATCHES = 8
"""Of `Config.batch` windows that are drawn of each sitting, with other montages and disturbances."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """Windows of one player, as a change of the line sees them; all it needs of them, and never sent.

    calm, tense:      (n, N_LINE) what the change is multiplied with, as it is and with more muscle
    odds, tense_odds: (n,) log odds of the common model for both
    engaged:          (n,) 1 or 0
    """

    calm: Floats
    tense: Floats
    odds: Floats
    tense_odds: Floats
    engaged: Floats


def seen(scorer: Scorer, lessons: Sequence[Lesson], config: Config, seed: int) -> Seen | None:
    """One player's sittings, each drawn from alike, with montages and muscle as the common model was taught.

    None where no sitting has moments of both kinds.
    """
    chance = Generator().manual_seed(seed)
    weights = [(one.person, contrast(one)) for one in lessons]
    pools = [
        Pool([person], scorer.usual_spread, config, chance, [weight]) for person, weight in weights if weight.any()
    ]
    if not pools:
        return None
    batches = [pool.draw(config, chance) for pool in pools for _ in range(BATCHES)]
    calm, odds = _through(scorer, batches)
    tense, tense_odds = _through(scorer, [replace(batch, z=batch.tense) for batch in batches])
    return Seen(calm, tense, odds, tense_odds, np.concatenate([batch.engaged.double().numpy() for batch in batches]))


def _through(scorer: Scorer, batches: Sequence[Batch]) -> tuple[Floats, Floats]:
    """(n, N_LINE) and (n,)."""
    numbers = [features(batch.z, batch.clean, batch.places) for batch in batches]
    return np.concatenate(numbers), np.concatenate([_odds(scorer, batch) for batch in batches])


def features(z: Tensor, clean: Tensor, places: Tensor) -> Floats:
    """(B, N_LINE) what a change is multiplied with; z (B, C, 1 + T, F), clean (B, C, T), places (B, C, N_PLACE)."""
    at = torch.cat([places, torch.ones_like(places[..., :1])], 2)
    line = torch.einsum("bcp,bcf->bpf", at, spectra(z, clean)).flatten(1)
    return np.hstack([line.double().numpy(), np.ones((len(line), 1))])


def _odds(scorer: Scorer, batch: Batch) -> Floats:
    """What the model as it runs in play says of each window (B,)."""
    eyes = torch.where(batch.seen[..., None] > 0, batch.eyes, torch.nan)
    rows = zip(*(_plain(each) for each in (batch.z, batch.clean, batch.places, eyes)), strict=True)
    score = np.array([scorer(z, clean > 0, places, looks).score for z, clean, places, looks in rows])
    return np.asarray(logit(np.clip(score, 1e-6, 1 - 1e-6)))


def _plain(some: Tensor) -> NDArray[np.float32]:
    return np.asarray(some.numpy())


def applied(base: bytes, change: Floats, papers: Mapping[str, str]) -> bytes:
    """The common model with its line moved by a change (N_LINE,), sealed; these papers replace or join its own.

    Raises: BadModel: the base is not of the graph that ships.
    """
    model = onnx.load_from_string(base)
    weights = {each.name: each for each in model.graph.initializer}
    if not {"line_weight", "line_bias", "rest"} <= set(weights):
        raise BadModel("This model cannot be moved: choose the one that came with Heron.")
    line = change[:-1].reshape(N_PLACE + 1, N_NUMBERS)
    for name, more in (("line_weight", line[:-1]), ("line_bias", line[-1]), ("rest", change[-1:])):
        value = numpy_helper.to_array(weights[name]) + more
        weights[name].CopyFrom(numpy_helper.from_array(value.astype(np.float32), name))
    kept = {entry.key: entry.value for entry in model.metadata_props if entry.key not in ("sealed", "metrics")}
    helper.set_model_props(model, kept | dict(papers))
    return sealed(bytes(model.SerializeToString()))
