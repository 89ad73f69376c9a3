"""Where a player stands today: whether a sitting may begin, and what the plan asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine import checkup
from engine.copies import replace
from engine.level import LEVELS
from engine.path import Adherence, Choice, Day, Path, adherence, today
from engine.plan import PLANS, Assigned
from engine.safety import Allowed, Refused, Standing, is_child, may_play
from engine.session import Part
from engine.store import Store
from engine.store.plans import Assignment


@dataclass(frozen=True, slots=True)
class Course:
    """A player, today.

    standing: all that is known before a sitting; answer: whether one may begin
    given:    the plan; kept: how much of it was kept; None without one
    path:     what the plan asks for; None without one, or when no sitting may begin
    """

    standing: Standing
    answer: Allowed | Refused
    given: Assignment | None = None
    kept: Adherence | None = None
    path: Path | None = None


def course(store: Store, player_id: int, now: datetime, has_gaze: bool) -> Course:
    """At `now`, local time: without a zone it is this computer's.

    Raises: NotFound: there is no such player; BadPlan: the plan names games that there are not.
    """
    day, zone = now.date(), now.tzinfo
    standing = store.wellbeing.standing(player_id, day, zone)
    answer = may_play(standing, now)
    given = store.plans.current(player_id, day)
    if given is None:
        return Course(standing, answer)
    history = store.plans.days(player_id, zone)
    found = Course(standing, answer, given, adherence(given.assigned, history, day))
    if isinstance(answer, Refused):
        return found
    whole_s = standing.played.today_s + answer.seconds  # what was played today is part of today's path
    check = battery(given.by, standing.age, has_gaze)
    return replace(found, path=path(given.assigned, history, standing.age, day, check, whole_s))


FIRST_PLAN = "starter"
NOBODY = "Heron"
"""Who gave a plan that nobody gave: its path has no check-ups, for nobody asked for figures."""


def given(store: Store, player_id: int, day: date) -> Assignment:
    """The player's plan; who has none is given the first."""
    now = store.plans.current(player_id, day)
    return now or store.plans.assign(player_id, PLANS.text(FIRST_PLAN), day, NOBODY)


def battery(given_by: str, age: int | None, has_gaze: bool) -> tuple[Part, ...]:
    """The check-up for an age, where somebody is there to read it."""
    return () if given_by == NOBODY else checkup.parts(is_child(age), has_gaze)


def path(
    assigned: Assigned,
    history: Sequence[Day],
    age: int | None,
    day: date,
    check: Sequence[Part],
    seconds: float = float("inf"),
) -> Path:
    """What a plan asks for on a day, with all the levels that Heron brings, and this check-up where it is due.

    Raises: BadPlan.
    """
    levels = [LEVELS.find(level_id) for level_id in LEVELS.ids()]
    return today(assigned, history, Choice(levels, [(part.level, part.seconds) for part in check]), age, day, seconds)
