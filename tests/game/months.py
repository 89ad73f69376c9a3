"""A simulated child's months in a database: check-ups and sittings, as far as what they measure goes."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from engine.store import Store
from engine.store.rows import BlockRow, Row, TrialRow
from game.simulation.changes import Job, sat
from tests.engine.store.sittings import BLOCK, play

Days = tuple[tuple[int, int | None], ...]
DAYS: Days = ((0, 1), (0, 2), (0, 3), (1, None), (8, 4), (16, None), (23, 5), (24, 6), (24, 7))
"""Of each day how many sittings there had been, and the number of its check-up."""
DAY_S = 2 * 86_400.0
BEGAN_S = 1_750_000_000.0


def months(
    path: Path, name: str, trait: str | None = None, by: float = 0.0, days: Days = DAYS, number: int = 12
) -> None:
    """One sitting a day, of a child that changes by so much of the twin's unit."""
    job = Job(number, 3, moves=((trait, by),) if trait else ())
    with Store.open(path) as store:
        store.players.born(store.players.named(name).id, 2016)
    for before, (trained, check) in enumerate(days):
        rows = _rows(job, before, trained, check)
        play(path, *rows, name=name, gaze=None, anchor_unix_s=BEGAN_S + before * DAY_S)


@cache
def _rows(job: Job, before: int, trained: int, check: int | None) -> tuple[Row, ...]:
    trials, blocks = sat(job, before, trained, check)
    told = [asdict(one) for one in trials]
    rows = [TrialRow(detail_json=json.dumps(dict(one.pop("detail"))), **one) for one in told]
    played = [BlockRow(**asdict(BLOCK) | one._asdict()) for one in blocks]
    return (*rows, *played, *(() if check else (BLOCK,)))
