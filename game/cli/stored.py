"""`heron report` and `heron replay`: what was played, in words and once more."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.report import Summary, as_json, summarise
from engine.store import Store
from engine.telling import as_text
from game.cli.options import Database, Json, database
from game.errors import GameError, NoDisplay

SessionNumber = Annotated[int, typer.Argument(help="Number of the sitting.", min=1, max=2**63 - 1)]


class ReportAudience(StrEnum):
    """For whom a report is written."""

    parent = "parent"
    therapist = "therapist"


def report(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="SESSION|PLAYER", help="Number of a sitting, or a player's name.")],
    audience: Annotated[
        ReportAudience, typer.Option(help="Plain words for a family, or figures for a therapist.")
    ] = ReportAudience.parent,
    pdf: Annotated[Path | None, typer.Option(help="Write it as PDF.", dir_okay=False)] = None,
    html: Annotated[Path | None, typer.Option(help="Write it as one page of HTML.", dir_okay=False)] = None,
    db: Database = None,
    wants_json: Json = False,
) -> None:
    """Sum up a sitting in plain words, or a player's last weeks, in the player's language."""
    number = int(what) if what.isascii() and what.isdigit() else None
    with Store.open(database(context, db), read_only=True) as store:
        if number is not None and wants_json:
            print(json.dumps(figures(store, number)))
        elif number is not None and store.sessions.get(number).kind == "imported":
            print(_imported(store, number))
        elif number is not None and not (pdf or html):
            print(as_text(summary(store, number)))
        else:
            from game.cli.papers import told  # noqa: PLC0415 -- a sitting in words needs no pages

            told(store, what, audience.value, pdf, html, wants_json)


def _imported(store: Store, session: int) -> str:
    """A recording that nobody played."""
    stretches = store.signals.segments(session)
    lost = sum(each.loss for each in stretches)
    marks = sum(event.kind == "mark" for event in store.sessions.events(session))
    devices = " and ".join(sorted({"EEG" if each.device == "eeg" else "gaze" for each in stretches}))
    return (
        f"Sitting {session} is a recording that was imported, of {store.sessions.get(session).started_utc}: "
        f"{max(each.until_s for each in stretches):.1f} s of {devices}, {lost} samples lost, {marks} marks."
    )


def replay(
    context: typer.Context,
    session: SessionNumber,
    check: Annotated[
        bool, typer.Option("--check", help="Compare it with what was stored instead of showing it.")
    ] = False,
    db: Database = None,
    wants_json: Json = False,
) -> None:
    """Play a stored sitting again, from its raw samples and its keys."""
    from game import replay as again  # noqa: PLC0415

    with Store.open(database(context, db), read_only=True) as store:
        kept = store.sessions.get(session)
        if kept.kind == "imported":
            raise GameError(f"Sitting {session} was imported and never played: see heron report {session}.")
        if not check:
            from game.wiring import show_again  # noqa: PLC0415

            try:
                show_again(store, kept)
            except NoDisplay as error:
                raise NoDisplay(f"heron replay {session} --check") from error
            return
        verdict = again.check(store, kept)
    if wants_json:
        print(
            json.dumps(
                {
                    "session": verdict.session,
                    "identical": verdict.identical,
                    "rounding": verdict.rounding,
                    "ticks": verdict.ticks,
                    "estimates": verdict.estimates,
                    "difference": verdict.difference,
                }
            )
        )
    else:
        print(verdict.sentence)
    if verdict.difference is not None:
        sys.exit(1)


def figures(store: Store, session: int) -> dict[str, Any]:
    """The numbers of a sitting and of each unbroken stretch of its devices' signals, for JSON. Raises: NotFound."""
    stretches = store.signals.segments(session)
    devices = [asdict(each) | {"loss_per_minute": each.loss_per_minute} for each in stretches]
    return {**json.loads(as_json(summary(store, session))), "devices": devices}


def summary(store: Store, session: int) -> Summary:
    """The numbers of a sitting.

    Raises: NotFound: there is no such sitting.
    """
    sessions = store.sessions
    return summarise(
        sessions.trials(session),
        sessions.blocks(session),
        sessions.estimates(session),
        sessions.events(session),
        sessions.get(session),
    )
