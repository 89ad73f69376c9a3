"""`heron cohort`: many recordings scored, learned from and left out one by one, on all cores or on a cluster."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.cli.evaluate import chance, flat
from game.cli.learning import TWINS, WHAT_IT_IS, learn
from game.cli.model import Channels, names_of, tell
from game.cli.options import Json
from game.cli.progress import sitting_bar
from game.cli.tables import write_csv
from game.errors import GameError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from neuro.learn.cohort import Outcome, Piece

app = typer.Typer(
    help="Thousands of recordings, on all cores or on a cluster; killed and started again it goes on.",
    no_args_is_help=True,
)

Numbers = dict[str, Any]

Out = Annotated[Path, typer.Option(help="Folder for results, one file each; what is in it is not done again.")]
Workers = Annotated[int | None, typer.Option(help="Processes.", min=1, max=256, show_default="all cores")]
Cluster = Annotated[str | None, typer.Option(help="Instead: a Dask scheduler, as tcp://HOST:8786.")]
Simulated = Annotated[int, typer.Option(help="Instead: so many simulated players.", min=0, max=100_000)]
PAIRS = typer.Argument(help="Folder of SubjectNN_1.edf at rest and SubjectNN_2.edf on a task.")

TOGETHER = 3
"""At least so many people: two to learn from while one is left out."""

COLUMNS = ("name", "seconds", "good_share", "mean_score_while_good", "failed")


@app.command()
def score(
    folders: Annotated[list[Path] | None, typer.Argument(help="Folders of recordings, looked through whole.")] = None,
    out: Out = Path("cohort"),
    simulated: Simulated = 0,
    seconds: Annotated[float, typer.Option(help="Of each simulated recording.", min=70, max=3600)] = 120.0,
    db: Annotated[Path | None, typer.Option(help="Instead: all sittings of a database, with their raw EEG.")] = None,
    channels: Channels = None,
    baseline: Annotated[float, typer.Option(help="Seconds of rest at the start of each recording.", min=10)] = 60.0,
    model: Annotated[Path | None, typer.Option(help="Another model.")] = None,
    workers: Workers = None,
    cluster: Cluster = None,
    as_json: Json = False,
) -> None:
    """Score recordings offline, by the same path as live; figures of each, and a table of all."""
    import assets  # noqa: PLC0415 -- `heron --help` needs no rooms
    from neuro.learn import pieces  # noqa: PLC0415
    from neuro.scorer import load  # noqa: PLC0415

    _one_of(folders, simulated, db)
    at = model or assets.model()
    scorer, names = load(at), names_of(channels) if channels else None
    if db:
        from game.evaluation.rescoring import to_score_again  # noqa: PLC0415

        work = to_score_again(db, scorer, at)
    elif folders:
        found = [(path, folder) for folder in folders for path in pieces.recordings(folder, out)]
        work = [
            pieces.to_score(path, _name(path, folder, len(folders) > 1), names, baseline, scorer, at)
            for path, folder in found
        ]
    else:
        work = [pieces.twin_to_score(seed, seconds, baseline, scorer, at) for seed in range(simulated)]
    if not work:
        raise GameError("There is nothing to score there: name folders with recordings, or a database with raw EEG.")
    with _pool(workers, cluster) as pool:
        outcome = _run(work, pool, out, "Scoring")
    figures = {name: json.loads(path.read_bytes()) for name, path in outcome.kept.items()}
    table = out / "scores.csv"
    rows = [
        (name, *(figures.get(name, {}).get(column) for column in COLUMNS[1:-1]), outcome.failed.get(name))
        for name in (piece.name for piece in work)
    ]
    write_csv(table, COLUMNS, [["" if value is None else str(value) for value in row] for row in rows])
    hours = sum(each["seconds"] for each in figures.values()) / 3600
    _tell(
        {"recordings": len(work), "scored": len(figures), "hours": round(hours, 3), "table": str(table)},
        [outcome],
        as_json,
    )


@app.command()
def loso(
    folder: Annotated[Path | None, PAIRS] = None,
    out: Out = Path("cohort"),
    simulated: Simulated = 0,
    channels: Channels = "Fp1,Fp2,T5,T6",
    seed: Annotated[int, typer.Option(help="Chance of training and of intervals.", min=0)] = 1,
    workers: Workers = None,
    cluster: Cluster = None,
    as_json: Json = False,
) -> None:
    """Leave one subject out: judge everybody by a model of all others (extra `train`)."""
    from neuro.learn import pieces  # noqa: PLC0415 -- as above
    from neuro.learn.config import Config  # noqa: PLC0415
    from neuro.learn.metrics import joined  # noqa: PLC0415

    _one_of(folder, simulated)
    _needs_torch()
    names = names_of(channels) if channels else None
    with _pool(workers, cluster) as pool:
        teach = _people(folder, simulated)
        judge = _people(folder, simulated, names)
        read = _run(list(dict.fromkeys([*teach, *judge])), pool, out, "Reading people")
        both = [(t.name, read.kept.get(t.name), read.kept.get(j.name)) for t, j in zip(teach, judge, strict=True)]
        there = [(name, own, seen) for name, own, seen in both if own and seen]
        if len(there) < TOGETHER:
            raise GameError("\n".join((*read.failed.values(), "Leaving one out needs at least three people.")))
        everybody = [own for _, own, _ in there]
        folds = [
            pieces.fold_to_judge(f"without {name}", [each for each in everybody if each != own], seen, Config(), seed)
            for name, own, seen in there
        ]
        taught = _run(folds, pool, out, "Teaching")
    found = joined(pieces.fold_of(path, number) for number, path in enumerate(taught.kept.values()))
    figures = flat(found, chance(seed)) if taught.kept else {}
    what = WHAT_IT_IS if folder else "Told apart: whether simulated players were in the zone or out of it."
    _tell({**figures, "seed": seed, "what": what}, [read, taught], as_json)


@app.command()
def train(
    folder: Annotated[Path, PAIRS],
    out: Out = Path("cohort"),
    channels: Channels = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.", min=0)] = 1,
    workers: Workers = None,
    cluster: Cluster = None,
) -> None:
    """Train the shipped model again of everybody in a folder, into OUT/attention.onnx (extra `train`)."""
    from neuro.learn.pieces import person_of, twin_to_read  # noqa: PLC0415 -- as above
    from neuro.learn.twins import PROFILES  # noqa: PLC0415

    _needs_torch()
    people = _people(folder, 0, names_of(channels) if channels else None)
    twins = [twin_to_read(number, PROFILES[i % len(PROFILES)]) for i, number in enumerate(TWINS)]
    with _pool(workers, cluster) as pool:
        read = _run([*people, *twins], pool, out, "Reading people")
    learners, simulated = (
        [person_of(read.kept[piece.name]) for piece in some if piece.name in read.kept] for some in (people, twins)
    )
    _name_failures([read])
    print(learn(learners, simulated, out / "attention.onnx", seed, None))


def _people(folder: Path | None, simulated: int, channels: tuple[str, ...] | None = None) -> "list[Piece]":
    """Everybody to be read; simulated players have the channels that they have."""
    from neuro.learn.data import pairs  # noqa: PLC0415 -- as above
    from neuro.learn.pieces import pair_to_read, twin_to_read  # noqa: PLC0415
    from neuro.learn.twins import PROFILES  # noqa: PLC0415

    if folder:
        return [pair_to_read(rest, task, channels) for rest, task in pairs(folder)]
    return [twin_to_read(seed, PROFILES[seed % len(PROFILES)]) for seed in range(simulated)]


def _one_of(*ways: object) -> None:
    if sum(map(bool, ways)) != 1:
        raise typer.BadParameter("Give one of: folders, --simulated, --db.")


def _needs_torch() -> None:
    if find_spec("torch") is None:
        print('Learning needs torch: python3 -m pip install "heron-focus[train]".', file=sys.stderr)
        raise typer.Exit(1)


@contextmanager
def _pool(workers: int | None, address: str | None) -> "Iterator[Executor]":
    from neuro.learn.cohort import cluster, processes  # noqa: PLC0415 -- as above

    with cluster(address) if address else processes(workers or os.cpu_count() or 1) as pool:
        yield pool


def _run(work: "Sequence[Piece]", pool: "Executor", out: Path, words: str) -> "Outcome":
    from neuro.learn.cohort import run  # noqa: PLC0415 -- as above

    with sitting_bar(True, words) as advance:
        return run(work, pool, out / "kept", advance)


def _tell(numbers: Numbers, outcomes: "Sequence[Outcome]", as_json: bool) -> None:
    """Figures, and why something failed. Raises: typer.Exit: everything failed."""
    _name_failures(outcomes)
    failed = {name: why for outcome in outcomes for name, why in outcome.failed.items()}
    before = sum(outcome.before for outcome in outcomes)
    tell({**numbers, "done_before": before, "failed": failed if as_json else len(failed)}, as_json)
    if not outcomes[-1].kept:
        raise typer.Exit(1)


def _name_failures(outcomes: "Sequence[Outcome]") -> None:
    for outcome in outcomes:
        for name, why in outcome.failed.items():
            print(f"{name}: {why}", file=sys.stderr)


def _name(path: Path, folder: Path, several: bool) -> str:
    """As it is called in its folder; of several folders in the one above."""
    return str(path.relative_to(folder.parent if several else folder))
