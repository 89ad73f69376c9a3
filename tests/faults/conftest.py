"""What the fault tests share."""

import pytest

import assets
from neuro.scorer import load
from tests.faults.sitting import Calm, calm


@pytest.fixture(scope="session")
def head() -> Calm:
    """A head that does nothing to be noticed, for longer than any sitting here."""
    return calm(load(assets.model()), 160.0)
