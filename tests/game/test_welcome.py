"""The first picture, in a process of its own."""

import json
import os
import subprocess
import sys

from game.welcome import welcome

WELCOMED = """
import json, sys
from game.welcome import welcome
window = welcome("pygame", "strike-05")
brightness, welcomed = sum(window.screenshot().resize((1, 1)).getpixel((0, 0))), sorted(sys.modules)
import game.wiring
print(json.dumps([brightness, welcomed, sorted(sys.modules)]))
"""


def test_the_marsh_is_there_before_signals_and_store_and_what_takes_memory_only_when_wanted() -> None:
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy"}
    done = subprocess.run(
        [sys.executable, "-c", WELCOMED], env=environment, capture_output=True, text=True, check=True
    )
    brightness, welcomed, playing = json.loads(done.stdout)
    assert brightness > 100
    assert not {"scipy", "numba", "onnxruntime", "sqlite_utils", "brainflow", "game.wiring"} & set(welcomed)
    assert not {"scipy.signal", "scipy.stats", "scipy.special", "pandas", "torch", "litestar"} & set(playing)


def test_nobody_is_welcomed_where_nobody_looks() -> None:
    assert welcome("memory", "no such level") is None
