"""What of a picture is clear, and what hides all that is behind it."""

from collections.abc import Iterator
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

TILE = 24
"""Side of the tiles, px, in which it is looked up what of a picture is clear, and need not be painted."""


def parts_of(alpha: NDArray[np.uint8]) -> tuple[NDArray[np.float64], int]:
    """Left, top, right and bottom (n, 4), 0..1, of what is not clear, and how many of the last are opaque.

    alpha: (height, width) of a picture; smoothing reaches a pixel from one tile into the next
    """
    height, width = alpha.shape
    padded = np.pad(alpha, 1, mode="edge")
    least, most = (_over_tiles(pick, padded, height, width) for pick in (np.minimum, np.maximum))
    kinds = np.where(least == 255, 2, np.where(most > 0, 1, 0))
    found = list(_runs(kinds.tolist()))
    through, opaque = ([run for kind, *run in found if kind == wanted] for wanted in (1, 2))
    edges = np.minimum(TILE * np.array(through + opaque or [[0, 0, 0, 0]]), (width, height, width, height))
    return edges / (width, height, width, height), len(opaque)


def _runs(kinds: list[list[int]]) -> Iterator[tuple[int, int, int, int, int]]:
    """Kind, left, top, right and bottom of tiles of a kind beside one another, and below one another where alike."""
    above: dict[tuple[int, int, int], int] = {}
    for row, across in enumerate((*kinds, [])):
        here, column = {}, 0
        for kind, some in groupby(across):
            end = column + len(list(some))
            if kind:
                here[kind, column, end] = above.pop((kind, column, end), row)
            column = end
        yield from ((kind, left, top, right, row) for (kind, left, right), top in above.items())
        above = here


def _over_tiles(pick: np.ufunc, padded: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """(rows, columns) the least or the most in each tile and a pixel round it."""
    near = padded[1:-1, 1:-1]
    for down in range(3):
        for across in range(3):
            near = pick(near, padded[down : down + height, across : across + width])
    over: NDArray[np.uint8] = pick.reduceat(near, range(0, height, TILE), axis=0)
    return np.asarray(pick.reduceat(over, range(0, width, TILE), axis=1))
