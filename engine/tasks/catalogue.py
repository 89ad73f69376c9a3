"""Every task by its name."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from engine.tasks import flanker, quiet, strike
from engine.tasks.task import By, Game, Trial


class Task(NamedTuple):
    """modes: what it can be played with, the best first; begin: its state, by how many trials there were before"""

    name: str
    modes: tuple[By, ...]
    begin: Callable[[int], Game]
    measures: Callable[[Iterable[Trial]], Any]


TASKS = {
    task.name: task
    for task in (
        Task("strike", ("keys",), lambda trial: strike.Strike(trial=trial), strike.measures),
        Task("flanker", ("keys", "pointer", "gaze"), lambda trial: flanker.Flanker(trial=trial), flanker.measures),
        Task("quiet", ("keys",), lambda trial: quiet.Quiet(trial=trial), lambda _trials: quiet.measures(())),
    )
}

AnySettings = Annotated[strike.Settings | flanker.Settings | quiet.Settings, Field(discriminator="task")]
"""The `[game]` of a level, whichever task it is of."""

WARMUP = strike.Settings(task="strike", speed=(0.1, 0.3), frogs=(0.15, 0.3), gap_s=(1.4, 0.6))
"""The warm-up of every sitting, the same for everybody: what it calibrates can be compared."""
