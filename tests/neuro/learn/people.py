"""People whose minds are known: band powers with an effect of the task that we chose."""

from collections.abc import Iterator

import numpy as np

from neuro.bands import BANDS, Powers
from neuro.learn.data import Person
from neuro.pipeline import Moment
from neuro.quality import Quality

CHANNELS = ("AF7", "AF8")


def moments(
    rng: np.random.Generator, from_s: float, seconds: float, shift: float = 0.0, muscle_db: float = 0.0
) -> Iterator[Moment]:
    """Ten a second; `shift` spreads of .3 are taken from alpha."""
    for t_s in np.arange(from_s, from_s + seconds, 0.1).tolist():
        steady = 0.3 * rng.standard_normal((len(CHANNELS), len(BANDS))) - 1.0
        steady[:, list(BANDS).index("alpha")] -= 0.3 * shift
        powers = Powers(fast=steady, steady=steady, kept=np.ones(len(CHANNELS)))
        usable = np.ones(len(CHANNELS), bool)
        tension_db = muscle_db + 0.1 * rng.standard_normal()
        sudden = np.array([[30.0, 30.0], [muscle_db, muscle_db]])
        quality = Quality(("good", "good"), usable, usable, True, False, tension_db, sudden)
        yield Moment(t_s, powers, quality, usable, True)


def person(rng: np.random.Generator, number: int, shift: float) -> Person:
    """Somebody whose alpha falls by so many spreads under the task."""
    return Person(
        name=f"Subject{number:02}",
        channels=CHANNELS,
        resting=tuple(moments(rng, 0, 30)),
        rest=tuple(moments(rng, 64, 40)),
        task=tuple(moments(rng, 0, 40, shift)),
    )


def people(n: int, shift: float, seed: int = 1) -> list[Person]:
    rng = np.random.default_rng(seed)
    return [person(rng, i, shift) for i in range(n)]
