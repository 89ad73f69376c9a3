"""All that a report tells of a player's days, read for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.store import Store
from engine.store.clinic import Asker, Outcome
from engine.store.glances import Glance
from engine.store.plans import Assignment
from engine.store.rows import Player
from engine.store.wellbeing import Complained
from game.changes import NOTHING, Changes, changes
from game.portal.reports.steadiness import MOST_USUAL, Steadiness, steadiness

WEEK = 7


@dataclass(frozen=True, slots=True)
class Facts:
    """A player from `since` to `until`, both included.

    today:      by this computer's calendar
    sittings:   of these days, the oldest first
    compared:   those and some before: in `steady` the sittings of the last week are held against the others
    complaints: of these days
    changes:    over all sittings
    """

    player: Player
    since: date
    until: date
    today: date
    at_a_glance: Glance
    given: Assignment | None
    sittings: Sequence[Outcome]
    compared: Sequence[Outcome]
    steady: Steadiness
    complaints: Sequence[Complained]
    changes: Changes = NOTHING

    @property
    def minutes(self) -> float:
        return sum(one.seconds for one in self.sittings) / 60

    @property
    def played(self) -> dict[date, float]:
        """Minutes of play by day."""
        days: dict[date, float] = {}
        for one in self.sittings:
            days[day(one)] = days.get(day(one), 0.0) + one.seconds / 60
        return days

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """The days in rows of seven, which begin as the plan's do."""
        return tuple(
            tuple(self.since + timedelta(days=row + n) for n in range(WEEK))
            for row in range(0, (self.until - self.since).days + 1, WEEK)
        )


def day(sitting: Outcome) -> date:
    """On which it began."""
    return datetime.fromtimestamp(sitting.began_unix_s).date()


def weeks(given: Assignment | None, last: date, n: int) -> tuple[date, date]:
    """The n weeks up to the one that holds `last`: the plan's own where it counts in sevens, else from Monday on."""
    first = given.since if given and given.plan.every_days % WEEK == 0 else date(2024, 1, 1)  # a Monday
    begins = last - timedelta(days=(last - first).days % WEEK)
    return begins - timedelta(days=WEEK * (n - 1)), begins + timedelta(days=WEEK - 1)


def facts(store: Store, asker: Asker, player: Player, days: tuple[date, date], now: datetime) -> Facts:
    """days: the first and the last; now: local time.

    Raises: NotFound: the player is not the asker's to see.
    """
    since, until = days
    everything = store.clinic.sittings(asker, player.id)[::-1]
    sittings = [one for one in everything if since <= day(one) <= until]
    before = [one for one in everything if day(one) < since]
    compared = [*before[-MOST_USUAL:], *sittings]
    last_week = [one for one in sittings if day(one) > min(until, now.date()) - timedelta(days=WEEK)]
    numbers = {one.session_id for one in sittings}
    return Facts(
        player,
        since,
        until,
        now.date(),
        store.clinic.glance(asker, now, player.id)[0],
        store.plans.current(player.id, min(until, now.date())),
        sittings,
        compared,
        steadiness([store.sessions.trials(one.session_id) for one in compared], len(last_week)),
        [one for one in store.wellbeing.complaints(player.id) if one.session_id in numbers],
        changes(store, player.id, now.date()),
    )
