"""The parent's rooms: the own children, one page each with a letter a week, the family's limits; a player's marsh."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from engine.copies import replace
from engine.errors import NotFound
from engine.safety import WORTHWHILE_S, age, dose
from engine.store.rows import Player
from game.errors import GameError
from game.portal.charts import file
from game.portal.doors import PARENT, Client, PortalRequest, asker, house
from game.portal.pages import page, to
from game.portal.reports.facts import WEEK, Facts, facts, weeks
from game.portal.reports.family import chart, family
from game.portal.reports.paper import pdf

PLAYER = frozenset({"player"})

WEEKS_ON_A_PAGE = 4


@dataclass(slots=True)
class LimitsForm:
    """bedtime: as 20:30, minutes: of play a day; empty for none"""

    bedtime: str = ""
    minutes: str = ""


@get("/children", opt={"roles": PARENT}, sync_to_thread=True, name="children")
def children(request: PortalRequest) -> Template:
    """Those in the parent's care."""
    here = house(request)
    return page(request, "children", children=here.store.clinic.glance(asker(request), now(request)))


@get("/children/{pseudonym:str}", opt={"roles": PARENT}, sync_to_thread=True, name="child")
def child(request: PortalRequest, client: Client) -> Template:
    """The last four weeks of one child."""
    store = house(request).store
    return page(
        request,
        "child",
        client=client,
        report=family(_facts(request, client, now(request).date(), WEEKS_ON_A_PAGE)),
        limits=store.wellbeing.limits(client.id),
        most=dose(age(client.birth_year, now(request).date())),
        least_minutes=int(WORTHWHILE_S / 60),
    )


@get("/children/{pseudonym:str}/steadiness.csv", opt={"roles": PARENT}, sync_to_thread=True, name="child_steadiness")
def child_steadiness(request: PortalRequest, client: Client) -> Response[str]:
    """The chart's numbers. Raises: NotFound: there are too few to draw one."""
    drawn = chart(_facts(request, client, now(request).date(), WEEKS_ON_A_PAGE))
    if drawn is None:
        raise NotFound("There are too few sittings yet for a chart: come back in a week or two.")
    return file(drawn.sheet, client.pseudonym)


@get("/children/{pseudonym:str}/letter", opt={"roles": PARENT}, sync_to_thread=True, name="letter")
def letter(request: PortalRequest, client: Client, day: FromQuery[str] = "") -> Template:
    """The week that holds a day, to read and to print."""
    found = _facts(request, client, _day(day, now(request).date()), 1)
    after = found.until + timedelta(days=1)
    return page(
        request,
        "letter",
        client=client,
        report=family(found),
        day=found.since,
        before=found.since - timedelta(days=1),
        after=after if after <= found.today else None,
    )


@get("/children/{pseudonym:str}/letter.pdf", opt={"roles": PARENT}, sync_to_thread=True, name="letter_pdf")
def letter_pdf(request: PortalRequest, client: Client, day: FromQuery[str] = "") -> Response[bytes]:
    """The same on paper."""
    found = _facts(request, client, _day(day, now(request).date()), 1)
    return paper(pdf(family(found), now(request)), f"{client.pseudonym}-{found.since}.pdf")


@post("/children/{pseudonym:str}/limits", opt={"roles": PARENT}, sync_to_thread=True, name="limits")
def limit(request: PortalRequest, client: Client, data: URLEncodedBody[LimitsForm]) -> Redirect:
    """Bedtime and minutes a day. Raises: StoreError: a limit is none; GameError: it is no time or no number."""
    store = house(request).store
    kept = replace(store.wellbeing.limits(client.id), bedtime=_time(data.bedtime), day_s=_seconds(data.minutes))
    store.wellbeing.limit(client.id, kept, writer(request))
    store.audit.note(asker(request).word, "limited", client.pseudonym)
    return to(f"/children/{client.pseudonym}#limits")


@get("/me", opt={"roles": PLAYER}, sync_to_thread=True, name="me")
def me(request: PortalRequest) -> Template:
    """What a player sees of the own practice."""
    if request.user is None or request.user.player_id is None:
        raise NotFound("You are nobody who plays.")
    store = house(request).store
    player = store.players.get(request.user.player_id)
    return page(request, "me", player=player, grown=store.gardens.grown(player.id))


def paper(content: bytes, name: str) -> Response[bytes]:
    """A PDF under its name."""
    return Response(
        content, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}"'}
    )


def writer(request: PortalRequest) -> str:
    """The name of whoever is signed in, as it stays with what they have written."""
    assert request.user is not None  # the guard has seen to it
    return request.user.name


def now(request: PortalRequest) -> datetime:
    """Local time."""
    return datetime.fromtimestamp(house(request).now()).astimezone()


def _facts(request: PortalRequest, client: Player, last: date, n: int) -> Facts:
    store = house(request).store
    given = store.plans.current(client.id, min(last, now(request).date()))
    return facts(store, asker(request), client, weeks(given, last, n), now(request))


def _day(word: str, today: date) -> date:
    """Raises: GameError: there was no such day, or it is still to come."""
    try:
        day = date.fromisoformat(word) if word else today
    except ValueError as error:
        raise GameError("That is no day: write it as 2026-03-02.") from error
    if not today - timedelta(days=3660) <= day <= today + timedelta(days=WEEK):
        raise GameError("There is no letter of that day: choose one of the last ten years.")
    return day


def _time(word: str) -> time | None:
    try:
        return time.fromisoformat(word).replace(second=0, microsecond=0, tzinfo=None) if word.strip() else None
    except ValueError as error:
        raise GameError("That is no time of day: write it as 20:30.") from error


def _seconds(word: str) -> float | None:
    if not word.strip():
        return None
    if not word.strip().isascii() or not word.strip().isdigit() or len(word) > 4:
        raise GameError("Minutes a day are a whole number, as 20, or nothing.")
    return int(word) * 60.0


ROUTES = (children, child, child_steadiness, letter, letter_pdf, limit, me)
