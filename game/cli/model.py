"""`heron score` and `heron train`: what the model says, and where it comes from."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.cli.features import write_features
from game.cli.options import Json, settings_of
from game.cli.progress import counted, sitting_bar
from game.cli.tables import refuse_overwriting, write_csv

if TYPE_CHECKING:
    from neuro.learn.data import Person

Channels = Annotated[str | None, typer.Option(help="Names of the channels to use, as Fp1,Fp2,T5,T6; all without it.")]
Data = Annotated[Path | None, typer.Option(help="Folder of EEGMAT.", show_default="HERON_DATA/eegmat")]


def score(
    recording: Annotated[Path, typer.Argument(help="EDF, BDF, BrainFlow CSV, Muse CSV, or CSV with a header.")],
    channels: Channels = None,
    baseline: Annotated[float, typer.Option(help="Seconds of rest at the start of RECORDING.", min=10)] = 60.0,
    baseline_from: Annotated[Path | None, typer.Option(help="Another recording, all rest, for the baseline.")] = None,
    model: Annotated[Path | None, typer.Option(help="Another model.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write t_s,score,trust,state at 10 Hz.")] = None,
    features: Annotated[Path | None, typer.Option(help="Where to write EEG features, one row a second.")] = None,
    as_json: Json = False,
) -> None:
    """Score a recording offline, by the same path as live."""
    import assets  # noqa: PLC0415 -- `heron --help` needs no rooms
    from neuro import offline  # noqa: PLC0415
    from neuro.scorer import load as load_model  # noqa: PLC0415
    from neuro.sources.recording import load  # noqa: PLC0415
    from neuro.types import Chunk, Estimate  # noqa: PLC0415

    refuse_overwriting("--out", out, recording, baseline_from)
    refuse_overwriting("--features", features, recording, baseline_from, out)
    scorer = load_model(model or assets.model())
    recorded = load(recording)
    rest = load(baseline_from) if baseline_from else None
    if channels:
        recorded = recorded.pick(names_of(channels))
    if rest is not None:
        rest = rest.pick(recorded.headset.channels)
    for note in (*recorded.notes, *(rest.notes if rest else ())):
        print(note, file=sys.stderr)
    samples = Chunk(recorded.uv, recorded.t_s)
    usual = offline.rest_of(rest.headset, Chunk(rest.uv, rest.t_s), scorer) if rest else None
    estimates: list[Estimate] = []
    with sitting_bar(True, "Scoring") as advance:
        for share, some in offline.score(recorded.headset, samples, scorer, usual, baseline):
            estimates += some
            advance(share)
    if not any(estimate.trust > 0 for estimate in estimates):
        print(
            "No moment could be compared with clean rest: give other seconds with --baseline, or --baseline-from.",
            file=sys.stderr,
        )
    figures = offline.summed(estimates)
    if out:
        rows = ((f"{e.t_s:.4f}", f"{e.score:.6f}", f"{e.trust:.4f}", e.state) for e in estimates)
        write_csv(out, ("t_s", "score", "trust", "state"), rows)
    if features:
        figures["features"] = write_features(features, recorded, rest, baseline)
    tell(figures, as_json)


def train(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Where the model goes.")] = Path("assets/models/attention.onnx"),
    data: Data = None,
    channels: Channels = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.", min=0)] = 1,
    log: Annotated[Path | None, typer.Option(help="Folder for TensorBoard.")] = None,
) -> None:
    """Train the shipped model again from EEGMAT and simulated players (extra `train`); killed, it goes on."""
    from game.cli.learning import TWINS, learn  # noqa: PLC0415 -- torch takes seconds to import
    from neuro.learn.twins import twins  # noqa: PLC0415

    people = _people(context, data, channels)
    simulated = list(counted(twins(TWINS), len(TWINS), "Simulating players"))
    print(learn(people, simulated, out, seed, log))


def _people(context: typer.Context, data: Path | None, channels: str | None) -> "list[Person]":
    from neuro.learn.data import eegmat, pairs  # noqa: PLC0415

    folder = data or settings_of(context).data / "eegmat"
    found = pairs(folder)
    return list(counted(eegmat(found, names_of(channels) if channels else None), len(found), "Reading people"))


def names_of(channels: str) -> tuple[str, ...]:
    """Names between commas."""
    return tuple(name.strip() for name in channels.split(",") if name.strip())


def tell(figures: dict[str, Any], as_json: bool) -> None:
    """One figure a line, or all as JSON."""
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{name.replace('_', ' ')}:")
            tell({f"  {each}": figure for each, figure in value.items()}, False)
        else:
            print(f"{name.replace('_', ' '):24} {value}")
