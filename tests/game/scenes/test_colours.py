"""Whoever sees colours otherwise sees all that matters: signs stay apart, and what is played stands out."""

from functools import cache
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

import assets
from engine.anchors import X_MIN
from game.draw import Disc, Sprite, flatten
from game.manner import PALETTES, Manner, Palette, worn
from game.scenes import Scene
from game.widgets.paint import colour
from game.windows import Window, open_window
from tests.game.scenes.gallery import LATER, levels, moment

Colours = NDArray[np.float64]

SEEN: dict[str, Colours] = {
    "all": np.eye(3),
    "no reds": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no greens": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blues": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Of linear sRGB, at full severity (Machado, Oliveira & Fernandes 2009, IEEE TVCG 15:1291)."""

LEAST_APART = 9.0
"""CIELAB units (CIE 1976) between two signs, in every eye; 2.3 can just be told apart (Mahy et al. 1994, Color Res
Appl 19:105). Their shapes tell them apart as well."""
LEAST_FROM_GROUND = 11.0
"""The same for what is played, in the plainest quarter of its pixels, from what is behind it."""
SOON = {"look-away": 8}
"""Ticks after it has come, where it goes again as soon as it is answered."""

PLAYED = {
    "strike": ("fish_", "frog_"),
    "still-water": ("bud", "lotus"),
    "reed-search": ("seeker_",),
    "two-ponds": ("fish_", "frog_", "boat"),
    "flanker": ("minnow_",),
    "firefly": ("glowfly_", "firefly"),
    "candle": ("flame", "candle"),
    "look-away": ("wisp", "mark_"),
    "quiet": ("petal_",),
}
"""The pictures of what each game is about; the chorus is for the ears."""

TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def lab(levels: Colours, eye: str) -> Colours:
    """(..., 3) sRGB levels 0..255 as an eye sees them, in CIELAB under D65."""
    c = np.asarray(levels, float) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ SEEN[eye].T, 0, 1) @ TO_XYZ.T / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def apart(one: Colours, other: Colours, eye: str) -> Colours:
    return np.asarray(np.linalg.norm(lab(one, eye) - lab(other, eye), axis=-1))


def test_the_simulation_leaves_greys_as_they_are_and_takes_what_cannot_be_seen() -> None:
    greys = np.repeat(np.arange(0.0, 256.0, 51.0)[:, None], 3, axis=1)
    for eye in SEEN:
        assert apart(greys, greys, eye).max() == 0
        assert np.abs(lab(greys, eye) - lab(greys, "all")).max() < 0.1
    red, green = np.array([200.0, 60, 60]), np.array([115.0, 115, 60])
    assert apart(red, green, "no greens") < 0.4 * apart(red, green, "all")


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("eye", SEEN)
def test_the_signs_of_a_sensor_stay_apart_from_one_another_and_from_what_they_are_on(
    eye: str, palette: Palette
) -> None:
    with worn(Manner(palette=palette)):
        signs = {name: np.array(colour(name), float) for name in ("good", "poor", "bad")}
        ground = {name: np.array(colour(name), float) for name in ("panel", "panel_soft")}
        focus = apart(np.array(colour("accent"), float), ground["panel_soft"], eye)
    for (one, a), (other, b) in combinations(signs.items(), 2):
        assert apart(a, b, eye) >= LEAST_APART, (one, other)
    for sign in signs.values():
        assert min(apart(sign, under, eye) for under in ground.values()) >= 4 * LEAST_APART
    assert focus >= 4 * LEAST_APART


@pytest.fixture(scope="module")
def window() -> Window:
    return open_window("memory", "Heron", assets.picture)


@cache
def in_play(task: str) -> Scene:
    """A game at the gentlest of its path, soon after something has come."""
    return moment(levels(task)[0], X_MIN, SOON.get(task, LATER))


@pytest.mark.parametrize("palette", ["dawn", "contrast"])
@pytest.mark.parametrize("task", PLAYED)
def test_what_is_played_stands_out_from_its_ground_in_every_eye(task: str, palette: Palette, window: Window) -> None:
    with worn(Manner(palette=palette)):
        ops = tuple(flatten(in_play(task).draw()))
    played = [op for op in ops if isinstance(op, Sprite) and op.texture.startswith(PLAYED[task])]
    assert played
    places = {(op.x, op.y) for op in played}
    about = {op for op in ops if isinstance(op, Sprite | Disc) and (op in played or (op.x, op.y) in places)}
    window.paint(ops)
    seen = np.asarray(window.screenshot(), float)
    window.paint(tuple(op for op in ops if op not in about))
    ground = np.asarray(window.screenshot(), float)
    its = np.abs(seen - ground).sum(axis=-1) > 24
    assert its.sum() > 100
    for eye in SEEN:
        assert np.quantile(apart(seen[its], ground[its], eye), 0.75) >= LEAST_FROM_GROUND, eye
