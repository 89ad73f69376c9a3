"""Types a `heron` command in this process, as a person would at a prompt, and keeps a sitting that was played."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from game.cli.app import main
from game.wiring import Outcome
from game.wish import Wish


class Said(NamedTuple):
    """What came of a command."""

    status: int
    out: str
    err: str


class Heron:
    """`heron("report", "1")` is `heron report 1`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: object) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["heron", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else int(left.code is not None)
        captured = self._capsys.readouterr()
        return Said(status, captured.out, captured.err)


def demonstration(db: Path, twin: str, seed: int, say: Callable[[str], None] = lambda _: None) -> Wish:
    """Twelve seconds of play by a simulated player with a simulated headset and glasses, as fast as it goes."""
    return Wish(
        db=db,
        eeg=f"twin:{twin}?seed={seed}",
        gaze="twin",
        window="memory",
        play_s=12.0,
        seed=seed,
        hurry=True,
        twin=twin,
        say=say,
    )


class Played(NamedTuple):
    """A sitting that was played, its database, and what was said."""

    db: Path
    outcome: Outcome
    said: list[str]

    def copy(self, folder: Path) -> Path:
        """A database of one's own to spoil."""
        mine = folder / "mine.sqlite"
        source, target = sqlite3.connect(self.db), sqlite3.connect(mine)
        source.backup(target)
        source.close()
        target.close()
        return mine
