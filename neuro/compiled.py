"""Compiles what runs once a sample, where numba is there; elsewhere the same lines run as they stand."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The same function as machine code, made at its first call, kept on disk, and run without Python's lock."""
    if find_spec("numba") is None:
        return function
    from numba import njit  # noqa: PLC0415

    fast: Callable[P, R] = njit(cache=True, nogil=True)(function)
    return fast
