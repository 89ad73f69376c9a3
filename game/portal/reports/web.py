"""A report as one file of HTML that needs nothing beside it."""

from game.portal.pages import HERE, TEMPLATES
from game.portal.reports.report import Report


def html(report: Report) -> str:
    """The whole page, with the portal's styles in it."""
    styles = (HERE / "static" / "portal.css").read_text("utf-8")
    template = TEMPLATES.engine_instance.get_template("paper.html")
    return str(template.render(report=report, styles=styles))
