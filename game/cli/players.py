"""`heron player`: what is known of somebody who plays, for whoever looks after them."""

import json
from dataclasses import asdict
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated, Any

import typer

from engine.safety import Limits, Override, Refused, Standing, bedtime, limited, may_play
from engine.store import Store
from game.cli.options import Database, Json, database
from game.errors import GameError

app = typer.Typer(help="Players: limits, answers, complaints; for families and therapists.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="PLAYER", help="Which player.")]
Who = Annotated[str, typer.Option(help="Your name: it is kept.")]


class Role(StrEnum):
    """Who answers for a player."""

    therapist = "therapist"
    parent = "parent"
    self = "self"


@app.command()
def show(context: typer.Context, player: Name, db: Database = None, as_json: Json = False) -> None:
    """Whether a sitting may begin now, the limits, the answers to the health questions, complaints and check-ins."""
    now = datetime.now()  # noqa: TID251 -- by this computer's calendar
    with Store.open(database(context, db), read_only=True) as store:
        player_id = store.players.known(player).id
        standing = store.wellbeing.standing(player_id, now.date())
        complaints, check_ins = store.wellbeing.complaints(player_id), store.wellbeing.check_ins(player_id)
    facts = _facts(standing, now) | {
        "complaints": [asdict(complaint) for complaint in complaints],
        "check_ins": {number: asdict(felt) for number, felt in check_ins.items()},
    }
    if as_json:
        print(json.dumps({"player": player} | facts, ensure_ascii=False))
        return
    sitting, day = (f"{facts[key] / 60:.0f}" for key in ("sitting_s", "day_s"))
    print(facts["sentence"])
    print(f"At most {sitting} minutes a sitting, {day} a day, on {facts['days']} days in seven.")
    print(f"Bedtime: {facts['bedtime'] or 'none is set'}. Age: {standing.age or 'not known; say it with --born'}.")
    print(f"Health questions: {_answers(standing)}")
    for one in complaints:
        seen = f"{one.reviewed_by}, {one.reviewed_utc}: {one.note}" if one.reviewed_by else "nobody has looked at it"
        print(f"Complaint {one.id}, sitting {one.session_id}: {one.kind.replace('_', ' ')}; {seen}.")


@app.command()
def limit(
    context: typer.Context,
    player: Name,
    who: Who,
    bedtime: Annotated[str | None, typer.Option(help="As 20:30; nothing begins in the hour before.")] = None,
    sitting_minutes: Annotated[float | None, typer.Option(help="Of play, at most.", min=3)] = None,
    day_minutes: Annotated[float | None, typer.Option(help="Of play, at most.", min=3)] = None,
    days: Annotated[int | None, typer.Option(help="With play, of any seven.", min=1, max=7)] = None,
    born: Annotated[int | None, typer.Option(help="The player's year of birth.")] = None,
    db: Database = None,
) -> None:
    """Set a family's limits in place of those before; they can only lower what is usual for the age."""
    limits = Limits(_time(bedtime), _seconds(sitting_minutes), _seconds(day_minutes), days)
    with Store.open(database(context, db)) as store:
        player_id = store.players.named(player).id
        if born is not None:
            store.players.born(player_id, born)
        store.wellbeing.limit(player_id, limits, who)
    print("Kept.")


@app.command("open")
def unlock(
    context: typer.Context,
    player: Name,
    who: Who,
    role: Annotated[Role, typer.Option(help="Who you are to the player.")],
    why: Annotated[str, typer.Option(help="Your reason: it is kept.")],
    db: Database = None,
) -> None:
    """Answer for it that a worrying answer to a health question does not stand in the way."""
    now = datetime.now()  # noqa: TID251 -- by this computer's calendar
    with Store.open(database(context, db)) as store:
        player_id = store.players.known(player).id
        years = store.wellbeing.standing(player_id, now.date()).age
        store.wellbeing.override(player_id, Override(who, role.value, why), years)
    print(f"Heron is open to {player}; effects stay low.")


@app.command()
def review(
    context: typer.Context,
    player: Name,
    complaint: Annotated[int, typer.Argument(help="Number of the complaint, from heron player show.")],
    who: Who,
    note: Annotated[str, typer.Option(help="What you found: it is kept.")],
    db: Database = None,
) -> None:
    """As a therapist, look at a complaint; two that nobody has looked at, in three sittings, close Heron."""
    with Store.open(database(context, db)) as store:
        player_id = store.players.known(player).id
        if complaint not in {one.id for one in store.wellbeing.complaints(player_id)}:
            raise GameError(f"{player} has no complaint {complaint}: see heron player show {player}.")
        store.wellbeing.review(complaint, who, note)
    print("Kept.")


def _facts(standing: Standing, now: datetime) -> dict[str, Any]:
    answer, most = may_play(standing, now), limited(standing.age, standing.limits)
    bed = bedtime(standing.age, standing.limits)
    return {
        "age": standing.age,
        "sentence": answer.sentence
        if isinstance(answer, Refused)
        else f"A sitting may begin: up to {answer.seconds / 60:.0f} minutes of play.",
        "allowed_s": 0.0 if isinstance(answer, Refused) else answer.seconds,
        "today_s": standing.played.today_s,
        "sitting_s": most.sitting_s,
        "day_s": most.day_s,
        "days": most.days,
        "bedtime": bed.isoformat("minutes") if bed else None,
        "screening": asdict(standing.screening) if standing.screening else None,
    }


def _answers(standing: Standing) -> str:
    screening = standing.screening
    if screening is None:
        return "not asked yet."
    said = f"seizures {screening.seizure}, migraine {screening.migraine}, eyes {screening.eyes}"
    by = screening.override
    return f"{said}; opened by {by.by} ({by.role}): {by.why}." if by else f"{said}."


def _time(word: str | None) -> time | None:
    try:
        return None if word is None else time.fromisoformat(word)
    except ValueError as error:
        raise GameError(f"{word} is no time of day: write it as 20:30.") from error


def _seconds(minutes: float | None) -> float | None:
    return None if minutes is None else minutes * 60
