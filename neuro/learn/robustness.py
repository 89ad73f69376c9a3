"""What the models of a study can stand: harmed recordings, attacks, fewer and coarser weights."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance

from neuro.errors import BadRecording
from neuro.learn import metrics
from neuro.learn.attack import attacked, hardened
from neuro.learn.data import BASELINE_S, Person, of_recordings
from neuro.learn.evaluate import Done, across, calibrated, judged
from neuro.learn.export import to_onnx
from neuro.learn.folds import leave_one_out
from neuro.learn.harm import HARMS, Harm
from neuro.learn.metrics import Judged, joined
from neuro.learn.running import Running
from neuro.learn.smaller import in_bytes, pruned
from neuro.learn.study import BAND, Numbers, Pairs
from neuro.learn.train import Model
from neuro.scorer import Scorer
from neuro.sources.recording import load

STEPS = (0.0, 0.05, 0.1, 0.2, 0.4)
"""Of the attack, in spreads of the own rest."""

TRAINED_AT = 0.1
SHARES = (0.5, 0.8, 0.9)
NONE = Harm("none", "", False, lambda head, _rng: head)


def harmed(
    pairs: Pairs, models: Sequence[Model], rng: Generator, done: Done, harms: Sequence[Harm] = HARMS
) -> list[Numbers]:
    """The models of leaving one out, on the same people with each harm done to them; the first row is without."""
    folds = leave_one_out(len(pairs))
    rows: list[Numbers] = []
    unharmed: Judged | None = None
    for harm in (NONE, *harms):
        found = across(models, folds, [_read(pair, harm, rng) for pair in pairs])
        unharmed = unharmed or found
        rows.append(_row(harm, calibrated(found, unharmed), unharmed, rng))
        done()
    return rows


def _read(pair: tuple[Path, Path], harm: Harm, rng: Generator) -> Person | None:
    """Somebody with a band on, harmed; None who got no baseline so, as nothing would be scored in play either."""
    rest, task = harm.done(load(pair[0]), load(pair[1]), BASELINE_S, rng)
    try:
        return of_recordings(pair[0].stem, rest.pick(BAND), task.pick(BAND))
    except BadRecording:
        return None


def _row(harm: Harm, found: Judged, unharmed: Judged, rng: Generator) -> Numbers:
    """Figures are None where the gate has let nobody's windows through."""
    row: Numbers = {
        "name": harm.name,
        "size": harm.size,
        "later": harm.later,
        "people": found.people,
        "left": len(found.score) / len(unharmed.score),
    }
    if not found.people:
        return row | dict.fromkeys(("auc", "accuracy", "calibration_error", "score_at_rest", "variance"))
    rest = found.task == 0
    return row | {
        **{name: asdict(one) for name, one in metrics.known(found, ("auc", "accuracy"), rng).items()},
        "calibration_error": metrics.calibration_error(found),
        "score_at_rest": float(np.average(found.score[rest], weights=found.weight[rest])),
        "variance": float(found.variance.mean() / unharmed.variance.mean()),
    }


def attacks(models: Sequence[Model], people: Sequence[Person], done: Done) -> list[Numbers]:
    """The models of leaving one out under attack, as they are and after learning to stand it."""
    folds = leave_one_out(len(people))
    tougher = []
    for number, (model, fold) in enumerate(zip(models, folds, strict=True)):
        tougher.append(hardened(model, [people[each] for each in fold.train], TRAINED_AT, number))
        done()
    rows: list[Numbers] = []
    calm: dict[str, Judged] = {}
    for step in STEPS:
        row: Numbers = {"step": step}
        for suffix, several in (("", models), ("_trained", tougher)):
            moved = joined(_under_attack(model, i, people[i], step) for i, model in enumerate(several))
            found = calibrated(moved, calm.setdefault(suffix, moved))
            row |= {f"auc{suffix}": metrics.auc(found), f"accuracy{suffix}": metrics.accuracy(found)}
        rows.append(row)
    return rows


def _under_attack(model: Model, number: int, person: Person, step: float) -> Judged:
    return judged(model, number, attacked(model, model.windows(person), step))


def smaller(models: Sequence[Model], people: Sequence[Person]) -> list[Numbers]:
    """The models of leaving one out with weights set to zero, and with weights of 8 bits."""
    folds = leave_one_out(len(people))
    exported = [to_onnx(model, {}) for model in models]
    rows = [_size("as shipped, 32 bits", across(models, folds, people), exported)]
    for share in SHARES:
        fewer = [pruned(model, share) for model in models]
        rows.append(_size(f"{share:.0%} of the weights set to zero", across(fewer, folds, people), exported))
    coarse = [in_bytes(one) for one in exported]
    running = [Running(Scorer(one)) for one in coarse]
    rows.append(_size("weights of 8 bits", across(running, folds, people), coarse))
    return rows


def _size(name: str, said: Judged, files: Sequence[bytes]) -> Numbers:
    found = calibrated(said)
    return {
        "name": name,
        "auc": metrics.auc(found),
        "accuracy": metrics.accuracy(found),
        "calibration_error": metrics.calibration_error(found),
        "bytes": round(float(np.mean([len(one) for one in files]))),
    }
