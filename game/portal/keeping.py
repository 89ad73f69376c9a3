"""Backups that lie beside the database, as the portal makes and lists them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.store.backups import backup


@dataclass(frozen=True, slots=True)
class Copy:
    """One backup."""

    name: str
    size: int
    made_unix_s: float


def copies(db: Path) -> tuple[Copy, ...]:
    """The newest first."""
    found = [
        Copy(path.name, path.stat().st_size, path.stat().st_mtime)
        for path in _folder(db).glob(f"{db.stem}-*{db.suffix}")
    ]
    return tuple(sorted(found, key=lambda copy: -copy.made_unix_s))


def copy(db: Path, now_s: float) -> str:
    """The name of a new backup, whole and checked. Raises: StoreError."""
    path = _folder(db) / f"{db.stem}-{datetime.fromtimestamp(now_s):%Y%m%d-%H%M%S}{db.suffix}"
    backup(db, path)
    return path.name


def _folder(db: Path) -> Path:
    return db.with_name("backups")
