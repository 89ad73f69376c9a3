"""Small charts as SVG: lines, bands and bars with their intervals, in colours that everybody can tell apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#5b5b5b", "#9a6b00")
"""After Okabe and Ito, readable without red and green."""

_LEFT, _TOP, _RIGHT, _BOTTOM = 62, 40, 14, 44


@dataclass(frozen=True, slots=True)
class Series:
    """A line; low and high give it a band, and dashed says that it is a rule that must not ship."""

    name: str
    xs: Sequence[float]
    ys: Sequence[float]
    low: Sequence[float] | None = None
    high: Sequence[float] | None = None
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart stands on the page, and what its axes show; goals are drawn as fine lines across."""

    title: str
    x: float
    y: float
    width: float
    height: float
    across: tuple[float, float]
    up: tuple[float, float]
    x_label: str
    y_label: str
    goals: tuple[float, ...] = ()

    def px(self, x: float) -> float:
        low, high = self.across
        return self.x + _LEFT + (x - low) / (high - low) * (self.width - _LEFT - _RIGHT)

    def py(self, y: float) -> float:
        low, high = self.up
        share = min(1.0, max(0.0, (y - low) / (high - low)))
        return self.y + self.height - _BOTTOM - share * (self.height - _TOP - _BOTTOM)


def page(width: float, height: float, parts: Sequence[str]) -> str:
    """One SVG."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
            'font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">',
            f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )


def lines(frame: Frame, series: Sequence[Series]) -> Iterator[str]:
    """Lines with their bands, named in the chart's corner."""
    yield from _axes(frame, _ticks(frame.across))
    for number, one in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        if one.low is not None and one.high is not None:
            there = [f"{frame.px(x):.1f},{frame.py(y):.1f}" for x, y in zip(one.xs, one.high, strict=True)]
            back = [f"{frame.px(x):.1f},{frame.py(y):.1f}" for x, y in zip(one.xs, one.low, strict=True)]
            yield f'<polygon points="{" ".join([*there, *reversed(back)])}" fill="{colour}" opacity="0.13"/>'
        points = " ".join(f"{frame.px(x):.1f},{frame.py(y):.1f}" for x, y in zip(one.xs, one.ys, strict=True))
        dash = ' stroke-dasharray="5 4"' if one.dashed else ""
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"{dash}/>'
        yield from _named(frame, number, colour, one.name)


def bars(frame: Frame, values: Sequence[Bar]) -> Iterator[str]:
    """Lying bars, one under the other, each with its interval; `across` is the values' axis."""
    yield from _axes(frame, _ticks(frame.across), ups=False)
    step = min(26.0, (frame.height - _TOP - _BOTTOM) / max(1, len(values)))
    zero = frame.px(max(frame.across[0], 0.0))
    for number, bar in enumerate(values):
        middle = frame.y + _TOP + step * (number + 0.5)
        end = frame.px(min(frame.across[1], bar.value))
        colour = COLOURS[1] if bar.name.startswith("rival") else COLOURS[0]
        yield (
            f'<rect x="{min(zero, end):.1f}" y="{middle - step * 0.32:.1f}" width="{abs(end - zero):.1f}" '
            f'height="{step * 0.64:.1f}" fill="{colour}" opacity="0.75"/>'
        )
        yield _line(frame.px(bar.low), middle, frame.px(min(frame.across[1], bar.high)), middle, "#222", 1.2)
        yield _text(frame.px(frame.across[0]) + 4, middle + 4, bar.name, "start", "#111", 10.5)
        yield _text(frame.x + frame.width - _RIGHT, middle + 4, f"{bar.value:.2f}", "end", "#111", 10.5)


def text(x: float, y: float, words: str, size: float = 12) -> str:
    """Words on the page."""
    return _text(x, y, words, "start", "#222", size)


def _axes(frame: Frame, x_ticks: Sequence[float], ups: bool = True) -> Iterator[str]:
    left, right = frame.px(frame.across[0]), frame.px(frame.across[1])
    top, bottom = frame.y + _TOP, frame.y + frame.height - _BOTTOM
    yield _text(frame.x + 8, frame.y + 20, frame.title, "start", "#111", 14)
    for x in x_ticks:
        yield _line(frame.px(x), top, frame.px(x), bottom, "#e4e4e4", 1)
        yield _text(frame.px(x), bottom + 16, f"{x:g}", "middle", "#444", 11)
    for y in _ticks(frame.up) if ups else ():
        yield _line(left, frame.py(y), right, frame.py(y), "#e4e4e4", 1)
        yield _text(left - 6, frame.py(y) + 4, f"{y:g}", "end", "#444", 11)
    for goal in frame.goals:
        if ups:
            yield _line(left, frame.py(goal), right, frame.py(goal), "#888", 1.2)
        else:
            yield _line(frame.px(goal), top, frame.px(goal), bottom, "#888", 1.2)
    yield _text((left + right) / 2, bottom + 34, frame.x_label, "middle", "#444", 11)
    if ups:
        yield _text(frame.x + 8, top - 6, frame.y_label, "start", "#444", 11)


def _named(frame: Frame, number: int, colour: str, name: str) -> Iterator[str]:
    y = frame.y + _TOP + 14 + 15 * number
    x = frame.x + frame.width - _RIGHT - 6
    yield _text(x, y, name, "end", colour, 11)


def _ticks(span: tuple[float, float]) -> list[float]:
    low, high = span
    rough = (high - low) / 5
    step = next(
        step for size in range(-4, 7) for step in (10.0**size, 2 * 10.0**size, 5 * 10.0**size) if step >= rough
    )
    first = -(-low // step)
    return [round(step * (first + k), 10) for k in range(int((high - first * step) / step + 1e-9) + 1)]


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float) -> str:
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, words: str, anchor: str, colour: str, size: float) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size:g}">'
        f"{escape(words)}</text>"
    )
