"""Check-ups of a client side by side: what each found, and how far repeated ones lie apart by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from statistics import fmean

from engine.checkup import CHECKUPS, Result, results
from engine.store import Store
from engine.store.rows import BlockRow, Session, TrialRow

SHOWN = 6
"""Check-ups side by side, at most: what fits on a page."""

TOLD_FROM = 3
"""Check-ups from which a change is held against how far the first two lie apart; two cannot tell both."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of one part, over check-ups that were answered with the same; None where it could not be said.

    wavered: how far the first two lie apart; changed: the last less the mean of the first two; None before the third
    """

    task: str
    level: str
    by: str
    name: str
    values: tuple[float | None, ...]
    wavered: float | None
    changed: float | None


@dataclass(frozen=True, slots=True)
class CheckUps:
    """days: of each, the oldest first; sittings: their numbers."""

    days: tuple[date, ...]
    sittings: tuple[int, ...]
    measures: tuple[Measure, ...]


def read(store: Store, player_id: int) -> CheckUps:
    """The first two, by which others are judged, and the newest ones."""
    found = {
        session.id: session
        for level in sorted(CHECKUPS.ids())
        for session in store.sessions.with_level(player_id, level, "play")
    }
    # drawn and cut off ones may have blocks without trials, which measure nothing
    done = [(session, told) for session in _by_day(found.values()) if (told := _results(store, session.id))]
    shown = done if len(done) <= SHOWN else [*done[:2], *done[2 - SHOWN :]]
    kinds = dict.fromkeys(
        (one.task, one.level, one.by, name)
        for _, told in shown
        for one in told
        for name, value in one.measures.items()
        if isinstance(value, float)
    )
    return CheckUps(
        tuple(datetime.fromtimestamp(session.anchor_unix_s).date() for session, _ in shown),
        tuple(session.id for session, _ in shown),
        tuple(_measure(*kind, [told for _, told in shown]) for kind in kinds),
    )


def _by_day(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda one: one.anchor_unix_s)


def _results(store: Store, session_id: int) -> tuple[Result, ...]:
    trials = store.sessions.trials(session_id)
    return _measured(trials, store.sessions.blocks(session_id)) if trials else ()


@lru_cache(maxsize=128)
def _measured(trials: tuple[TrialRow, ...], blocks: tuple[BlockRow, ...]) -> tuple[Result, ...]:
    """The same trials are asked for again and again, and measured once."""
    return results(trials, blocks)


def _measure(task: str, level: str, by: str, name: str, all_told: Sequence[tuple[Result, ...]]) -> Measure:
    values = [
        next((_float(one.measures[name]) for one in told if (one.level, one.by) == (level, by)), None)
        for told in all_told
    ]
    known = [value for value in values if value is not None]
    enough = len(known) >= TOLD_FROM
    return Measure(
        task,
        level,
        by,
        name,
        tuple(values),
        abs(known[1] - known[0]) if enough else None,
        known[-1] - fmean(known[:2]) if enough else None,
    )


def _float(value: float | int | None) -> float | None:
    return None if value is None else float(value)
