"""Opening a window: on a screen, without OpenGL, without a screen."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
from PIL import Image

from game.draw import Clear, Disc, Text
from game.errors import NoDisplay
from game.windows import Window, open_window
from game.windows.shapes import Pictures
from tests.game.windows.compare import assert_alike

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "ARCADE_HEADLESS")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")

SHOW = """
import sys
from pathlib import Path
from game.draw import Clear, Disc, Text
from game.windows import open_window

if sys.argv[1] == "arcade alone":
    from game.windows.arcade_window import ArcadeWindow
    window = ArcadeWindow("Heron", Path)
else:
    window = open_window(sys.argv[1], "Heron", Path)
ops = (Clear((60, 70, 80)), Disc(640, 360, 100, (250, 200, 120)), Text("白鹭", 300, 300, 60, (9, 9, 9)))
pictures = iter([ops] * 3)
window.run(lambda elapsed_s, inputs: next(pictures, None), lambda worked_s: None)
window.save(Path(sys.argv[2]))
window.close()
print(type(window).__name__, "|", window.note)
"""


@contextmanager
def screen(*options: str) -> Iterator[str]:
    """An X server that nobody sees; gives its name when it listens."""
    if which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x900x24", "-nolisten", "tcp", *options]
    with (
        subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server,
        os.fdopen(reading) as numbers,
    ):
        os.close(writing)
        try:
            yield f":{numbers.readline().strip()}"
        finally:
            server.terminate()


def shown(kind: str, display: str, path: Path) -> str:
    """What a process of its own says of its window; `path` gets what it looked like."""
    clean = {key: value for key, value in os.environ.items() if key not in SCREENS}
    command = [sys.executable, "-c", SHOW, kind, str(path)]
    done = subprocess.run(
        command, env={**clean, "DISPLAY": display}, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def as_expected(memory: Window) -> Image.Image:
    memory.paint((Clear((60, 70, 80)), Disc(640, 360, 100, (250, 200, 120)), Text("白鹭", 300, 300, 60, (9, 9, 9))))
    return memory.screenshot()


@on_linux
def test_a_window_on_a_screen_shows_what_the_memory_window_holds(tmp_path: Path, as_expected: Image.Image) -> None:
    with screen() as display:
        for kind, named in (("arcade alone", "ArcadeWindow | None"), ("pygame", "PygameWindow | None")):
            assert shown(kind, display, tmp_path / f"{kind}.png") == named
            assert_alike(Image.open(tmp_path / f"{kind}.png"), as_expected)


@on_linux
def test_where_no_graphics_card_is_behind_opengl_pygame_paints_and_says_so(
    tmp_path: Path, as_expected: Image.Image
) -> None:
    with screen() as display:
        said = shown("arcade", display, tmp_path / "card.png")
    assert said.startswith("PygameWindow | This computer's OpenGL has no graphics card behind it")
    assert_alike(Image.open(tmp_path / "card.png"), as_expected)


@on_linux
def test_without_opengl_pygame_paints_and_says_so(tmp_path: Path, as_expected: Image.Image) -> None:
    with screen("-extension", "GLX") as display:
        said = shown("arcade", display, tmp_path / "soft.png")
    assert said.startswith("PygameWindow | No OpenGL 3.3 was found")
    assert_alike(Image.open(tmp_path / "soft.png"), as_expected)


@on_linux
@pytest.mark.parametrize("kind", ["arcade", "pygame"])
def test_without_a_screen_one_sentence_says_what_to_type(
    kind: str, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoDisplay, match="type `heron play --headless` instead"):
        open_window("arcade" if kind == "arcade" else "pygame", "Heron", pictures)


@on_linux
def test_a_screen_that_does_not_answer_is_no_screen(pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(NoDisplay):
        open_window("pygame", "Heron", pictures)


def test_only_the_library_that_paints_is_imported() -> None:
    code = (
        "import sys; from pathlib import Path; from game.windows import open_window;"
        "print([name for name in ('arcade', 'pygame') if name in sys.modules]);"
        "window = open_window('memory', 'Heron', Path);"
        "import pygame; print('arcade' in sys.modules, pygame.display.get_init())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False False"]


def test_a_picture_is_saved(memory: Window, tmp_path: Path) -> None:
    memory.paint((Clear((1, 2, 3)),))
    memory.save(tmp_path / "last.png")
    with Image.open(tmp_path / "last.png") as picture:
        assert picture.size == (1280, 720)
        assert picture.getpixel((5, 5)) == (1, 2, 3)
