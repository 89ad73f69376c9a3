"""Charts of the portal: SVG in the page's own colours, each with a sentence, a table and a file beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from litestar import Response
from markupsafe import Markup

from game.exporting.table import Cell, Column, Table, text
from game.simulation.chart import ticks
from game.words import say

WIDTH, HEIGHT = 380.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 12.0, 14.0, 30.0
_LEGEND = 20.0
_ROW = 40.0

Spell = Callable[[float], str]
"""How a number on an axis is written."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line; None is a gap. low and high: its interval; dots: every point is marked; dashed: for comparison."""

    name: str
    xs: Sequence[float]
    ys: Sequence[float | None]
    low: Sequence[float | None] | None = None
    high: Sequence[float | None] | None = None
    dots: bool = True
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Standing bars from 0; edges: one more than there are values."""

    edges: Sequence[float]
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Numbers under their names.

    name: of its file, without an ending; columns: names and words
    """

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and the same in words and numbers. sentence: what it shows, for who sees it and who does not."""

    sheet: Sheet
    sentence: str
    svg: Markup


def file(sheet: Sheet, whose: str) -> Response[str]:
    """As CSV; nothing stands for what is absent."""
    cells = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.columns)
    columns = [Column(name, cells[n], what) for n, (name, what) in enumerate(sheet.columns.items())]
    return Response(
        text(Table(sheet.name, sheet.title, tuple(columns)), ",", ""),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{whose}-{sheet.name}.csv"'},
    )


def day(unix_s: float) -> str:
    """A day on an axis."""
    when = datetime.fromtimestamp(unix_s)
    return say("{day} {month}", day=when.day, month=say(f"{when:%B}")[:3])


def plain(value: float) -> str:
    return f"{value:g}"


def percent(value: float) -> str:
    return f"{value:.0%}"


@dataclass(frozen=True, slots=True)
class Plane:
    """Where numbers lie on the picture."""

    across: tuple[float, float]
    up: tuple[float, float]
    width: float
    height: float
    top: float = _TOP

    def x(self, value: float) -> float:
        low, high = self.across
        return _LEFT + (value - low) / (high - low) * (self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        low, high = self.up
        share = min(1.0, max(0.0, (value - low) / (high - low)))
        return self.height - _BOTTOM - share * (self.height - self.top - _BOTTOM)


def lines(
    series: Sequence[Line],
    sentence: str,
    up: tuple[float, float] | None = None,
    spell_x: Spell = day,
    spell_y: Spell = plain,
    marks: Sequence[float] = (),
    shades: Sequence[tuple[float, float]] = (),
    width: float = WIDTH,
    height: float = HEIGHT,
) -> Markup:
    """Lines with their intervals and names; marks: fine lines across; shades: grey from here to there."""
    xs = [x for one in series for x in one.xs]
    ys = [y for one in series for part in (one.ys, one.low or (), one.high or ()) for y in part if y is not None]
    named = len(series) > 1
    plane = Plane(_span(xs), up or _span([*ys, *marks]), width, height, _TOP + _LEGEND * named)
    parts = [
        f'<rect class="shade" x="{plane.x(left):.1f}" y="{plane.top}" '
        f'width="{plane.x(right) - plane.x(left):.1f}" height="{height - _BOTTOM - plane.top}"/>'
        for left, right in shades
    ]
    parts += [*_axes(plane, spell_x, spell_y, _few(xs) if spell_x is day else ticks((min(xs), max(xs))))]
    parts += [_across(plane, mark, "goal") for mark in marks]
    for number, one in enumerate(series):
        parts += _line(plane, one, number)
    if named:
        parts += _legend([one.name for one in series])
    return _picture(plane, sentence, parts)


def bars(values: Bars, sentence: str, spell_x: Spell = plain) -> Markup:
    """A distribution."""
    plane = Plane((values.edges[0], values.edges[-1]), (0.0, max(1.0, *values.values)), WIDTH, HEIGHT)
    parts = [*_axes(plane, spell_x, plain, ticks(plane.across))]
    for left, right, value in zip(values.edges, values.edges[1:], values.values, strict=False):
        x, y = plane.x(left), plane.y(value)
        parts.append(
            f'<rect class="c0 bar" x="{x + 0.75:.1f}" y="{y:.1f}" width="{plane.x(right) - x - 1.5:.1f}" '
            f'height="{plane.y(0) - y:.1f}" rx="2"/>'
        )
    return _picture(plane, sentence, parts)


def strip(rows: Mapping[str, Sequence[tuple[float, float]]], seconds: float, sentence: str, width: float) -> Markup:
    """Rows of small bars over time, in minutes: (s, how far from usual, -1..1), up for more and down for less."""
    height = _ROW * len(rows) + _TOP + _BOTTOM
    minutes = max(seconds, 1.0) / 60
    plane = Plane((0.0, minutes), (0.0, 1.0), width, height)
    parts = []
    for number, (name, fields) in enumerate(rows.items()):
        y = _TOP + _ROW * number
        rest = y + _ROW / 2 + 4
        parts.append(f'<text x="{_LEFT - 42}" y="{y + 9:.1f}" class="small">{escape(name)}</text>')
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{width - _RIGHT}" y1="{rest:.1f}" y2="{rest:.1f}"/>')
        wide = max(1.0, plane.x(minutes / max(1, len(fields))) - _LEFT)
        for at_s, away in fields:
            kind, high = "more" if away > 0 else "less", abs(away) * (_ROW / 2 - 4)
            x, top = plane.x(at_s / 60), rest - max(0.0, away) * (_ROW / 2 - 4)
            parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"/>')
    parts += [_foot(plane, x, plain) for x in ticks(plane.across)]
    return _picture(plane, sentence, parts)


def _picture(plane: Plane, sentence: str, parts: Sequence[str]) -> Markup:
    title = escape(sentence)
    # every part is made in this file, and every word in it is escaped
    return Markup(
        f'<svg viewBox="0 0 {plane.width:g} {plane.height:g}" role="img" aria-label="{title}">'
        f"<title>{title}</title>{''.join(parts)}</svg>"
    )


def _span(values: Sequence[float]) -> tuple[float, float]:
    """A little more than the values need."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = 0.06 * (high - low) or 0.5
    return low - room, high + room


def _few(xs: Sequence[float]) -> list[float]:
    """At most five of the places that there are, from the first to the last."""
    places = sorted(set(xs))
    if len(places) <= 5:
        return places
    return [places[round(n * (len(places) - 1) / 4)] for n in range(5)]


def _axes(plane: Plane, spell_x: Spell, spell_y: Spell, xs: Sequence[float]) -> Iterator[str]:
    for y in ticks(plane.up):
        yield _across(plane, y, "grid")
        yield f'<text x="{_LEFT - 6}" y="{plane.y(y) + 4:.1f}" text-anchor="end">{escape(spell_y(y))}</text>'
    taken = -100.0
    for x in xs:
        if plane.x(x) - taken >= 44:  # two days side by side would cover each other
            yield _foot(plane, x, spell_x)
            taken = plane.x(x)


def _foot(plane: Plane, x: float, spell: Spell) -> str:
    anchor = "end" if plane.x(x) > plane.width - 24 else "middle"
    return f'<text x="{plane.x(x):.1f}" y="{plane.height - 10:.1f}" text-anchor="{anchor}">{escape(spell(x))}</text>'


def _across(plane: Plane, y: float, kind: str) -> str:
    at = f"{plane.y(y):.1f}"
    return f'<line class="{kind}" x1="{_LEFT}" y1="{at}" x2="{plane.width - _RIGHT}" y2="{at}"/>'


def _line(plane: Plane, one: Line, number: int) -> Iterator[str]:
    colour = f"c{number % 5}"
    if one.low is not None and one.high is not None:
        for x, low, high in zip(one.xs, one.low, one.high, strict=True):
            if low is not None and high is not None:
                at = f"{plane.x(x):.1f}"
                yield (
                    f'<line class="{colour} interval" x1="{at}" y1="{plane.y(low):.1f}" '
                    f'x2="{at}" y2="{plane.y(high):.1f}"/>'
                )
    for piece in _pieces(one):
        points = " ".join(f"{plane.x(x):.1f},{plane.y(y):.1f}" for x, y in piece)
        yield f'<polyline class="{colour}{" dashed" * one.dashed}" points="{points}"/>'
        if one.dots:
            yield from (_dot(plane.x(x), plane.y(y), number) for x, y in piece)


def _pieces(one: Line) -> list[list[tuple[float, float]]]:
    """The line, cut where something is not known."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(one.xs, one.ys, strict=True):
        if y is None:
            pieces.append([])
        else:
            pieces[-1].append((x, y))
    return [piece for piece in pieces if piece]


def _dot(x: float, y: float, number: int) -> str:
    """Of another shape for each line, so that colour is not needed."""
    colour = f"c{number % 5}"
    if number % 3 == 0:
        return f'<circle class="{colour} dot" cx="{x:.1f}" cy="{y:.1f}" r="3.6"/>'
    if number % 3 == 1:
        return f'<rect class="{colour} dot" x="{x - 3.4:.1f}" y="{y - 3.4:.1f}" width="6.8" height="6.8"/>'
    return f'<path class="{colour} dot" d="M{x:.1f} {y - 4.4:.1f}l4.2 7.6h-8.4z"/>'


def _legend(names: Sequence[str]) -> Iterator[str]:
    x = _LEFT
    for number, name in enumerate(names):
        yield _dot(x + 4, 12, number)
        yield f'<text x="{x + 13:.1f}" y="16">{escape(name)}</text>'
        x += 28 + sum(13.0 if ord(letter) > 0x2E80 else 6.6 for letter in name)  # Chinese letters are twice as wide
