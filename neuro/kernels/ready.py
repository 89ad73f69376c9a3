"""Which of the two paths runs: the compiled one as soon as it lies on disk, until then the plain one.

They agree to rounding, so nobody can tell but by the clock. Compiling takes seconds; it happens once, in a process of
its own that gives way to the game.
"""

import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cache

from neuro.kernels import plain
from neuro.kernels.memory import Memory, Step
from neuro.kernels.recipe import Recipe


@cache
def fastest() -> Callable[[Recipe, Memory], Step]:
    """What makes the step to take, the same as long as the process lives."""
    try:
        from neuro.kernels import compiled  # noqa: PLC0415 -- where there is no compiler, or nowhere to keep its work
    except (ImportError, OSError, RuntimeError):
        return plain.stepper
    if compiled.is_ready():
        return compiled.stepper
    command = [sys.executable, "-m", "neuro.kernels"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    threading.Thread(target=subprocess.run, args=(command,), kwargs=quiet, name="heron-compiler", daemon=True).start()
    return plain.stepper


@cache
def compile_now() -> None:
    """Wait for the compiled path: for work whose last bits must not depend on when it began."""
    try:
        from neuro.kernels import compiled  # noqa: PLC0415 -- as above
    except (ImportError, OSError, RuntimeError):
        return
    compiled.prepare()
