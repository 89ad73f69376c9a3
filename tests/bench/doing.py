"""Work to do in a process of its own; which, says the number of seconds."""

import os
from importlib import import_module

from bench.measure import Progress, Result

WELL, BADLY, WITHOUT_A_PEER = 1.0, 2.0, 3.0


def run(seconds: float, progress: Progress) -> Result:
    """Tells half of it, then ends as it was told."""
    progress(0.5)
    if seconds == BADLY:
        os._exit(3)
    if seconds == WITHOUT_A_PEER:
        import_module("a_peer_that_nobody_has")
    return Result("W9", os.environ["OMP_NUM_THREADS"])
