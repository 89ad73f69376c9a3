"""Marks and words: each state has a shape of its own, and words stay where they belong."""

from itertools import combinations

import pytest

from game.draw import WIDTH, Disc, Line, Op, Rect, Text
from game.manner import Manner, worn
from game.type import text_width
from game.widgets.choices import Button
from game.widgets.paint import Box, Fit, colour, pill, progress, sensor, shortened


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


def test_the_focus_is_seen_by_shape_and_not_by_colour_alone() -> None:
    button = Button("Play").placed(Box(300, 600, 200, 60))
    assert len(button.draw(focused=True)) > len(button.draw(focused=False))


def test_progress_stays_on_its_line() -> None:
    for share in (-1.0, 0.0, 0.5, 1.0, 2.0):
        track, done, light = progress(100, 50, 300, share)
        assert isinstance(track, Rect)
        assert isinstance(done, Rect)
        assert isinstance(light, Disc)
        assert 0 <= done.width <= track.width
        assert track.x <= light.x <= track.x + track.width


@pytest.mark.parametrize("text", [0.8, 1.0, 2.0])
def test_words_above_the_play_are_all_on_their_panel_in_the_middle(text: float) -> None:
    with worn(Manner(text=text)):
        under, *told = pill("The middle fish: press the arrow of its way, and no other.", 60)
    assert isinstance(under, Rect)
    assert under.x + under.width / 2 == WIDTH / 2
    for op in told:
        assert isinstance(op, Text)
        assert text_width(op.words, op.size) < under.width
        assert under.y < op.y - op.size / 2 < op.y + op.size / 2 < under.y + under.height


def test_a_long_name_is_cut_with_a_sign_that_it_was() -> None:
    assert shortened("Ada Lovelace, Countess", 12) == "Ada Lovelac…"
    assert shortened("Ada", 12) == "Ada"
