"""Small pictures of a sitting for its page: painted once, in a process of their own that gives way to all others."""

import os
import subprocess
import sys
from base64 import b64encode
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from engine.errors import EngineError
from engine.store import Store
from engine.store.pictures import Picture
from engine.store.rows import Session
from game.errors import GameError

COUNT = 12
SIZE, QUALITY = (240, 135), 60
"""Of a picture: twelve are 60 kB (own choice), which a page holds itself: a look at a child's data is one line of
the log, and nothing of it stays in a browser's cache."""


@dataclass(frozen=True, slots=True)
class Film:
    """pictures: seconds of the game, and the address of an image that holds itself; coming: they are being made."""

    pictures: tuple[tuple[float, str], ...]
    coming: bool


class Painter:
    """Has pictures painted, of one sitting after the other: to play a quarter of an hour again takes 20 seconds."""

    def __init__(self) -> None:
        self._hand = ThreadPoolExecutor(1, "pictures")
        self._asked: dict[int, Future[object]] = {}

    def film(self, store: Store, session: Session) -> Film:
        """Those of a finished sitting; whoever asks first has them made."""
        there = tuple((one.at_s, _address(one.jpeg)) for one in store.pictures.of(session.id))
        if there or session.ending is None or not store.pictures.possible(session.id):
            return Film(there, coming=False)
        if session.id not in self._asked:
            self._asked[session.id] = self._hand.submit(_apart, store.path, session.id)
        return Film((), coming=not self._asked[session.id].done())


def paint(db: Path, session_id: int) -> None:
    """Plays the sitting again and keeps what was to be seen; none where it cannot be played again."""
    from game.video import thumbnails  # noqa: PLC0415 -- the portal itself paints nothing

    with Store.open(db) as store:
        try:
            seen = thumbnails(store, session_id, COUNT)
        except (EngineError, GameError):
            return
        made = []
        for at_s, picture in seen:
            file = BytesIO()
            picture.resize(SIZE).save(file, "JPEG", quality=QUALITY, optimize=True)
            made.append(Picture(at_s, file.getvalue()))
        store.pictures.keep(session_id, made)


def _apart(db: Path, session_id: int) -> object:
    return subprocess.run([sys.executable, "-m", __name__, str(db), str(session_id)], check=False)


def _address(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(19)
    paint(Path(sys.argv[1]), int(sys.argv[2]))
