"""An hour of the signal path takes little and leaves nothing."""

from bench import hour, targets


def test_what_an_hour_leaves_in_memory_does_not_grow_with_it() -> None:
    facts = hour.facts(hour.SETTLED_S + 60)
    assert facts["blocks_grown_in_an_hour"] < targets.BLOCKS_MOST
    assert 0 < facts["percent_of_a_core_without_the_net"] < facts["percent_of_a_core_with_it"]
