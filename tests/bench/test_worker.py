"""Work in a process of its own: its result comes back, and so does the reason where there is none."""

import pytest

from bench.measure import Result
from bench.worker import WorkFailed, done
from tests.bench import doing


def test_the_result_and_the_progress_come_back() -> None:
    shares: list[float] = []
    assert done(doing.__name__, doing.WELL, shares.append) == Result("W9", "1")
    assert shares == [0.5]


def test_a_peer_that_is_missing_is_named_with_what_installs_it() -> None:
    with pytest.raises(
        WorkFailed, match=r"needs a_peer_that_nobody_has: python -m pip install -r bench/requirements"
    ):
        done(doing.__name__, doing.WITHOUT_A_PEER, lambda _share: None)


def test_a_process_that_breaks_off_is_told() -> None:
    with pytest.raises(WorkFailed, match=r"tests\.bench\.doing broke off"):
        done(doing.__name__, doing.BADLY, lambda _share: None)
