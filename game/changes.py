"""Whether a player has changed, from all that the store has of check-ups and warm-ups."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date

from engine.changes import FEWEST, FEWEST_PEOPLE, Change, Norm, Point, at_home
from engine.checkup import CHECKUPS
from engine.norms import ALIKE, simulated
from engine.safety import age, is_child
from engine.store import Store
from engine.tasks.catalogue import WARMUP
from engine.traits import LEADING, SIGNS, Measure, Occasion, Sign, Trait, judged, occasion, points

LEARNED = "norms"
"""The setting under which a clinic keeps what it knows of its own people."""

APART = 2
"""Sittings that may lie between the two check-ups of somebody who tells how measures waver (own choice)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """checkups: how many were finished, with keys; of FEWEST and more `traits` tells, by name, and of the whole

    between: SD between people, by sign; people: of this clinic who told what wavers, 0 where simulated ones did
    aim: what was to change above all, by the plan of the first sitting
    """

    checkups: int
    traits: Mapping[Measure, Change]
    between: Mapping[Sign, float]
    people: int = 0
    aim: Trait | None = None


NOTHING = Changes(0, {}, {})


def changes(store: Store, player_id: int, today: date) -> Changes:
    """From the player's first sitting to the last."""
    child = is_child(age(store.players.get(player_id).birth_year, today))
    norms, people = _norms(store, child)
    told = occasions(store, player_id)
    checked = [one for one in told if any(sign.source in CHECKUPS.ids() for sign in one.values)]
    aim = _aim(store, player_id)
    traits = judged(told, norms, ALIKE[child], aim=aim) if len(checked) >= FEWEST else {}
    return Changes(len(checked), traits, {sign: norm.between for sign, norm in norms.items()}, people, aim)


def _aim(store: Store, player_id: int) -> Trait | None:
    """What the plan said that held, and was known, on the first day of more than a check-up: later is too late."""
    checkups = CHECKUPS.ids()
    played = (
        day.day for day in store.plans.days(player_id) if any(game.level_id not in checkups for game in day.walked)
    )
    first = next(played, None)
    if first is None:
        return None
    told = [one for one in store.plans.all(player_id) if one.since <= first and one.assigned_utc[:10] <= f"{first}"]
    if not told or (told[-1].until or first) < first:
        return None
    aim = told[-1].plan.aim
    return None if aim == "any" else aim


def _norms(store: Store, child: bool) -> tuple[Mapping[Sign, Norm], int]:
    """The clinic's own where it has learned some, else those of simulated players."""
    known = simulated(child)
    kept = store.settings.get(_setting(child))
    if not isinstance(kept, dict):
        return known, 0
    own = {sign: Norm(*kept["norms"][_name(sign)]) for sign in SIGNS if _name(sign) in kept["norms"]}
    return {**known, **own}, kept["people"]


def learn(store: Store, today: date) -> dict[str, int]:
    """Keeps how far measures waver in this clinic's own people, children and others apart: how many told it.

    Fewer than FEWEST_PEOPLE tell nothing, and what was known before stays.
    """
    pairs: dict[bool, dict[Sign, list[tuple[Point, Point]]]] = {True: {}, False: {}}
    for player in store.players.all():
        child = is_child(age(player.birth_year, today))
        told = occasions(store, player.id)
        for sign in SIGNS:
            first_two = points(told, sign)[:2]
            if len(first_two) == 2 and first_two[1].trained - first_two[0].trained <= APART:
                pairs[child].setdefault(sign, []).append((first_two[0], first_two[1]))
    return {"child" if child else "grown": _kept(store, child, found) for child, found in pairs.items()}


def _kept(store: Store, child: bool, pairs: Mapping[Sign, list[tuple[Point, Point]]]) -> int:
    enough = {sign: some for sign, some in pairs.items() if len(some) >= FEWEST_PEOPLE}
    if not any(sign in enough for sign in LEADING.values()):
        return 0
    known, people = simulated(child), max(map(len, enough.values()))
    norms = {_name(sign): list(astuple(at_home(some, known[sign]))) for sign, some in enough.items()}
    store.settings.put(_setting(child), {"people": people, "norms": norms})
    return people


def _setting(child: bool) -> str:
    return f"{LEARNED}_{'child' if child else 'grown'}"


def _name(sign: Sign) -> str:
    return f"{sign.trait} {sign.source}"


def occasions(store: Store, player_id: int) -> tuple[Occasion, ...]:
    """Every sitting that measured something, the oldest first.

    A warm-up that eyes answered is left out: its times are those of the eyes.
    """
    plain = {one.id for level in CHECKUPS.ids() for one in store.sessions.with_level(player_id, level, "play")}
    warmups = store.sessions.before_blocks(player_id, WARMUP.task, "play")
    told: list[Occasion] = []
    trained = 0
    for before, (sitting, gaze) in enumerate(store.sessions.sat(player_id, "play")):
        trials = store.sessions.trials(sitting) if sitting in plain else warmups.get(sitting, ())
        blocks = store.sessions.blocks(sitting) if sitting in plain else ()
        told.append(occasion(before, trained, [one for one in trials if one.block or gaze is None], blocks))
        trained += any(block.level not in CHECKUPS.ids() for block in blocks) or sitting not in plain
    return tuple(one for one in told if one.values)
