"""`replace` of the rules is `dataclasses.replace`, only quicker."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.copies import replace
from engine.skill import Skill


@given(st.floats(-3, 3), st.integers(0, 500), st.integers(0, 2))
def test_it_changes_what_is_named_and_nothing_else(x: float, trials: int, failures: int) -> None:
    before = Skill(x, trials, failures, easy=1)
    after = replace(before, trials=trials + 1)
    assert after == dataclasses.replace(before, trials=trials + 1)
    assert before == Skill(x, trials, failures, easy=1)


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="speed"):
        replace(Skill(), speed=1.0)  # type: ignore[call-arg]


def test_the_copy_is_as_frozen_as_the_first() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(Skill(), x=1.0).x = 2.0  # type: ignore[misc]
