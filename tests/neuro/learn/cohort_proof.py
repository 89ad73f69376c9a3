"""What docs/cohort.md says of `heron cohort`, done and measured.

    python -m tests.neuro.learn.cohort_proof FOLDER [RECORDINGS]

Scores so many simulated recordings on one process, on two, on a Dask cluster of two, and once killed half way and
started again; says whether all files are the same, and how much sooner two are done. Speeds are of slices that take
turns, so that whatever else the computer does harms both alike.
"""

import json
import subprocess
import sys
import time
from concurrent.futures import Executor
from hashlib import sha256
from pathlib import Path

import numpy as np

import assets
from neuro.learn import pieces
from neuro.learn.cohort import Outcome, Piece, cluster, processes, run
from neuro.scorer import load
from tests.neuro.learn.test_cohort import dask, nothing, until

RECORDINGS, SECONDS, BASELINE_S = 500, 120.0, 60.0
SLICES = 10


def work(recordings: int) -> list[Piece]:
    scorer = load(assets.model())
    return [pieces.twin_to_score(seed, SECONDS, BASELINE_S, scorer, assets.model()) for seed in range(recordings)]


def digest(outcome: Outcome) -> str:
    """Of every name and every byte."""
    whole = sha256()
    for path in outcome.kept.values():
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def took_s(pool: Executor, some: list[Piece], folder: Path) -> float:
    began_s = time.perf_counter()
    run(some, pool, folder, nothing)
    return time.perf_counter() - began_s


def warm(pool: Executor) -> None:
    """Every process has its libraries, and the hot path."""
    scorer = load(assets.model())
    for future in [
        pool.submit(pieces.scored_twin, "adult", 1, 70.0, 60.0, scorer.sha256, str(assets.model())) for _ in range(4)
    ]:
        future.result()


def main() -> None:
    folder, recordings = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else RECORDINGS
    all_work = work(recordings)
    slices = [all_work[start::SLICES] for start in range(SLICES)]
    with processes(1) as one, processes(2) as two:
        warm(one)
        warm(two)
        times = np.array([(took_s(one, s, folder / "one"), took_s(two, s, folder / "two")) for s in slices])
        alone, together = (run(all_work, pool, folder / name, nothing) for pool, name in ((one, "one"), (two, "two")))
    ratio = times[:, 0] / times[:, 1]
    numbers = {
        "recordings": recordings,
        "seconds_each": SECONDS,
        "one_s": round(float(times[:, 0].sum()), 1),
        "two_s": round(float(times[:, 1].sum()), 1),
        "speed_up": round(float(times[:, 0].sum() / times[:, 1].sum()), 2),
        "speed_up_of_slices": [round(float(each), 2) for each in np.sort(ratio)],
        "failed": len(alone.failed),
        "two_identical": digest(alone) == digest(together),
        "killed": _killed(folder, recordings, digest(alone)),
    }
    with dask(folder, threads=1, workers=2) as address, cluster(address) as pool:
        numbers["dask_identical"] = digest(run(all_work, pool, folder / "dask", nothing)) == digest(alone)
    print(json.dumps(numbers, indent=1))  # noqa: T201 -- what it is for


def _killed(folder: Path, recordings: int, whole: str) -> dict[str, object]:
    """The command itself, killed as soon as a third is done."""
    out = folder / "killed"
    told = [sys.executable, "-m", "game", "cohort", "score", "--simulated", str(recordings), "--out", str(out)]
    told += ["--seconds", str(SECONDS), "--workers", "2", "--json"]
    with subprocess.Popen(told, stdout=subprocess.DEVNULL) as running:
        until(lambda: len(list(out.glob("kept/*"))) >= recordings // 3, limit_s=3600.0)
        running.kill()
    again = json.loads(subprocess.run(told, check=True, capture_output=True, text=True).stdout)
    kept = sorted(path for path in (out / "kept").iterdir() if path.suffix != ".coming")
    names = {path.name: path for path in kept}
    outcome = Outcome({piece.name: names[piece.file] for piece in work(recordings)}, {}, 0)
    return {"done_before": again["done_before"], "files": len(kept), "identical": digest(outcome) == whole}


if __name__ == "__main__":
    main()
