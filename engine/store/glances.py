"""One player in one line of a list: how often, how well, what needs a look, and when next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import fsum
from statistics import fmean
from typing import Any, Literal

from engine.path import Adherence, Day, Walked, adherence
from engine.plan import PLANS, Assigned, Plan

Alert = Literal["complaint", "away", "poor_signal", "slipping"]
"""Nobody has looked at a complaint; nobody came for a week; half of the signal or less was good; fewer succeed."""

AWAY_DAYS = 7
LAST = 5
"""Sittings that a glance takes together, and compares with as many before."""
POOR_SHARE = 0.5
T_95 = 2.306  # of Student's t with 2 LAST - 2 degrees of freedom
SLIPPED = 0.10  # of the share of success, from one LAST to the next (own choice)


@dataclass(frozen=True, slots=True)
class Glance:
    """A player in one line; where nothing is shared with the asker, only who it is.

    kept:        how much of the plan was; None without one
    next_day:    when the plan asks for the next sitting; None where it does not
    comfort:     mean mood of the last check-ins, 1 to 5; good_share: of the last sittings
    trend:       how far the share of success has moved from one LAST sittings to the next; and its 95 % interval
    complaints:  that nobody has looked at
    """

    player_id: int
    pseudonym: str
    name: str
    birth_year: int | None
    picture: str | None
    shared: bool
    plan: str | None = None
    kept: Adherence | None = None
    next_day: date | None = None
    sittings: int = 0
    last_unix_s: float | None = None
    comfort: float | None = None
    good_share: float | None = None
    trend: float | None = None
    trend_interval: tuple[float, float] | None = None
    complaints: int = 0
    alerts: tuple[Alert, ...] = ()


def glance(
    player: Mapping[str, Any],
    recent: Sequence[Mapping[str, Any]],
    count: Mapping[str, Any],
    plans: Sequence[Mapping[str, Any]],
    complaints: int,
    now: datetime,
) -> Glance:
    """Of rows of the store: recent outcomes and plans, the oldest first; count: of all sittings, and the last one."""
    who = player["id"], player["pseudonym"], player["name"], player["birth_year"], player["picture"]
    if not player["shared"]:
        return Glance(*who, shared=False)
    days = [
        Day(datetime.fromtimestamp(row["began_unix_s"], now.tzinfo).date(), (Walked("", row["seconds"], 0),))
        for row in recent
    ]
    assigned = _holding(plans, now.date())
    kept = adherence(assigned, days, now.date()) if assigned else None
    rates = [row["success_rate"] for row in recent if row["success_rate"] is not None]
    trend = _trend(rates)
    good = _mean([row["good_share"] for row in recent[-LAST:]])
    return Glance(
        *who,
        shared=True,
        plan=assigned.plan.id if assigned else None,
        kept=kept,
        next_day=_next_day(assigned, kept, days, now.date()) if assigned and kept else None,
        sittings=count["sittings"],
        last_unix_s=count["last"],
        comfort=_mean([row["mood"] for row in recent[-LAST:]]),
        good_share=good,
        trend=trend,
        trend_interval=None if trend is None else _interval(rates, trend),
        complaints=complaints,
        alerts=_alerts(complaints, assigned, count["last"], good, trend, now),
    )


def _alerts(
    complaints: int,
    assigned: Assigned | None,
    last_unix_s: float | None,
    good: float | None,
    trend: float | None,
    now: datetime,
) -> tuple[Alert, ...]:
    away_s = AWAY_DAYS * 86_400.0
    came_s = now.timestamp() - away_s if last_unix_s is None else last_unix_s
    holds: dict[Alert, bool] = {
        "complaint": complaints > 0,
        "away": assigned is not None and now.timestamp() - came_s >= away_s,
        "poor_signal": good is not None and good <= POOR_SHARE,
        "slipping": trend is not None and trend <= -SLIPPED,
    }
    return tuple(alert for alert, is_so in holds.items() if is_so)


@lru_cache(maxsize=256)
def _plan(toml: str) -> Plan:
    """A template is given to many: it is read once."""
    return PLANS.parse(toml, "the plan")


def _holding(plans: Sequence[Mapping[str, Any]], day: date) -> Assigned | None:
    for row in plans:
        assigned = Assigned(_plan(row["plan_toml"]), date.fromisoformat(row["since"]))
        if assigned.since <= day and (row["until"] is None or row["until"] >= day.isoformat()):
            return assigned if day <= assigned.until else None
    return None


def _next_day(assigned: Assigned, kept: Adherence, days: Sequence[Day], day: date) -> date | None:
    """Today, or tomorrow where today is done; when the plan's stretch of days is full, the first of the next one."""
    now = kept.turns[-1]
    today = bool(days) and days[-1].day == day
    coming = day + timedelta(days=today) if now.done < now.planned else assigned.begins(assigned.turn(day) + 1)
    return coming if coming <= assigned.until else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _trend(rates: Sequence[float]) -> float | None:
    """None with fewer than twice LAST sittings."""
    return fmean(rates[-LAST:]) - fmean(rates[-2 * LAST : -LAST]) if len(rates) >= 2 * LAST else None


def _interval(rates: Sequence[float], trend: float) -> tuple[float, float]:
    """Student's, of the difference of two means with one variance; sittings are taken as independent."""
    spread = (_variance(rates[-LAST:]) + _variance(rates[-2 * LAST : -LAST])) / LAST
    half = T_95 * spread**0.5
    return trend - half, trend + half


def _variance(values: Sequence[float]) -> float:
    """Of a sample; the one of `statistics` counts in fractions, and took an eighth of a list of clients."""
    mean = fmean(values)
    return fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
