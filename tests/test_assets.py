"""The pictures, sounds and colours that Heron ships with are all there, small enough, and readable."""

import wave
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image

import assets
from engine.level import Place

ALL = sorted(assets.pictures())
HERE = Path(assets.__file__).parent
SOUNDS = ("pad_low", "pad_high", "plip", "wood", "reward", "star", "breath", "croak")


def luminance(rgb: np.ndarray) -> np.ndarray:
    """WCAG relative luminance of (..., 3) levels 0..255."""
    c = np.asarray(rgb, float) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """WCAG contrast ratio, 1..21."""
    low, high = sorted(float(luminance(np.array(c))) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def samples(name: str) -> np.ndarray:
    with wave.open(str(assets.sound(name)), "rb") as file:
        assert file.getsampwidth() == 2
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


def test_the_index_and_the_folder_name_the_same_pictures() -> None:
    files = {path.name for path in (HERE / "pictures").iterdir()} - {"index.json"}
    assert files == {entry["file"] for entry in assets.pictures().values()}


@pytest.mark.parametrize("name", ALL)
def test_a_picture_is_as_large_as_the_index_says(name: str) -> None:
    entry = assets.pictures()[name]
    with Image.open(assets.picture(name)) as image:
        assert image.size == (entry["width"], entry["height"])
        assert image.convert("RGBA").getextrema()[3][1] > 0


@pytest.mark.parametrize("animation", ["heron_wait", "heron_strike", "fish", "frog", "dragonfly", "splash"])
def test_the_frames_of_an_animation_share_one_size_and_anchor(animation: str) -> None:
    frames = [entry for name, entry in assets.pictures().items() if name.startswith(f"{animation}_")]
    assert len(frames) >= 4
    assert len({(frame["width"], frame["height"], tuple(frame["anchor"])) for frame in frames}) == 1


def test_the_heron_reaches_the_water_in_mid_strike() -> None:
    x, y = assets.pictures()["heron_strike_3"]["beak"]
    assert x > 100
    assert 0 < y < 40


@pytest.mark.parametrize("place", get_args(Place))
def test_every_place_is_as_bright_as_pupils_need(place: str) -> None:
    """As levels declare it; how bright the marsh is without reeds, and with all that stands in it."""
    path = assets.picture(f"{place}_back")
    assert path.stat().st_size < 120_000
    with Image.open(path) as image:
        assert image.size == (1280, 720)
        assert 0.12 <= float(luminance(np.asarray(image.convert("RGB"))).mean()) <= 0.30
    assert abs(assets.pictures()[f"{place}_back"]["luminance"] - 0.22) <= 0.03


def test_pictures_and_sounds_stay_small() -> None:
    sizes = {
        folder: sum(path.stat().st_size for path in (HERE / folder).iterdir()) for folder in ("pictures", "sounds")
    }
    assert sizes["pictures"] < 3_000_000
    assert sizes["sounds"] < 1_500_000


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_soft_and_ends_in_silence_or_loops(name: str) -> None:
    sound = samples(name)
    assert 0.05 < np.abs(sound).max() < 0.7
    if not name.startswith("pad"):
        assert abs(sound[-1]) < 1e-3


@pytest.mark.parametrize("name", ["pad_low", "pad_high"])
def test_a_pad_loops_without_a_seam(name: str) -> None:
    pad = samples(name)
    assert abs(pad[0] - pad[-1]) <= np.abs(np.diff(pad)).max()


@pytest.mark.parametrize("key", ["text", "text_soft", "accent", "good", "poor", "bad"])
def test_words_and_states_can_be_read_on_a_panel(key: str) -> None:
    dawn = assets.palette("dawn")
    assert contrast(dawn[key], dawn["panel"]) >= 4.5


def test_each_state_has_a_shape_of_its_own() -> None:
    assert set(assets.shapes()) == {"good", "poor", "bad"}
    assert len(set(assets.shapes().values())) == 3


def test_the_typeface_holds_latin_and_chinese() -> None:
    assert assets.font().is_file()


def test_what_is_not_there_is_said_with_what_to_do() -> None:
    for look, name in ((assets.picture, "unicorn"), (assets.sound, "bang"), (assets.palette, "shapes")):
        with pytest.raises(LookupError, match=r"^Heron has no"):
            look(name)
