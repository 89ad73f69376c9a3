"""The ring against a plain list."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuro.ring import Ring


@given(length=st.integers(1, 12), pushes=st.lists(st.integers(0, 30), max_size=30), asked=st.integers(0, 12))
def test_the_newest_samples_are_those_of_a_plain_list(length: int, pushes: list[int], asked: int) -> None:
    ring, plain = Ring(2, length), np.empty((2, 0))
    for n in pushes:
        new = plain.size + np.arange(2.0 * n).reshape(2, n)
        ring.push(new)
        plain = np.concatenate([plain, new], axis=1)
        assert len(ring) == min(plain.shape[1], length)
    n = min(asked, len(ring))
    assert np.array_equal(ring.last(n), plain[:, plain.shape[1] - n :])


def test_what_is_remembered_lies_in_one_piece() -> None:
    ring = Ring(1, 8)
    for start in range(0, 60, 3):
        ring.push(np.arange(start, start + 3.0)[None])
        assert ring.last(len(ring))[0].flags.c_contiguous


def test_more_than_is_remembered_cannot_be_asked_for() -> None:
    ring = Ring(1, 4)
    ring.push(np.zeros((1, 3)))
    with pytest.raises(ValueError, match="4 samples were asked for and 3 are there"):
        ring.last(4)
