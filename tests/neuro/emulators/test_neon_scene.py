"""What the emulated head does, and what its camera sees of the screen."""

import numpy as np
import pytest

from neuro.emulators.neon.head import Head
from neuro.emulators.neon.payloads import SCENE_PX
from neuro.emulators.neon.scene import Sight, draw
from neuro.screen import NEON_PINHOLE, TagDetector
from neuro.screen.lens import angle_deg
from neuro.screen.plane import moved
from tests.neuro.screen.scene_camera import GRID, PLACES


def seen(head: Head, t_s: float) -> np.ndarray:
    picture = np.full(SCENE_PX[::-1], 50, np.uint8)
    draw(picture, Sight(head.view(t_s), (800.0, 600.0), PLACES))
    return picture


@pytest.mark.parametrize("turned", [(0.0, 0.0), (12.0, -4.0), (-15.0, 6.0)])
def test_the_marks_are_painted_where_the_head_sees_the_screen(turned: tuple[float, float]) -> None:
    head = Head()
    head.turn(*turned, t_s=0.0)
    sight = TagDetector(PLACES, NEON_PINHOLE)(seen(head, 3.3), 3.3)
    assert sight is not None
    again = moved(sight.matrix, NEON_PINHOLE.rays(moved(head.view(3.3), GRID)))
    assert again == pytest.approx(GRID, abs=0.003)


def test_a_head_that_turns_right_and_down_sees_the_screen_move_left_and_up() -> None:
    head = Head()
    head.turn(10.0, 5.0, t_s=0.0)
    before, after = head.pixels(np.array([0.0, 4.0]), np.full((2, 2), 0.5)).T
    assert before == pytest.approx([800, 600])
    assert after[0] < before[0]
    assert after[1] < before[1]
    assert angle_deg(*(NEON_PINHOLE.rays(at[:, None]) for at in (before, after))) == pytest.approx(11.2, abs=0.1)


def test_a_turn_takes_its_time_and_its_rates_add_up() -> None:
    head = Head()
    head.turn(10.0, 0.0, t_s=1.0)
    t_s = np.arange(1.0, 2.0, 0.001)
    assert head.turned_deg(1.0)[0] == 0.0
    assert head.turned_deg(1.2)[0] == pytest.approx(5.0)
    assert head.turned_deg(1.4)[0] == pytest.approx(10.0)
    assert sum(head.rates_deg_s(at)[0] for at in t_s) / 1000 == pytest.approx(10.0, rel=0.01)


def test_the_head_nods_by_a_degree() -> None:
    downs = [Head().turned_deg(t_s)[1] for t_s in np.arange(0, 4, 0.01)]
    assert (min(downs), max(downs)) == pytest.approx((-1, 1), abs=1e-3)
    assert downs[-1] == pytest.approx(0, abs=0.02)


def test_a_screen_that_is_out_of_the_picture_is_not_painted() -> None:
    head = Head()
    head.turn(70.0, 0.0, t_s=0.0)
    assert (seen(head, 4.0)[:, 900:] == 50).all()
