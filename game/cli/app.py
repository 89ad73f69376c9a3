"""The command line: which words there are, and how trouble is said."""

import sys
from typing import Annotated

import typer

from engine.errors import EngineError
from game.cli import (
    bundles,
    cohort,
    cred,
    devices,
    doctor,
    emulate,
    evaluate,
    exports,
    eyes,
    federate,
    finetune,
    keeping,
    levels,
    model,
    outcomes,
    plans,
    players,
    portal,
    power,
    rights,
    simulate,
    sittings,
    stored,
    studies,
)
from game.errors import GameError
from game.settings import from_environment
from neuro.errors import NeuroError

app = typer.Typer(
    help="Heron, a game that trains attention. Not a medical device.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(sittings.demo)
app.command()(sittings.play)
app.command()(stored.report)
app.command()(stored.replay)
app.command()(model.score)
app.command()(evaluate.evaluate)
app.command()(model.train)
app.command()(finetune.finetune)
app.command()(devices.devices)
app.command()(eyes.gaze_events)
app.command()(exports.export)
app.command("import")(exports.import_)
app.command()(simulate.simulate)
app.command()(outcomes.outcomes)
app.command()(power.power)
app.command()(cred.cred)
app.command()(rights.consent)
app.command()(rights.erase)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command()(keeping.lock)
app.command()(keeping.unlock)
app.command()(doctor.doctor)
app.command()(sittings.bench)
app.command()(portal.portal)
app.add_typer(emulate.app, name="emulate")
app.add_typer(cohort.app, name="cohort")
app.add_typer(federate.app, name="federate")
app.add_typer(studies.app, name="study")
app.add_typer(plans.app, name="plan")
app.add_typer(players.app, name="player")
app.add_typer(levels.app, name="levels")
app.add_typer(bundles.app, name="bundle")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say which Heron this is.")] = False,
) -> None:
    """Without a command: play."""
    context.obj = from_environment()
    if version:
        from importlib.metadata import version as installed  # noqa: PLC0415

        print(f"Heron {installed('heron-focus')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sittings.play(context)


def main() -> None:
    """Run a command; whatever a person can mend is one sentence and exit status 1."""
    try:
        app()
    except (NeuroError, EngineError, GameError) as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
