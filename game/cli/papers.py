"""What `heron report` writes of a player's weeks, or of a sitting on paper."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from engine.store import Store
from engine.store.clinic import Asker
from engine.store.rows import Player, Session
from game.errors import GameError
from game.manner import USUAL, Language, Manner, worn
from game.portal.reports.clinical import clinical, sitting
from game.portal.reports.facts import Facts, facts, weeks
from game.portal.reports.family import family
from game.portal.reports.paper import pdf
from game.portal.reports.report import Report
from game.portal.reports.web import html

WEEKS: Mapping[str, int] = {"parent": 4, "therapist": 12}
"""As many as on the portal's pages."""

_LANGUAGES: Mapping[str | None, Language] = {"en": "en", "zh_CN": "zh_CN"}


def told(
    store: Store,
    what: str,
    audience: Literal["parent", "therapist"],
    pdf_path: Path | None,
    html_path: Path | None,
    as_json: bool,
) -> None:
    """Writes what was asked for, else prints it. what: number of a sitting, or a player's name

    Raises: NotFound: there is no such sitting or player; GameError: the player does not share, or a file cannot be
    written.
    """
    now = datetime.now().astimezone()  # noqa: TID251 -- by this computer's calendar
    session = store.sessions.get(int(what)) if what.isascii() and what.isdigit() else None
    player = store.players.get(session.player_id) if session else store.players.known(what)
    if audience == "therapist" and not (session and session.kind == "demo"):
        _agreed(store, player)
    asker = Asker(next(one.id for one in store.people.all() if one.player_id == player.id), "player")
    with worn(Manner(language=_LANGUAGES.get(player.language, USUAL.language))):
        found = facts(store, asker, player, _days(store, player, session, WEEKS[audience], now), now)
        if as_json:
            print(json.dumps(figures(found), ensure_ascii=False))
            return
        written = _report(store, asker, found, session, audience)
        files = [(pdf_path, pdf(written, now))] if pdf_path else []
        files += [(html_path, html(written).encode())] if html_path else []
        for path, content in files:
            _write(path.expanduser(), content)
        print("\n".join(str(path) for path, _ in files) or written.text)


def _agreed(store: Store, player: Player) -> None:
    if not store.consents.holds(player.id, "share"):
        raise GameError(
            f"{player.pseudonym} has not agreed to sharing with a therapist: ask, and keep the answer with "
            "heron consent."
        )


def _days(store: Store, player: Player, session: Session | None, n: int, now: datetime) -> tuple[date, date]:
    if session is None:
        return weeks(store.plans.current(player.id, now.date()), now.date(), n)
    began = datetime.fromtimestamp(session.anchor_unix_s).date()
    return weeks(store.plans.current(player.id, began), began, 1)


def _report(store: Store, asker: Asker, found: Facts, session: Session | None, audience: str) -> Report:
    if audience == "parent":
        return family(found)
    return sitting(store, session) if session else clinical(store, asker, found)


def figures(found: Facts) -> dict[str, Any]:
    """The facts of a report under the names that docs/commands.md lists."""
    return {
        "player": found.player.pseudonym,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "sittings": [asdict(one) for one in found.sittings],
        "minutes": found.minutes,
        "plan": found.given.plan.id if found.given else None,
        "next_day": found.at_a_glance.next_day.isoformat() if found.at_a_glance.next_day else None,
        "steadiness": list(found.steady.variation)[len(found.compared) - len(found.sittings) :],
        "usual": found.steady.usual,
        "verdict": found.steady.verdict,
        "complaints": [one.kind for one in found.complaints],
    }


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise GameError(f"{path} cannot be written ({error.strerror}): name another file.") from error
