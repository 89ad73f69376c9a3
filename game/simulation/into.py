"""A clinic of simulated players: the first sittings are played through the whole real path, others are drawn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from engine import dice
from engine.plan import PLANS
from engine.store import Store
from engine.store.crowds import Draw
from engine.store.rows import Player
from game.preparing import CHILD_AGE, GROWN_AGE
from game.wish import Wish
from neuro.twin.profiles import PROFILES

CLIENTS, SITTINGS_A_WEEK = 40, 4
"""Of a therapist; of a plan. Own choice."""

_KINDS = ("child", "adhd", "child", "medicated", "adult", "novice")
_WEEK = (0, 1, 3, 5)  # days of it on which somebody plays
_HOUR_S = 17 * 3600.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """What is to be made.

    sittings: of each player; played: how many of all are played, the others are drawn from these
    play_s:   seconds of play in those; until: the last day
    """

    players: int
    sittings: int
    seed: int
    played: int
    play_s: float
    until: date


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it."""

    players: int
    played: int
    drawn: int


def fill(db: Path, crowd: Crowd, sit: Callable[[Wish], int], done: Callable[[float], None]) -> Made:
    """Everything into a new file.

    sit:  plays a sitting, and says its number; done: takes the share, 0..1, that is made

    Raises: NeuroError, EngineError, GameError.
    """
    with Store.open(db) as store:
        people = [_somebody(store, crowd, number) for number in range(crowd.players)]
    alike: dict[str, list[int]] = {}
    for n, (number, sitting) in enumerate(islice(_order(crowd), crowd.played)):
        session = sit(_wish(db, crowd, people[number], number, sitting))
        with Store.open(db) as store:
            store.crowds.was_played(session, _began_unix_s(crowd, number, sitting))
        alike.setdefault(_kind(number), []).append(session)
        done((n + 1) / max(1, crowd.played))
    with Store.open(db) as store:
        everybody = [session for sessions in alike.values() for session in sessions]
        drawn = store.crowds.draw(
            _draw(crowd, people[number], number, sitting, alike.get(_kind(number), everybody))
            for number, sitting in islice(_order(crowd), crowd.played, None)
        )
    return Made(crowd.players, min(crowd.played, crowd.players * crowd.sittings), drawn)


def _order(crowd: Crowd) -> Iterator[tuple[int, int]]:
    """Everybody's first sitting, then everybody's second: so the first ones played are of all kinds."""
    return ((number, sitting) for sitting in range(1, crowd.sittings + 1) for number in range(crowd.players))


def _kind(number: int) -> str:
    return _KINDS[number % len(_KINDS)]


def _somebody(store: Store, crowd: Crowd, number: int) -> Player:
    """A player with a plan and consents, a therapist, and for a child a parent."""
    kind = _kind(number)
    player = store.players.named(f"Simulated {number + 1:04d} ({kind})")
    child = PROFILES[kind].child
    store.players.born(player.id, crowd.until.year - (CHILD_AGE if child else GROWN_AGE))
    therapist = store.people.named(f"Simulated therapist {number // CLIENTS + 1}", "therapist")
    store.people.cares(therapist.id, player.id)
    giver = player.name
    if child:
        parent = store.people.named(f"Simulated parent {number // 2 + 1}", "parent")
        store.people.cares(parent.id, player.id)
        giver = parent.name
    for purpose in ("play", "keep_raw", "personalise", "pool", "share"):
        store.consents.say(player.id, purpose, True, giver, "parent" if child else "player")
    store.plans.assign(player.id, PLANS.text("focus"), _day(crowd, 1), by=therapist.name)
    return player


def _wish(db: Path, crowd: Crowd, player: Player, number: int, sitting: int) -> Wish:
    """A sitting of this person's head, eyes and hands, through devices, pipeline, rules and journal."""
    kind, seed = _kind(number), crowd.seed * 1_000_000 + number * 1_000 + sitting
    return Wish(
        db=db,
        player=player.name,
        eeg=f"twin:{kind}?person={crowd.seed * 10_000 + number}&sitting={sitting}&seed={seed}",
        gaze="twin",
        level="strike-01",
        window="memory",
        play_s=crowd.play_s,
        seed=seed,
        hurry=True,
        twin=kind,
    )


def _draw(crowd: Crowd, player: Player, number: int, sitting: int, alike: list[int]) -> Draw:
    """Like one that was played by the same kind of player; practice and the person make it better or worse."""

    def roll(what: str) -> float:
        return dice.roll(crowd.seed, what, number, sitting)

    person = dice.roll(crowd.seed, "person", number) - 0.5
    learned = 1 - 0.85**sitting
    return Draw(
        player_id=player.id,
        like=alike[int(roll("like") * len(alike))],
        began_unix_s=_began_unix_s(crowd, number, sitting),
        better=0.1 * person + 0.05 * learned + 0.1 * (roll("day") - 0.5),
        quicker_s=0.05 * person + 0.03 * learned,
        mood=1 + int(5 * max(roll("mood"), roll("mood again"))),
        unwell=roll("unwell") < 0.005,
    )


def _day(crowd: Crowd, sitting: int) -> date:
    """Four a week up to the last day."""
    weeks = -(-crowd.sittings // SITTINGS_A_WEEK)
    week, place = divmod(sitting - 1, SITTINGS_A_WEEK)
    return crowd.until - timedelta(days=7 * (weeks - week) - 1 - _WEEK[place])


def _began_unix_s(crowd: Crowd, number: int, sitting: int) -> float:
    midnight = datetime.combine(_day(crowd, sitting), datetime.min.time(), UTC).timestamp()
    return midnight + _HOUR_S + 60.0 * (number % 120)
