"""Where there is no display, a person is told what to type instead, and a demonstration goes on without."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.game.heron import Played

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="to be without a display is a matter of Linux")


class Alone(NamedTuple):
    """A demonstration that nobody could watch."""

    status: int
    said: str
    picture: Path
    imported: set[str]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Alone:
    folder = tmp_path_factory.mktemp("alone")
    words = ("demo", "--seconds", "10", "--db", str(folder / "x.sqlite"))
    done = run_without_display(*words, cwd=folder, tells_imports="1")
    told = [line.removeprefix("import time:") for line in done.stderr.splitlines() if line.startswith("import time:")]
    said = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]
    imported = {line.rpartition("|")[2].strip() for line in told}
    return Alone(done.returncode, "\n".join(said), folder / "heron-demo.png", imported)


def test_a_demonstration_goes_on_without_and_leaves_a_picture(alone: Alone) -> None:
    assert alone.status == 0, alone.said
    assert "no display" in alone.said
    assert alone.picture.stat().st_size > 100_000


def test_play_never_imports_torch(alone: Alone) -> None:
    assert "onnxruntime" in alone.imported
    assert not {"torch", "onnx", "arcade", "neuro.learn"} & alone.imported


def test_play_without_a_display_says_what_to_type_instead(tmp_path: Path) -> None:
    done = run_without_display("play", "--db", str(tmp_path / "x.sqlite"), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip().splitlines() == [
        "There is no display here to open a window on; type `heron play --headless` instead."
    ]


def test_a_replay_without_a_display_says_what_to_type_instead(played: Played, tmp_path: Path) -> None:
    done = run_without_display("replay", "1", "--db", str(played.db), cwd=tmp_path)
    assert done.returncode == 1
    assert "type `heron replay 1 --check` instead" in done.stderr


def run_without_display(*words: str, cwd: Path, tells_imports: str = "") -> subprocess.CompletedProcess[str]:
    checkout = str(Path(__file__).parents[2])
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "ARCADE_HEADLESS", "SDL_VIDEODRIVER")
    surroundings = {key: value for key, value in os.environ.items() if key not in hidden}
    surroundings |= {"PYTHONPATH": checkout, "PYTHONPROFILEIMPORTTIME": tells_imports}
    return subprocess.run(
        [sys.executable, "-m", "game", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=surroundings,
        timeout=100,
        check=False,
    )
