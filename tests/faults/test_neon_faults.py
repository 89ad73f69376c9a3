"""What can go wrong between eyes and a Pupil Labs Neon's phone, as the listener and the recorder see it."""

from collections.abc import Iterator

import pytest

from tests.faults.catalogue import NEON, Fault
from tests.faults.observed import assert_as_it_must_be, observe
from tests.faults.sitting import Sitting, sit_with_glasses

pytestmark = pytest.mark.real_time


@pytest.fixture(scope="module")
def sitting() -> Iterator[Sitting]:
    with sit_with_glasses() as sitting:
        yield sitting


@pytest.mark.parametrize("fault", NEON, ids=lambda fault: fault.name)
def test_a_fault_on_the_way_comes_to_what_it_must(sitting: Sitting, fault: Fault) -> None:
    assert_as_it_must_be(observe(sitting, fault))
