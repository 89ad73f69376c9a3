"""`heron report` and `heron replay`: what was played, in words and once more."""

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from engine.report import Summary, as_json, summarise
from engine.store import Store
from engine.telling import as_text
from game.cli.options import Database, Json, database
from game.errors import GameError, NoDisplay

SessionNumber = Annotated[int, typer.Argument(help="Number of the sitting.", min=1, max=2**63 - 1)]


def report(
    context: typer.Context,
    session: SessionNumber,
    db: Database = None,
    wants_json: Json = False,
) -> None:
    """Sum up a sitting in plain words."""
    with Store.open(database(context, db), read_only=True) as store:
        if wants_json:
            print(json.dumps(figures(store, session)))
        elif store.sessions.get(session).kind == "imported":
            print(_imported(store, session))
        else:
            print(as_text(summary(store, session)))


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
