"""What own models are worth, on simulated people: `python -m tests.neuro.learn.personal_study [--kept FOLDER]`.

Thirty people who differ, twenty sittings each. A model learns the sittings that somebody has had so far, labelled by
what the hands did, but for the last two, beside which it runs where there are enough; the gate judges as in
`heron finetune`; and what then is in use is judged by the sittings after that, which neither has seen, against the
zone that is hidden in the twin. It takes about twenty minutes of a processor, and prints JSON. --kept keeps sittings
and findings from one run to the next.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import assets
from game.personal.finetuning import BESIDE, LEAST_HELD, NOT_BESIDE, SHADOWED
from neuro.learn.data import Person, eegmat, pairs
from neuro.learn.evaluate import judged
from neuro.learn.gate import judge
from neuro.learn.lessons import Lesson, judged_windows
from neuro.learn.metrics import auc_within, joined
from neuro.learn.personal import LEAST, course
from neuro.learn.running import Running
from neuro.learn.study import BAND
from neuro.scorer import Scorer
from tests.neuro.learn.players import Sat, sat

PEOPLE, SITTINGS = 30, 20
HAD = (2, 5, 10, 15)
"""Sittings so far."""

Numbers = dict[str, Any]


def of_person(number: int, sittings: Sequence[Sat], others: Sequence[Person]) -> Numbers:
    """What came of everything that somebody had sat so far, with the gate and without it."""
    base = assets.model().read_bytes()
    asked = {had: others if had == HAD[-1] else () for had in HAD}
    return {"person": number, "had": {had: _after(base, sittings, had, some) for had, some in asked.items()}}


def _after(base: bytes, sittings: Sequence[Sat], had: int, others: Sequence[Person]) -> Numbers:
    aside = SHADOWED if had >= LEAST + LEAST_HELD + SHADOWED else 0
    told = [one.told for one in sittings[:had]]
    learned, beside = told[: had - aside], told[had - aside :]
    own, so_far = course(base, learned, seed=1)
    ruling = judge(base, own, beside, 1, others, so_far)
    unlucky = bool(beside) and judge(base, own, beside, 1).gain <= -BESIDE
    later = sittings[had:]
    return {
        "ships": ruling.ships and not unlucky,
        "why": NOT_BESIDE if ruling.ships and unlucky else ruling.why,
        "gain": ruling.gain,
        "interval": ruling.interval,
        "calibration": ruling.calibration,
        "forgot": ruling.forgot,
        "muscle": ruling.muscle,
        "hidden": [_well(model, [one.true for one in later]) for model in (base, own)],
        "behaviour": [_well(model, [one.told for one in later]) for model in (base, own)],
    }


def _well(model: bytes, lessons: Sequence[Lesson]) -> float:
    """AUC within each sitting, on average."""
    running = Running(Scorer(model))
    usual = running.scorer.usual_spread
    parts = [judged(running, i, judged_windows(one, usual)) for i, one in enumerate(lessons)]
    return auc_within(joined(part for part in parts if part.weight.sum() > 0))


def summary(found: Sequence[Numbers]) -> Numbers:
    """Over people: what a model of their own brings by the hidden zone, as it ships and without the gate."""
    return {str(had): _of_all([one["had"][str(had)] for one in found]) for had in HAD}


def _of_all(rows: Sequence[Numbers]) -> Numbers:
    base, own = np.array([row["hidden"] for row in rows]).T
    told = np.array([np.diff(row["behaviour"])[0] for row in rows])
    ships = np.array([row["ships"] for row in rows])
    gain = own - base
    return {
        "people": len(rows),
        "ships": int(ships.sum()),
        "base_auc": _spread(base),
        "gain_without_gate": _spread(gain),
        "harmed_without_gate": int((gain < -0.01).sum()),
        "gain": _spread(np.where(ships, gain, 0.0)),
        "harmed": int((ships & (gain < -0.01)).sum()),
        "worst": float(np.where(ships, gain, 0.0).min()),
        "gain_by_behaviour": _spread(np.where(ships, told, 0.0)),
        "forgot_most": float(np.max([row["forgot"] for row in rows])),
        "muscle": np.mean([row["muscle"] for row in rows], axis=0).tolist(),
        "why": {why: sum(row["why"] == why for row in rows) for why in sorted({row["why"] for row in rows})},
    }


def _spread(of_people: np.ndarray) -> list[float]:
    """Median, and the quarters about it."""
    return [float(q) for q in np.quantile(of_people, [0.5, 0.25, 0.75])]


def table(told: Numbers) -> list[str]:
    """As docs/personal.md has it."""
    head = "| sittings so far | people | AUC of the base | own models that ship | gain | lost more than .01 | worst |"
    more = " gain without the gate | lost more than .01 without it |"
    return [
        head + more,
        "|---" * 9 + "|",
        *(
            f"| {had} | {one['people']} | {_short(one['base_auc'])} | {one['ships']} | {_short(one['gain'])} "
            f"| {one['harmed']} | {one['worst']:+.3f} | {_short(one['gain_without_gate'])} "
            f"| {one['harmed_without_gate']} |"
            for had, one in told.items()
        ),
    ]


def _short(spread: Sequence[float]) -> str:
    middle, low, high = spread
    return f"{middle:.3f} ({low:.3f}-{high:.3f})"


def kept(path: Path | None, make: Callable[[], Any]) -> Any:
    """What was made before, or is made now."""
    if path is None:
        return make()
    if not path.exists():
        path.with_suffix(".new").write_bytes(pickle.dumps(make()))
        path.with_suffix(".new").replace(path)
    return pickle.loads(path.read_bytes())  # our own file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--data", type=Path, required=True, help="the folder of EEGMAT")
    given = parser.parse_args()
    folder: Path | None = given.kept
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    others = list(eegmat(pairs(given.data), BAND))
    found = []
    for number in range(given.people):
        numbers = range(1, SITTINGS + 1)
        sittings = [kept(folder and folder / f"{number:02}-{n:02}.pkl", partial(sat, number, n)) for n in numbers]
        told = kept(folder and folder / f"{number:02}.found", partial(of_person, number, sittings, others))
        found.append(json.loads(json.dumps(told)))
        sys.stderr.write(f"person {number + 1} of {given.people}\n")
    told = summary(found)
    json.dump({"people": found, "summary": told, "table": table(told)}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
