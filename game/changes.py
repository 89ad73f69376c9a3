"""Whether a player has changed, from all that the store has of check-ups and warm-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.changes import FEWEST, Change
from engine.checkup import CHECKUPS
from engine.norms import SHARED, simulated
from engine.safety import age, is_child
from engine.store import Store
from engine.tasks.catalogue import WARMUP
from engine.traits import Occasion, Sign, Trait, judged, occasion


@dataclass(frozen=True, slots=True)
class Changes:
    """checkups: how many were finished, with keys; of FEWEST and more `traits` tells, by name

    trained: sittings before the last that were more than a check-up; between: SD between people, by sign
    """

    checkups: int
    trained: int
    traits: Mapping[Trait, Change]
    between: Mapping[Sign, float]


NOTHING = Changes(0, 0, {}, {})


def changes(store: Store, player_id: int, today: date) -> Changes:
    """From the player's first sitting to the last."""
    child = is_child(age(store.players.get(player_id).birth_year, today))
    norms = simulated(child)
    told = occasions(store, player_id)
    checked = [one for one in told if any(sign.source in CHECKUPS.ids() for sign in one.values)]
    last = max((one.trained for one in told), default=0)
    traits = judged(told, norms, SHARED[child]) if len(checked) >= FEWEST else {}
    return Changes(len(checked), last, traits, {sign: norm.between for sign, norm in norms.items()})


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
