"""The player chooses what grows, everything can be met, nothing is ever taken away, and bests are facts."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.garden import GROWING, best, offers

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
    values = list(zip(DAYS, (1.0, 2.5, None, 2.0), strict=False))
    told = best("strike", values)
    assert told is not None
    assert (told.value, told.day, told.is_new) == (2.5, DAYS[1], False)
    steady = best("still-water", list(zip(DAYS, (0.3, 0.25, 0.2), strict=False)))
    assert steady is not None
    assert (steady.value, steady.is_new) == (0.2, True)
    assert steady.sentence == "answers within 20% of their usual time"


def test_a_first_value_is_no_new_best_and_without_values_there_is_none() -> None:
    told = best("strike", [(DAYS[0], 1.0)])
    assert told is not None
    assert not told.is_new
    assert best("strike", [(DAYS[0], None)]) is None
    assert best("hopscotch", [(DAYS[0], 1.0)]) is None
