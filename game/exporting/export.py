"""Exports: which kind of file, and nothing half written."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.store import Store
from game.errors import GameError
from game.exporting import bids, edf, flat, pupil
from game.exporting.agreed import agreed
from game.exporting.choices import Audience, Format
from game.exporting.sitting import Sitting, read


def export(store: Store, session_id: int, form: Format, audience: Audience, out: Path) -> Path:
    """Write one sitting; the new file or folder.

    Raises: NotFound; GameError: the player has not agreed, it is there already, or it cannot be written.
    """
    agreed(store, session_id, audience)
    sitting = read(store, session_id)
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _WRITERS[form](sitting, out)
    except OSError as error:
        raise GameError(
            f"{error.filename or out} cannot be written ({error.strerror}): name another --out."
        ) from error


def _bids(sitting: Sitting, out: Path) -> Path:
    if any(out.iterdir()) and not (out / "dataset_description.json").exists():
        raise GameError(f"{out} is neither empty nor a BIDS dataset: name another folder with --out.")
    with _whole(out / bids.subject(sitting) / bids.session(sitting)) as folder:
        bids.write(sitting, folder)
        bids.enter(sitting, out)
    return out / bids.subject(sitting) / bids.session(sitting)


def _edf(sitting: Sitting, out: Path) -> Path:
    path = out / f"{sitting.label}.edf"
    with _whole(path) as part:
        edf.write(sitting, part)
    return path


def _folder(write: Callable[[Sitting, Path], None]) -> Callable[[Sitting, Path], Path]:
    def written(sitting: Sitting, out: Path) -> Path:
        path = out / sitting.label
        with _whole(path) as folder:
            folder.mkdir()
            write(sitting, folder)
        return path

    return written


_WRITERS: dict[Format, Callable[[Sitting, Path], Path]] = {
    Format.bids: _bids,
    Format.edf: _edf,
    Format.csv: _folder(flat.write_csv),
    Format.parquet: _folder(flat.write_parquet),
    Format.pupil: _folder(pupil.write),
}


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A place to write to, which becomes `path` when all is written, and is gone when something fails.

    Raises: GameError: there is something already.
    """
    if path.exists():
        raise GameError(f"{path} is there already: remove it, or name another folder with --out.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".part-{path.name}")
    _remove(part)
    try:
        yield part
        part.rename(path)
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
