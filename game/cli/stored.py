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
from engine.store.rows import Session
from engine.telling import as_text
from game.cli.options import Database, Json, database
from game.cli.progress import sitting_bar
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
            print("\n".join([as_text(summary(store, number)), *_changed(store, number)]))
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
    video: Annotated[
        Path | None,
        typer.Option("--video", help="Write it as a video: FILE.mp4 or FILE.webm.", dir_okay=False),
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Write one picture of it: FILE.png.", dir_okay=False)
    ] = None,
    at: Annotated[
        float | None, typer.Option("--at", help="Of which second the picture is; the middle by default.", min=0.0)
    ] = None,
    db: Database = None,
    wants_json: Json = False,
) -> None:
    """Play a stored sitting again, from its raw samples and its keys."""
    if check + (video is not None) + (picture is not None) > 1:
        raise typer.BadParameter("--check, --video and --picture exclude one another; ask for one of them.")
    if at is not None and picture is None:
        raise typer.BadParameter("--at says which picture; name its file with --picture.")
    with Store.open(database(context, db), read_only=True) as store:
        kept = store.sessions.get(session)
        if kept.kind == "imported":
            raise GameError(f"Sitting {session} was imported and never played: see heron report {session}.")
        if check:
            _check(store, kept, wants_json)
        elif video is not None or picture is not None:
            _write(store, kept, video, picture, at)
        else:
            _show(store, kept)


def _show(store: Store, session: Session) -> None:
    from game.wiring import show_again  # noqa: PLC0415

    try:
        show_again(store, session)
    except NoDisplay as error:
        raise NoDisplay(f"heron replay {session.id} --check") from error


def _write(store: Store, session: Session, film: Path | None, picture: Path | None, at_s: float | None) -> None:
    from game import video  # noqa: PLC0415 -- FFmpeg, which no other command needs

    if film is not None:
        with sitting_bar(True, "Painting the sitting") as advance:
            video.film(store, session, film, advance)
    if picture is not None:
        video.still(store, session, picture, at_s)
    print(f"Written: {film or picture}")


def _check(store: Store, session: Session, wants_json: bool) -> None:
    from game import replay as again  # noqa: PLC0415

    verdict = again.check(store, session)
    if wants_json:
        print(json.dumps(asdict(verdict) | {"identical": verdict.identical}))
    else:
        print(verdict.sentence)
    if verdict.difference is not None:
        sys.exit(1)


def figures(store: Store, session: int) -> dict[str, Any]:
    """The numbers of a sitting and of each unbroken stretch of its devices' signals, for JSON. Raises: NotFound."""
    stretches = store.signals.segments(session)
    devices = [asdict(each) | {"loss_per_minute": each.loss_per_minute} for each in stretches]
    told = {"devices": devices, "changes": _changed(store, session)}
    return {**json.loads(as_json(summary(store, session))), **told}


def _changed(store: Store, session: int) -> list[str]:
    from game.personal.drifted import drifted  # noqa: PLC0415 -- `heron --help` needs no rooms

    return [one.sentence for one in drifted(store, store.sessions.get(session))]


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
