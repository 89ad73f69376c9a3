"""Contracts that every piece of a kind keeps; the tests of each piece call the check."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

Stage = Callable[[NDArray[Any]], Iterable[Any]]
"""Takes rows of samples (n_rows, n); gives what it has to say, in order: arrays, or anything that can be compared."""


def check_stage(
    make: Callable[[], Stage],
    signal: NDArray[Any],
    cut: tuple[int, ...] = (),
    max_examples: int = 25,
    within: float = 0.0,
) -> None:
    """The laws of a stage: chunking never changes what it says, and the future never changes the past.

    Args:   make: a fresh stage; signal: (n_rows, n); cut: where it is surely cut, for places that are awkward;
            within: how far arrays may be apart, of 1 and of their size, where sums are not taken in order.
    Raises: AssertionError: it keeps one of them not.
    """
    n = signal.shape[1]
    whole = _said(make, signal, [])
    assert whole, "the signal is too short for the stage to say anything"

    @example(cuts=list(cut))
    @given(cuts=st.lists(st.integers(1, n - 1), max_size=20, unique=True))
    @settings(max_examples=max_examples, deadline=None)
    def chunking_never_changes_what_it_says(cuts: list[int]) -> None:
        _assert_same(_said(make, signal, cuts), whole, within)

    @given(now=st.integers(1, n - 1))
    @settings(max_examples=max_examples, deadline=None)
    def the_future_never_changes_the_past(now: int) -> None:
        other = np.concatenate([signal[:, :now], 2 * signal[:, now:] + 1], axis=1)  # stamps among them still increase
        past = _said(make, signal[:, :now], [])
        _assert_same(_said(make, other, [])[: len(past)], past, within)

    chunking_never_changes_what_it_says()
    the_future_never_changes_the_past()


def _said(make: Callable[[], Stage], signal: NDArray[Any], cuts: list[int]) -> list[Any]:
    stage = make()
    edges = [0, *sorted(cuts), signal.shape[1]]
    return [said for first, last in pairwise(edges) for said in stage(signal[:, first:last])]


def _assert_same(found: list[Any], expected: list[Any], within: float) -> None:
    assert len(found) == len(expected)
    for i, (one, other) in enumerate(zip(found, expected, strict=True)):
        if isinstance(one, np.ndarray):
            equal = one.shape == other.shape and np.allclose(one, other, within, within, equal_nan=True)
        else:
            equal = one == other
        assert equal, f"number {i} of {len(expected)} is another: {one} instead of {other}"
