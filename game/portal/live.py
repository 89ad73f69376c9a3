"""Sittings as they run: what their journals wrote in the last second, four times a second; what to ask of them."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import cast, get_args

from litestar import Response, get, post
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, ServerSentEvent, Template
from litestar.response.sse import ServerSentEventMessage
from markupsafe import Markup

from engine.errors import NotFound
from engine.ports import Override
from engine.store.clinic import Asker
from engine.store.live import LAST_TRIALS, LONGEST_REASON, Moment, Running, Wish
from engine.store.rows import Player
from game.portal import charts
from game.portal.doors import THERAPIST, Client, PortalRequest, asker, house
from game.portal.house import House
from game.portal.names import OVERRIDES, STATES
from game.portal.pages import TEMPLATES, page, to
from game.words import later, say

EVERY_S = 0.25

STAGES = {
    "fit": later("fit check"),
    "gaze": later("gaze check"),
    "light": later("grey steps for the pupil"),
    "rest": later("rest, eyes open"),
    "closed": later("rest, eyes closed"),
    "warmup": later("warm-up"),
    "practice": later("practice"),
    "ready": later("about to begin"),
    "block": later("game {n}"),
    "break": later("break"),
    "done": later("over"),
}

NOT_THEIRS = later("There is no such sitting of this client: look at the list of those that run.")
NOT_AN_OVERRIDE = later("Choose what to ask of the sitting, and say why.")


@dataclass(slots=True)
class WishForm:
    """What is asked of a sitting, and why."""

    what: str = ""
    reason: str = ""


@get("/live", opt={"roles": THERAPIST}, sync_to_thread=True, name="live")
def live(request: PortalRequest) -> Template:
    """All sittings of the therapist's clients that run just now."""
    here = house(request)
    return page(request, "live", running=here.store.live.running(asker(request), here.now()))


@get("/live/{pseudonym:str}/{number:int}", opt={"roles": THERAPIST}, sync_to_thread=True, name="live_sitting")
def live_sitting(request: PortalRequest, client: Client, number: FromPath[int]) -> Template | Redirect:
    """One of them; once it is over, what the client has played."""
    here = house(request)
    running = _beating(here, asker(request), client, number)
    if running is None:
        return to(f"/clients/{client.pseudonym}#sittings")
    moment = here.store.live.moment(number)
    return page(
        request,
        "live_sitting",
        running=running,
        now=Markup(_rendered(here, moment)),
        trail=_trail(moment) if len(moment.trail) > 1 else None,
        wishes=Markup(_wished(here, number)),
        overrides=OVERRIDES,
        longest=LONGEST_REASON,
    )


@get(
    "/live/{pseudonym:str}/{number:int}/tables/trail",
    opt={"roles": THERAPIST},
    sync_to_thread=True,
    name="live_trail",
)
def live_trail(request: PortalRequest, client: Client, number: FromPath[int]) -> Response[str]:
    """The scores of the last minute, as CSV; of the last one, once the sitting is over."""
    here = house(request)
    _beating(here, asker(request), client, number)
    return charts.file(_scores(here.store.live.moment(number)), f"{client.pseudonym}-{number}")


@get("/live/{pseudonym:str}/{number:int}/now", opt={"roles": THERAPIST}, sync_to_thread=True, name="live_stream")
def live_stream(request: PortalRequest, client: Client, number: FromPath[int]) -> ServerSentEvent:
    """The same, again and again, until the sitting is over or whoever looks is signed out."""
    here, who = house(request), asker(request)
    _beating(here, who, client, number)  # while it can still be answered that there is none
    return ServerSentEvent(beats(here, who, client, number, request.auth or ""))


@post("/live/{pseudonym:str}/{number:int}/ask", opt={"roles": THERAPIST}, sync_to_thread=True, name="live_ask")
def live_ask(
    request: PortalRequest, client: Client, number: FromPath[int], data: URLEncodedBody[WishForm]
) -> Redirect:
    """Asks something of the sitting; the game hears of it within a second."""
    here, who = house(request), asker(request)
    _beating(here, who, client, number)
    if data.what not in get_args(Override):
        raise ClientException(NOT_AN_OVERRIDE)
    here.store.live.ask(who, client.id, number, cast(Override, data.what), data.reason, here.now())
    here.store.audit.note(who.word, "override", f"{client.pseudonym} {number} {data.what}")
    return to(f"/live/{client.pseudonym}/{number}#asked")


async def beats(
    here: House, who: Asker, client: Player, number: int, token: str
) -> AsyncGenerator[ServerSentEventMessage, None]:
    """Figures (`now`) and wishes (`asked`) as HTML, four times a second; in the end one `ended`."""
    seen: Moment | None = None
    while True:
        seen = await asyncio.to_thread(_moment, here, who, client, number, token, seen)
        if seen is None:
            break
        yield ServerSentEventMessage(data=await asyncio.to_thread(_rendered, here, seen), event="now")
        yield ServerSentEventMessage(data=await asyncio.to_thread(_wished, here, number), event="asked")
        await asyncio.sleep(EVERY_S)
    yield ServerSentEventMessage(data=say("The sitting is over."), event="ended")


def _moment(here: House, who: Asker, client: Player, number: int, token: str, seen: Moment | None) -> Moment | None:
    """What the newest beat holds; None once there is none for this person to see."""
    if here.store.accounts.visitor(token, here.now()) is None:
        return None
    try:
        running = _beating(here, who, client, number)
    except NotFoundException:  # erased, or no longer shared, while somebody looked
        return None
    if running is None:
        return None
    return seen if seen and seen.beat_unix_s == running.beat_unix_s else here.store.live.moment(number)


def _beating(here: House, who: Asker, client: Player, number: int) -> Running | None:
    """The client's sitting, if it runs. Raises: NotFoundException: the client has none of that number."""
    try:
        return here.store.live.beating(who, client.id, number, here.now())
    except NotFound as error:
        raise NotFoundException(NOT_THEIRS) from error


def _rendered(here: House, moment: Moment) -> str:
    stage = say(STAGES[moment.stage], n=moment.block) if moment.stage else None
    state = say(STATES[moment.state]) if moment.state else None
    return _part(
        "live_now",
        moment=moment,
        stage=stage,
        state=state,
        age_s=max(0.0, here.now() - moment.beat_unix_s),
        last_trials=LAST_TRIALS,
        trail=_trail(moment).svg if len(moment.trail) > 1 else None,
    )


def _trail(moment: Moment) -> charts.Chart:
    """Scores of the last minute; a gap where the signal was not good."""
    line = charts.Line(
        say("Score"),
        [-ago_s for ago_s, _, _ in moment.trail],
        [score if good else None for _, score, good in moment.trail],
        dots=False,
    )
    marks = () if moment.threshold is None else (min(1.0, max(0.0, moment.threshold)),)
    sentence = say(
        "The score of the last minute, from 0 to 1, where the signal was good; the fine line is the threshold."
    )
    picture = charts.lines([line], sentence, (0.0, 1.0), _ago, charts.plain, marks)
    return charts.Chart(_scores(moment), sentence, picture)


def _scores(moment: Moment) -> charts.Sheet:
    return charts.Sheet(
        "trail",
        say("The score of the last minute"),
        {"ago_s": say("Seconds ago"), "score": say("Score"), "good": say("Good signal")},
        [(round(ago_s, 1), round(score, 3), good) for ago_s, score, good in moment.trail],
    )


def _ago(seconds: float) -> str:
    return say("{n} s", n=f"{seconds:g}")


def _wished(here: House, number: int) -> str:
    wishes = [(wish, _answer(wish)) for wish in here.store.live.wishes(number)]
    writers = here.store.people.names(wish.person_id for wish, _ in wishes)
    return _part("live_asked", wishes=wishes, overrides=OVERRIDES, writers=writers)


def _answer(wish: Wish) -> str:
    if wish.applied is None:
        return say("the game has not answered yet")
    return say("done") if wish.applied else say("not possible just then")


def _part(name: str, **values: object) -> str:
    return TEMPLATES.engine_instance.get_template(f"{name}.html").render(**values)


ROUTES = (live, live_sitting, live_trail, live_stream, live_ask)
