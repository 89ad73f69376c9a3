"""The therapist's papers: a client's last weeks in figures, to read, to print and as PDF."""

from litestar import Response, get
from litestar.response import Template

from game.portal.doors import THERAPIST, Client, PortalRequest, asker, house
from game.portal.pages import page
from game.portal.parent import now, paper
from game.portal.reports.clinical import clinical
from game.portal.reports.facts import facts, weeks
from game.portal.reports.paper import pdf
from game.portal.reports.report import Report

WEEKS = 12
"""As long as the longest plan that Heron brings."""


@get("/clients/{pseudonym:str}/report", opt={"roles": THERAPIST}, sync_to_thread=True, name="client_report")
def client_report(request: PortalRequest, client: Client) -> Template:
    """Twelve weeks of a client in figures."""
    return page(request, "report", client=client, report=_report(request, client))


@get("/clients/{pseudonym:str}/report.pdf", opt={"roles": THERAPIST}, sync_to_thread=True, name="client_report_pdf")
def client_report_pdf(request: PortalRequest, client: Client) -> Response[bytes]:
    """The same on paper."""
    return paper(pdf(_report(request, client), now(request)), f"{client.pseudonym}-report.pdf")


def _report(request: PortalRequest, client: Client) -> Report:
    store, at = house(request).store, now(request)
    days = weeks(store.plans.current(client.id, at.date()), at.date(), WEEKS)
    return clinical(store, asker(request), facts(store, asker(request), client, days, at))


ROUTES = (client_report, client_report_pdf)
