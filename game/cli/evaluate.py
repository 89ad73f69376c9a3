"""`heron evaluate`: how good the recipe of the model is, judged on people whom its models have never seen."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.cli.learning import WHAT_IT_IS
from game.cli.model import Channels, Data, names_of, tell
from game.cli.options import Json, settings_of
from game.cli.progress import counted, sitting_bar

if TYPE_CHECKING:
    from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance

    from neuro.learn.data import Person
    from neuro.learn.evaluate import Teach
    from neuro.learn.metrics import Judged
    from neuro.learn.train import Model

Numbers = dict[str, Any]
Pairs = list[tuple[Path, Path]]

Split = StrEnum("Split", {"one": "leave-one-out", "six": "six-groups", "quarter": "held-out", "leaky": "leaky"})


def evaluate(
    context: typer.Context,
    data: Data = None,
    channels: Channels = "Fp1,Fp2,T5,T6",
    split: Annotated[Split, typer.Option(help="Who is judged by whose model; leaky is no result.")] = Split.one,
    robustness: Annotated[
        bool, typer.Option("--robustness", help="Instead: what harm, attacks and fewer weights cost, on a headband.")
    ] = False,
    page: Annotated[
        Path | None, typer.Option(help="Instead: everything, as FOLDER/model.md with pictures and figures.json.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(help="With --page: write the figures into this model's papers, and its card beside."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Chance of training, of groups and of intervals.", min=0)] = 1,
    as_json: Json = False,
) -> None:
    """Teach models and judge each on people whom it has not seen: mental arithmetic against rest."""
    from game.evaluation import page as tables  # noqa: PLC0415 -- `heron --help` needs no rooms
    from neuro.learn.data import pairs  # noqa: PLC0415

    recordings = pairs(data or settings_of(context).data / "eegmat")
    teach = _recipe(seed)
    if page:
        numbers = _everything(recordings, teach, seed)
        write_page(page, numbers)
        if into:
            _paper(into, numbers)
        print(json.dumps(numbers) if as_json else page / "model.md")
    elif robustness:
        numbers = _robustness(recordings, teach, seed)
        print(json.dumps(numbers) if as_json else tables.robustness(numbers))
    else:
        tell(judged(recordings, teach, names_of(channels) if channels else None, split, seed), as_json)


def _recipe(seed: int) -> "Teach[Model]":
    """Raises: typer.Exit: torch is not installed."""
    try:
        from neuro.learn.train import fit  # noqa: PLC0415
    except ImportError:
        print('Evaluating needs torch: python3 -m pip install "heron-focus[train]".', file=sys.stderr)
        raise typer.Exit(1) from None
    from neuro.learn.config import Config  # noqa: PLC0415

    return lambda people: fit(people, Config(), seed)


def judged(
    recordings: Pairs, teach: "Teach[Model]", channels: tuple[str, ...] | None, split: Split, seed: int
) -> Numbers:
    """One split and its sign-flip control."""
    from neuro.learn import evaluate, folds, metrics  # noqa: PLC0415
    from neuro.learn.data import eegmat  # noqa: PLC0415

    rng = chance(seed)
    people = list(counted(eegmat(recordings), len(recordings), "Reading people"))
    there = list(counted(eegmat(recordings, channels), len(recordings), "Reading the sensors that are judged"))
    n = len(people)
    six = folds.k_fold(n, rng)
    chosen = {Split.one: folds.leave_one_out(n), Split.quarter: folds.hold_out(n, rng)}.get(split, six)
    with _counting("Teaching", len(chosen) + len(six)) as done:
        if split is Split.leaky:
            found = evaluate.leaky_split(people, there, rng, teach, done)
        else:
            found = evaluate.across(evaluate.taught(people, chosen, teach, done), chosen, there)
        control = evaluate.sign_control(people, there, six, rng, teach, done)
    names: Numbers = {"split": split.value, "channels": list(there[0].channels)}
    return flat(found, rng) | names | {"sign_flip_auc": metrics.auc(control), "what": WHAT_IT_IS}


def flat(found: "Judged", rng: "Generator") -> Numbers:
    """Figures under one name each."""
    from neuro.learn.evaluate import figures  # noqa: PLC0415

    told = figures(found, rng)
    numbers: Numbers = {"people": found.people, "windows": told.n_windows, "minutes": told.n_minutes}
    for name, one in (*told.windows.items(), *((f"minute_{name}", one) for name, one in told.minutes.items())):
        numbers |= {name: one.value, f"{name}_interval": [one.low, one.high]}
    return numbers


def _robustness(recordings: Pairs, teach: "Teach[Model]", seed: int) -> Numbers:
    """Harm, attacks and smaller weights, with the models of leaving one out."""
    from neuro.learn import evaluate, folds, study  # noqa: PLC0415
    from neuro.learn.data import eegmat  # noqa: PLC0415

    people = list(counted(eegmat(recordings), len(recordings), "Reading people"))
    there = list(counted(eegmat(recordings, study.BAND), len(recordings), "Reading a headband"))
    with _counting("Teaching", len(people)) as done:
        models = evaluate.taught(people, folds.leave_one_out(len(people)), teach, done)
    return _stood(recordings, models, there, seed)


def _stood(recordings: Pairs, models: "Sequence[Model]", there: "Sequence[Person]", seed: int) -> Numbers:
    from neuro.learn import harm, robustness  # noqa: PLC0415

    with _counting("Harming", len(harm.HARMS) + 1 + len(there)) as done:
        return {
            "harms": robustness.harmed(recordings, models, chance(seed), done),
            "attacks": robustness.attacks(models, there, done),
            "smaller": robustness.smaller(models, there),
        }


def _everything(recordings: Pairs, teach: "Teach[Model]", seed: int) -> Numbers:
    """All that the page shows."""
    from neuro.learn import study  # noqa: PLC0415
    from neuro.learn.config import Config  # noqa: PLC0415
    from neuro.learn.contributions import by_band  # noqa: PLC0415

    with _counting("Reading people", study.READINGS) as done:
        cohort = study.cohort(recordings, done)
    with _counting("Teaching", study.models_to_make(len(recordings))) as done:
        numbers, models = study.study(cohort, teach, chance(seed), done)
    numbers |= _stood(recordings, models, cohort.judged, seed)
    return numbers | {
        "contributions": by_band(models, cohort.judged),
        "recipe": {**asdict(Config()), "seed": seed},
        "version": version("heron-focus"),
        "what": WHAT_IT_IS,
    }


def write_page(folder: Path, numbers: Numbers) -> None:
    """The page, its pictures and the figures; where that fails, say why and leave with status 1."""
    from game.evaluation.page import page  # noqa: PLC0415
    from game.evaluation.pictures import pictures  # noqa: PLC0415

    files = {"model.md": page(numbers), "model/figures.json": json.dumps(numbers, indent=1) + "\n"}
    files |= {f"model/{name}": svg for name, svg in pictures(numbers).items()}
    try:
        (folder / "model").mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        print(f"{error.filename} cannot be written: {error.strerror}.", file=sys.stderr)
        raise typer.Exit(1) from error


def _paper(model: Path, numbers: Numbers) -> None:
    from neuro.learn.card import card, headline, with_metrics  # noqa: PLC0415
    from neuro.registry import put  # noqa: PLC0415
    from neuro.scorer import load  # noqa: PLC0415

    told = put(with_metrics(load(model).onnx, headline(numbers)), model)
    model.with_suffix(".md").write_text(card(told), "utf-8")


def chance(seed: int) -> "Generator":
    import numpy as np  # noqa: PLC0415

    return np.random.default_rng(seed)  # noqa: TID251 -- chance enters here


@contextmanager
def _counting(words: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr, that is told of each thing done."""
    with sitting_bar(True, words) as advance:
        steps = count(1)
        yield lambda: advance(next(steps) / total)
