"""Work on many recordings comes to the same bytes wherever it is done, and nothing is done twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from neuro.errors import BadRecording, NoWorkers
from neuro.learn.cohort import Outcome, Piece, cluster, processes, run

LIMIT_S = 60.0


class Here(Executor):
    """Does it at once, in this process."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*given, **named))
        except Exception as error:
            future.set_exception(error)
        return future


def spectrum(number: int, marks: str) -> bytes:
    """Some arithmetic, and a mark that it was done."""
    with (Path(marks) / str(number)).open("a") as mark:
        mark.write("once ")
    if number == 4:
        raise BadRecording("Recording 4 is damaged: copy it again.")
    if number == 5:
        raise ZeroDivisionError("as readers have it")
    noise = np.random.default_rng(number).standard_normal((64, 64))
    return (noise @ noise).tobytes()


def slow_spectrum(number: int, marks: str) -> bytes:
    """The same, and from the second on it waits until somebody says that it may go on."""
    while number > 1 and not (Path(marks) / "go").exists():
        time.sleep(0.01)
    return spectrum(number, marks)


def some(work: Callable[..., bytes], marks: Path, numbers: Sequence[int] = (0, 1, 2, 3)) -> list[Piece]:
    marks.mkdir(exist_ok=True)
    return [Piece(f"No. {number}", work, (number,), (str(marks),)) for number in numbers]


def contents(outcome: Outcome) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in outcome.kept.items()}


def nothing(_share: float) -> None:
    """Nobody wants to know how far it is."""


def until(true: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    end_s = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < end_s, "it takes too long"
        time.sleep(0.02)


def test_one_process_two_and_none_at_all_come_to_the_same_bytes(tmp_path: Path) -> None:
    work = some(spectrum, tmp_path / "marks")
    here = run(work, Here(), tmp_path / "here", nothing)
    with processes(1) as one:
        alone = run(work, one, tmp_path / "one", nothing)
    with processes(2) as two:
        together = run(work, two, tmp_path / "two", nothing)
    assert contents(here) == contents(alone) == contents(together)
    assert [path.name for path in here.kept.values()] == [path.name for path in together.kept.values()]
    assert not list(tmp_path.rglob("*.coming"))


def test_a_process_works_with_one_thread_and_the_surroundings_stay_as_they_were(tmp_path: Path) -> None:
    before = dict(os.environ)
    with processes(1) as pool:
        told = pool.submit(os.getenv, "OPENBLAS_NUM_THREADS").result()
    assert told == "1"
    assert dict(os.environ) == before


def test_what_is_done_is_not_done_again_until_something_is_given_otherwise(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    shares: list[float] = []
    first = run(some(spectrum, marks, (0, 1)), Here(), tmp_path / "out", shares.append)
    again = run(some(spectrum, marks, (0, 1, 2)), Here(), tmp_path / "out", shares.append)
    assert (first.before, again.before) == (0, 2)
    assert shares == [0.5, 1.0, 1.0]
    assert (marks / "0").read_text() == "once "
    other = [Piece("No. 0", spectrum, (7,), (str(marks),))]
    assert run(other, Here(), tmp_path / "out", nothing).before == 0


def test_a_recording_that_fails_is_named_and_holds_up_no_other(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    outcome = run(some(spectrum, marks, (3, 4, 5, 6)), Here(), tmp_path / "out", nothing)
    assert list(outcome.kept) == ["No. 3", "No. 6"]
    assert outcome.failed == {
        "No. 4": "Recording 4 is damaged: copy it again.",
        "No. 5": "No. 5 failed unexpectedly (ZeroDivisionError: as readers have it).",
    }
    run(some(spectrum, marks, (4,)), Here(), tmp_path / "out", nothing)
    assert (marks / "4").read_text() == "once once "  # perhaps it has been copied again


def test_a_folder_that_cannot_be_written_is_said_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(NoWorkers, match="--out"):
        run(some(spectrum, tmp_path / "marks"), Here(), tmp_path / "out", nothing)
    assert not list((tmp_path / "marks").iterdir())


def test_killed_and_started_again_it_goes_on_to_the_same_bytes_and_leaves_no_process(tmp_path: Path) -> None:
    marks, out = tmp_path / "marks", tmp_path / "out"
    marks.mkdir()
    here = "from tests.neuro.learn.test_cohort import *; import sys; from pathlib import Path"
    code = f"{here}\nif __name__ == '__main__':\n with processes(2) as pool:\n  "
    code += "run(some(slow_spectrum, Path(sys.argv[1]), (0, 1, 2, 3)), pool, Path(sys.argv[2]), nothing)"
    script = tmp_path / "script.py"
    script.write_text(code)
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, script, marks, out], env=surroundings) as running:
        until(lambda: len([path for path in out.glob("*") if path.suffix != ".coming"]) == 2)
        workers = psutil.Process(running.pid).children(recursive=True)
        running.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    gone, left = psutil.wait_procs(workers, timeout=LIMIT_S)
    assert gone
    assert not left
    (marks / "go").touch()
    outcome = run(some(slow_spectrum, marks), Here(), out, nothing)
    assert outcome.before == 2
    assert (marks / "0").read_text() == (marks / "3").read_text() == "once "
    whole = run(some(slow_spectrum, marks), Here(), tmp_path / "whole", nothing)
    assert contents(outcome) == contents(whole)


def test_a_process_that_dies_stops_the_work_with_what_to_do(tmp_path: Path) -> None:
    deaths = [Piece("death", dies, ())]
    with processes(1) as pool, pytest.raises(NoWorkers, match="fewer --workers"):
        run(deaths, pool, tmp_path / "out", nothing)


def dies() -> bytes:
    """As if memory had run out."""
    os._exit(9)


@contextmanager
def dask(folder: Path, threads: int, workers: int = 1) -> Iterator[str]:
    """A scheduler and workers of it, each a process of its own, on this computer alone."""
    told = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    quiet |= {"env": os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}}
    python, own = [sys.executable, "-m"], ["--no-dashboard", "--host", "127.0.0.1"]
    scheduler = [*python, "distributed.cli.dask_scheduler", *own, "--port", "0", "--scheduler-file", str(told)]
    running = [subprocess.Popen(scheduler, **quiet)]
    try:
        until(lambda: told.exists() and told.read_text().endswith("}"))
        address = json.loads(told.read_text())["address"]
        worker = [*python, "distributed.cli.dask_worker", *own, address, "--nthreads", str(threads), "--no-nanny"]
        running += [subprocess.Popen(worker, **quiet) for _ in range(workers)]
        yield address
    finally:
        for each in running:
            each.kill()
            each.wait()


def test_a_dask_cluster_comes_to_the_same_bytes(tmp_path: Path) -> None:
    work = some(spectrum, tmp_path / "marks", (0, 1, 2, 3, 4))
    with dask(tmp_path, threads=1) as address, cluster(address) as pool:
        there = run(work, pool, tmp_path / "there", nothing)
    here = run(work, Here(), tmp_path / "here", nothing)
    assert contents(there) == contents(here)
    assert there.failed == here.failed
