"""What a stage remembers of samples: named arrays, the last axis of each the samples'."""

from typing import NamedTuple, TypeVar

import numpy as np

Past = TypeVar("Past", bound=NamedTuple)


def and_then(past: Past, new: Past) -> Past:
    """One after the other."""
    return past._make(np.concatenate([a, b], axis=-1) for a, b in zip(past, new, strict=True))


def without(past: Past, n: int) -> Past:
    """But the first n samples; nothing of the old arrays is kept alive."""
    return past._make(each[..., n:].copy() for each in past)
