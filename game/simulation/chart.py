"""Small charts as SVG: lines, bands and bars with their intervals, in colours that everybody can tell apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#5b5b5b", "#9a6b00")
"""After Okabe and Ito, readable without red and green."""

_TOP, _BOTTOM = 46, 44
_LINE = 13.5
"""From one name beside a chart to the next."""


@dataclass(frozen=True, slots=True)
class Series:
    """A line; low and high give it a band, and dashed says that it is there for comparison."""

    name: str
    xs: Sequence[float]
    ys: Sequence[float]
    low: Sequence[float] | None = None
    high: Sequence[float] | None = None
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval; `rival` marks a rule that must not ship."""

    name: str
    value: float
    low: float
    high: float
    rival: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart stands on the page, and what its axes show; goals are drawn as fine lines across.

    left, right: room for what is written beside the chart; more is made where names are longer
    """

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
    left: float = 48
    right: float = 60

    def px(self, x: float) -> float:
        low, high = self.across
        share = min(1.0, max(0.0, (x - low) / (high - low)))
        return self.x + self.left + share * (self.width - self.left - self.right)

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
    """Lines with their bands, each named where it ends."""
    frame = replace(frame, right=16 + _wide([one.name for one in series]))
    yield from _axes(frame, ticks(frame.across))
    for number, one in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        if one.low is not None and one.high is not None:
            there = [f"{frame.px(x):.1f},{frame.py(y):.1f}" for x, y in zip(one.xs, one.high, strict=True)]
            back = [f"{frame.px(x):.1f},{frame.py(y):.1f}" for x, y in zip(one.xs, one.low, strict=True)]
            yield f'<polygon points="{" ".join([*there, *reversed(back)])}" fill="{colour}" opacity="0.13"/>'
        points = " ".join(f"{frame.px(x):.1f},{frame.py(y):.1f}" for x, y in zip(one.xs, one.ys, strict=True))
        dash = ' stroke-dasharray="5 4"' if one.dashed else ""
        yield (
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8" '
            f'stroke-linejoin="round"{dash}/>'
        )
    yield from _names(frame, series)


def bars(frame: Frame, values: Sequence[Bar]) -> Iterator[str]:
    """Lying bars, one under the other, each with its name and interval; `across` is the values' axis."""
    frame = replace(frame, left=24 + _wide([bar.name for bar in values]))
    yield from _axes(frame, ticks(frame.across), ups=False)
    step = (frame.height - _TOP - _BOTTOM) / max(1, len(values))
    zero = frame.px(0.0)
    for number, bar in enumerate(values):
        middle = frame.y + _TOP + step * (number + 0.5)
        end = frame.px(bar.value)
        colour = COLOURS[1] if bar.rival else COLOURS[0]
        yield (
            f'<rect x="{min(zero, end):.1f}" y="{middle - step * 0.32:.1f}" width="{abs(end - zero):.1f}" '
            f'height="{step * 0.64:.1f}" rx="2" fill="{colour}" opacity="0.75"/>'
        )
        yield _line(frame.px(bar.low), middle, frame.px(bar.high), middle, "#222", 1.2)
        yield _text(frame.x + frame.left - 10, middle + 4, bar.name, "end", colour if bar.rival else "#222", 11.5)
        yield _text(frame.x + frame.width - 8, middle + 4, f"{round(bar.value, 2) + 0.0:.2f}", "end", "#222", 11.5)


def text(x: float, y: float, words: str, size: float = 12, weight: str = "400") -> str:
    """Words on the page."""
    return _text(x, y, words, "start", "#222", size, weight)


def _axes(frame: Frame, x_ticks: Sequence[float], ups: bool = True) -> Iterator[str]:
    left, right = frame.px(frame.across[0]), frame.px(frame.across[1])
    top, bottom = frame.y + _TOP, frame.y + frame.height - _BOTTOM
    yield _text(frame.x + 8, frame.y + 18, frame.title, "start", "#111", 15, "600")
    for x in x_ticks:
        yield _line(frame.px(x), top, frame.px(x), bottom, "#e4e4e4", 1)
        yield _text(frame.px(x), bottom + 16, f"{x:g}", "middle", "#444", 11)
    for y in ticks(frame.up) if ups else ():
        yield _line(left, frame.py(y), right, frame.py(y), "#e4e4e4", 1)
        yield _text(left - 6, frame.py(y) + 4, f"{y:g}", "end", "#444", 11)
    for goal in frame.goals:
        if ups:
            yield _line(left, frame.py(goal), right, frame.py(goal), "#888", 1.2)
        else:
            yield _line(frame.px(goal), top, frame.px(goal), bottom, "#888", 1.2)
    yield _text((left + right) / 2, bottom + 34, frame.x_label, "middle", "#444", 11)
    if ups:
        yield _text(frame.x + 8, top - 10, frame.y_label, "start", "#666", 11)


def _names(frame: Frame, series: Sequence[Series]) -> Iterator[str]:
    """Beside the end of each line, moved apart as far as they would cover each other."""
    ends = sorted((frame.py(one.ys[-1]), number) for number, one in enumerate(series) if len(one.ys))
    top, bottom = frame.y + _TOP + 4, frame.y + frame.height - _BOTTOM
    lowest = bottom - _LINE * len(ends)
    below = top
    for place, (y, number) in enumerate(ends):
        below = max(below, min(y, lowest + _LINE * (place + 1)))
        x = frame.x + frame.width - frame.right + 8
        yield _text(x, below + 4, series[number].name, "start", COLOURS[number % len(COLOURS)], 11.5)
        below += _LINE


def _wide(names: Sequence[str]) -> float:
    """About how wide the longest name is."""
    return 6.6 * max((len(name) for name in names), default=0)


def ticks(span: tuple[float, float]) -> list[float]:
    """About five round numbers within it."""
    low, high = span
    rough = (high - low) / 5
    step = next(
        step for size in range(-4, 7) for step in (10.0**size, 2 * 10.0**size, 5 * 10.0**size) if step >= rough
    )
    first = -(-low // step)
    return [round(step * (first + k), 10) for k in range(int((high - first * step) / step + 1e-9) + 1)]


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float) -> str:
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, words: str, anchor: str, colour: str, size: float, weight: str = "400") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size:g}" '
        f'font-weight="{weight}">'
        f"{escape(words)}</text>"
    )
