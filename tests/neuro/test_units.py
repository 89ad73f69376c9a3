"""EEG in another unit than microvolts is found and named, and nothing else is."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.types import Chunk, Headset
from neuro.units import UnitsCheck
from tests.neuro.conftest import Head


def units(headset: Headset, uv: NDArray[np.floating]) -> str | None:
    """What is said after ten seconds."""
    check = UnitsCheck(headset)
    n = round(10 * headset.rate_hz)
    for first in range(0, n, 10):
        part = uv[:, first : first + 10].astype(np.float32)
        check.take(Chunk(part, (first + np.arange(part.shape[1])) / headset.rate_hz))
    return check.sentence()


@pytest.mark.parametrize(("factor", "unit"), [(1e-6, "volts"), (1e-3, "millivolts"), (1e3, "nanovolts")])
def test_a_head_in_another_unit_is_found_and_named(head: Head, factor: float, unit: str) -> None:
    said = units(replace(head.headset, name="Muse"), head.part(10, 20).uv * factor)
    assert said == f"The numbers look like {unit}: have Muse send microvolts instead."


@pytest.mark.parametrize("factor", [0.3, 1.0, 3.0])
def test_a_head_in_microvolts_is_left_alone(head: Head, factor: float) -> None:
    assert units(head.headset, head.part(10, 20).uv * factor) is None


@pytest.mark.parametrize("uv", [0.0, 1e-5, 0.02, 20_000.0])
def test_noise_of_any_size_is_no_head_in_another_unit(head: Head, uv: float) -> None:
    noise = np.random.default_rng(2).normal(0, uv, head.part(10, 20).uv.shape) if uv else np.zeros((4, 2560))
    assert units(head.headset, noise) is None


def test_a_unit_that_is_put_right_is_no_longer_named(head: Head) -> None:
    check = UnitsCheck(head.headset)
    wrong, right = head.part(0, 10), head.part(10, 20)
    check.take(Chunk(wrong.uv / np.float32(1e6), wrong.t_s))
    assert check.sentence() is not None
    check.take(right)
    assert check.sentence() is None
