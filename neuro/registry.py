"""The model in use, and the file from which a newer one is taken up without a restart."""

from pathlib import Path

from neuro.errors import BadModel
from neuro.scorer import Scorer, load


class Registry:
    """One model file; whatever is put there is taken up as soon as it is whole and good.

    scorer:  the last good one
    trouble: why what is in the file now is not used; None while it is
    """

    def __init__(self, path: Path) -> None:
        """Raises: BadModel: there is no good model in the file to begin with."""
        self._path = path
        self._mark = _mark(path)
        self.scorer = load(path)
        self.trouble: str | None = None

    def newer(self) -> Scorer | None:
        """The model that the file has held since a moment ago; None while it holds the same, or none that is good.

        Asking costs two microseconds, so that it can be asked before every look at the devices.
        """
        mark = _mark(self._path)
        if mark == self._mark:
            return None
        self._mark = mark
        try:
            scorer = load(self._path)
        except BadModel as bad:
            self.trouble = f"{bad} Until then the model before it goes on."
            return None
        self.trouble = None
        if scorer.sha256 == self.scorer.sha256:
            return None
        self.scorer = scorer
        return scorer


def put(onnx: bytes, path: Path) -> Scorer:
    """Put a model where others take it up, all of it at once.

    Raises: BadModel: it must not be used, or the file cannot be written; the file is as it was.
    """
    scorer = Scorer(onnx)
    coming = path.with_name(path.name + ".coming")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        coming.write_bytes(onnx)
        coming.replace(path)
    except OSError as error:
        raise BadModel(f"The model {path} cannot be written: {error.strerror}; choose another place.") from error
    return scorer


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What changes when the file does; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
