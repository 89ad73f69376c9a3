"""Personal bests come from the trials of real sittings, level by level."""

from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

from engine.store import Store
from engine.store.rows import Row
from game.bests import bests
from tests.engine.store.sittings import BLOCK, TRIAL, play

DAY_S = 86_400.0


def sitting(difficulty: float, block: int = 1) -> list[Row]:
    """Twenty trials at one difficulty, four in five of them right."""
    trials = [
        replace(
            TRIAL, trial=n, block=block, difficulty=difficulty, success=n % 5 > 0, outcome="hit" if n % 5 else "miss"
        )
        for n in range(20)
    ]
    return [*trials, replace(BLOCK, block=block)]


def test_who_held_a_greater_difficulty_has_a_new_best_at_that_level_alone(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    start = 1_750_000_000.0
    other = [replace(BLOCK, block=2, level="candle-01", task="candle")]
    play(path, *sitting(-1.0), *other, anchor_unix_s=start)
    play(path, *sitting(1.0), anchor_unix_s=start + DAY_S)
    play(path, *sitting(2.5), anchor_unix_s=start + 2 * DAY_S, kind="demo")
    with Store.open(path) as store:
        found = bests(store, 1, ["strike-01", "strike-02"], UTC)
        assert list(found) == ["strike-01"]
        told = found["strike-01"]
        assert (told.day, told.is_new) == (date(2025, 6, 16), True)
        assert 0.5 < told.value < 1.0
    play(path, *sitting(0.0), anchor_unix_s=start + 3 * DAY_S)
    with Store.open(path) as store:
        assert bests(store, 1, ["strike-01"], UTC)["strike-01"] == replace(told, is_new=False)
