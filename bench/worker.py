"""One piece of work in a process of its own: no contender pays for what another work's peers have loaded."""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bench.measure import Result, pin

WORKS = {
    "W1": "bench.w1_conditioning",
    "W2": "bench.w2_features",
    "W3": "bench.w3_gaze",
    "W4": "bench.w4_net",
    "W5": "bench.w5_hop",
    "W6": "bench.w6_logging",
    "W7": "bench.w7_drawing",
    "W8": "bench.w8_playing",
}

SURROUNDINGS = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"), "1"),
    **dict.fromkeys(("MNE_LOGGING_LEVEL", "MNE_LSL_LOG_LEVEL"), "ERROR"),
    "LSLAPICFG": str(Path(__file__).with_name("lsl_api.cfg")),
}
"""One thread each, and no words of the peers' about themselves."""


class WorkFailed(Exception):
    """A piece of work could not be done; the message says what to do next."""


def done(module: str, seconds: float, progress: Callable[[float], None]) -> Result:
    """Do the work of a module, whose `run` takes the seconds and the progress, and wait for it.

    Raises: WorkFailed.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(module, seconds, there))
    with _surrounded():
        process.start()
    there.close()
    try:
        while True:
            told = here.recv()
            if isinstance(told, Result):
                return told
            if isinstance(told, str):
                raise WorkFailed(told)
            progress(told)
    except EOFError:
        raise WorkFailed(f"{module} broke off; what it said last, above, tells why.") from None
    finally:
        process.join()


@contextmanager
def _surrounded() -> Iterator[None]:
    """What starts meanwhile has SURROUNDINGS from its first line on: libraries look at them when they load."""
    before = dict(os.environ)
    os.environ.update(SURROUNDINGS)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _work(module: str, seconds: float, pipe: Connection) -> None:
    pin()
    warnings.simplefilter("ignore")  # of the peers, about themselves
    try:
        pipe.send(import_module(module).run(seconds, pipe.send))
    except ModuleNotFoundError as error:
        pipe.send(f"{module} needs {error.name}: python -m pip install -r bench/requirements.txt.")
