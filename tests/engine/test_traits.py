"""What a sitting says of a player's traits, and what is left unsaid."""

from itertools import combinations
from math import log

import numpy as np
import pytest

from engine.changes import Norm
from engine.events import TrialDone
from engine.norms import ALIKE, simulated
from engine.store.rows import BlockRow
from engine.tasks.catalogue import WARMUP
from engine.traits import BETTER, LEADING, SIGNS, WHOLE, Alike, Occasion, Sign, judged, occasion
from tests.engine.store.sittings import BLOCK

ALONE = Alike({}, {})
WATER, SIDES = Sign("speed", "checkup-still-water"), Sign("restraint", "warmup")


def trial(number: int, outcome: str = "hit", block: int = 0, task: str = "flanker", **known: object) -> TrialDone:
    told = {
        "kind": "congruent",
        "success": outcome in ("hit", "held"),
        "valid": True,
        "practice": block == 0,
        "onset_tick": 90 * number,
        "reaction_s": 0.5 + 0.01 * number if outcome == "hit" else None,
        "difficulty": 0.0,
        "distractors": 0,
        "detail": {"spacing": WARMUP.spacing[0]},
    }
    return TrialDone(trial=number, block=block, task=task, outcome=outcome, **told | known)  # type: ignore[arg-type]


def block(by: str = "keys") -> BlockRow:
    return BlockRow(**{field: getattr(BLOCK, field) for field in BLOCK.__slots__} | {"level": WATER.source, "by": by})


def test_a_warmup_tells_speed_evenness_and_restraint() -> None:
    told = occasion(3, 2, [trial(n) for n in range(12)] + [trial(n, "wrong") for n in range(12, 16)], ())
    assert (told.before, told.trained) == (3, 2)
    assert {sign.trait for sign in told.values} == {"speed", "evenness", "restraint"}
    assert told.values[SIDES] == pytest.approx(log(4.5 / 12.5))
    assert told.values[Sign("speed", "warmup")] == pytest.approx(sum(log(0.5 + 0.01 * n) for n in range(12)) / 12)


def test_a_checkup_tells_more_but_only_what_was_answered_with_keys() -> None:
    trials = [trial(n, block=1, task="still-water") for n in range(20)]
    trials += [trial(n, "held", 1, "still-water", kind="lotus") for n in range(20, 26)]
    assert {sign.trait for sign in occasion(0, 0, trials, [block()]).values} == {"speed", "evenness", "telling_apart"}
    assert occasion(0, 0, trials, [block("gaze")]).values == {}


def test_practice_of_the_same_game_is_no_warmup_and_a_short_one_says_nothing() -> None:
    assert occasion(0, 0, [trial(n, difficulty=-2.5) for n in range(30)], ()).values == {}
    assert occasion(0, 0, [trial(n, detail={"spacing": 0.1}) for n in range(30)], ()).values == {}
    assert occasion(0, 0, [trial(n) for n in range(14)], ()).values == {}


def course(moved: float) -> list[Occasion]:
    days = ((0, 0), (1, 0), (2, 0), (9, 7), (20, 18), (26, 24), (27, 24))
    wavers = (0.1, -0.1, 0.05, 0.0, -0.1, 0.1, 0.0)
    return [
        Occasion(day, n, {WATER: moved * n / 24 + waver} if n != 18 else {})
        for (day, n), waver in zip(days, wavers, strict=True)
    ]


def test_what_has_no_norm_or_too_few_checkups_is_not_judged() -> None:
    norms = {WATER: Norm(1.0, 0.1, 100.0, 0.0, 0.0)}
    assert judged(course(0.0), {}, ALONE) == {}
    assert judged(course(0.0)[:2], norms, ALONE) == {}
    assert judged(course(0.0)[:3], norms, ALONE) == {}  # no sitting between them
    assert judged(course(0.0), norms, ALONE)["speed"].answer == "no"
    assert judged(course(-1.0), norms, ALONE)["speed"].answer == "yes"


def test_a_warmup_that_is_mostly_chance_moves_less_for_its_spread() -> None:
    first, last = Sign("speed", "checkup-still-water"), Sign("speed", "warmup")
    norms = {first: Norm(1.0, 0.6, 100.0, 0.0, 0.0), last: Norm(2.0, 1.6, 100.0, 0.0, 0.0)}
    both = [Occasion(n, n, {first: n / 24, last: 1.5 * n / 24}) for n in range(25)]
    assert judged(both, norms, ALONE)["speed"].change == pytest.approx(
        judged([alone(one, first) for one in both], norms, ALONE)["speed"].change
    )


EVERY = {sign: Norm(1.0, 0.5, 1000.0, 0.0, 0.0) for sign in LEADING.values()}
DAYS = (0, 0, 0, 12, 23, 24, 24, 24)


def everything(dice: np.random.Generator, moved: float) -> list[Occasion]:
    """All four traits move alike for the better, by so many SD."""

    def value(sign: Sign, n: int) -> float:
        return BETTER[sign.trait] * moved * n / 24 + dice.normal(scale=0.5)

    return [Occasion(day, n, {sign: value(sign, n) for sign in EVERY}) for day, n in enumerate(DAYS)]


def test_a_little_of_everything_is_told_by_all_together_where_no_trait_alone_tells_it() -> None:
    dice = np.random.default_rng(1)
    told = [judged(everything(dice, 0.8), EVERY, ALONE) for _ in range(100)]
    found = {what: np.mean([one[what].answer == "yes" for one in told]) for what in told[0]}
    assert found[WHOLE] > 0.8
    assert max(found[trait] for trait in LEADING) < 0.6
    assert np.mean([one[WHOLE].change for one in told]) == pytest.approx(0.8, abs=0.1)
    assert judged(everything(dice, 0.0), EVERY, ALONE, aim="speed")[WHOLE].power < told[0][WHOLE].power


def test_of_those_in_whom_nothing_changed_one_in_twenty_is_told_that_anything_did() -> None:
    dice = np.random.default_rng(2)
    told = [judged(everything(dice, 0.0), EVERY, ALONE).values() for _ in range(250)]
    assert np.mean([any(one.answer == "yes" for one in some) for some in told]) == pytest.approx(0.05, abs=0.03)


def test_traits_that_err_alike_tell_less_together_and_none_counts_against_another() -> None:
    days = everything(np.random.default_rng(3), 0.0)
    pairs = dict.fromkeys(combinations(LEADING, 2), 0.5)
    apart, alike = (judged(days, EVERY, Alike({}, same))[WHOLE] for same in ({}, pairs))
    assert alike.detectable == pytest.approx(apart.detectable * 2.5**0.5, rel=0.05)
    vague = EVERY | {LEADING["restraint"]: Norm(1.0, 5.0, 1000.0, 0.0, 0.0)}
    three = {sign: known for sign, known in vague.items() if sign.trait != "restraint"}
    whole, rest = (judged(days, norms, Alike({}, pairs))[WHOLE] for norms in (vague, three))
    assert (whole.change, whole.detectable) == pytest.approx((rest.change, rest.detectable))


def alone(one: Occasion, sign: Sign) -> Occasion:
    return Occasion(one.before, one.trained, {sign: one.values[sign]})


def test_every_trait_has_a_sign_of_the_checkup() -> None:
    assert {sign.trait for sign in SIGNS} == set(LEADING)
    assert all(sign.source.startswith("checkup-") for sign in LEADING.values())


@pytest.mark.parametrize("child", [True, False])
def test_simulated_players_have_told_of_every_sign(child: bool) -> None:
    assert simulated(child).keys() == set(SIGNS)
    assert all(known.between > 0 and known.within > 0 for known in simulated(child).values())
    assert ALIKE[child].signs.keys() == {"speed", "evenness", "restraint"}
