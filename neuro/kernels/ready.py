"""Which of the two paths runs: the compiled one as soon as it lies on disk, until then the plain one.

They agree to rounding, so nobody can tell but by the clock. Compiling takes seconds; it happens once, in a process of
its own that gives way to the game.
"""

import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cache
from types import ModuleType

from neuro.kernels import plain, words


@cache
def fastest() -> ModuleType:
    """`plain` or `compiled`, the same as long as the process lives."""
    try:
        from neuro.kernels import compiled  # noqa: PLC0415 -- where there is no compiler, or nowhere to keep its work
    except (ImportError, OSError, RuntimeError):
        return plain
    if compiled.is_ready():
        return compiled
    command = [sys.executable, "-m", "neuro.kernels"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    threading.Thread(target=subprocess.run, args=(command,), kwargs=quiet, name="heron-compiler", daemon=True).start()
    return plain


def judge() -> Callable[..., tuple[bool, float]]:
    """`words.judge`, compiled where it is ready."""
    path = fastest()
    found: Callable[..., tuple[bool, float]] = words.judge if path is plain else path.judge
    return found


@cache
def compile_now() -> None:
    """Wait for the compiled path: for work whose last bits must not depend on when it began."""
    try:
        from neuro.kernels import compiled  # noqa: PLC0415 -- as above
    except (ImportError, OSError, RuntimeError):
        return
    compiled.prepare()
