"""The focus, by any way of pressing."""

from dataclasses import replace
from typing import cast

import pytest

from engine.ports import TICK_S, Action, Inputs
from game.manner import Manner, worn
from game.widgets.choices import Button, Choice, Entry, Options, Slider, Switch
from game.widgets.menu import Chosen, Menu
from game.widgets.paint import Box

PLAY, LEAVE = Box(300, 600, 200, 60), Box(700, 600, 200, 60)
TWO: tuple[Choice, ...] = (Button("Play").placed(PLAY), Button("Leave").placed(LEAVE))
GRID: tuple[Choice, ...] = tuple(
    Button(f"{x}{y}").placed(Box(200 + 300 * x, 200 + 100 * y, 200, 60)) for y in range(2) for x in range(3)
)
ON_LEAVE, NOWHERE = (705.0, 610.0), (500.0, 100.0)


def pressed(*actions: Action) -> Inputs:
    return Inputs(pressed=actions)


def after(inputs: list[Inputs], choices: tuple[Choice, ...] = TWO) -> tuple[Menu, list[Chosen]]:
    menu, told = Menu(), []
    for one in inputs:
        menu, chosen = menu.update(one, choices)
        told += [chosen] if chosen else []
    return menu, told


def ticks(seconds: float, inputs: Inputs) -> list[Inputs]:
    return [inputs] * round(seconds / TICK_S)


def test_confirm_chooses_what_has_the_focus() -> None:
    assert after([pressed("confirm")])[1] == [Chosen("Play")]


@pytest.mark.parametrize("action", ["down", "right", "up", "left"])
def test_two_choices_in_a_row_are_gone_round_by_any_direction(action: Action) -> None:
    assert after([pressed(action), pressed("confirm")])[1] == [Chosen("Leave")]
    assert after([pressed(action)] * 2)[0].focus == 0


def test_in_a_grid_the_focus_goes_where_the_arrow_points() -> None:
    way: list[tuple[Action, str]] = [("right", "10"), ("down", "11"), ("left", "01"), ("up", "00")]
    menu = Menu()
    for action, key in way:
        menu, _ = menu.update(pressed(action), GRID)
        assert GRID[menu.focus].key == key


def test_a_pointer_brings_the_focus_and_a_click_chooses() -> None:
    menu, told = after([Inputs(pointer=NOWHERE), Inputs(pointer=ON_LEAVE)])
    assert (menu.focus, told) == (1, [])
    assert after([Inputs(pointer=ON_LEAVE, clicked=True)])[1] == [Chosen("Leave")]


def test_a_pointer_at_rest_leaves_the_focus_to_the_keys() -> None:
    moved = [Inputs(pointer=NOWHERE), Inputs(pointer=ON_LEAVE)]
    assert after([*moved, Inputs(pointer=ON_LEAVE, pressed=("left",))])[0].focus == 0
    assert after([Inputs(pointer=ON_LEAVE)] * 3)[0].focus == 0  # a page that opens under it


def test_a_click_beside_the_choices_chooses_nothing() -> None:
    assert after([Inputs(pointer=NOWHERE, clicked=True)])[1] == []


def test_a_sheet_without_choices_does_nothing() -> None:
    assert Menu().update(pressed("confirm", "down"), ()) == (Menu(), None)


def test_choices_that_went_away_leave_the_focus_on_one_that_is_there() -> None:
    assert Menu(focus=5).update(pressed("confirm"), TWO)[1] == Chosen("Play")


def test_one_switch_waits_for_its_turn_and_any_press_chooses() -> None:
    with worn(Manner(scan_s=1.0)):
        assert after([*ticks(0.5, Inputs()), pressed("strike")])[1] == [Chosen("Play")]
        assert after([*ticks(1.5, Inputs()), pressed("strike")])[1] == [Chosen("Leave")]
        assert after([*ticks(2.5, Inputs()), Inputs(clicked=True, pointer=NOWHERE)])[1] == [Chosen("Play")]


def test_a_look_that_rests_chooses_once() -> None:
    with worn(Manner(dwell_s=0.8)):
        assert after(ticks(0.7, Inputs(gaze=ON_LEAVE)))[1] == []
        assert after(ticks(5.0, Inputs(gaze=ON_LEAVE)))[1] == [Chosen("Leave")]


def test_a_look_that_wanders_a_little_still_rests_and_one_that_leaves_begins_anew() -> None:
    beside = (LEAVE.left - 15, LEAVE.y)
    with worn(Manner(dwell_s=0.8)):
        assert after([*ticks(0.5, Inputs(gaze=ON_LEAVE)), *ticks(0.4, Inputs(gaze=beside))])[1] == [Chosen("Leave")]
        away = [*ticks(0.5, Inputs(gaze=ON_LEAVE)), Inputs(gaze=NOWHERE), *ticks(0.5, Inputs(gaze=ON_LEAVE))]
        assert after(away)[1] == []


def test_who_blinks_while_looking_need_not_begin_anew() -> None:
    with worn(Manner(dwell_s=4.0)):
        looks = [*ticks(2.1, Inputs(gaze=ON_LEAVE)), *ticks(0.3, Inputs()), *ticks(2.0, Inputs(gaze=ON_LEAVE))]
        assert after(looks)[1] == [Chosen("Leave")]


def test_without_a_dwell_time_looks_choose_nothing() -> None:
    assert after(ticks(30.0, Inputs(gaze=ON_LEAVE))) == (after(ticks(30.0, Inputs()))[0], [])


def test_how_long_a_look_has_rested_can_be_seen() -> None:
    with worn(Manner(dwell_s=2.0)):
        menu, _ = after(ticks(1.0, Inputs(gaze=ON_LEAVE)))
        assert len(menu.draw(TWO)) > len(replace(menu, looked=0).draw(TWO))


VALUES: tuple[Choice, ...] = (
    Switch("Captions").placed(Box(600, 100, 500, 50)),
    Slider("Music", 50.0).placed(Box(600, 200, 500, 50)),
    Options("Hand", "right", (("right", "Right"), ("left", "Left"))).placed(Box(600, 300, 500, 50)),
    Entry("Name").placed(Box(600, 400, 500, 50)),
)


def moved(number: int, inputs: Inputs) -> object:
    _, chosen = Menu(focus=number).update(inputs, VALUES)
    return cast(Chosen, chosen).value


def test_what_has_a_value_is_moved_in_its_place() -> None:
    assert moved(0, pressed("confirm")) is True
    assert moved(0, pressed("right")) is True
    assert moved(1, pressed("right")) == 60.0
    assert moved(1, pressed("left")) == 40.0
    assert moved(2, pressed("right")) == "left"
    assert moved(3, Inputs(typed="Otto\b")) == "Ott"


def test_a_slider_goes_where_it_is_clicked_and_one_press_alone_goes_round_all_it_can_be() -> None:
    slider = cast(Slider, VALUES[1])
    far_right = Inputs(pointer=(slider.box.left + slider.box.width - 1, 200), clicked=True)
    assert moved(1, far_right) == 100.0
    seen = []
    for _ in range(11):
        slider = slider.moved(Inputs(), confirmed=True)
        seen.append(slider.value)
    assert sorted(seen) == [10.0 * n for n in range(11)]


def test_letters_that_are_typed_are_words_and_not_ways_to_go() -> None:
    menu, chosen = Menu(focus=3).update(Inputs(typed="w", pressed=("up",)), VALUES)
    assert (menu.focus, chosen) == (3, Chosen("Name", "w"))


def test_a_name_ends_at_its_longest() -> None:
    assert moved(3, Inputs(typed="x" * 99)) == "x" * 20
