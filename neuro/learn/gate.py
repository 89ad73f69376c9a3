"""Champion and challenger: a model that learned its player ships only where later sittings say that it is better."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student
from torch import Generator, from_numpy

from neuro.learn.augment import into, tension
from neuro.learn.data import Person, Windows
from neuro.learn.evaluate import judged
from neuro.learn.lessons import Lesson, judged_windows
from neuro.learn.metrics import auc, auc_within, calibration_error, joined
from neuro.learn.pool import above_30_hz
from neuro.learn.running import Running
from neuro.scorer import Scorer

LEAST_SITTINGS = 3
LEAST_WINDOWS = 10  # of each label in a sitting that counts; own choice
SURE = 0.80  # of the interval: nine in ten that are worse by more than WORSE are held back; own choice
BETTER, WORSE = 0.005, 0.01  # the AUC that makes a change worth while, and what may be lost of it; own choices
WORSE_CALIBRATED = 0.02  # what the calibration error may grow by, own choice
FORGETS = 0.01  # what the AUC on the base set may fall by
MUSCLE = 0.05  # what muscle may raise the log odds by more than before, in their own spread; own choice

TOO_FEW = "There are too few later sittings to judge by: play on."
NOT_BETTER = "On later sittings it is not better than the model in use, or not surely enough."
WORSE_CALIBRATION = "It is less honest about how sure it is than the model in use."
FORGOT = "It does worse on other people than the model in use."
PAYS_MUSCLE = "Tense muscles raise its score more than that of the model in use."
IS_BETTER = "It is better on later sittings, and no worse in anything else that was asked."


@dataclass(frozen=True, slots=True)
class Ruling:
    """What came of it; pairs are of champion and challenger.

    why:         one of the sentences of this file
    sittings:    by how many it was judged
    base_auc, candidate_auc, gain: the means over sittings of what they have within each; NaN where there is none
    interval:    of the gain, by Student's t over sittings, of the confidence SURE
    calibration: expected calibration errors on the later sittings
    forgot:      AUC lost on the base set; NaN without one
    muscle:      how far muscle that no rule sees raises the log odds, in spreads of theirs
    """

    ships: bool
    why: str
    sittings: int
    base_auc: float
    candidate_auc: float
    gain: float
    interval: tuple[float, float]
    calibration: tuple[float, float]
    forgot: float
    muscle: tuple[float, float]


def judge(
    champion: bytes,
    challenger: bytes,
    later: Sequence[Lesson],
    seed: int,
    base_set: Sequence[Person] = (),
    so_far: Sequence[tuple[bytes, Lesson]] = (),
) -> Ruling:
    """Whether the challenger may take the champion's place, by sittings that came after all that it learned from.

    Sitting by sitting, each judged by both: a sitting's windows are alike, and none of them counts by itself.

    so_far:   sittings that it did learn from, each with the challenger that those before it would have made
              (`neuro.learn.personal.course`): that one is judged in its place, and knew less
    base_set: other people, whose minds must be told apart as well as before

    Raises: BadModel: one of the two must not be used.
    """
    models = Running(Scorer(champion)), Running(Scorer(challenger))
    pairs = [(Running(Scorer(then)), one) for then, one in so_far] + [(models[1], one) for one in later]
    counted = [(then, one) for then, one in pairs if _says_enough(_windows(models[0], one))]
    sittings = [one for _, one in counted]
    before = [judged(models[0], i, _windows(models[0], one)) for i, one in enumerate(sittings)]
    after = [judged(then, i, _windows(then, one)) for i, (then, one) in enumerate(counted)]
    within = [np.array([auc(each) for each in some]) for some in (before, after)]
    gains = within[1] - within[0]
    ruling = Ruling(
        ships=False,
        why=TOO_FEW,
        sittings=len(counted),
        base_auc=_mean(within[0]),
        candidate_auc=_mean(within[1]),
        gain=_mean(gains),
        interval=_interval(gains),
        calibration=_pair(calibration_error(joined(some)) if some else np.nan for some in (before, after)),
        forgot=_forgot(models, base_set),
        muscle=_pair(_rise(model, sittings, seed) for model in models),
    )
    why = _why(ruling)
    return replace(ruling, ships=why == IS_BETTER, why=why)


def _why(ruling: Ruling) -> str:
    if ruling.sittings < LEAST_SITTINGS:
        return TOO_FEW
    if ruling.gain < BETTER or ruling.interval[0] < -WORSE:
        return NOT_BETTER
    if ruling.calibration[1] > ruling.calibration[0] + WORSE_CALIBRATED:
        return WORSE_CALIBRATION
    if ruling.forgot > FORGETS:
        return FORGOT
    if ruling.muscle[1] > max(ruling.muscle[0], 0.0) + MUSCLE:
        return PAYS_MUSCLE
    return IS_BETTER


def _windows(model: Running, one: Lesson) -> Windows:
    return judged_windows(one, model.scorer.usual_spread)


def _says_enough(some: Windows) -> bool:
    return all(np.count_nonzero(some.engaged == label) >= LEAST_WINDOWS for label in (0, 1))


def _mean(of_sittings: NDArray[np.float64]) -> float:
    return float(of_sittings.mean()) if of_sittings.size else float("nan")


def _interval(gains: NDArray[np.float64]) -> tuple[float, float]:
    """Of the mean. Drawing three to eight sittings anew gives intervals too narrow (docs/why/0020)."""
    n = len(gains)
    if n < LEAST_SITTINGS:
        return -np.inf, np.inf
    reach = float(student.ppf((1 + SURE) / 2, n - 1) * gains.std(ddof=1) / np.sqrt(n))
    return _mean(gains) - reach, _mean(gains) + reach


def _forgot(models: tuple[Running, Running], base_set: Sequence[Person]) -> float:
    if not base_set:
        return float("nan")
    before, after = (
        auc_within(joined(judged(model, i, model.windows(one)) for i, one in enumerate(base_set))) for model in models
    )
    return before - after


def _rise(model: Running, lessons: Sequence[Lesson], seed: int) -> float:
    """What muscle, put into the same sittings by the same seed, does to the log odds of their windows."""
    chance = Generator().manual_seed(seed)
    calm = [model.predict(_windows(model, one))[0] for one in lessons]
    tense = [model.predict(_windows(model, replace(one, person=_tense(one.person, chance))))[0] for one in lessons]
    if not calm:
        return float("nan")
    spread = np.concatenate(calm).std()
    return float((np.concatenate(tense) - np.concatenate(calm)).mean() / spread)


def _tense(person: Person, chance: Generator) -> Person:
    fast = above_30_hz(person).mean(0)[None]  # (1, C): one window, as long as the sitting
    added = into(tension(fast, chance), from_numpy(person.gains)[None])[0, :, 0]  # (C, F)
    return replace(person, power=person.power + added.numpy())


def _pair(two: Iterable[float]) -> tuple[float, float]:
    first, second = two
    return first, second
