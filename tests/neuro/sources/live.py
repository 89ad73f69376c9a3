"""Waiting for live sources, with a limit instead of a sleep."""

import threading
import time
from collections.abc import Callable

import numpy as np

from neuro.errors import DeviceLost
from neuro.sources.uri import EegSource
from neuro.types import Chunk

_tick = threading.Event()


def wait_until(is_so: Callable[[], bool], limit_s: float = 10.0) -> None:
    end_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < end_s, f"it did not happen within {limit_s} s"
        _tick.wait(0.005)


def collect(source: EegSource, n: int, limit_s: float = 10.0) -> Chunk:
    """At least n samples."""
    chunks: list[Chunk] = []

    def enough() -> bool:
        chunks.append(source.read())
        return sum(chunk.t_s.size for chunk in chunks) >= n

    wait_until(enough, limit_s)
    return join(chunks)


def join(chunks: list[Chunk]) -> Chunk:
    return Chunk(np.concatenate([c.uv for c in chunks], axis=1), np.concatenate([c.t_s for c in chunks]))


def wait_for_loss(source: EegSource, limit_s: float = 10.0) -> str:
    """The sentence with which the source says that its device has gone."""
    said: list[str] = []

    def lost() -> bool:
        try:
            source.read()
        except DeviceLost as error:
            said.append(str(error))
        return bool(said)

    wait_until(lost, limit_s)
    return said[0]


def wait_for_return(source: EegSource, limit_s: float = 10.0) -> Chunk:
    """The first samples after a loss."""
    back: list[Chunk] = []

    def returned() -> bool:
        try:
            back.append(source.read())
        except DeviceLost:
            return False
        return back[-1].t_s.size > 0

    wait_until(returned, limit_s)
    return back[-1]
