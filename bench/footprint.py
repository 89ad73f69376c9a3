"""What a play takes of a computer: the most memory that a demonstration ever had, and how soon it shows something.

To measure: python -m bench.footprint pygame|arcade [SECONDS]
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS = 60.0
MOST_MB, LATEST_S = 350.0, 2.0

_FIRST = """
import sys, time
import game.cli.app
from game.welcome import welcome
welcome(sys.argv[1], None)
print(time.process_time(), flush=True)
"""


def first_picture_s(kind: str) -> tuple[float, float]:
    """Seconds from the start of the process to the first picture: on the clock, and of the processor."""
    began_s = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", _FIRST, kind], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        spent_s = float(process.stdout.readline())
        return time.perf_counter() - began_s, spent_s


def peak_mb(kind: str, seconds: float) -> float:
    """The most that was resident while a simulated player played so long, at real pace, with sound and devices."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "game", "demo", "--seconds", str(seconds), "--window", kind]
        subprocess.run([*command, "--db", str(Path(folder) / "x.sqlite")], check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def main(kind: str, seconds: float) -> None:
    """Without a screen: SDL's dummy, or Arcade by EGL."""
    os.environ |= {"SDL_AUDIODRIVER": "dummy"}
    os.environ |= {"ARCADE_HEADLESS": "1"} if kind == "arcade" else {"SDL_VIDEODRIVER": "dummy"}
    wall_s, spent_s = min(first_picture_s(kind) for _ in range(3))
    print(f"first picture  {wall_s:6.2f} s, of which {spent_s:.2f} of the processor; of {LATEST_S} at most")
    print(f"memory         {peak_mb(kind, seconds):6.1f} MB at its most, of {MOST_MB:.0f}")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS)
