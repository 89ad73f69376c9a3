"""`heron study`: sealed allocations of players to control arms, for whoever runs a study."""

import json
import secrets
import sys
import time  # noqa: TID251 -- people open allocations by the calendar
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from engine import control
from engine.store import Store
from game.cli.options import Arm, Database, Json, database
from game.errors import GameError

app = typer.Typer(help="Studies with control arms: seal, look at, guess, open.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Name of the study.")]
Who = Annotated[str, typer.Option("--player", help="Which player.")]


class By(StrEnum):
    """Who guesses."""

    player = "player"
    parent = "parent"
    therapist = "therapist"


class Answer(StrEnum):
    """What they believe."""

    live = "live"
    control = "control"
    unknown = "unknown"


_BELIEFS: dict[Answer, control.Answer] = {
    Answer.live: "live",
    Answer.control: "control",
    Answer.unknown: None,
}


@app.command()
def seal(
    context: typer.Context,
    name: Name,
    people: Annotated[int, typer.Option(help="How many places there are.", min=1, max=10_000)],
    arm: Annotated[list[Arm], typer.Option(help="An arm; give two or more.")],
    yoke: Annotated[list[int] | None, typer.Option(help="A sitting whose score yoked players see.", min=1)] = None,
    sittings: Annotated[int, typer.Option(help="Sittings of a course, after which guesses are asked.", min=1)] = 24,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Allocate every place to an arm, and print the commitments: publish them before anybody plays."""
    arms: tuple[control.Arm, ...] = tuple(one.value for one in dict.fromkeys(arm))
    donors = tuple(yoke or ())
    if len(arms) < 2:
        raise GameError("A study compares: give two arms or more, as --arm live --arm yoked_replay.")
    if ("yoked_replay" in arms) != bool(donors):
        raise GameError("Yoked players need sittings to replay, and nobody else does: give them with --yoke.")
    seed = secrets.randbits(63)
    seals = [
        control.sealed(control.allocation(arms, number, seed), secrets.token_hex(16)) for number in range(people)
    ]
    with Store.open(database(context, db)) as store:
        _can_be_replayed(store, donors)
        store.studies.seal(name, seals, sittings, donors)
    if as_json:
        print(json.dumps({"study": name, "commitments": [one.commitment for one in seals]}))
        return
    for number, one in enumerate(seals, 1):
        print(f"{number:4}  {one.commitment}")


@app.command()
def describe(
    context: typer.Context,
    name: Name,
    preregistered: Annotated[str | None, typer.Option(help="Where it is (CRED-nf 1a).")] = None,
    sample_size: Annotated[str | None, typer.Option(help="How it was chosen (1b).")] = None,
    raters: Annotated[str | None, typer.Option(help="Who of those who rate and reckon was blinded (2c).")] = None,
    comparator: Annotated[str | None, typer.Option(help="The standard of care beside it (2e).")] = None,
    instructions: Annotated[str | None, typer.Option(help="Strategies that players were told (3b).")] = None,
    criterion: Annotated[str | None, typer.Option(help="What counts as a change (6a).")] = None,
    availability: Annotated[str | None, typer.Option(help="Of data and code (7a).")] = None,
    db: Database = None,
) -> None:
    """Say what only its makers know of a study, for the CRED-nf sheet; what is not said stays as it was."""
    said = {
        "preregistered": preregistered,
        "sample_size": sample_size,
        "raters": raters,
        "comparator": comparator,
        "instructions": instructions,
        "criterion": criterion,
        "availability": availability,
    }
    with Store.open(database(context, db)) as store:
        known = {word: text for word, text in said.items() if text is not None}
        store.studies.describe(name, replace(store.studies.papers(name), **known))
    print("Kept.")


@app.command()
def alone(
    context: typer.Context,
    name: Name,
    player: Who,
    arm: Annotated[list[Arm] | None, typer.Option(help="Two arms.", show_default="live, performance_only")] = None,
    pairs: Annotated[int, typer.Option(help="Pairs of stretches, one with each arm.", min=5, max=30)] = 6,
    sittings: Annotated[int, typer.Option(help="Sittings of a stretch.", min=1, max=31)] = 2,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """One player's own study: two arms by turns, in an order by lot; it is played whenever the path is walked."""
    arms: list[control.Arm] = [one.value for one in dict.fromkeys(arm or (Arm.live, Arm.performance_only))]
    if len(arms) != 2 or "yoked_replay" in arms:
        raise GameError("One player alone compares two arms, and has nobody to be yoked to: give two others.")
    turns = control.turns((arms[0], arms[1]), pairs, secrets.randbits(63))
    seals = [control.sealed(one, secrets.token_hex(16)) for one in turns]
    with Store.open(database(context, db)) as store:
        player_id = store.players.known(player).id
        running = store.studies.running(player_id)
        if running:
            raise GameError(f"The study {running} of {player} is not over yet: play it to its end first.")
        store.studies.seal(name, seals, sittings, alone=player_id)
    if as_json:
        print(json.dumps({"study": name, "commitments": [one.commitment for one in seals]}))
        return
    for number, one in enumerate(seals, 1):
        print(f"{number:4}  {one.commitment}")


@app.command()
def show(context: typer.Context, name: Name, db: Database = None, as_json: Json = False) -> None:
    """Prove every seal and the log whole, and say how far the study is; no arm is shown that has not been opened."""
    with Store.open(database(context, db), read_only=True) as store:
        facts = _facts(store, name)
    if as_json:
        print(json.dumps(facts))
        return
    print(
        f"{name}: {facts['enrolled']} of {len(facts['commitments'])} places taken; every seal and the log are whole."
    )
    print(f"Guesses: {facts['guesses']}.")
    for entry in facts["unblindings"]:
        print(f"Opened {entry['at_utc']} by {entry['who']}: {entry['why']} ({entry['commitment'][:12]})")
    for arms, index in facts["blinding_index"].items():
        print(f"Blinding index, {arms}: {'nobody has guessed' if index is None else format(index, '+.2f')}")


@app.command()
def guess(
    context: typer.Context,
    name: Name,
    player: Who,
    by: Annotated[By, typer.Option(help="Who guesses.")],
    answer: Annotated[Answer, typer.Option(help="What they believe.", prompt="Was it live, or a control")],
    db: Database = None,
) -> None:
    """Keep what somebody believes at the end of a course: did the game answer to this player's own attention?"""
    with Store.open(database(context, db)) as store:
        _guess(store, name, player, by, answer)
    print("Kept. Thank you.")


@app.command("open")
def unseal(
    context: typer.Context,
    name: Name,
    player: Who,
    who: Annotated[str, typer.Option(help="Your name: it goes into the log.")],
    why: Annotated[str, typer.Option(help="Your reason: it goes into the log.")],
    db: Database = None,
) -> None:
    """Open one player's arm; this is logged before it is shown, and cannot be taken back."""
    with Store.open(database(context, db)) as store:
        player_id = store.players.known(player).id
        entry = store.studies.unblind(name, player_id, who, why, time.time())
        place = store.studies.place(name, player_id)
    print(f"{player} is in the arm {place.arm}; nonce {place.nonce} opens commitment {place.commitment}.")
    print(f"Logged. Write this down: it proves the log whole up to here: {entry.link}")


def ask_at_the_end(db: Path, name: str, player: str) -> None:
    """After the last sitting of a course, ask the player at the prompt, or say how to answer where there is none."""
    with Store.open(db) as store:
        player_id = store.players.known(player).id
        is_over = store.studies.finished(name, player_id) >= store.studies.get(name).sittings
        if not is_over or store.studies.has_guessed(name, player_id, "player"):
            return
        if not sys.stdin.isatty():
            print(
                f"The course is over: keep a guess with heron study guess {name} --player {player}.", file=sys.stderr
            )
            return
        print("That was the last sitting. Did the marsh answer to your attention (live), or not (control)?")
        _guess(store, name, player, By.player, Answer(typer.prompt("live, control or unknown", type=Answer)))
        print("Kept. Thank you.")


def _guess(store: Store, name: str, player: str, by: By, answer: Answer) -> None:
    store.studies.guess(name, store.players.known(player).id, by.value, _BELIEFS[answer], time.time())


def _can_be_replayed(store: Store, donors: tuple[int, ...]) -> None:
    """Raises NotFound: one of them has no score."""
    from game.yoke import tape  # noqa: PLC0415 -- `heron --help` needs no rooms

    for donor in donors:
        store.sessions.get(donor)
        tape(store, donor)


def _facts(store: Store, name: str) -> dict[str, Any]:
    """Whether the blinding held is said once every taken place has been opened: before that it would tell arms."""
    places, log, guesses = store.studies.places(name), store.studies.unblindings(name), store.studies.guesses(name)
    taken = [place for place in places if place.player_id is not None]
    opened = {entry.commitment for entry in log}
    is_over = bool(taken) and all(place.commitment in opened for place in taken)
    indices = {
        "live": control.blinding_index(guesses, live=True),
        "control": control.blinding_index(guesses, live=False),
    }
    return {
        "study": name,
        "commitments": [place.commitment for place in places],
        "enrolled": len(taken),
        "guesses": len(guesses),
        "unblindings": [
            {
                "who": entry.who,
                "why": entry.why,
                "at_utc": datetime.fromtimestamp(entry.at_unix_s, UTC).isoformat(timespec="seconds"),
                "commitment": entry.commitment,
                "link": entry.link,
            }
            for entry in log
        ],
        "blinding_index": indices if is_over else {},
    }
