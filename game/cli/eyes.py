"""`heron gaze-events`: what the eyes did in a recording."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from game.cli.options import Json
from game.cli.tables import refuse_overwriting, write_csv

if TYPE_CHECKING:
    from neuro.eyes.look import Event, Labels
    from neuro.sources.looks import Looked

By = Literal["rules", "ivt", "neon", "net"]
Method = Literal["auto", "rules", "ivt", "neon", "net"]


def gaze_events(
    recording: Annotated[
        Path,
        typer.Argument(help="Neon folder, gaze.csv of Pupil Cloud, table of Pupil Core, or CSV t_s,x_deg,y_deg."),
    ],
    out: Annotated[Path | None, typer.Option(help="Where to write the events.")] = None,
    samples: Annotated[Path | None, typer.Option(help="Where to write one label a sample.")] = None,
    method: Annotated[
        Method,
        typer.Option(help="rules; ivt: fixed threshold; neon: as Neon's app; net: eye camera; auto: what suits."),
    ] = "auto",
    as_json: Json = False,
) -> None:
    """Find fixations, saccades, pursuit and blinks in a recording of gaze, by the same path as live."""
    from neuro.sources.looks import load_look  # noqa: PLC0415 -- `heron --help` needs no rooms

    refuse_overwriting("--out", out, recording)
    refuse_overwriting("--samples", samples, recording, out)
    looked = load_look(recording)
    for note in looked.notes:
        print(note, file=sys.stderr)
    by = _suits(looked) if method == "auto" else method
    labels, events = _labelled(looked, by)
    if out:
        rows = ((e.onset_s, e.duration_s, e.kind, e.amplitude_deg, e.peak_deg_per_s) for e in events)
        write_csv(out, ("onset_s", "duration_s", "kind", "amplitude_deg", "peak_deg_per_s"), map(_cells, rows))
    if samples:
        write_csv(samples, ("t_s", "label"), _lines(looked, labels))
    _tell(_summed(looked, by, labels, events), as_json)


def _suits(looked: "Looked") -> By:
    """A net where nobody calibrated, the app's way for glasses that know how the head turns, else rules."""
    if looked.pupils:
        return "net"
    return "rules" if looked.look.head_deg_per_s is None else "neon"


def _labelled(looked: "Looked", by: By) -> "tuple[Labels, list[Event]]":
    import assets  # noqa: PLC0415
    from neuro.eyes.classifier import Net  # noqa: PLC0415
    from neuro.eyes.events import EyeEvents  # noqa: PLC0415
    from neuro.eyes.offline import labelled  # noqa: PLC0415
    from neuro.eyes.pupil_events import PupilEvents  # noqa: PLC0415
    from neuro.eyes.velocity import IVT, NEON, VelocityEvents  # noqa: PLC0415

    match by:
        case "net":
            return labelled(looked.look, PupilEvents(Net.load(assets.eyes())))
        case "ivt":
            return labelled(looked.look, VelocityEvents(IVT))
        case "neon":
            return labelled(looked.look, VelocityEvents(NEON))
        case "rules":
            return labelled(looked.look, EyeEvents())


def _lines(looked: "Looked", labels: "Labels") -> Iterable[tuple[str, str]]:
    """Every sample of the file; those that time left behind are lost."""
    from neuro.eyes.look import KINDS, LOST  # noqa: PLC0415

    kinds = [LOST] * looked.rows_s.size
    for row, kind in zip(looked.used.nonzero()[0].tolist(), labels.kind.tolist(), strict=True):
        kinds[row] = kind
    return ((f"{t_s:.6f}", KINDS[kind]) for t_s, kind in zip(looked.rows_s.tolist(), kinds, strict=True))


def _cells(row: tuple[float | str, ...]) -> list[str]:
    """Numbers with four digits, nothing for what cannot be said."""
    return [value if isinstance(value, str) else "" if value != value else f"{value:.4f}" for value in row]  # noqa: PLR0124


def _summed(looked: "Looked", by: By, labels: "Labels", events: "list[Event]") -> dict[str, Any]:
    from neuro.eyes.look import KINDS  # noqa: PLC0415

    n = looked.rows_s.size
    counted = {kind: int((labels.kind == place).sum()) for place, kind in enumerate(KINDS)}
    counted["lost"] += n - labels.kind.size
    return {
        "samples": n,
        "seconds": round(float(looked.look.t_s[-1] - looked.look.t_s[0]), 3),
        "rate_hz": round(looked.rate_hz, 2),
        "by": by,
        "events": {kind: sum(event.kind == kind for event in events) for kind in KINDS},
        "shares": {kind: round(count / n, 4) for kind, count in counted.items()},
        "notes": list(looked.notes),
    }


def _tell(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures))
        return
    print(f"{figures['samples']} samples in {figures['seconds']} s, {figures['rate_hz']} a second")
    for kind, share in figures["shares"].items():
        print(f"{kind:10} {figures['events'][kind]:6} events, {100 * share:5.1f} % of the samples")
