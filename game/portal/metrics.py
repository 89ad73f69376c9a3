"""How the clinic does, in numbers for Prometheus: no names, no pseudonyms, nothing of one person alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from litestar import Response, get

from game.portal.doors import ADMINISTRATOR, PortalRequest, house
from game.portal.house import House
from game.portal.keeping import copies
from game.portal.parcels import Parcels

TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""Source: Prometheus documentation, Exposition formats."""


@get("/metrics", opt={"roles": ADMINISTRATOR, "token": "metrics"}, sync_to_thread=True, name="metrics")
def metrics(request: PortalRequest) -> Response[str]:
    """For an administrator, or a program with the token for it."""
    return Response("".join(f"{line}\n" for line in _lines(house(request))), media_type=TEXT)


def _lines(here: House) -> Iterator[str]:
    now_s = here.now()
    counts = here.store.health.counts(now_s)
    yield from _gauge("heron_players", "Players whom the database knows.", counts.players)
    yield from _gauge("heron_accounts", "People who may sign in to the portal.", counts.accounts)
    yield from _gauge("heron_sittings", "Sittings that were played, all in all.", counts.sittings)
    yield from _gauge("heron_sittings_running", "Sittings whose heart beats now.", counts.running)
    yield from _gauge("heron_sittings_cut_off", "Sittings that nobody ended.", counts.cut_off)
    yield from _gauge("heron_complaints_open", "Complaints that nobody has looked at.", counts.complaints)
    yield from _gauge("heron_bundles", "Bundles that were taken in.", counts.bundles)
    yield from _gauge("heron_bundles_waiting", "Whole bundles of unknown senders.", len(Parcels(here).waiting()))
    yield from _gauge("heron_audit_lines", "Lines of the audit log.", counts.audit_lines)
    yield from _gauge("heron_database_bytes", "Size of the database.", _size(here.db))
    yield from _gauge("heron_disk_free_bytes", "Room on its disk.", shutil.disk_usage(here.db.parent).free)
    newest = next(iter(copies(here.db)), None)
    if newest is not None:
        yield from _gauge("heron_backup_age_seconds", "Since the newest backup.", round(now_s - newest.made_unix_s))


def _gauge(name: str, means: str, value: float) -> tuple[str, ...]:
    return f"# HELP {name} {means}", f"# TYPE {name} gauge", f"{name} {value}"


def _size(db: Path) -> int:
    return sum(path.stat().st_size for path in (db, db.with_name(f"{db.name}-wal")) if path.exists())


ROUTES = (metrics,)
