"""Menus, buttons and sensor marks, by any way of pressing."""

from itertools import combinations

import pytest

from engine.ports import Action, Inputs
from game.draw import Disc, Line, Op, Rect
from game.widgets import SMALLEST_TARGET, Button, Fit, Menu, colour, lines, progress, sensor

MENU = Menu((Button("Play", 300, 600), Button("Leave", 700, 600)))
ON_LEAVE, NOWHERE = (705.0, 610.0), (500.0, 100.0)


def pressed(*actions: Action) -> Inputs:
    return Inputs(pressed=actions)


def test_confirm_chooses_what_has_the_focus() -> None:
    assert MENU.update(pressed("confirm"))[1] == "Play"


@pytest.mark.parametrize("action", ["down", "right", "up", "left"])
def test_the_focus_goes_round(action: Action) -> None:
    menu, chosen = MENU.update(pressed(action))
    assert chosen is None
    assert menu.update(pressed("confirm"))[1] == "Leave"
    assert menu.update(pressed(action))[0].focus == 0


def test_a_pointer_brings_the_focus_and_a_click_chooses() -> None:
    menu, chosen = MENU.update(Inputs(pointer=ON_LEAVE))
    assert (menu.focus, chosen) == (1, None)
    assert menu.update(Inputs(pointer=ON_LEAVE, clicked=True))[1] == "Leave"


def test_a_pointer_at_rest_leaves_the_focus_to_the_keys() -> None:
    menu, _ = MENU.update(Inputs(pointer=ON_LEAVE))
    menu, _ = menu.update(Inputs(pointer=ON_LEAVE, pressed=("left",)))
    assert menu.focus == 0


def test_a_click_beside_the_buttons_chooses_nothing() -> None:
    assert MENU.update(Inputs(pointer=NOWHERE, clicked=True))[1] is None


def test_a_menu_without_buttons_does_nothing() -> None:
    assert Menu().update(pressed("confirm", "down")) == (Menu(), None)


def test_a_button_is_large_enough_for_a_finger() -> None:
    assert min(Button("Play", 0, 0).width, Button("Play", 0, 0).height) >= SMALLEST_TARGET


def test_the_focus_is_seen_by_shape_and_not_by_colour_alone() -> None:
    assert len(MENU.buttons[0].draw(focused=True)) > len(MENU.buttons[0].draw(focused=False))


def grey(op: Op) -> tuple[object, ...]:
    """What it is and how large, whatever its colour."""
    match op:
        case Disc():
            return ("disc", op.radius, op.colour == colour("panel"))
        case Line():
            return ("line", op.width)
    return (type(op).__name__,)


def test_each_state_of_a_sensor_has_a_shape_of_its_own() -> None:
    states: tuple[Fit, ...] = ("good", "poor", "bad")
    shapes = [{grey(op) for op in sensor(0, 0, state, "Cz", 20)} for state in states]
    for one, other in combinations(shapes, 2):
        assert one != other


def test_progress_stays_on_its_line() -> None:
    for share in (-1.0, 0.0, 0.5, 1.0, 2.0):
        track, done, light = progress(100, 50, 300, share)
        assert isinstance(track, Rect)
        assert isinstance(done, Rect)
        assert isinstance(light, Disc)
        assert 0 <= done.width <= track.width
        assert track.x <= light.x <= track.x + track.width


def test_long_words_are_broken_and_long_stories_end() -> None:
    told = lines("A story " * 9 + "x" * 80, 30, 4)
    assert len(told) == 4
    assert max(len(line) for line in told) <= 30
    assert told[-1].endswith("…")
