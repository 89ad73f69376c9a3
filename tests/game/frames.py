"""How long a frame takes in every level at its hardest with all distractors, as it is played.

To measure: python -m tests.game.frames pygame|arcade [LEVEL ..]
"""

import os
import sys
import time
from typing import NamedTuple

import numpy as np

import assets
from engine.level import Level
from engine.ports import TICK_S
from game.loop import drawn
from game.viewing import Viewing
from game.windows import Kind, Window, open_window
from tests.game.hardest import levels, scenes

SECONDS, WARM = 5.0, 30
LIMIT_MS = {"pygame": 16.7, "arcade": 25.0}


class Times(NamedTuple):
    """Of the frames of one level, ms: of the draw list, the painting and the flash guard together.

    cpu_p99: of this process alone, which a busy machine does not lengthen
    """

    p50: float
    p99: float
    worst: float
    cpu_p99: float


def measured(window: Window, level: Level) -> Times:
    viewing, wall_s, cpu_s = Viewing(window), [], []
    for number, scene in enumerate(scenes(level, SECONDS)):
        began_s, spent_s = time.perf_counter(), time.process_time()
        window.paint(viewing.picture(drawn(scene), "high", TICK_S, number * TICK_S))
        window.show()
        viewing.drawn(0.0, number * TICK_S)
        if number >= WARM:
            wall_s.append(time.perf_counter() - began_s)
            cpu_s.append(time.process_time() - spent_s)
    p50, p99, worst = (1000 * float(np.percentile(wall_s, share)) for share in (50, 99, 100))
    return Times(p50, p99, worst, 1000 * float(np.percentile(cpu_s, 99)))


def main(kind: Kind, names: list[str]) -> None:
    os.environ["ARCADE_HEADLESS" if kind == "arcade" else "SDL_VIDEODRIVER"] = "1" if kind == "arcade" else "dummy"
    window = open_window(kind, "Frames", assets.picture)
    write = sys.stdout.write
    write(f"{'':18}{'p50':>8}{'p99':>8}{'worst':>8}{'cpu p99':>9}  ms, of {LIMIT_MS[kind]} at most\n")
    for level in levels():
        if not names or level.id in names:
            times = measured(window, level)
            write(f"{level.id:18}{times.p50:8.1f}{times.p99:8.1f}{times.worst:8.1f}{times.cpu_p99:9.1f}\n")
    window.close()


if __name__ == "__main__":
    main("arcade" if sys.argv[1] == "arcade" else "pygame", sys.argv[2:])
