"""The therapist's clients: all of them at a glance, and one client's page with notes, complaints and totals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from engine.store import Store
from engine.store.clinic import Asker, Outcome
from engine.store.glances import Glance
from engine.store.records import INSTRUMENTS, NoteKind, Total
from engine.store.rows import Player
from game.changes import changes
from game.portal import changed, checkups, cred, models, trends
from game.portal.charts import Sheet, file
from game.portal.doors import THERAPIST, Client, PortalRequest, asker, house
from game.portal.names import COMPLAINTS, PURPOSES, game_name, measure_name
from game.portal.pages import page, to
from game.words import later, say

SHOWN = 30
"""Sittings listed on a client's page; the file has all."""

NO_TABLE = later("There is no such table: go back to the client's page.")
NOT_A_TOTAL = later("A total is a number, on a day that has come: write both as on the sheet.")

_KEYS: Mapping[str, Callable[[Glance], Any]] = {
    "name": lambda one: one.name.casefold(),
    "look": lambda one: -len(one.alerts),
    "kept": lambda one: one.kept.done / one.kept.planned if one.kept and one.kept.planned else None,
    "sittings": lambda one: -one.sittings,
    "trend": lambda one: one.trend,
    "last": lambda one: -one.last_unix_s if one.last_unix_s else None,
    "next": lambda one: one.next_day,
    "comfort": lambda one: one.comfort,
    "signal": lambda one: one.good_share,
}
"""What a list can be sorted by, each with what most likely needs a look first; what is not known comes last."""


@dataclass(slots=True)
class NoteForm:
    """strategy: it tells how the player says to have done it; medication: that this has changed."""

    text: str
    strategy: bool = False
    medication: bool = False

    @property
    def kind(self) -> NoteKind:
        if self.medication:
            return "medication"
        return "strategy" if self.strategy else "note"


@dataclass(slots=True)
class ReviewForm:
    note: str


@dataclass(slots=True)
class TotalForm:
    """What an instrument came to elsewhere."""

    instrument: str
    total: str
    day: str


@get("/clients", opt={"roles": THERAPIST}, sync_to_thread=True, name="clients")
def clients(request: PortalRequest, sort: FromQuery[str] = "name", name: FromQuery[str] = "") -> Template:
    """All of the therapist's clients: who came, how it felt, and what needs a look."""
    here = house(request)
    now = datetime.fromtimestamp(here.now()).astimezone()
    everybody = here.store.clinic.glance(asker(request), now)
    wanted = name.strip().casefold()
    found = [one for one in everybody if wanted in f"{one.name} {one.pseudonym}".casefold()]
    return page(
        request,
        "clients",
        clients=_sorted(found, sort),
        everybody=len(everybody),
        look=sum(bool(one.alerts) for one in everybody),
        sort=sort,
        wanted=name,
    )


def _sorted(found: Sequence[Glance], by: str) -> list[Glance]:
    key = _KEYS.get(by, _KEYS["name"])
    named = sorted(found, key=_KEYS["name"])
    return [
        *sorted((one for one in named if key(one) is not None), key=key),
        *(one for one in named if key(one) is None),
    ]


@get("/clients/{pseudonym:str}", opt={"roles": THERAPIST}, sync_to_thread=True, name="client")
def one_client(request: PortalRequest, client: Client) -> Template:
    """All about one client."""
    store, who = house(request).store, asker(request)
    now = datetime.fromtimestamp(house(request).now()).astimezone()
    sittings = store.clinic.sittings(who, client.id)
    found = changes(store, client.id, now.date())
    return page(
        request,
        "client",
        client=client,
        glance=store.clinic.glance(who, now, client.id)[0],
        sittings=sittings[:SHOWN],
        n_sittings=len(sittings),
        charts=trends.charts(store, who, client.id),
        checkups=checkups.read(store, client.id),
        changed=changed.grid(found),
        changed_says=list(changed.sentences(found)),
        plan=store.plans.current(client.id, now.date()),
        today=now.date().isoformat(),
        instruments=INSTRUMENTS,
        purposes=PURPOSES,
        complaint_names=COMPLAINTS,
        models=models.read(store, client.id),
        model_roles=models.ROLES,
        game_name=game_name,
        measure_name=measure_name,
        **_written(store, client),
    )


def _written(store: Store, client: Player) -> dict[str, Any]:
    """What people have written of a client and agreed to."""
    notes = store.records.notes(client.id)[::-1]
    return {
        "notes": notes,
        "writers": store.people.names(one.person_id for one in notes),
        "complaints": store.wellbeing.complaints(client.id)[::-1],
        "totals": store.records.totals(client.id),
        "consents": store.consents.newest(client.id),
    }


@get("/clients/{pseudonym:str}/tables/{name:str}", opt={"roles": THERAPIST}, sync_to_thread=True, name="table")
def table(request: PortalRequest, client: Client, name: FromPath[str]) -> Response[str]:
    """What a chart of the client's page shows, or all sittings, as CSV."""
    store, who = house(request).store, asker(request)
    if name == "sittings":
        return file(_sheet(store, who, client), client.pseudonym)
    for chart in trends.charts(store, who, client.id):
        if chart.sheet.name == name:
            return file(chart.sheet, client.pseudonym)
    raise NotFoundException(NO_TABLE)


def _sheet(store: Store, who: Asker, client: Player) -> Sheet:
    columns = {
        "session_id": say("Number of the sitting"),
        "began_unix_s": say("When it began, seconds since 1970"),
        "ending": say("How it ended"),
        "seconds": say("Of play"),
        "trials": say("Answers that count"),
        "success_rate": say("Share of them that were right"),
        "reaction_s": say("Mean time of right answers, s"),
        "score": say("Mean score of the good signal"),
        "good_share": say("Share of the time with a good signal"),
        "reward_share": say("Share of that time above the threshold"),
        "threshold_z": say("Threshold at the end, SD of the day's warm-up"),
        "difficulty": say("Mean difficulty, logits"),
        "stars": say("Stars"),
        "complaints": say("Complaints"),
        "mood": say("Mood, 5 the best"),
        "tired": say("Tired, 5 the most"),
        "fun": say("Fun, 5 the best"),
        "effort": say("Effort, 5 the most"),
    }
    sittings: Sequence[Outcome] = store.clinic.sittings(who, client.id)[::-1]
    return Sheet(
        "sittings", say("Sittings"), columns, [tuple(getattr(one, name) for name in columns) for one in sittings]
    )


@post("/clients/{pseudonym:str}/notes", opt={"roles": THERAPIST}, sync_to_thread=True, name="note")
def note(request: PortalRequest, client: Client, data: URLEncodedBody[NoteForm]) -> Redirect:
    """A note about the client."""
    house(request).store.records.note(client.id, data.text, asker(request).person_id, kind=data.kind)
    return to(f"/clients/{client.pseudonym}#notes")


@post(
    "/clients/{pseudonym:str}/complaints/{number:int}/review",
    opt={"roles": THERAPIST},
    sync_to_thread=True,
    name="review",
)
def review(
    request: PortalRequest, client: Client, number: FromPath[int], data: URLEncodedBody[ReviewForm]
) -> Redirect:
    """The therapist has looked at a complaint, which no longer stands in the way of playing."""
    wellbeing = house(request).store.wellbeing
    if number not in {one.id for one in wellbeing.complaints(client.id)}:
        raise NotFoundException("There is no such complaint of this client: go back to the client's page.")
    wellbeing.review(number, request.user.name if request.user else "", data.note)
    house(request).store.audit.note(asker(request).word, "complaint reviewed", f"{client.pseudonym} {number}")
    return to(f"/clients/{client.pseudonym}#complaints")


@post("/clients/{pseudonym:str}/totals", opt={"roles": THERAPIST}, sync_to_thread=True, name="total")
def total(request: PortalRequest, client: Client, data: URLEncodedBody[TotalForm]) -> Redirect:
    """What a questionnaire or test elsewhere came to."""
    here = house(request)
    try:
        value, day = float(data.total.replace(",", ".")), date.fromisoformat(data.day)
    except ValueError as error:
        raise ClientException(NOT_A_TOTAL) from error
    if day > datetime.fromtimestamp(here.now()).date():
        raise ClientException(NOT_A_TOTAL)
    who = request.user.name if request.user else ""
    here.store.records.total(client.id, Total(data.instrument, value, day, who))
    return to(f"/clients/{client.pseudonym}#totals")


@get("/clients/{pseudonym:str}/cred-nf", opt={"roles": THERAPIST}, sync_to_thread=True, name="cred_nf")
def cred_nf(request: PortalRequest, client: Client) -> Template:
    """The CRED-nf checklist, as far as this file can fill it."""
    store = house(request).store
    found = cred.items(store, client.id, store.clinic.sittings(asker(request), client.id))
    return page(request, "cred", client=client, items=found, missing=[one for one in found if one.known is None])


ROUTES = (clients, one_client, table, note, review, total, cred_nf)
