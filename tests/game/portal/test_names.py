"""What pages call things."""

from dataclasses import fields

import pytest

from engine.tasks.catalogue import TASKS
from game.manner import Manner, worn
from game.portal.names import MEASURES, measure_name


@pytest.mark.parametrize("task", sorted(TASKS))
def test_every_measure_of_a_game_has_a_name(task: str) -> None:
    assert {field.name for field in fields(TASKS[task].measures(()))} <= set(MEASURES)


def test_a_measure_is_named_with_its_unit_in_the_language_of_whoever_reads() -> None:
    assert measure_name("reaction_mean_s") == "reaction mean, s"
    assert measure_name("intrusions_per_min") == "intrusions, 1/min"
    assert measure_name("d_prime") == "d\u2032"
    with worn(Manner(language="zh_CN")):
        assert measure_name("reaction_mean_s") == "反应时均值, s"
