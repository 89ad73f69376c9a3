"""Personal bests of a player, from all that was played."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from engine import report
from engine.garden import Best, best, chief
from engine.store import Store
from engine.store.rows import Session


def bests(store: Store, player_id: int, levels: Sequence[str], zone: tzinfo | None = None) -> dict[str, Best]:
    """By level, those that there are. zone: None for this computer's."""
    found = {level: _best(store, player_id, level, zone) for level in dict.fromkeys(levels)}
    return {level: best for level, best in found.items() if best}


def _best(store: Store, player_id: int, level: str, zone: tzinfo | None) -> Best | None:
    sittings = store.sessions.with_level(player_id, level, "play")
    values = [_value(store, sitting, level, zone) for sitting in sittings]
    return best(values[0][0], [(day, value) for _, day, value in values]) if values else None


def _value(store: Store, sitting: Session, level: str, zone: tzinfo | None) -> tuple[str, date, float | None]:
    """The task, the day, and what the best would go by."""
    blocks = [block for block in store.sessions.blocks(sitting.id) if block.level == level]
    numbers = {block.block for block in blocks}
    trials = [trial for trial in store.sessions.trials(sitting.id) if trial.block in numbers]
    game = report.played(trials, blocks)[0]
    day = datetime.fromtimestamp(sitting.anchor_unix_s, zone).date()
    return game.task, day, chief(game.task, game.ability, game.measures)
