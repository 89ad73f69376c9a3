"""Where success settles in every game, for every kind of simulated player.

To see it: python -m tests.closed_loop.settling [MINUTES] [SITTINGS] [LEVEL ...]
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from statistics import fmean

from engine.level import LEVELS
from engine.session import Setup, alike
from engine.tasks.catalogue import TASKS
from game.simulation.sitting import play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

SETTLED = 60
"""Trials after which difficulty is taken as settled."""


def settled(level_id: str, profile: str, minutes: float, seed: int) -> list[bool]:
    """Whether each later valid trial of a sitting with eyes succeeded."""
    level = LEVELS.find(level_id)
    setup = Setup(
        alike(level, minutes * 60),
        seed,
        rest_s=0.0,
        warmup_s=20.0,
        sitting_number=4,
        child=PROFILES[profile].child,
        has_gaze=True,
    )
    player = Player(PROFILES[profile], seed)
    played = play(setup, player, Stream(player, Quality(), seed))
    valid = [trial.success for trial in played.trials if trial.valid and trial.strand == "first"]
    return valid[min(SETTLED, len(valid) // 2) :]


def middles() -> list[str]:
    """Of each task with trials the level in the middle of its path."""
    mine = {task: [each for each in LEVELS.ids() if LEVELS.find(each).game.task == task] for task in TASKS}
    return [levels[len(levels) // 2] for task, levels in mine.items() if TASKS[task].has_trials]


def main(minutes: float = 8.0, sittings: int = 1, *level_ids: str) -> None:
    jobs = list(product(level_ids or middles(), PROFILES, range(1, sittings + 1)))
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        runs = {
            (level, profile, seed): pool.submit(settled, level, profile, minutes, seed)
            for level, profile, seed in jobs
        }
    sys.stdout.write(f"{'level':16}" + "".join(f"{profile:>11}" for profile in PROFILES) + "\n")
    for level in dict.fromkeys(level for level, _, _ in jobs):
        cells = []
        for profile in PROFILES:
            tried = [one for seed in range(1, sittings + 1) for one in runs[level, profile, seed].result()]
            cells.append(f"{fmean(tried):>11.3f}" if tried else f"{'-':>11}")
        sys.stdout.write(f"{level:16}" + "".join(cells) + "\n")


if __name__ == "__main__":
    main(*(float(word) for word in sys.argv[1:2]), *(int(word) for word in sys.argv[2:3]), *sys.argv[3:])
