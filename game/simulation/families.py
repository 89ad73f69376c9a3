"""Families in whom nothing has changed: how many of them would be told that something has."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.random import default_rng  # noqa: TID251 - seeded by the caller
from numpy.typing import NDArray

from engine.events import Outcome, TrialDone
from engine.ports import TICK_S
from engine.stats import Wavering, reliable_changes, wavering
from engine.tasks.strike_measures import measures
from neuro.twin.people import somebody, someday
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES, Profile

CHECKUP_TRIALS, ISI_S, NO_GO = 180, 2.0, 0.20
"""The plain battery's continuous performance task: six minutes without points or adaptation."""

MEASURES = ("log RT variability", "d'", "criterion")
BASELINES = 2
FAMILIES = 200
NORMS = 400  # of 200 the wavering is known too badly: up to 9 % of families were told of a change
"""People who are measured as the families are, to learn how measures waver and what practice brings."""


@dataclass(frozen=True, slots=True)
class Told:
    """Shares of families.

    changed:     any measure is reported as changed, although nothing has
    naive:       the same by the plain rule that must not ship: first against last, 1.96 SD, no practice taken off
    noticed:     of families whose child now attends as on medication, in how many that is reported
    """

    families: int
    changed: float
    naive: float
    noticed: float


def told(families: int, seed: int) -> Told:
    """As many families of children, half of them with ADHD, with two check-ups before and one after."""
    norms = [_three(_child(seed, number), seed, number) for number in range(families, families + NORMS)]
    waves = _waverings(norms)
    naive = [wavering([m[0][k] for m in norms], [m[1][k] for m in norms]) for k in range(len(MEASURES))]
    same = [_three(_child(seed, number), seed, number) for number in range(families)]
    better = [
        (*same[number][:BASELINES], _checkup(_treated(seed, number), seed, number, BASELINES + 1))
        for number in range(1, families, 2)
    ]
    return Told(
        families=families,
        changed=float(np.mean([_is_changed(m, waves) for m in same])),
        naive=float(np.mean([_is_naively_changed(m, naive) for m in same])),
        noticed=float(np.mean([_is_changed(m, waves) for m in better])),
    )


Scores = tuple[float, ...]
"""One check-up's measures."""


def _child(seed: int, number: int) -> Profile:
    return somebody(PROFILES[("child", "adhd")[number % 2]], default_rng([seed, number, 1]))


def _treated(seed: int, number: int) -> Profile:
    """The same child with ADHD, by the same dice, as if on medication."""
    return somebody(PROFILES["medicated"], default_rng([seed, number, 1]))


def _three(person: Profile, seed: int, number: int) -> tuple[Scores, ...]:
    return tuple(_checkup(person, seed, number, occasion) for occasion in range(1, BASELINES + 2))


def _checkup(person: Profile, seed: int, number: int, occasion: int) -> Scores:
    """One check-up on some day; each one is a little practice."""
    rng = default_rng([seed, number, 2, occasion])
    player = Player(someday(person, rng), int(rng.integers(2**31)), occasion)
    player.plays(0.0, True)
    no_go = _positions(rng)
    found = measures(answered(player, trial, trial in no_go) for trial in range(CHECKUP_TRIALS))
    assert found.reaction_cv is not None
    assert found.d_prime is not None
    assert found.criterion is not None
    return log(found.reaction_cv), found.d_prime, found.criterion


def _positions(rng: np.random.Generator) -> set[int]:  # noqa: TID251 - a type here
    return set(rng.permutation(CHECKUP_TRIALS)[: round(NO_GO * CHECKUP_TRIALS)].tolist())


def answered(player: Player, trial: int, no_go: bool) -> TrialDone:
    """A trial of a plain continuous performance task, as a simulated player does it."""
    time_s = player.answer(trial * ISI_S, trial, not no_go)
    outcome: Outcome = ("held" if time_s is None else "false_alarm") if no_go else "miss" if time_s is None else "hit"
    return TrialDone(
        trial=trial,
        block=1,
        task="strike",
        kind="frog" if no_go else "fish",
        outcome=outcome,
        success=outcome in ("hit", "held"),
        valid=True,
        practice=False,
        onset_tick=round(trial * ISI_S / TICK_S),
        reaction_s=time_s,
        difficulty=0.0,
        distractors=0,
    )


def _waverings(norms: Sequence[tuple[Scores, ...]]) -> list[Wavering]:
    before = np.array([m[:BASELINES] for m in norms]).mean(1)
    after: NDArray[np.float64] = np.array([m[BASELINES] for m in norms])
    return [wavering(before[:, k].tolist(), after[:, k].tolist()) for k in range(len(MEASURES))]


def _is_changed(checkups: Sequence[Scores], waves: Sequence[Wavering]) -> bool:
    before = np.mean(checkups[:BASELINES], axis=0).tolist()
    return any(change.verdict in ("lower", "higher") for change in reliable_changes(before, checkups[-1], waves))


def _is_naively_changed(checkups: Sequence[Scores], waves: Sequence[Wavering]) -> bool:
    return any(
        abs(last - first) > 1.96 * wave.sd for first, last, wave in zip(checkups[0], checkups[-1], waves, strict=True)
    )
