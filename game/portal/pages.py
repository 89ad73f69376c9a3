"""How pages are made: Jinja templates that escape everything, in the words of whoever asks."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER
from litestar.template.config import TemplateConfig

from game.manner import current
from game.portal.doors import PortalRequest
from game.words import say, say_many

HERE = Path(__file__).parent

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"say": say, "say_many": say_many, "manner": current, "languages": LANGUAGES}
    made.filters |= {"day": _day, "percent": _percent, "number": _number}
    return made


def page(request: PortalRequest, name: str, status: int = 200, **values: Any) -> Template:
    """The page of that template; it knows who is asking as `account`."""
    told = {"account": request.scope.get("user"), "path": request.url.path}
    return Template(f"{name}.html", context=told | values, status_code=status)


def to(address: str) -> Redirect:
    """Go there, after something was done."""
    return Redirect(address, status_code=HTTP_303_SEE_OTHER)


def _day(value: date | datetime | str | float | None) -> str:
    """A day as one reads it; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, float | int):
        value = datetime.fromtimestamp(value)
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return say("{weekday} {day} {month}", weekday=say(f"{day:%A}"), day=day.day, month=say(f"{day:%B}"))


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


TEMPLATES = TemplateConfig(instance=JinjaTemplateEngine.from_environment(_environment()))
