"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from game.settings import Settings

Database = Annotated[
    Path | None, typer.Option("--db", help="Where sittings are kept.", show_default="HERON_DB or your data folder")
]
Json = Annotated[bool, typer.Option("--json", help="Print numbers as JSON.")]


class Arm(StrEnum):
    """What the loops see of attention."""

    live = "live"
    yoked_replay = "yoked_replay"
    performance_only = "performance_only"
    fixed = "fixed"


def settings_of(context: typer.Context) -> Settings:
    """What the surroundings said when this command began."""
    settings: Settings = context.obj
    return settings


def database(context: typer.Context, db: Path | None) -> Path:
    """The file that was asked for, or the usual one."""
    return (db or settings_of(context).db).expanduser()
