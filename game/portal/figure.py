"""The timeline of a sitting as Plotly draws it; static/chart.js puts the page's own colours in."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from engine.ports import TICK_S
from game.portal.names import KINDS
from game.portal.timeline import Sitting, rounded, threshold, trace
from game.words import say

_ACTS = ("supervisor_acted", "unwell", "distractors_changed", "device_life", "overridden")
"""What is marked above the lines; the trace has all."""


def figure(sitting: Sitting) -> Markup:
    """As JSON; a colour is the name of one of the page's own."""
    at = [round(one.at_s / 60, 4) for one in sitting.points]
    traces = [
        _drawn(say("Score"), at, [round(one.score, 3) for one in sitting.points], "--c0"),
        _drawn(say("Threshold"), at, list(map(rounded, threshold(sitting))), "--c1", "hv"),
        _drawn(say("Trust"), at, [round(one.trust, 3) for one in sitting.points], "--c2"),
        _acts(sitting),
    ]
    below = [
        (title, colour, moves)
        for title, colour, kind, field in (
            (say("Difficulty"), "--c3", "difficulty_changed", "difficulty"),
            (say("Distractors"), "--c4", "distractors_changed", "level"),
        )
        if (moves := _moves(sitting, kind, field))[0]
    ]
    for number, (title, colour, moves) in enumerate(below, 2):
        traces.append(_drawn(title, *moves, colour, "hv", f"y{number}"))
    drawn = {"data": traces, "layout": _layout(sitting, [title for title, _, _ in below])}
    return Markup(json.dumps(drawn).replace("<", "\\u003c"))  # which would end the page's script element


def _layout(sitting: Sitting, below: Sequence[str]) -> dict[str, Any]:
    """The score over half of the height or more; each of the others has a lane under it."""
    lane = 0.24
    foot = f"y{len(below) + 1}" if below else "y"
    layout: dict[str, Any] = {
        "shapes": [_shade(one.at_s, one.at_s + one.seconds, "--line", 0.45) for one in sitting.frozen]
        + [_shade(from_s, until_s, "--c0", 0.06) for from_s, until_s in _blocks(sitting)],
        "xaxis": {"title": {"text": say("Minutes")}, "range": [0, sitting.summary.minutes or 1], "anchor": foot},
        "yaxis": {"title": {"text": say("Score")}, "range": [0, 1.08], "domain": [lane * len(below), 1]},
    }
    for number, title in enumerate(below):
        low = lane * (len(below) - 1 - number)
        layout[f"yaxis{number + 2}"] = {"title": {"text": title}, "domain": [low, low + lane - 0.05]}
    return layout


def _acts(sitting: Sitting) -> dict[str, Any]:
    """Above the lines, each with its words."""
    acts = [one for one in trace(sitting) if one.kind in _ACTS]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": say("Acts and complaints"),
        "x": [round(one.at_s / 60, 4) for one in acts],
        "y": [1.04] * len(acts),
        "text": [" – ".join(filter(None, (say(KINDS[one.kind]), one.what, one.reason))) for one in acts],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": "triangle-down", "size": 11, "color": "--ink"},
    }


def _drawn(
    name: str, xs: Sequence[float], ys: Sequence[float | None], colour: str, shape: str = "linear", axis: str = "y"
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": xs,
        "y": ys,
        "yaxis": axis,
        "line": {"color": colour, "shape": shape, "width": 1.8, "dash": "dash" if colour == "--c1" else "solid"},
    }


def _moves(sitting: Sitting, kind: str, field: str) -> tuple[list[float], list[float]]:
    data = [(one.tick * TICK_S / 60, json.loads(one.data_json)) for one in sitting.events if one.kind == kind]
    mine = [(at, float(of[field])) for at, of in data if of.get("strand", "first") == "first"]
    return [round(at, 4) for at, _ in mine], [round(value, 3) for _, value in mine]


def _blocks(sitting: Sitting) -> Iterator[tuple[float, float]]:
    stages = [
        (one.tick * TICK_S, json.loads(one.data_json)["stage"])
        for one in sitting.events
        if one.kind == "stage_started"
    ]
    ends = [at_s for at_s, _ in stages[1:]] + [sitting.seconds]
    for (at_s, stage), end_s in zip(stages, ends, strict=False):
        if stage == "block":
            yield at_s, end_s


def _shade(from_s: float, until_s: float, colour: str, opacity: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": from_s / 60,
        "x1": until_s / 60,
        "y0": 0,
        "y1": 1,
        "fillcolor": colour,
        "opacity": opacity,
        "line": {"width": 0},
        "layer": "below",
    }
