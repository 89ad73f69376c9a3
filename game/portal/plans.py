"""Plans: who has which, and the editor that makes one of a template, shows what it asks for, and gives it."""

from datetime import datetime

from litestar import get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from engine.plan import PLANS, Plan, written
from engine.store.plans import Assignment
from engine.store.rows import Player
from game.portal import planning
from game.portal.doors import THERAPIST, Client, PortalRequest, asker, house
from game.portal.names import GAMES
from game.portal.pages import page, to
from game.portal.planning import AIMS, ARMS, EXPECTED, LABELS, SHARING, PlanForm

FIRST = "starter"
"""The template that the editor begins with, for whoever has no plan."""


@get("/plans", opt={"roles": THERAPIST}, sync_to_thread=True, name="plans")
def plans(request: PortalRequest) -> Template:
    """Which of the therapist's clients have which plan, and the templates that there are."""
    everybody = house(request).store.clinic.glance(asker(request), _now(request))
    return page(request, "plans", clients=everybody, templates=[PLANS.find(plan_id) for plan_id in PLANS.ids()])


@get("/clients/{pseudonym:str}/plan", opt={"roles": THERAPIST}, sync_to_thread=True, name="plan")
def plan(
    request: PortalRequest, client: Client, template: FromQuery[str] = "", again: FromQuery[int] = 0
) -> Template | Redirect:
    """The editor: with a template, with a plan that was given before, or with the one that holds."""
    now = _now(request)
    found = _begun_with(request, client, template, again)
    if found is None:
        return to(f"/clients/{client.pseudonym}/plan")
    return _editor(request, client, planning.form(found, now.date()))


@post("/clients/{pseudonym:str}/plan/edit", opt={"roles": THERAPIST}, sync_to_thread=True, name="plan_edit")
def plan_edit(request: PortalRequest, client: Client, data: URLEncodedBody[PlanForm]) -> Template | Redirect:
    """Another order of the games, a look at what it comes to, or the plan given to the client."""
    given, moved = planning.reordered(data)
    if given.act != "assign":
        return _editor(request, client, given, moved)
    assigned = planning.checked(given, _now(request).date()).assigned
    if assigned is None:
        return _editor(request, client, given)
    here = house(request)
    here.store.plans.assign(client.id, written(assigned.plan), assigned.since, _name(request))
    here.store.audit.note(asker(request).word, "plan given", f"{client.pseudonym} {assigned.plan.id}")
    return to(f"/clients/{client.pseudonym}/plan")


@post("/clients/{pseudonym:str}/plan/undo", opt={"roles": THERAPIST}, sync_to_thread=True, name="plan_undo")
def plan_undo(request: PortalRequest, client: Client) -> Redirect:
    """The plan that was given last is taken back, and the one before holds again."""
    here = house(request)
    taken = here.store.plans.undo(client.id, _now(request).date())
    here.store.audit.note(asker(request).word, "plan taken back", f"{client.pseudonym} {taken.id}")
    return to(f"/clients/{client.pseudonym}/plan")


@post("/clients/{pseudonym:str}/plan/end", opt={"roles": THERAPIST}, sync_to_thread=True, name="plan_end")
def plan_end(request: PortalRequest, client: Client) -> Redirect:
    """Today is the plan's last day."""
    here = house(request)
    here.store.plans.end(client.id, _now(request).date())
    here.store.audit.note(asker(request).word, "plan ended", client.pseudonym)
    return to(f"/clients/{client.pseudonym}/plan")


def _begun_with(request: PortalRequest, client: Player, template: str, again: int) -> Plan | None:
    """None where nothing of that name or number was ever given."""
    store = house(request).store
    if template:
        return planning.template_of(template)
    if again:
        return next((one.plan for one in store.plans.versions(client.id) if one.id == again), None)
    current = store.plans.current(client.id, _now(request).date())
    return current.plan if current else PLANS.find(FIRST)


def _editor(request: PortalRequest, client: Player, given: PlanForm, moved: int | None = None) -> Template:
    here, now = house(request), _now(request)
    told = planning.checked(given, now.date())
    versions = here.store.plans.versions(client.id)
    current = here.store.plans.current(client.id, now.date())
    shown = planning.preview(here.store, client.id, told.assigned, _name(request), now) if told.assigned else None
    return page(
        request,
        "plan",
        status=400 if told.wrong else 200,
        client=client,
        form=given,
        moved=moved,
        wrong=told.wrong,
        assigned=told.assigned,
        preview=shown,
        current=current,
        versions=versions,
        undoable=_undoable(versions, now),
        today=now.date(),
        choices=planning.choices(),
        templates=[PLANS.find(plan_id) for plan_id in PLANS.ids()],
        labels=LABELS,
        arms=ARMS,
        aims=AIMS,
        sharing=SHARING,
        expected=EXPECTED,
        names=GAMES,
    )


def _undoable(versions: tuple[Assignment, ...], now: datetime) -> bool:
    return bool(versions) and versions[0].withdrawn_utc is None and versions[0].since >= now.date()


def _name(request: PortalRequest) -> str:
    assert request.user is not None  # the guard has seen to it
    return request.user.name


def _now(request: PortalRequest) -> datetime:
    return datetime.fromtimestamp(house(request).now()).astimezone()


ROUTES = (plans, plan, plan_edit, plan_undo, plan_end)
