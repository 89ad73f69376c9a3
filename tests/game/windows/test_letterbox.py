"""The picture in a window of another shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.draw import HEIGHT, WIDTH
from game.windows.letterbox import letterbox

edges = st.integers(64, 4000)


@given(edges, edges)
def test_the_picture_fits_and_touches_two_sides(width: int, height: int) -> None:
    box = letterbox(width, height)
    assert box.left >= 0
    assert box.top >= 0
    assert box.left + box.width <= width
    assert box.top + box.height <= height
    assert box.width == width or box.height == height
    assert box.width * HEIGHT == pytest.approx(box.height * WIDTH, abs=WIDTH)


@given(edges, edges, st.floats(0, WIDTH - 0.01), st.floats(0, HEIGHT - 0.01))
def test_a_place_in_the_picture_is_found_again_in_the_window(width: int, height: int, x: float, y: float) -> None:
    box = letterbox(width, height)
    found = box.to_picture(box.left + x * box.width / WIDTH, box.top + y * box.height / HEIGHT)
    assert found is None or found == pytest.approx((x, y), abs=1e-6)
    assert found is not None or min(x, y) < 1e-6


def test_the_bars_are_not_the_picture() -> None:
    box = letterbox(1280, 1000)
    assert (box.left, box.top, box.width, box.height) == (0, 140, 1280, 720)
    assert box.to_picture(640, 139) is None
    assert box.to_picture(640, 861) is None
    assert box.to_picture(640, 500) == (640, 360)
