"""The pictures, sounds and colours that Heron ships with are all there, small enough, and readable."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import assets
from engine.level import LEVELS
from game.manner import PALETTES
from game.scenes.places import LAYERS, MOODS, Mood, mood_of

ALL = sorted(assets.pictures())
HERE = Path(assets.__file__).parent
REACH = 24
"""px that a layer of the marsh reaches beyond the picture on each side, so that it can drift"""


def luminance(rgb: np.ndarray) -> np.ndarray:
    """WCAG relative luminance of (..., 3) levels 0..255."""
    c = np.asarray(rgb, float) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """WCAG contrast ratio, 1..21."""
    low, high = sorted(float(luminance(np.array(c))) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_the_index_and_the_folder_name_the_same_pictures() -> None:
    files = {path.name for path in (HERE / "pictures").iterdir()} - {"index.json"}
    assert files == {entry["file"] for entry in assets.pictures().values()}


@pytest.mark.parametrize("name", ALL)
def test_a_picture_is_as_large_as_the_index_says(name: str) -> None:
    entry = assets.pictures()[name]
    with Image.open(assets.picture(name)) as image:
        assert image.size == (entry["width"], entry["height"])


ANIMATIONS = {
    **{"heron_walk": 8, "heron_land": 8, "heron_wait": 6, "heron_strike": 8, "fish": 8, "frog": 8, "dragonfly": 8},
    **{"minnow": 8, "glowfly": 6, "otter_swim": 6, "otter_dive": 6, "kingfisher_fly": 6, "splash": 4},
}


@pytest.mark.parametrize("animation", ANIMATIONS)
def test_the_frames_of_an_animation_share_one_size_and_anchor(animation: str) -> None:
    numbers = range(1, ANIMATIONS[animation] + 1)
    frames = [assets.pictures()[f"{animation}_{number}"] for number in numbers]
    assert len({(frame["width"], frame["height"], tuple(frame["anchor"])) for frame in frames}) == 1


def test_the_heron_reaches_the_water_in_mid_strike() -> None:
    x, y = assets.pictures()["heron_strike_4"]["beak"]
    assert x > 100
    assert 0 < y < 40


@pytest.mark.parametrize("mood", MOODS, ids="_".join)
def test_every_mood_is_as_bright_murky_as_clear_and_its_layers_reach_over_the_picture(mood: Mood) -> None:
    sky, water = (assets.pictures()[mood.picture(layer)] for layer in ("sky", "water"))
    assert max(sky["luminance"]) - min(sky["luminance"]) <= 0.01
    assert 0.12 <= min(sky["luminance"]) <= max(sky["luminance"]) <= 0.30
    assert sky["horizon"] < sky["height"]
    assert sky["height"] - 2 + water["height"] == 720
    assert sky["width"] == water["width"] == 1280 + 2 * REACH
    assert sum(assets.picture(mood.picture(layer)).stat().st_size for layer in LAYERS) < 330_000


@pytest.mark.parametrize("level_id", LEVELS.ids())
def test_a_level_declares_the_light_of_its_place_and_hour(level_id: str) -> None:
    level = LEVELS.find(level_id)
    assert abs(assets.pictures()[mood_of(level).picture("sky")]["luminance"][1] - level.luminance) <= 0.01


def test_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in (HERE / "pictures").iterdir()) < 8_000_000


@pytest.mark.parametrize("palette", PALETTES)
def test_words_and_states_can_be_read_where_they_stand(palette: str) -> None:
    colours = assets.palette(palette)
    for key in ("text", "text_soft", "accent", "good", "poor", "bad"):
        assert contrast(colours[key], colours["panel"]) >= 4.5, key
    assert contrast(colours["text"], colours["panel_soft"]) >= 4.5
    assert contrast(colours["ink"], colours["accent"]) >= 4.5


def test_each_state_has_a_shape_of_its_own() -> None:
    assert set(assets.shapes()) == {"good", "poor", "bad"}
    assert len(set(assets.shapes().values())) == 3


def test_the_typeface_holds_latin_and_chinese() -> None:
    assert assets.font().is_file()


def test_what_is_not_there_is_said_with_what_to_do() -> None:
    for look, name in ((assets.picture, "unicorn"), (assets.sound, "bang"), (assets.palette, "shapes")):
        with pytest.raises(LookupError, match=r"^Heron has no"):
            look(name)
