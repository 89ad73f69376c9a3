"""What all tests share."""

import os
from pathlib import Path

import pytest

from game.wiring import Wish, play
from tests.game.heron import Heron, Played


@pytest.fixture(scope="session")
def heron_data() -> Path:
    """The folder of real recordings; see HERON_DATA in the guide for developers."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HERON_DATA", beside))
    if not folder.is_dir():
        pytest.skip(
            f"there are no recordings in {folder}: set HERON_DATA to the folder that holds eegmat and neon_native"
        )
    return folder


@pytest.fixture
def heron(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Heron:
    """A prompt."""
    return Heron(monkeypatch, capsys)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A demonstration of twelve seconds of play."""
    db = tmp_path_factory.mktemp("played") / "heron.sqlite"
    said: list[str] = []
    wish = Wish(
        db=db,
        eeg="twin:adult?seed=3",
        gaze="twin",
        window="memory",
        play_s=12.0,
        seed=3,
        hurry=True,
        twin="adult",
        say=said.append,
    )
    return Played(db, play(wish), said)
