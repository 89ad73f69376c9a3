"""A few pictures made on the spot, and each painter with them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from game.windows import Window, open_window

Pictures = Callable[[str], Path]


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    """`back` fills the picture, `fish` is an opaque ellipse with black where it is clear, `glow` is soft light."""
    folder = tmp_path_factory.mktemp("pictures")
    y, x = np.mgrid[0:720, 0:1280]
    save(folder / "back.png", 60 + y / 8, 80 + x / 20, 110 + 40 * np.sin(x / 50) * np.cos(y / 40), 255)
    y, x = np.mgrid[0:96, 0:128]
    inside = np.hypot((x - 63.5) / 60, (y - 47.5) / 40) < 1
    save(folder / "fish.png", (220 - x) * inside, (120 + y) * inside, 90 * inside, 255 * inside)
    y, x = np.mgrid[0:64, 0:64]
    save(folder / "glow.png", 255, 240, 200, 255 * np.clip(1 - np.hypot(x - 31.5, y - 31.5) / 32, 0, 1) ** 2)
    return lambda name: folder / f"{name}.png"


def save(path: Path, *channels: object) -> None:
    pixels = np.stack(np.broadcast_arrays(*channels), axis=-1)  # type: ignore[arg-type]
    Image.fromarray(pixels.astype(np.uint8)).save(path)


@pytest.fixture
def memory(pictures: Pictures) -> Window:
    return open_window("memory", "Heron", pictures)


@pytest.fixture
def pygame_window(pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    window = open_window("pygame", "Heron", pictures)
    yield window
    window.close()


@pytest.fixture(scope="session")
def arcade_window(pictures: Pictures) -> Iterator[Window]:
    """Arcade without a display, by EGL. Its variable is gone again before another test starts a process."""
    os.environ["ARCADE_HEADLESS"] = "1"
    try:
        window = open_window("arcade", "Heron", pictures)
    except Exception as error:
        pytest.skip(f"neither Arcade by EGL nor pygame can open a window here: {error}")
    finally:
        del os.environ["ARCADE_HEADLESS"]
    if window.note:
        window.close()
        pytest.skip("Arcade finds no OpenGL 3.3 by EGL here; Mesa's libegl1 and libgl1-mesa-dri bring it")
    yield window
    window.close()
