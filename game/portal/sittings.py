"""One sitting of a client: how it went, why, what was written of it; two of them side by side; and as files."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from litestar import Response, get, post
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from engine.errors import NotFound
from engine.report import Played
from engine.store import Store
from engine.store.rows import Player, Session
from game.errors import GameError
from game.exporting.choices import Audience, Format
from game.exporting.export import export
from game.personal.drifted import drifted
from game.portal import timeline
from game.portal.charts import file
from game.portal.clients import NO_TABLE, NoteForm
from game.portal.doors import THERAPIST, Client, PortalRequest, asker, house
from game.portal.figure import figure
from game.portal.names import DEVICES, ENDINGS, KINDS, STATES, game_name, measure_name
from game.portal.pages import page, to
from game.portal.timeline import Sitting
from game.words import later, say

NO_SITTING = later("There is no such sitting of this client: choose one on the client's page.")
NO_FORM = later("A sitting can be had as csv, edf or bids: choose one on its page.")

FORMS = (Format.csv, Format.edf, Format.bids)


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of two sittings; None where it cannot be said."""

    what: str
    first: float | None
    second: float | None

    @property
    def change(self) -> float | None:
        return None if self.first is None or self.second is None else self.second - self.first


@get("/clients/{pseudonym:str}/sittings/{number:int}", opt={"roles": THERAPIST}, sync_to_thread=True, name="sitting")
def sitting(request: PortalRequest, client: Client, number: FromPath[int]) -> Template:
    """How a sitting went."""
    store = house(request).store
    found = timeline.read(store, _played(store, client, number))
    neighbours = [one.session_id for one in store.clinic.sittings(asker(request), client.id)][::-1]
    place = neighbours.index(number) if number in neighbours else None
    return page(
        request,
        "sitting",
        client=client,
        sitting=found,
        summary=found.summary,
        charts=timeline.charts(found),
        figure=figure(found) if found.points else None,
        film=house(request).painter.film(store, found.session),
        trace=timeline.trace(found),
        notes=[one for one in store.records.notes(client.id) if one.session_id == number],
        before=neighbours[place - 1] if place else None,
        after=neighbours[place + 1] if place is not None and place + 1 < len(neighbours) else None,
        forms=FORMS,
        changes=drifted(store, found.session),
        devices=DEVICES,
        kinds=KINDS,
        states=STATES,
        endings=ENDINGS,
        game_name=game_name,
        measure_name=measure_name,
    )


@get(
    "/clients/{pseudonym:str}/sittings/{number:int}/tables/{name:str}",
    opt={"roles": THERAPIST},
    sync_to_thread=True,
    name="sitting_table",
)
def sitting_table(
    request: PortalRequest, client: Client, number: FromPath[int], name: FromPath[str]
) -> Response[str]:
    """What a chart of the sitting's page shows, as CSV."""
    store = house(request).store
    for chart in timeline.charts(timeline.read(store, _played(store, client, number))):
        if chart.sheet.name == name:
            return file(chart.sheet, f"{client.pseudonym}-{number}")
    raise NotFoundException(NO_TABLE)


@post(
    "/clients/{pseudonym:str}/sittings/{number:int}/notes",
    opt={"roles": THERAPIST},
    sync_to_thread=True,
    name="sitting_note",
)
def sitting_note(
    request: PortalRequest, client: Client, number: FromPath[int], data: URLEncodedBody[NoteForm]
) -> Redirect:
    """A note about the sitting."""
    store = house(request).store
    session = _played(store, client, number)
    store.records.note(client.id, data.text, asker(request).person_id, session.id, data.kind)
    return to(f"/clients/{client.pseudonym}/sittings/{number}#notes")


@get(
    "/clients/{pseudonym:str}/sittings/{number:int}/files/{form:str}",
    opt={"roles": THERAPIST},
    sync_to_thread=True,
    name="sitting_files",
)
def sitting_files(
    request: PortalRequest, client: Client, number: FromPath[int], form: FromPath[str]
) -> Response[bytes]:
    """The sitting for other programs, under the pseudonym, in one zip file."""
    store = house(request).store
    session = _played(store, client, number)
    if form not in FORMS:
        raise NotFoundException(NO_FORM)
    with TemporaryDirectory() as folder:
        try:
            export(store, session.id, Format(form), Audience.therapist, Path(folder))
        except GameError as error:
            raise ClientException(str(error)) from error
        packed = _packed(Path(folder))
    store.audit.note(asker(request).word, "exported", f"{client.pseudonym} {number} as {form}")
    name = f"{client.pseudonym}-{number}-{form}.zip"
    return Response(
        packed,
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


def _packed(folder: Path) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            packed.write(path, path.relative_to(folder))
    return held.getvalue()


@get("/clients/{pseudonym:str}/compare", opt={"roles": THERAPIST}, sync_to_thread=True, name="compare")
def compare(request: PortalRequest, client: Client, first: FromQuery[int], second: FromQuery[int]) -> Template:
    """Two sittings side by side; which of them was better is not for a page to say."""
    store = house(request).store
    both = [timeline.read(store, _played(store, client, number)) for number in (first, second)]
    return page(
        request,
        "compare",
        client=client,
        both=[(one, timeline.charts(one)) for one in both],
        pairs=_pairs(*both),
        games=_games(*both),
        game_name=game_name,
        measure_name=measure_name,
        endings=ENDINGS,
    )


def _pairs(first: Sitting, second: Sitting) -> list[Pair]:
    words = {
        "minutes": say("Minutes"),
        "trials": say("Answers that count"),
        "success_rate": say("Share of them that were right"),
        "good_share": say("Share of the time with a good signal"),
        "reward_rate": say("Share of that time above the threshold"),
        "threshold_z": say("Threshold at the end, SD of the day's warm-up"),
        "stars": say("Stars"),
    }
    return [Pair(what, getattr(first.summary, name), getattr(second.summary, name)) for name, what in words.items()]


def _games(first: Sitting, second: Sitting) -> list[tuple[str, list[Pair]]]:
    """Of each game that both had, answered by the same; everything else cannot be compared."""
    return [
        (
            one.task,
            [Pair(measure_name(name), value, _measured(other).get(name)) for name, value in _measured(one).items()],
        )
        for one in first.summary.games
        for other in second.summary.games
        if (one.task, one.is_checkup, one.by) == (other.task, other.is_checkup, other.by)
    ]


def _measured(game: Played) -> dict[str, float | None]:
    return {"ability": game.ability} | {name: _plain(value) for name, value in game.measures.items()}


def _plain(value: float | int | None) -> float | None:
    return None if value is None else float(value)


def _played(store: Store, client: Player, number: int) -> Session:
    """The client's sitting of that number. Raises: NotFoundException: there is none."""
    try:
        session = store.sessions.get(number) if 0 < number < 2**63 else None
    except NotFound:
        session = None
    if session is None or session.player_id != client.id or session.kind != "play":
        raise NotFoundException(NO_SITTING)
    return session


ROUTES = (sitting, sitting_table, sitting_note, sitting_files, compare)
