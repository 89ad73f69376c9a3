"""`heron play`, `heron demo` and `heron bench`: a sitting, by a person or a simulated player."""

import json
import os
import sys
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.store import Store
from game.cli.options import Arm, Database, Json, database
from game.cli.progress import sitting_bar
from game.cli.stored import figures, summary

if TYPE_CHECKING:
    from game.wiring import Outcome
    from game.wish import Wish

DEMO_S = 60.0
LAST_PICTURE = Path("heron-demo.png")
NOBODY_SAID = "Player"
"""Who plays a single sitting where nobody was named."""


class Profile(StrEnum):
    """Simulated players."""

    adult = "adult"
    child = "child"
    adhd = "adhd"
    medicated = "medicated"
    tired = "tired"
    random = "random"
    emg_cheat = "emg_cheat"
    novice = "novice"


class Painter(StrEnum):
    """Windows a person can ask for."""

    arcade = "arcade"
    pygame = "pygame"


LARGEST = 2**63 - 1  # of what SQLite keeps as a number

Seconds = Annotated[
    float | None, typer.Option(help="Seconds of play, after a calibration that shortens with it.", min=10, max=7200)
]
LslOut = Annotated[
    bool,
    typer.Option("--lsl-out", help="Send score, trust, state and markers by the Lab Streaming Layer, at real pace."),
]
Headless = Annotated[bool, typer.Option("--headless", help="Without a window; a simulated player's hands play.")]


def play(
    context: typer.Context,
    player: Annotated[
        str | None, typer.Option(help="Who plays; without a level or a plan: whose map opens.", show_default="asked")
    ] = None,
    eeg: Annotated[
        str,
        typer.Option(help="Headset: board:synthetic, board:muse_2, playback:FILE, recording:FILE, twin:adult, none."),
    ] = "none",
    gaze: Annotated[str, typer.Option(help="Eye tracker: mouse, recording:FOLDER, twin, none.")] = "none",
    level: Annotated[
        str | None, typer.Option(help="Name of a level, or a TOML file.", show_default="today's path")
    ] = None,
    plan: Annotated[str | None, typer.Option(help="Today's path of this plan, or of a TOML file.")] = None,
    checkup: Annotated[bool, typer.Option("--checkup", help="The plain check-up: no points, no adapting.")] = False,
    born: Annotated[int | None, typer.Option(help="The player's year of birth, which sets the minutes.")] = None,
    closed_eyes: Annotated[
        bool, typer.Option("--closed-eyes", help="Rest half a minute with closed eyes too.")
    ] = False,
    window: Annotated[Painter, typer.Option(help="Which painter.")] = Painter.arcade,
    seconds: Seconds = None,
    seed: Annotated[
        int | None,
        typer.Option(help="The same seed deals the same creatures.", min=0, max=LARGEST, show_default="by turns"),
    ] = None,
    headless: Headless = False,
    lsl_out: LslOut = False,
    arm: Annotated[Arm, typer.Option(help="For studies: the player's own score, or a control arm.")] = Arm.live,
    yoke: Annotated[int | None, typer.Option(help="The sitting that a yoked replay replays.", min=1)] = None,
    study: Annotated[str | None, typer.Option(help="Play in the arm that a study sealed for this player.")] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Come home to the marsh and play; with a level, a plan, a check-up or a study: one sitting at once."""
    from game.cli.studies import ask_at_the_end  # noqa: PLC0415 -- `heron --help` needs no rooms
    from game.personal.between import after_sitting  # noqa: PLC0415
    from game.wish import Wish  # noqa: PLC0415

    if study and (arm is not Arm.live or yoke):
        raise typer.BadParameter("a study decides about the arm: leave --arm and --yoke away.", param_hint="--study")

    wish = Wish(
        db=database(context, db),
        player=player or NOBODY_SAID,
        eeg=eeg,
        gaze=gaze,
        level=level,
        plan=plan,
        checkup=checkup,
        born=born,
        closed_eyes=closed_eyes,
        window="memory" if headless else window.value,
        play_s=seconds,
        seed=seed,
        twin="adult" if headless else None,
        arm=arm.value,
        yoked_to=yoke,
        study=study,
        lsl_out=lsl_out,
        sat=partial(after_sitting, database(context, db)),
    )
    if wish.twin or level or plan or checkup or study or yoke:
        _run(wish, as_json)
    else:
        _live(wish, player, as_json)
    if study:
        ask_at_the_end(wish.db, study, wish.player)


def demo(
    context: typer.Context,
    seconds: Seconds = None,
    level: Annotated[
        str | None, typer.Option(help="Name of a level, or a TOML file.", show_default="strike-01")
    ] = None,
    plan: Annotated[str | None, typer.Option(help="The first sitting of this plan instead.")] = None,
    checkup: Annotated[bool, typer.Option("--checkup", help="The plain check-up instead.")] = False,
    headless: Headless = False,
    realtime: Annotated[bool, typer.Option("--realtime", help="Headless, keep real pace.")] = False,
    seed: Annotated[int, typer.Option(help="Which simulated player, and which creatures.", min=0, max=LARGEST)] = 1,
    profile: Annotated[Profile, typer.Option(help="What kind of player is simulated.")] = Profile.adult,
    window: Annotated[Painter, typer.Option(help="Which painter.")] = Painter.arcade,
    lsl_out: LslOut = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Watch a simulated player with a simulated headset and glasses play, through the whole real path."""
    from game.errors import NoDisplay  # noqa: PLC0415
    from game.wish import Wish  # noqa: PLC0415

    hurries = not realtime and not lsl_out
    wish = Wish(
        db=database(context, db),
        player=f"Simulated {profile.value}",
        eeg=f"twin:{profile.value}?seed={seed}",
        gaze="twin",
        level=level,
        plan=plan,
        checkup=checkup,
        window="memory" if headless else window.value,
        play_s=DEMO_S if seconds is None and not plan and not checkup else seconds,
        seed=seed,
        hurry=headless and hurries,
        twin=profile.value,
        lsl_out=lsl_out,
    )
    try:
        _run(wish, as_json)
    except NoDisplay:
        picture = LAST_PICTURE.resolve()
        print(
            f"There is no display, so the demonstration runs without one; its last screen goes to {picture}.",
            file=sys.stderr,
        )
        _run(replace(wish, window="memory", hurry=hurries, picture=picture), as_json)


def bench(as_json: Json = False) -> None:
    """Measure this machine: start, frame times, scoring, memory."""
    from game.cli.bench import measure  # noqa: PLC0415

    figures = measure()
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:28} {value}")


def _run(wish: "Wish", as_json: bool) -> None:
    from game.welcome import welcome  # noqa: PLC0415 -- first, and what it needs no longer than that

    window = welcome(wish.window, wish.level)
    from game.wiring import play as sit  # noqa: PLC0415

    with sitting_bar(wish.window == "memory" and not as_json) as advance:
        outcome = sit(replace(wish, progress=advance), window)
    _tell(wish, outcome, as_json)


def _live(wish: "Wish", name: str | None, as_json: bool) -> None:
    from game.welcome import welcome  # noqa: PLC0415

    window = welcome(wish.window, None)
    from game.wiring import live  # noqa: PLC0415

    live(wish, name, lambda outcome: _tell(wish, outcome, as_json), window)


def _tell(wish: "Wish", outcome: "Outcome", as_json: bool) -> None:
    with Store.open(wish.db, read_only=True) as store:
        if as_json:
            estimates = len(store.sessions.estimates(outcome.session))
            print(json.dumps(figures(store, outcome.session) | {"estimates": estimates} | _pace(outcome)))
            return
        numbers = summary(store, outcome.session)
    from engine.telling import as_text  # noqa: PLC0415

    print(as_text(numbers))
    print(f"Kept as sitting {outcome.session} in {wish.db}{os.linesep}")


def _pace(outcome: "Outcome") -> dict[str, float | int]:
    times = sorted(outcome.frame_ms)
    worst = times[min(len(times) - 1, int(0.99 * len(times)))] if times else 0.0
    return {
        "frames": len(outcome.frame_ms),
        "frame_p99_ms": round(worst, 3),
        "first_frame_s": round(outcome.first_frame_s, 3),
    }
