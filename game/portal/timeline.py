"""One sitting as it went: its lines over time, what the loops did and why, and what its signals were worth."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean
from typing import Any

from engine.ports import TICK_S
from engine.report import Summary, summarise
from engine.reward import FROZEN_S
from engine.store import Store
from engine.store.rows import EstimateRow, EventRow, SegmentRow, Session
from game.manner import current
from game.portal.charts import Chart, Line, Sheet, lines, strip
from game.portal.names import ACTS, BANDS, COMPLAINTS, CUES, DEVICES, KINDS, LIVES, OVERRIDES, STAGES, called
from game.words import say
from neuro.explain import Why

POINTS = 300
"""Of a line, at most: a screen has about a thousand pixels."""

WIDE, HIGH, LOW = 640.0, 230.0, 170.0

BARS = 150
"""Of a band, at most: a few pixels each, where the page has to stay light."""

_CLEAREST = 2.0  # spreads from rest that fill a field of the strip


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the sitting, by seconds of the game: means."""

    at_s: float
    score: float
    trust: float
    good: float


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the trace. what: what changed, and to what; reason: as it was said then."""

    at_s: float
    kind: str
    what: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A time in which the signal was not good, so that nothing was rewarded and no loop moved by it."""

    at_s: float
    seconds: float
    state: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """All that the page of a sitting shows."""

    session: Session
    summary: Summary
    points: tuple[Point, ...]
    events: tuple[EventRow, ...]
    frozen: tuple[Frozen, ...]
    segments: tuple[SegmentRow, ...]

    @property
    def seconds(self) -> float:
        return self.summary.minutes * 60


def read(store: Store, session: Session) -> Sitting:
    """Everything of a stored sitting."""
    sessions = store.sessions
    estimates, events = sessions.estimates(session.id), sessions.events(session.id)
    summary = summarise(sessions.trials(session.id), sessions.blocks(session.id), estimates, events, session)
    seen = [one for one in estimates if one.tick is not None]
    return Sitting(
        session,
        summary,
        tuple(_points(seen)),
        events,
        tuple(_frozen(seen, summary.minutes * 60)),
        store.signals.segments(session.id),
    )


def _points(seen: Sequence[EstimateRow]) -> Iterator[Point]:
    size = -(-len(seen) // POINTS) or 1
    for first in range(0, len(seen), size):
        some = seen[first : first + size]
        yield Point(
            (some[0].tick or 0) * TICK_S,
            fmean(one.score for one in some),
            fmean(one.trust for one in some),
            fmean(one.state == "good" for one in some),
        )


def _frozen(seen: Sequence[EstimateRow], until_s: float) -> Iterator[Frozen]:
    runs = [(state, (next(some).tick or 0) * TICK_S) for state, some in groupby(seen, key=lambda one: one.state)]
    ends = [at_s for _, at_s in runs[1:]] + [until_s]
    for (state, at_s), end_s in zip(runs, ends, strict=False):
        if state != "good" and end_s - at_s >= FROZEN_S:
            yield Frozen(at_s, end_s - at_s, state)


def charts(sitting: Sitting) -> tuple[Chart, ...]:
    """Those of which there is something to show."""
    return (*_score(sitting), *_difficulty(sitting), *_why(sitting))


def _score(sitting: Sitting) -> Iterator[Chart]:
    points = sitting.points
    if not points:
        return
    at = [one.at_s / 60 for one in points]
    limits = threshold(sitting)
    share = sitting.summary.good_share
    sentence = say(
        "Over {minutes:.1f} minutes the score was {mean:.2f} on average, and the signal was good "
        "{good:.0%} of the time.",
        minutes=sitting.summary.minutes,
        mean=fmean(one.score for one in points),
        good=share or 0.0,
    )
    series = [
        Line(say("Score"), at, [one.score for one in points], dots=False),
        Line(say("Threshold"), at, limits, dots=False, dashed=True),
        Line(say("Trust"), at, [one.trust for one in points], dots=False),
    ]
    sheet = Sheet(
        "timeline",
        say("Score, threshold and trust"),
        {
            "at_s": say("From the beginning, s"),
            "score": say("Score"),
            "threshold": say("Threshold"),
            "trust": say("Trust"),
            "good": say("Share with a good signal"),
        },
        [
            (round(one.at_s, 1), round(one.score, 3), rounded(limit), round(one.trust, 3), round(one.good, 2))
            for one, limit in zip(points, limits, strict=True)
        ],
    )
    waits = [(one.at_s / 60, (one.at_s + one.seconds) / 60) for one in sitting.frozen]
    picture = lines(series, sentence, (0.0, 1.0), _minutes, shades=waits, width=WIDE, height=HIGH)
    yield Chart(sheet, sentence, picture)


def threshold(sitting: Sitting) -> list[float | None]:
    """At each point, on the scale of the score; None before the first."""
    told = [(one.tick * TICK_S, json.loads(one.data_json)) for one in sitting.events if one.kind == "threshold_set"]
    steps = [(at_s, float(now["centre"] + now["threshold_z"] * now["spread"])) for at_s, now in told]
    return [next((limit for at_s, limit in reversed(steps) if at_s <= point.at_s), None) for point in sitting.points]


def _difficulty(sitting: Sitting) -> Iterator[Chart]:
    steps = [
        (one.tick * TICK_S, json.loads(one.data_json)) for one in sitting.events if one.kind == "difficulty_changed"
    ]
    moved = [(at_s, str(data.get("strand", "first")), float(data["difficulty"])) for at_s, data in steps]
    if not moved:
        return
    sentence = say(
        "Difficulty moved {n} times, between {low:.2f} and {high:.2f}.",
        n=len(moved),
        low=min(x for _, _, x in moved),
        high=max(x for _, _, x in moved),
    )
    strands = dict.fromkeys(strand for _, strand, _ in moved)
    names = {"first": say("Difficulty"), "second": say("Of what is done beside it")}
    series = [
        Line(
            names[strand],
            *_steps([(at_s / 60, x) for at_s, of, x in moved if of == strand]),
            dots=False,
        )
        for strand in strands
    ]
    sheet = Sheet(
        "difficulty",
        say("Difficulty"),
        {"at_s": say("From the beginning, s"), "strand": say("Staircase"), "difficulty": say("Difficulty, logits")},
        [(round(at_s, 1), strand, round(x, 3)) for at_s, strand, x in moved],
    )
    yield Chart(sheet, sentence, lines(series, sentence, None, _minutes, width=WIDE, height=LOW))


def _steps(moves: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Each value holds until the next."""
    held = [(after[0], before[1]) for before, after in pairwise(moves)]
    corners = [place for pair in zip(moves, held, strict=False) for place in pair] + list(moves[-1:])
    return [at for at, _ in corners], [value for _, value in corners]


def _why(sitting: Sitting) -> Iterator[Chart]:
    """Once a second, what the score rested on: each band against the player's own rest."""
    told = [(one.tick * TICK_S, json.loads(one.data_json)) for one in sitting.events if one.kind == "why"]
    if not told:
        return
    some = told[:: -(-len(told) // BARS)]
    bands = {
        called(BANDS, name): [
            (at_s, max(-1.0, min(1.0, float(why["bands"][name]) / _CLEAREST))) for at_s, why in some
        ]
        for name in some[0][1]["bands"]
    }
    eyes = fmean(float(why["eyes"]) for _, why in told)
    sentence = say(
        "What the score rested on, once a second: each band against the own rest, up for more and down for less. "
        "The eyes had {eyes:.0%} of the model's attention.",
        eyes=eyes,
    )
    sheet = Sheet(
        "why",
        say("What the score rested on"),
        {
            "at_s": say("From the beginning, s"),
            "score": say("Score"),
            "eyes": say("Share of the eyes"),
            "sentence": say("In words"),
        },
        [(round(at_s, 1), float(why["score"]), float(why["eyes"]), _in_words(why)) for at_s, why in told],
    )
    yield Chart(sheet, sentence, strip(bands, sitting.seconds, sentence, WIDE))


def _in_words(why: Mapping[str, Any]) -> str:
    """As it was said then, in English; the same in another language is said anew."""
    if current().language == "en":
        return str(why["sentence"])
    known = Why(**{name: value for name, value in why.items() if name != "sentence"})
    return say(
        "Score {score:.2f}: the model looked most at {looked}, {ago_s:.1f} s back; {there}.",
        score=known.score,
        looked=say(" and ").join(known.looked) or say("the eyes"),
        ago_s=known.ago_s,
        there=_there(known.away),
    )


def _there(away: tuple[str, float] | None) -> str:
    if away is None:
        return say("the brain was as at rest there")
    band, spreads = called(BANDS, away[0]), abs(away[1])
    if away[1] > 0:
        return say("{band} had more than its usual share there, by {spreads:.1f} spreads", band=band, spreads=spreads)
    return say("{band} had less than its usual share there, by {spreads:.1f} spreads", band=band, spreads=spreads)


def trace(sitting: Sitting) -> tuple[Told, ...]:
    """Every act of the loops with its reason, every change of part and device, and every complaint, in order."""
    return tuple(
        Told(one.tick * TICK_S, one.kind, _what(one.kind, data), data.get("reason"))
        for one in sitting.events
        if one.kind in KINDS
        for data in (json.loads(one.data_json),)
    )


def _what(kind: str, data: Mapping[str, Any]) -> str:
    match kind:
        case "stage_started":
            return say("{stage}, block {n}", stage=called(STAGES, data["stage"]), n=data["block"])
        case "threshold_set":
            return say("{z:+.2f} SD from block {n} on", z=data["threshold_z"], n=data["block"])
        case "difficulty_changed":
            return f"{data['difficulty']:+.2f}"
        case "distractors_changed":
            return f"{data['level']}"
        case "supervisor_acted":
            return called(ACTS, data["action"])
        case "tired":
            return say("{index:.1f} SD after block {n}", index=data["index"], n=data["block"])
        case "unwell":
            return called(COMPLAINTS, data["kind"])
        case "device_life":
            return f"{called(DEVICES, data['device'])}: {called(LIVES, data['state'])}"
        case "gaze_checked":
            off = data.get("error_deg")
            return say("not known") if off is None else say("{degrees:.1f} degrees off", degrees=off)
        case "overridden":
            what = called(OVERRIDES, data["what"])
            return what if data["applied"] else say("{what}: not possible just then", what=what)
    return called(CUES, data["kind"])  # a cue


def _minutes(at: float) -> str:
    return say("{n:g} min", n=at)


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
