"""Samples in few bits lose not one of them, whatever they are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from engine.store.coding import (
    found_step,
    packed,
    planes,
    planes_back,
    rice,
    rice_back,
    stamps,
    stamps_back,
    unpacked,
)

CYTON_UV = 4.5e6 / 24 / (2**23 - 1)
MUSE_UV = 2000 / 4096


def counted(step: float, n: int = 250, sd: float = 15.0) -> NDArray[np.float32]:
    """Noise as a converter of that step gives it, on eight channels with offsets of their own."""
    chance = np.random.default_rng(7)
    uv = chance.normal(0, sd, (8, n)) + chance.normal(0, 50, (8, 1))
    return (np.rint(uv / step) * step).astype(np.float32)


def comes_back(values: NDArray[np.float32]) -> bool:
    return unpacked(packed(values), *values.shape).tobytes() == values.tobytes()


@settings(max_examples=60, deadline=None)
@given(arrays(np.float32, st.tuples(st.integers(0, 3), st.integers(0, 40)), elements=st.floats(width=32)))
def test_any_floats_come_back_to_the_last_bit(values: NDArray[np.float32]) -> None:
    assert comes_back(values)


@settings(max_examples=60, deadline=None)
@given(
    st.floats(1e-4, 10.0),
    arrays(np.int32, st.tuples(st.just(2), st.integers(1, 80)), elements=st.integers(-(2**23), 2**23)),
)
def test_whole_multiples_of_any_step_come_back_to_the_last_bit(step: float, counts: NDArray[np.int32]) -> None:
    assert comes_back((counts * step).astype(np.float32))


@pytest.mark.parametrize("step", [CYTON_UV, MUSE_UV])
def test_the_step_of_a_converter_is_found_and_saves_a_third_of_the_room(step: float) -> None:
    values = counted(step)
    found = found_step(values)
    assert found == pytest.approx(step, rel=1e-7)
    assert len(packed(values)) < 0.67 * len(planes(values))
    assert comes_back(values)


def test_no_step_is_found_where_nobody_counted() -> None:
    values = np.random.default_rng(3).normal(0, 15, (8, 250)).astype(np.float32)
    assert found_step(values) == 0.0
    assert comes_back(values)


def test_lost_samples_and_a_railed_channel_come_back() -> None:
    values = counted(CYTON_UV)
    values[:, 40:55] = np.nan
    values[3] = 187500.0
    values[4] = -0.0
    assert comes_back(values)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(2**40), 2**40), max_size=40))
def test_rices_code_is_read_back(steps: list[int]) -> None:
    whole = np.array(steps, np.int64)
    code, low = rice(whole)
    assert rice_back(code, len(whole), low).tolist() == steps


def test_byte_planes_are_read_back() -> None:
    whole = np.array([0, -1, 2**62, 17], np.int64)
    assert planes_back(planes(whole), np.dtype(np.int64)).tolist() == whole.tolist()


@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, st.integers(0, 30)))
def test_any_stamps_come_back_to_the_last_bit(t_s: NDArray[np.float64]) -> None:
    assert stamps_back(stamps(t_s), len(t_s)).tobytes() == t_s.tobytes()


@pytest.mark.parametrize("digits", [6, 9])
def test_stamps_in_whole_parts_of_a_second_come_back_and_take_less_room(digits: int) -> None:
    jitter = np.random.default_rng(1).normal(0, 1e-5, 250)
    t_s = np.round(45_724.25 + np.arange(250) / 250 + jitter, digits)
    assert stamps_back(stamps(t_s), 250).tobytes() == t_s.tobytes()
    assert len(stamps(t_s)) < 0.9 * len(planes(np.diff(t_s.view(np.int64), prepend=0)))
