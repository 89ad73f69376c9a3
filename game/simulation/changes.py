"""Simulated players who change, or do not: how many are told that they have, by their check-ups and warm-ups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Literal, NamedTuple

from numpy.random import default_rng  # noqa: TID251 - seeded by the caller

from engine import checkup
from engine.changes import practised
from engine.events import TrialDone
from engine.tasks.catalogue import WARMUP, AnySettings
from engine.tasks.task import Ask, Rules
from engine.traits import SIGNS, Occasion, occasion
from game.preparing import CHILD_WARMUP_S, WARMUP_S
from game.simulation.leaping import played
from neuro.twin.people import somebody, someday
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES, Profile, Reaction

SITTINGS = 24
_REST_S, _BREAK_S = 60.0, 10.0

Way = Literal["steady", "early"]
"""How a change comes: evenly over the sittings, or as practice does, mostly in the first half."""


@dataclass(frozen=True, slots=True)
class Job:
    """One simulated player's course.

    moves: what changes, and how far in the end, in the twin's own unit
    learns: SD between people of the log of what practice brings them; 0 where it brings everybody the same
    before: of each check-up how many sittings there had been; one of its number is on the day of the sitting that
            follows, several with one number are on days of their own
    """

    number: int
    seed: int
    child: bool = True
    moves: tuple[tuple[str, float], ...] = ()
    way: Way = "steady"
    learns: float = 0.0
    before: tuple[int, ...] = ()


class Checked(NamedTuple):
    """A finished part of a check-up."""

    block: int
    task: str
    level: str
    by: str = "keys"


def course(job: Job) -> tuple[Occasion, ...]:
    """All days of a course by what they measure; nothing but the job decides them."""
    days = enumerate(_days(job.before))
    return tuple(occasion(before, day[0], *sat(job, before, *day)) for before, day in days)


def measured(job: Job) -> tuple[Occasion, ...]:
    """What will be measured on which day of such a course, without a value."""
    told = [{sign: 0.0 for sign in SIGNS if sign.source == "warmup" or check} for _, check in _days(job.before)]
    days = enumerate(zip(_days(job.before), told, strict=True))
    return tuple(Occasion(before, trained, values) for before, ((trained, _), values) in days)


def _days(before: Sequence[int]) -> list[tuple[int, int | None]]:
    """Of each day how many sittings there had been, and the number of its check-up, from 1; None without one."""
    days: list[tuple[int, int | None]] = []
    for trained in range(SITTINGS + 1):
        checks = [number for number, when in enumerate(before, 1) if when == trained]
        plays = trained < SITTINGS and len(checks) != 1  # else the check-up is on the day of the sitting
        days += [(trained, number) for number in checks] + [(trained, None)] * plays
    return days


def _person(job: Job) -> Profile:
    """Children with and without ADHD by turns, or adults."""
    rng = default_rng([job.seed, job.number, 1])
    kind = ("child", "adhd")[job.number % 2] if job.child else "adult"
    person = somebody(PROFILES[kind], rng)
    gain = person.learning.gain * exp(job.learns * rng.standard_normal())
    return replace(person, learning=replace(person.learning, gain=gain))


def sat(job: Job, before: int, trained: int, check: int | None) -> tuple[list[TrialDone], list[Checked]]:
    """The trials of one day, and the check-up's blocks where there is one: its number, from 1.

    before: days before it; trained: those that were more than a check-up alone
    """
    person = _person(job)
    rng = default_rng([job.seed, job.number, 2, before])
    today = someday(person, rng)
    for trait, by in job.moves:
        today = _changed(today, trait, by * _share(job.way, trained))
    player = Player(today, int(rng.integers(2**31)), before + 1)
    player.plays(_REST_S, True)
    seed = before + 1 if check is None else checkup.seed(check)
    warmup_s = CHILD_WARMUP_S if job.child else WARMUP_S
    trials = _stretch(WARMUP, seed, job.child, player, _REST_S, warmup_s, 0)
    blocks = []
    if check is not None:
        at_s = _REST_S + warmup_s
        for number, part in enumerate(checkup.parts(job.child, has_gaze=False), 1):
            trials += _stretch(part.level.game, seed, job.child, player, at_s, part.seconds, number)
            blocks.append(Checked(number, part.task, part.level.id))
            at_s += part.seconds + _BREAK_S
    return trials, blocks


def _stretch(
    settings: AnySettings, seed: int, child: bool, player: Player, at_s: float, seconds: float, block: int
) -> list[TrialDone]:
    rules = Rules(seed, child, "keys", settings)
    ask = Ask(difficulty=checkup.FIXED_X, block=block, practice=block == 0)
    return played(settings.task, rules, player, at_s, seconds, ask)


def _share(way: Way, trained: int) -> float:
    return trained / SITTINGS if way == "steady" else practised(trained) / practised(SITTINGS)


def _changed(today: Profile, trait: str, by: float) -> Profile:
    """speed, evenness: log of all times, or of their spread about the same mean; telling_apart: logits of slips;
    restraint: logits of ability
    """
    match trait:
        case "speed":
            return _reacting(today, lambda one: _timed(one, exp(by), exp(by)))
        case "evenness":
            return _reacting(today, lambda one: _timed(one, 1 + one.tau_s / one.mu_s * (1 - exp(by)), exp(by)))
        case "telling_apart":
            return _reacting(today, lambda one: _slipping(one, -by))
        case "restraint":
            return replace(today, skill=replace(today.skill, ability=today.skill.ability - by))
        case _:
            return today


def _reacting(today: Profile, moved: Callable[[Reaction], Reaction]) -> Profile:
    return replace(today, reaction_in=moved(today.reaction_in), reaction_out=moved(today.reaction_out))


def _timed(usual: Reaction, middle: float, spread: float) -> Reaction:
    return replace(usual, mu_s=usual.mu_s * middle, sigma_s=usual.sigma_s * spread, tau_s=usual.tau_s * spread)


def _slipping(usual: Reaction, logits: float) -> Reaction:
    return replace(usual, omission=_odds(usual.omission, logits), false_alarm=_odds(usual.false_alarm, logits))


def _odds(share: float, logits: float) -> float:
    """The share whose odds are exp(logits) times as high."""
    return share / (share + (1 - share) * exp(-logits))
