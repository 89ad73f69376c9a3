"""Bundles on their way in: pieces that arrive in any number of attempts, and whole ones of unknown senders."""

import os
import re
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Literal

from engine.errors import BadBundle, StoreError
from engine.store.bundles import INCOMING, Bundled
from game.portal.house import House

State = Literal["nothing", "part", "waits", "here"]

LARGEST = 256 * 2**20
"""Bytes of a bundle; forty minutes with eight channels and gaze are 39 MB (docs/store.md)."""

PIECE = 2**20
"""Bytes of a bundle in one request, at most."""

ROOM = 4 * 2**30
"""Bytes of all that is on its way, at most (own choice): whoever has the token cannot fill the disk."""

FORGOTTEN_S = 7 * 86_400.0
"""So long a part is kept of which nothing more comes (own choice)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """How far a bundle is: `received` bytes of it are here; `here`: its sitting is in the database.

    sender: fingerprint of whoever sealed it; None before it is whole
    """

    sha256: str
    state: State
    received: int
    sender: str | None = None


class Parcels:
    """Files beside the database, each named by the SHA-256 of what it will be."""

    def __init__(self, here: House) -> None:
        self._here = here
        self._folder = here.db.with_name(INCOMING)

    def now(self, sha256: str) -> Parcel:
        """Raises: StoreError: that is no SHA-256."""
        for state in ("here", "waits", "part"):
            path = self._path(sha256, state)
            if path.exists():
                return self._parcel(path)
        return Parcel(sha256, "nothing", 0)

    def add(self, sha256: str, offset: int, piece: bytes) -> Parcel:
        """As much as there is afterwards; a piece that does not follow on what is here changes nothing.

        Raises: StoreError: it is no SHA-256, or there is no room.
        """
        known = self.now(sha256)
        if known.state in ("here", "waits") or offset != known.received or not piece:
            return known
        self._forget()
        if known.received + len(piece) > LARGEST or self._taken() + len(piece) > ROOM:
            raise StoreError("There is no room for this bundle: ask whoever looks after the clinic's Heron.")
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with self._path(sha256, "part").open("ab") as file:
            if file.tell() != offset:  # somebody else sends the same, and was quicker
                return self.now(sha256)
            file.write(piece)
        os.utime(file.name, (self._here.now(), self._here.now()))
        return self.now(sha256)

    def finish(self, sha256: str, who: str) -> Parcel:
        """The sitting is taken in, or waits while nobody knows who sealed it; doing it again changes nothing.

        Raises: BadBundle: it is not what was announced, not for here or makes no sense; it has to be sent anew.
        """
        known = self.now(sha256)
        if known.state in ("here", "waits"):
            return known
        part = self._path(sha256, "part")
        if known.state == "nothing" or _sha(part) != sha256:
            part.unlink(missing_ok=True)
            raise BadBundle("What has arrived is not what was announced: send it again from its first byte.")
        try:
            bundled = self._here.store.bundles.verify(part.read_bytes())
        except BadBundle:
            part.unlink()
            raise
        part.rename(self._path(sha256, "waits"))
        return self.take(sha256, who) if bundled.trusted else self._told(self.now(sha256), bundled)

    def path(self, sha256: str) -> Path:
        """Of a bundle that waits. Raises: StoreError: it does not."""
        path = self._path(sha256, "waits")
        if not path.exists():
            raise StoreError("This bundle does not wait here any more: look at the list.")
        return path

    def take(self, sha256: str, who: str, trust: str | None = None) -> Parcel:
        """Merge one that is whole; trust: fingerprint of a sender who is believed from now on.

        Raises: BadBundle: nobody knows the sender; StoreError: it does not wait.
        """
        path = self.path(sha256)
        bundled = self._here.store.bundles.merge(path.read_bytes(), trust)
        self._here.store.audit.note(who, "merged", f"bundle {bundled.sha256}")
        self._path(sha256, "here").write_text(str(path.stat().st_size))
        path.unlink()
        return self._told(self.now(sha256), bundled)

    def waiting(self) -> tuple[Path, ...]:
        """Whole bundles of senders whom nobody knows, the oldest first."""
        return tuple(sorted(self._folder.glob("*.waits"), key=lambda path: path.stat().st_mtime))

    def opened(self, path: Path) -> Bundled:
        """What a waiting one is. Raises: BadBundle."""
        return self._here.store.bundles.verify(path.read_bytes())

    def refuse(self, sha256: str) -> None:
        """Nobody believes the sender: it is deleted."""
        self._path(sha256, "waits").unlink(missing_ok=True)

    def _path(self, sha256: str, state: str) -> Path:
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise StoreError("A bundle is named by its SHA-256, 64 digits from 0 to f: ask for it by that.")
        return self._folder / f"{sha256}.{state}"

    def _parcel(self, path: Path) -> Parcel:
        state: State = path.suffix[1:]  # type: ignore[assignment]
        return Parcel(path.stem, state, int(path.read_text()) if state == "here" else path.stat().st_size)

    def _told(self, known: Parcel, bundled: Bundled) -> Parcel:
        return Parcel(known.sha256, known.state, known.received, bundled.sender)

    def _taken(self) -> int:
        return sum(path.stat().st_size for path in self._folder.glob("*"))

    def _forget(self) -> None:
        """Parts of which nothing more came for a week."""
        for path in self._folder.glob("*.part"):
            if path.stat().st_mtime < self._here.now() - FORGOTTEN_S:
                path.unlink(missing_ok=True)


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
