"""What `heron train` does once it knows of whom to learn."""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from game.cli.progress import sitting_bar

if TYPE_CHECKING:
    from neuro.learn.data import Person
    from neuro.learn.final import Epoch, Watch

TWINS = range(1000, 1030)
"""Seeds of the simulated players to learn from; tests and figures use others."""

WHAT_IT_IS = "Told apart: mental arithmetic and rest on EEGMAT; engagement with a task, not attention in a game."


def learn(people: "list[Person]", simulated: "list[Person]", out: Path, seed: int, log: Path | None) -> str:
    """Train on these people and on simulated players, write the model, say what it is."""
    try:
        from neuro.learn.board import to_tensorboard  # noqa: PLC0415 -- seconds, and extra packages
        from neuro.learn.config import Config  # noqa: PLC0415
        from neuro.learn.export import to_onnx  # noqa: PLC0415
        from neuro.learn.final import train  # noqa: PLC0415
    except ImportError:
        print('Training needs more packages: python3 -m pip install "heron-focus[train]".', file=sys.stderr)
        raise typer.Exit(1) from None
    out.parent.mkdir(parents=True, exist_ok=True)
    saved = out.with_suffix(".part")
    with sitting_bar(True, "Training") as advance:
        watch = _both(lambda epoch: advance(epoch.done), to_tensorboard(log) if log else None)
        model = train(people, Config(), seed, watch, saved, simulated)
    papers = {
        "version": version("heron-focus"),
        "data": f"EEGMAT, PhysioNet eegmat 1.0.0, {len(people)} people (Zyma et al. 2019, Data 4:14); "
        f"{len(simulated)} simulated players",
        "people": ",".join(person.name for person in people),
        "seed": str(seed),
        "data_licence": "ODC-By 1.0",
        "licence": "Apache-2.0",
        "channels": ",".join(people[0].channels),
        "rate_hz": "any from 90; trained at 500 and 256",
        "what": WHAT_IT_IS,
        "parent": "no other model: all weights were drawn at random",
    }
    out.write_bytes(to_onnx(model, papers))
    saved.unlink(missing_ok=True)
    n = sum(parameter.numel() for parameter in model.net.parameters())
    temperature, shift = model.calibration
    taught_by = f"{len(people)} people, {len(simulated)} simulated players"
    return f"{out}: {taught_by}, {n} weights, T {temperature:.2f}, shift {shift:+.2f}"


def _both(first: "Watch", second: "Watch | None") -> "Watch":
    def watch(epoch: "Epoch") -> None:
        first(epoch)
        if second:
            second(epoch)

    return watch
