"""What the shipped model makes of simulated brain and eyes, and of one of them alone, beside nets that know only one.

python -m tests.neuro.learn.senses FOLDER, which holds the recordings of EEGMAT; some minutes.
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

import assets
from neuro.learn import data
from neuro.learn.config import Config
from neuro.learn.evaluate import Model, judged
from neuro.learn.metrics import auc, joined
from neuro.learn.running import Running
from neuro.learn.train import fit
from neuro.learn.twins import twins
from neuro.scorer import load

TAUGHT, JUDGED = range(30), range(5000, 5020)
ONE_SENSE = {"brain": {"drop_eyes": 1.0, "drop_eeg": 0.0}, "eyes": {"drop_eyes": 0.0, "drop_eeg": 1.0}}
SEED = 1


def main(folder: Path) -> None:
    """A line for each."""
    learners = [*data.eegmat(data.pairs(folder)), *twins(TAUGHT)]
    others = list(twins(JUDGED))

    def said(model: Model, sense: str) -> float:
        some = [model.windows(one) for one in others]
        if sense == "brain":
            some = [replace(each, eyes=np.full_like(each.eyes, np.nan)) for each in some]
        if sense == "eyes":
            some = [replace(each, clean=np.zeros_like(each.clean)) for each in some]
        return auc(joined(judged(model, i, each) for i, each in enumerate(some)))

    shipped = Running(load(assets.model()))
    sys.stdout.write(f"both senses: the shipped model {said(shipped, 'both'):.3f}\n")
    for sense, drops in ONE_SENSE.items():
        alone = fit(learners, replace(Config(), **drops), SEED)
        lost, own = said(shipped, sense), said(alone, sense)
        sys.stdout.write(f"{sense} alone: the shipped model {lost:.3f}, taught with it alone {own:.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
