"""A few pictures made on the spot, and each painter with them."""

import os
from collections.abc import Iterator

import pytest

from game.windows import Window, open_window
from tests.game.windows.made import Pictures, make


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    return make(tmp_path_factory.mktemp("pictures"))


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
