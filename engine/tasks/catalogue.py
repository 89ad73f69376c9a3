"""Every task by its name."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from engine.tasks import (
    candle,
    chorus,
    chorus_measures,
    firefly,
    firefly_measures,
    flanker,
    flanker_measures,
    look_away,
    look_away_measures,
    quiet,
    reed_search,
    reed_search_measures,
    still_water,
    still_water_measures,
    strike,
    strike_measures,
    two_ponds,
    two_ponds_measures,
)
from engine.tasks.task import By, Game, Trial


class Task(NamedTuple):
    """What the rest of the house knows of a task.

    modes:      what it can be played with, the best first
    begin:      its state, by how many trials there were before
    has_trials: False where there is nothing to answer, and nothing to practise
    staircases: two where two things are done at once, each with its own difficulty
    """

    name: str
    modes: tuple[By, ...]
    begin: Callable[[int], Game]
    measures: Callable[[Iterable[Trial]], Any]
    has_trials: bool = True
    staircases: int = 1


TASKS = {
    task.name: task
    for task in (
        Task("strike", ("keys",), lambda trial: strike.Strike(trial=trial), strike_measures.measures),
        Task(
            "still-water",
            ("keys",),
            lambda trial: still_water.StillWater(trial=trial),
            still_water_measures.measures,
        ),
        Task("chorus", ("keys",), lambda trial: chorus.Chorus(trial=trial), chorus_measures.measures),
        Task(
            "reed-search",
            ("gaze", "pointer", "keys"),
            lambda trial: reed_search.ReedSearch(trial=trial),
            reed_search_measures.measures,
        ),
        Task(
            "two-ponds",
            ("keys", "pointer", "gaze"),
            lambda trial: two_ponds.TwoPonds(trial=trial),
            two_ponds_measures.measures,
            staircases=2,
        ),
        Task(
            "flanker",
            ("keys", "pointer", "gaze"),
            lambda trial: flanker.Flanker(trial=trial),
            flanker_measures.measures,
        ),
        Task("firefly", ("gaze", "pointer"), lambda trial: firefly.Firefly(trial=trial), firefly_measures.measures),
        Task("candle", ("gaze", "pointer"), lambda trial: candle.Candle(trial=trial), candle.measures),
        Task(
            "look-away",
            ("gaze", "keys", "pointer"),
            lambda trial: look_away.LookAway(trial=trial),
            look_away_measures.measures,
        ),
        Task(
            "quiet",
            ("keys",),
            lambda trial: quiet.Quiet(trial=trial),
            lambda _trials: quiet.measures(()),
            has_trials=False,
        ),
    )
}

AnySettings = Annotated[
    strike.Settings
    | reed_search.Settings
    | two_ponds.Settings
    | flanker.Settings
    | quiet.Settings
    | firefly.Settings
    | candle.Settings
    | look_away.Settings
    | still_water.Settings
    | chorus.Settings,
    Field(discriminator="task"),
]
"""The `[game]` of a level, whichever task it is of."""

WARMUP = flanker.Settings(
    task="flanker", incongruent=(0.4, 0.4), spacing=(0.08, 0.08), deadline_s=(1.2, 1.2), gap_s=(0.8, 0.8)
)
"""The warm-up of every sitting, the same each time: what it calibrates can be compared."""
WARMUP_X = 0.0
"""Its difficulty, for everybody."""
