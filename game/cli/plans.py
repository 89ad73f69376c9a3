"""`heron plan`: the templates, who has which plan, and what it asks for today."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.garden import Best
from engine.path import Stone
from engine.plan import PLANS, Assigned, Plan
from engine.safety import Allowed, Refused
from engine.store import Store
from game.bests import bests
from game.cli.options import Database, Json, database
from game.cli.progress import counted
from game.course import Course, course, path
from game.errors import GameError

if TYPE_CHECKING:
    from game.simulation.plan import Kept

app = typer.Typer(help="Plans: look at them, give one to a player, see what it asks for today.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="PLAYER", help="Which player.")]
Template = Annotated[str, typer.Argument(metavar="PLAN", help="Name of a template, or a TOML file of your own.")]
Tracker = Annotated[bool, typer.Option("--eyes/--no-eyes", help="Whether there is an eye tracker for the check-up.")]


@app.command("list")
def templates(as_json: Json = False) -> None:
    """The plans that Heron brings."""
    plans = [PLANS.find(plan_id) for plan_id in PLANS.ids()]
    if as_json:
        print(json.dumps([_facts(plan) for plan in plans], ensure_ascii=False))
        return
    for plan in plans:
        print(f"{plan.id:10}  {plan.all_sittings:2} sittings  {plan.says}")


@app.command()
def show(plan: Template, as_json: Json = False) -> None:
    """A plan as it is written, once it has proved good: a start for one of your own."""
    toml = _toml(plan)
    good = PLANS.parse(toml, plan)
    print(good.model_dump_json() if as_json else toml, end="\n" if as_json else "")


@app.command()
def assign(
    context: typer.Context,
    player: Name,
    plan: Template,
    by: Annotated[str, typer.Option(help="Your name: it stays with the plan.")],
    since: Annotated[
        str | None, typer.Option("--from", help="Its first day, as 2026-03-02.", show_default="today")
    ] = None,
    born: Annotated[int | None, typer.Option(help="The player's year of birth, which sets the minutes.")] = None,
    db: Database = None,
) -> None:
    """Give a player a plan, in place of the one before."""
    toml, first = _toml(plan), _today().date() if since is None else _day(since)
    wanted = Assigned(PLANS.parse(toml, plan), first)
    path(wanted, (), None, first, ())  # tells games that there are not
    with Store.open(database(context, db)) as store:
        player_id = store.players.named(player).id
        if born is not None:
            store.players.born(player_id, born)
        given = store.plans.assign(player_id, toml, first, by)
        age = store.wellbeing.standing(player_id, first).age
    print(f"{player} has the plan {given.plan.title} from {first} to {given.assigned.until}.")
    if age is None:
        print("Heron plays the shortest sittings until it knows the year of birth: give it with --born.")


@app.command()
def today(
    context: typer.Context, player: Name, eyes: Tracker = False, db: Database = None, as_json: Json = False
) -> None:
    """What the plan asks for today, within what is good for the player, and how much of it was kept."""
    with Store.open(database(context, db), read_only=True) as store:
        player_id = store.players.known(player).id
        found = course(store, player_id, _today(), eyes)
        known = bests(store, player_id, [stone.level.id for stone in found.path.stones] if found.path else [])
    if as_json:
        print(json.dumps({"player": player} | _found(found) | {"bests": _bests(known)}, ensure_ascii=False))
        return
    for line in _said(player, found, known):
        print(line)


def _said(player: str, found: Course, known: Mapping[str, Best]) -> list[str]:
    if isinstance(found.answer, Refused):
        return [found.answer.sentence]
    if found.given is None or found.path is None:
        return [f"{player} has no plan: give one with heron plan assign {player} focus."]
    if found.path.sentence:
        return [found.path.sentence]
    minutes = sum(stone.seconds for stone in found.path.stones) / 60
    whole = found.given.plan.all_sittings
    lines = [f"{found.given.plan.title}, sitting {found.path.sitting} of {whole}: {minutes:.0f} minutes of play."]
    lines += [_step(stone) for stone in found.path.stones]
    titles = {stone.level.id: stone.level.title for stone in found.path.stones}
    lines += [f"Best so far, {titles[level]}: {told.sentence}, on {told.day}." for level, told in known.items()]
    if found.kept and found.kept.on_time is not None:
        lines.append(f"Kept so far: {found.kept.on_time:.0%} of {found.kept.planned} sittings in their time.")
    return lines


def _step(stone: Stone) -> str:
    done, where = "x" if stone.done else "-", "check-up" if stone.is_checkup else stone.level.place
    return f"  {done} {stone.level.title}, {stone.seconds / 60:.1f} min ({stone.level.game.task}, {where})"


def _found(found: Course) -> dict[str, Any]:
    asked, kept = found.path, found.kept
    allowed_s, sentence = 0.0, asked.sentence if asked else None
    match found.answer:
        case Refused():
            sentence = found.answer.sentence
        case Allowed():
            allowed_s = found.answer.seconds
    return {
        "plan": found.given.plan.id if found.given else None,
        "sitting": asked.sitting if asked else None,
        "sentence": sentence,
        "allowed_s": allowed_s,
        "goal": asked.goal if asked else None,
        "stones": [
            {
                "level": stone.level.id,
                "task": stone.level.game.task,
                "seconds": stone.seconds,
                "checkup": stone.is_checkup,
                "done": stone.done,
            }
            for stone in (asked.stones if asked else ())
        ],
        "planned": kept.planned if kept else None,
        "kept": kept.done if kept else None,
        "on_time": kept.on_time if kept else None,
    }


def _bests(known: Mapping[str, Best]) -> dict[str, Any]:
    return {level: {"value": told.value, "day": told.day.isoformat()} for level, told in known.items()}


@app.command()
def simulate(
    plan: Template,
    profile: Annotated[str, typer.Option(help="What kind of player: adult, child, adhd, ...")] = "child",
    comes: Annotated[
        float, typer.Option(help="Chance to come on a day on which a sitting may be.", min=0, max=1)
    ] = 0.8,
    seed: Annotated[int, typer.Option(help="The same seed is the same course.", min=0, max=2**20)] = 1,
    as_json: Json = False,
) -> None:
    """A simulated player keeps a plan from its first day to its last: every sitting through the real rules."""
    from game.simulation.plan import Course as Simulated  # noqa: PLC0415 -- `heron --help` needs no rooms
    from neuro.twin.profiles import PROFILES  # noqa: PLC0415

    if profile not in PROFILES:
        raise typer.BadParameter(f"choose one of {', '.join(PROFILES)}.", param_hint="--profile")
    good = PLANS.parse(_toml(plan), plan)
    simulated = Simulated(good, profile, seed, comes)
    sittings = list(counted(simulated.sittings(), good.all_sittings, f"A simulated {profile} keeps {good.title}"))
    kept = simulated.kept()
    if as_json:
        print(json.dumps({"sittings": [asdict(one) for one in sittings], "adherence": asdict(kept)}, default=str))
        return
    for one in sittings:
        print(_sitting(one))
    on_time = "nothing" if kept.on_time is None else f"{kept.on_time:.0%}"
    print(f"{kept.done} of {kept.planned} sittings, {on_time} of them in their own week or stretch.")


def _sitting(one: "Kept") -> str:
    success = "-" if one.success_rate is None else f"{one.success_rate:.2f}"
    reward = "-" if one.reward_share is None else f"{one.reward_share:.2f}"
    return (
        f"{one.sitting:3}  day {one.day:3}  {one.minutes:4.1f} min  {one.blocks} of {one.planned} parts  "
        f"success {success}  reward {reward} of {one.goal:.2f}  {' '.join(one.levels)}"
    )


def _facts(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": plan.title,
        "says": plan.says,
        "sittings": plan.all_sittings,
        "minutes": plan.minutes,
        "games": list(plan.games),
    }


def _toml(plan: str) -> str:
    """Of a template, or of a file. Raises: BadPlan; GameError: the file cannot be read."""
    file = Path(plan)
    if file.suffix != ".toml":
        return PLANS.text(plan)
    PLANS.load(file)
    return file.read_text(encoding="utf-8-sig")


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise GameError(f"{word} is no day: write it as 2026-03-02.") from error


def _today() -> datetime:
    """By this computer's calendar."""
    return datetime.now()  # noqa: TID251
