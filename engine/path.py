"""What a player's plan asks for today: the games of one sitting, in order; and how much of the plan was kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple, get_args

from engine.errors import BadPlan
from engine.level import Level, Place
from engine.plan import Assigned, Plan, goal
from engine.safety import WORTHWHILE_S, Dose, dose
from engine.said import Said

FEW_STONES, MOST_STONES = 4, 6
SHORT_S = 120.0  # own choice: shorter, and a game has hardly begun
LEARNT_STARS = 2
"""Whoever earned so many at a level goes on to the next."""

FAMILIAR_DAYS = 2  # own choice: of play, until a game may open or close a sitting

TWICE = 2
"""Check-ups at the start: two tell practice and chance from change."""
LAST_DAYS = 7  # own choice: from a check-up to the one at the plan's end

_PLACES: tuple[Place, ...] = get_args(Place)


class Walked(NamedTuple):
    """One game of a sitting, as it was played."""

    level_id: str
    seconds: float
    stars: int


@dataclass(frozen=True, slots=True)
class Day:
    """What was played on a day, in order."""

    day: date
    walked: tuple[Walked, ...]

    @property
    def counts(self) -> bool:
        """Whether it was a sitting: three minutes and more of play are."""
        return sum(game.seconds for game in self.walked) >= WORTHWHILE_S


@dataclass(frozen=True, slots=True)
class Stone:
    """One step of today's path.

    seconds: what is left to play; is_checkup: plain, without points; done: walked over today already
    """

    level: Level
    seconds: float
    is_checkup: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """sitting: of the plan, from 1; goal: share of good time to reward; sentence: why there are no stones"""

    sitting: int
    stones: tuple[Stone, ...]
    goal: float
    sentence: Said | None = None


class Choice(NamedTuple):
    """levels: all there are; battery: the check-up's levels and seconds, of which every check-up has the first"""

    levels: Sequence[Level]
    battery: Sequence[tuple[Level, float]] = ()


class _Game(NamedTuple):
    """One of a plan's games: its name there, and its levels from the easiest on, those for other ages left out."""

    name: str
    levels: tuple[Level, ...]

    @property
    def task(self) -> str:
        return self.levels[0].game.task


def today(
    assigned: Assigned,
    history: Sequence[Day],
    choice: Choice,
    age: int | None,
    day: date,
    seconds: float = float("inf"),
) -> Path:
    """The path of a day, which stays the same while it is walked; no stones on a day of rest.

    history: of all the player's days, the oldest first; seconds: that may be played today in all, as far as known

    Raises: BadPlan: a game of the plan is no task and no level, or none of them is for the age.
    """
    plan = assigned.plan
    before = [past for past in history if past.day < day and past.counts]
    in_plan = [past for past in before if past.day >= assigned.since]
    known = {level.id for level in choice.levels}
    played = [past for past in before if any(game.level_id in known for game in past.walked)]
    sitting = len(in_plan) + 1
    share = goal(plan, len(played) + 1)
    rest = _rest(assigned, in_plan, day)
    if rest:
        return Path(sitting, (), share, rest)
    most = min(plan.minutes * 60, dose(age).sitting_s, seconds)
    alone = _is_alone(assigned, in_plan, day)
    checkup = _checkup(assigned, before, choice.battery, day, most, alone)
    games = _games(plan, choice.levels, age)
    left_s = 0.0 if alone and checkup else most - sum(stone.seconds for stone in checkup)
    turn = 1 + sum(past.day >= assigned.since for past in played)
    walk = _walk(plan, games, before, turn, left_s, dose(age))
    return Path(sitting, _marked((*checkup, *walk), history, day), share)


def _is_alone(assigned: Assigned, in_plan: Sequence[Day], day: date) -> bool:
    """Whether it is one of the plan's first or last sittings, which are for a check-up."""
    plan, turn = assigned.plan, assigned.turn(day)
    this_turn = sum(assigned.turn(past.day) == turn for past in in_plan)
    left = plan.sittings * (plan.times - turn) - this_turn
    return len(in_plan) < plan.checkups_alone or left <= plan.checkups_alone


def _rest(assigned: Assigned, in_plan: Sequence[Day], day: date) -> Said | None:
    """Why there is nothing to do today."""
    plan, turn = assigned.plan, assigned.turn(day)
    if turn < 0:
        return Said("The plan begins on {day}.", day=assigned.since)
    if turn >= plan.times:
        return _OVER
    this_turn = [past for past in in_plan if assigned.turn(past.day) == turn]
    if len(this_turn) < plan.sittings:
        return None
    if turn + 1 == plan.times:
        return _OVER
    return Said("That is all for now: the next sitting may be on {day} or later.", day=assigned.begins(turn + 1))


_OVER = Said("The plan is walked to its end: well done.")


def checkup_due(done: Sequence[date], day: date, every_days: int) -> bool:
    """On the first two days of play, and then so many days after the last one; `done`: earlier days with one."""
    return len(done) < TWICE or (day - done[-1]).days >= every_days


def _checkup(
    assigned: Assigned,
    before: Sequence[Day],
    battery: Sequence[tuple[Level, float]],
    day: date,
    most_s: float,
    alone: bool,
) -> tuple[Stone, ...]:
    """The battery as far as it fits into the time; at the plan's end also where the last one was a week ago."""
    if not battery:
        return ()
    done = [past.day for past in before if any(game.level_id == battery[0][0].id for game in past.walked)]
    every_days = LAST_DAYS if _is_last(assigned, before, day) else assigned.plan.checkup_days
    if not alone and not checkup_due(done, day, every_days):
        return ()
    stones: list[Stone] = []
    for level, seconds in battery:
        if sum(stone.seconds for stone in stones) + seconds <= most_s:
            stones.append(Stone(level, seconds, is_checkup=True))
    return tuple(stones)


def _is_last(assigned: Assigned, before: Sequence[Day], day: date) -> bool:
    turn = assigned.turn(day)
    done = sum(past.day >= assigned.begins(turn) for past in before)
    return turn + 1 == assigned.plan.times and done + 1 == assigned.plan.sittings


def _games(plan: Plan, levels: Sequence[Level], age: int | None) -> tuple[_Game, ...]:
    ordered = sorted(levels, key=lambda level: (_PLACES.index(level.place), level.step, level.id))
    mistakes, games = [], []
    for name in plan.games:
        own = [level for level in ordered if name in (level.game.task, level.id)]
        if not own:
            mistakes.append(f"{plan.id}: games: expected tasks or levels, found {name!r}{_near(name, ordered)}")
        fitting = tuple(level for level in own if age is None or level.ages[0] <= age <= level.ages[1])
        if fitting:
            games.append(_Game(name, fitting))
    if mistakes:
        raise BadPlan("\n".join(mistakes))
    if not games:
        raise BadPlan(f"{plan.id}: none of its games is for the age of {age}: add others, or correct the age.")
    return tuple(games)


def _near(name: str, levels: Iterable[Level]) -> str:
    words = sorted(set(chain.from_iterable((level.game.task, level.id) for level in levels)))
    near = get_close_matches(name, words, n=1)
    return f" (did you mean {near[0]}?)" if near else ""


class _Played(NamedTuple):
    """days: on how many days a game was played; last: the newest of them, as an ordinal, 0 for none"""

    days: int
    last: int


def _played(game: _Game, before: Sequence[Day]) -> _Played:
    ids = {level.id for level in game.levels}
    days = [past.day.toordinal() for past in before if any(walked.level_id in ids for walked in past.walked)]
    return _Played(len(days), max(days, default=0))


def _walk(
    plan: Plan, games: Sequence[_Game], before: Sequence[Day], sitting: int, left_s: float, most: Dose
) -> tuple[Stone, ...]:
    """The games of a sitting: never one twice in a row, those longest not played first, easy ones at both ends."""
    if left_s < WORTHWHILE_S:
        return ()
    n = max(1, min(FEW_STONES, int(left_s // SHORT_S)), min(MOST_STONES, int(left_s // most.block_s)))
    seconds = min(most.block_s, left_s / n)
    chosen = _chosen(_known(plan, games, before, sitting), before, sitting, n)
    ends = (0, n - 1) if n > 1 else ()
    return tuple(Stone(_level(game, before, place in ends), seconds) for place, game in enumerate(chosen))


def _known(plan: Plan, games: Sequence[_Game], before: Sequence[Day], sitting: int) -> list[_Game]:
    """Those that were played before, and the next whose turn has come: after the first sitting one at a time."""
    come = plan.first_games + (sitting - 1) // plan.new_game_every
    met = [game for game in games if _played(game, before).days]
    new = [game for game in games[:come] if game not in met][: 1 if met else plan.first_games]
    return met + new


def _chosen(known: Sequence[_Game], before: Sequence[Day], sitting: int, n: int) -> list[_Game]:
    """At both ends stand familiar games, in turn; between them those longest not played."""
    history = {game.name: _played(game, before) for game in known}
    best = sorted(known, key=lambda game: -history[game.name].days)
    familiar = [game for game in best if history[game.name].days >= FAMILIAR_DAYS]
    ends = familiar if len(familiar) > 1 else best[:2]
    in_turn = [ends[(2 * sitting + place) % len(ends)] for place in range(len(ends))]
    chosen, last = in_turn[:1], in_turn[-1]
    for _ in range(1, n - 1):
        longest = sorted(
            known,
            key=lambda game: ([*chosen, last].count(game), history[game.name].last, history[game.name].days),
        )
        chosen.append(_another(longest, chosen[-1]))
    return chosen if n == 1 else [*chosen, _another(in_turn[::-1], chosen[-1])]


def _another(games: Sequence[_Game], than: _Game) -> _Game:
    """The first of another task; of the same where there is no other."""
    return next((game for game in games if game.task != than.task), games[0])


def _level(game: _Game, before: Sequence[Day], easy: bool) -> Level:
    """The first not learnt yet, or the one below for an easy one; then of the harder half the longest not played."""
    walked = [played for past in before for played in past.walked]
    learnt = {played.level_id for played in walked if played.stars >= LEARNT_STARS}
    rung = next((k for k, level in enumerate(game.levels) if level.id not in learnt), None)
    if rung is not None:
        return game.levels[max(0, rung - easy)]
    turns = {played.level_id: turn for turn, played in enumerate(walked)}
    return min(game.levels[len(game.levels) // 2 :], key=lambda level: turns[level.id])


def _marked(stones: Sequence[Stone], history: Sequence[Day], day: date) -> tuple[Stone, ...]:
    """With those done of which at least half was walked today, and what is left of one that was broken off."""
    walked = [game for past in history if past.day == day for game in past.walked]
    return tuple(_walked(stone, walked) for stone in stones)


def _walked(stone: Stone, walked: list[Walked]) -> Stone:
    """Takes from those walked what belongs to this stone. Each part of a check-up is one piece, or begun anew."""
    enough_s = stone.seconds / 2
    walked_s = 0.0
    for game in [game for game in walked if game.level_id == stone.level.id]:
        if walked_s < enough_s and (not stone.is_checkup or game.seconds >= enough_s):
            walked_s += game.seconds
            walked.remove(game)
    if walked_s >= enough_s:
        return replace(stone, done=True)
    return replace(stone, seconds=stone.seconds - walked_s)


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the plan's stretches of days, as a week is; sittings that were planned in it, and done."""

    since: date
    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class Adherence:
    """How much of a plan was kept.

    turns:         from the first to the one that holds the day; the last may still be running
    planned, done: sittings in those that are over
    on_time:       share of planned sittings that were done in their own stretch; None before the first is over
    """

    turns: tuple[Turn, ...]
    planned: int
    done: int
    on_time: float | None


def adherence(assigned: Assigned, history: Sequence[Day], day: date) -> Adherence:
    """Up to a day; what was done beyond a stretch's plan makes up for no other."""
    plan = assigned.plan
    counts = [assigned.turn(past.day) for past in history if past.counts and assigned.since <= past.day <= day]
    n = max(0, min(plan.times, assigned.turn(day) + 1))
    turns = tuple(Turn(assigned.begins(turn), plan.sittings, counts.count(turn)) for turn in range(n))
    over = [turn for turn in turns if turn.since + timedelta(days=plan.every_days) <= day]
    planned, done = sum(turn.planned for turn in over), sum(turn.done for turn in over)
    kept = sum(min(turn.planned, turn.done) for turn in over)
    return Adherence(turns, planned, done, kept / planned if planned else None)
