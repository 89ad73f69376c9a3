"""Runs a stage over a recording in portions."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np

from neuro.eyes.look import Labels, Look


class Stage(Protocol):
    def __call__(self, look: Look) -> Labels: ...
    def finish(self) -> Labels: ...


def run(new: Callable[[], Stage], look: Look, cuts: Sequence[int] = ()) -> Labels:
    """The labels of all samples, handed over between these places."""
    stage, edges = new(), [0, *sorted(cuts), look.t_s.size]
    parts = [stage(look.part(slice(a, b))) for a, b in pairwise(edges)]
    return Labels.joined([*parts, stage.finish()])


def assert_same(one: Labels, other: Labels) -> None:
    np.testing.assert_array_equal(one.t_s, other.t_s)
    np.testing.assert_array_equal(one.kind, other.kind)
    np.testing.assert_allclose(one.deg, other.deg, atol=1e-6)
    np.testing.assert_allclose(one.deg_per_s, other.deg_per_s, atol=1e-6)
