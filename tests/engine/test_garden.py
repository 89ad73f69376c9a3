"""The player chooses what grows, everything can be met, nothing is ever taken away, and bests are facts."""

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.garden import CHIEFS, GROWING, best, chief, offers
from engine.tasks.catalogue import TASKS

DAYS = [date(2026, 3, day) for day in range(2, 8)]


def test_the_first_choice_is_a_plant_an_animal_and_a_weather() -> None:
    assert offers(()) == ("iris", "ducks", "rainbow")


@given(st.data())
def test_whatever_is_chosen_the_marsh_fills_after_24_sittings_with_all_that_there_is(data: st.DataObject) -> None:
    grown: list[str] = []
    while cards := offers(grown):
        assert len(set(cards)) == len(cards) <= 3
        kinds = {GROWING[name].kind for name in cards}
        open_kinds = {growth.kind for name, growth in GROWING.items() if grown.count(name) < growth.most}
        assert kinds == open_kinds
        grown.append(data.draw(st.sampled_from(cards)))
    assert {name: grown.count(name) for name in GROWING} == {name: growth.most for name, growth in GROWING.items()}
    assert len(grown) == 24


def test_what_has_not_grown_yet_is_offered_before_what_has() -> None:
    assert offers(("iris",))[0] == "marigold"
    assert offers(("iris", "marigold", "lotus", "fern"))[0] == "iris"


def test_a_personal_best_is_the_most_or_the_least_as_the_measure_asks() -> None:
    told = best("strike", list(zip(DAYS, (0.25, 0.7, None, 0.6), strict=False)))
    assert told is not None
    assert (told.value, told.day, told.is_new) == (0.7, DAYS[1], False)
    assert told.sentence == "half would be right at 70% of the way from the gentlest to the hardest"
    steady = best("still-water", list(zip(DAYS, (0.3, 0.25, 0.2), strict=False)))
    assert steady is not None
    assert (steady.value, steady.is_new) == (0.2, True)
    assert steady.sentence == "answers that vary by 20% of their usual time"


def test_a_first_value_is_no_new_best_and_an_equal_one_is_none_either() -> None:
    for values in ((0.5,), (0.5, 0.5)):
        told = best("strike", list(zip(DAYS, values, strict=False)))
        assert told is not None
        assert (told.day, told.is_new) == (DAYS[0], False)
    assert best("strike", [(DAYS[0], None)]) is None


@pytest.mark.parametrize("task", CHIEFS)
def test_what_a_best_goes_by_is_measured_by_its_task(task: str) -> None:
    measured = asdict(TASKS[task].measures(()))
    assert chief(task, 0.0, measured) is None
    measure = CHIEFS[task].measure
    assert measure is not None
    assert chief(task, 0.0, measured | {measure: 0.4}) == 0.4


def test_other_bests_go_by_the_difficulty_that_was_held() -> None:
    assert [chief("strike", x, {}) for x in (None, -3.0, 0.0, 4.0)] == [None, 0.0, 0.5, 1.0]
