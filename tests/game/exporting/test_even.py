"""EEG on an even grid: every value stays what it was, and as near to its stamp as the rate allows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from game.exporting.even import even


@given(
    n=st.integers(10, 600),
    rate_hz=st.sampled_from([125.0, 250.0, 256.0]),
    ppm=st.floats(-200, 200),
    gaps=st.lists(st.tuples(st.integers(1, 500), st.floats(0.02, 3)), max_size=3),
)
def test_every_sample_keeps_its_value_and_lies_within_a_sample_of_its_stamp(
    n: int, rate_hz: float, ppm: float, gaps: list[tuple[int, float]]
) -> None:
    t_s = np.arange(n) / rate_hz * (1 + ppm * 1e-6)
    for after, gap_s in gaps:
        t_s[after:] += gap_s
    uv = np.arange(2 * n, dtype=np.float32).reshape(2, n)
    laid = even(uv, t_s, rate_hz)
    kept = laid.uv[:, ~laid.lost]
    np.testing.assert_array_equal(kept, uv)
    at_s = np.flatnonzero(~laid.lost) / laid.rate_hz
    assert np.abs(at_s - t_s).max() <= laid.off_s + 1e-9
    assert laid.off_s <= 1 / rate_hz
    assert laid.uv.shape[1] % laid.n_record == 0


def test_the_rate_is_that_of_the_stamps_and_not_the_nominal_one() -> None:
    t_s = np.arange(25_000) / 250 * (1 + 80e-6)
    laid = even(np.zeros((1, t_s.size), np.float32), t_s, 250.0)
    assert laid.n_record == 250
    assert laid.record_s == 1.00008
    assert laid.off_s < 1e-4


def test_what_is_missing_holds_the_value_before_it() -> None:
    t_s = np.delete(np.arange(20) / 10, [4, 5])
    uv = np.delete(np.arange(20, dtype=np.float32), [4, 5])[None]
    laid = even(uv, t_s, 10.0)
    assert laid.uv[0, 3:7].tolist() == [3, 3, 3, 6]
    assert laid.stretches() == [(0.4, 0.2)]
