"""Work on thousands of recordings, by many processes or computers: each by itself, what is done is kept."""

import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from pathlib import Path

from neuro.errors import NeuroError, NoWorkers

Given = str | int | float | None | tuple["Given", ...]
"""What can be sent anywhere, and is written the same everywhere."""

THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""How many threads the libraries of a process take: with one each, processes do not crowd each other, and sums come
in one order."""

PATIENCE_S = 5.0
"""For a cluster to answer, and for its first worker to be there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work, which comes to the same bytes wherever it is done.

    name:  as people know it; no two in one folder have the same
    work:  a function at the top of a module, (*given, *places) to what is kept
    given: all that decides what comes out
    places: where things lie, which decides nothing
    """

    name: str
    work: Callable[..., bytes]
    given: tuple[Given, ...]
    places: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Where the result is kept: another name as soon as anything is given otherwise, or to another Heron."""
        told = repr((self.work.__module__, self.work.__qualname__, self.given, _heron()))
        plain = re.sub(r"[^\w.+-]", "_", self.name)[:100]
        return f"{plain}-{sha256(told.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of pieces.

    kept:   the file of each that is done, by name, in the order of the pieces
    failed: why a piece came to nothing, by name
    before: how many had been done already
    """

    kept: dict[str, Path]
    failed: dict[str, str]
    before: int


def run(pieces: Sequence[Piece], pool: Executor, folder: Path, done: Callable[[float], None]) -> Outcome:
    """Do what has not been done yet. Each result is written whole as it comes, so that whoever is killed goes on.

    done: takes the share 0..1 that is done

    Raises: NoWorkers: those who do the work are gone; the folder cannot be written.
    """
    paths = {piece.name: folder / piece.file for piece in pieces}
    if len(paths) < len(pieces):
        raise ValueError("two pieces have one name")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        open_ones = [piece for piece in pieces if not paths[piece.name].exists()]
        failed = _worked_off(open_ones, pool, paths, lambda left: done(1 - left / len(pieces)))
    except OSError as error:
        raise NoWorkers(f"{folder} cannot be written: {error.strerror}; name another folder with --out.") from error
    kept = {name: path for name, path in paths.items() if name not in failed}
    return Outcome(kept, {name: failed[name] for name in paths if name in failed}, len(pieces) - len(open_ones))


def _worked_off(
    pieces: Sequence[Piece], pool: Executor, paths: dict[str, Path], tell: Callable[[int], None]
) -> dict[str, str]:
    """Why pieces failed. One that fails holds up no other."""
    waiting: dict[Future[bytes], Piece] = {}
    failed: dict[str, str] = {}
    try:
        for piece in pieces:
            waiting[pool.submit(_alike, _heron(), piece.work, *piece.given, *piece.places)] = piece
        for future in as_completed(list(waiting)):
            piece = waiting.pop(future)  # so that a result goes as soon as it is kept
            try:
                result = future.result()
            except (BrokenExecutor, CancelledError):
                raise
            except NeuroError as error:
                failed[piece.name] = str(error)
            except Exception as error:  # whatever a file can do to a reader: the night's work goes on, and says so
                failed[piece.name] = f"{piece.name} failed unexpectedly ({type(error).__name__}: {error})."
            else:
                _keep(result, paths[piece.name])
            tell(len(waiting))
    except (BrokenExecutor, CancelledError) as error:
        raise NoWorkers(
            "A process that did the work is gone, perhaps for want of memory: start again, with fewer --workers; "
            "what was done is kept."
        ) from error
    finally:  # whoever leaves early waits for no more than what has begun
        for future in waiting:
            future.cancel()
    return failed


def _alike(heron: str, work: Callable[..., bytes], *given: Given) -> bytes:
    """Runs where the work is done."""
    if heron != _heron():
        raise NoWorkers(f"A worker has Heron {_heron()} and not {heron}: install the same on all.")
    return work(*given)


def _heron() -> str:
    return version("heron-focus")


def _keep(result: bytes, path: Path) -> None:
    """All of it at once, and on the disk."""
    coming = path.with_name(path.name + ".coming")
    with coming.open("wb") as file:
        file.write(result)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(path)


@contextmanager
def processes(n: int) -> Iterator[Executor]:
    """So many processes of this computer, each with one thread; killed, it takes them along."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        with ProcessPoolExecutor(n, get_context("spawn"), _end_with_parent) as pool:
            yield pool
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _end_with_parent() -> None:
    """A process of a pool waits for work for ever, even when nobody is left who could bring it."""

    def wait() -> None:
        if (parent := parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a Dask cluster (extra `cluster`). They must see recordings and results under the same paths.

    Raises: NoWorkers: there is none, or one that works in several threads, which models are not made for.
    """
    try:
        from distributed import Client  # noqa: PLC0415 -- an extra, and a second to import
    except ImportError:
        raise NoWorkers('A cluster needs more packages: python3 -m pip install "heron-focus[cluster]".') from None
    try:
        client = Client(address, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:  # a timeout is an OSError
        raise NoWorkers(f"No Dask scheduler answers at {address}: start one with `dask scheduler`.") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except TimeoutError as error:
            raise NoWorkers(
                f"{address} has no workers: start some with `dask worker {address} --nthreads 1`."
            ) from error
        if max(client.nthreads().values()) > 1:
            raise NoWorkers("A worker of the cluster works in several threads: start it with `--nthreads 1`.")
        yield client.get_executor(pure=False)
