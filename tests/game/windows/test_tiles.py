"""What of a picture is painted: all that is to be seen, once."""

import numpy as np
import pytest
from numpy.typing import NDArray

import assets
from game.windows.shapes import Picture, Shapes
from game.windows.tiles import parts_of

PICTURES = ("shallows_dawn_clouds", "shallows_dawn_reeds_left", "shallows_dawn_hills", "shallows_dawn_sky")


def painted(alpha: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How often each pixel is painted, and how often by what hides all behind it."""
    parts, n_opaque = parts_of(alpha)
    height, width = alpha.shape
    whole, opaque = np.zeros(alpha.shape, int), np.zeros(alpha.shape, int)
    for number, part in enumerate(np.rint(parts * (width, height, width, height)).astype(int)):
        left, top, right, bottom = part
        whole[top:bottom, left:right] += 1
        if number >= len(parts) - n_opaque:
            opaque[top:bottom, left:right] += 1
    return whole, opaque


@pytest.mark.parametrize("name", PICTURES)
def test_all_that_is_to_be_seen_is_painted_once_and_little_else(name: str) -> None:
    alpha = np.asarray(Shapes(assets.picture).image(Picture(name)).getchannel("A"))
    whole, opaque = painted(alpha)
    assert whole.max() == 1
    assert whole[alpha > 0].all()
    assert (alpha[opaque > 0] == 255).all()
    assert whole.mean() < (alpha > 0).mean() + 0.4


def test_what_is_clear_all_over_is_not_painted() -> None:
    assert not painted(np.zeros((50, 70), np.uint8))[0].any()


def test_what_is_opaque_all_over_is_one_part() -> None:
    parts, n_opaque = parts_of(np.full((300, 1280), 255, np.uint8))
    assert (parts.tolist(), n_opaque) == ([[0, 0, 1, 1]], 1)
