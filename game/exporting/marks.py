"""What happened in a sitting, one line a happening: trials, stages, and every act of the loops with its reason."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from game.exporting import tables
from game.exporting.even import Even
from game.exporting.sitting import Sitting
from game.exporting.table import Cell, Column, Table

LOST = "BAD_lost"
"""What MNE leaves out by itself."""

MEASURES = ("why", "eyes", "drawn", "pressed")
"""Events that are measures of a moment; they stand in the table of all events."""


@dataclass(frozen=True, slots=True)
class Mark:
    """onset_s: since second 0, by the rules' clock; late_s: how much later its picture was done; None: nobody knows.

    kind: trial, practice, BAD_lost or the kind of the event; more: all else that is known, by name
    """

    onset_s: float
    kind: str
    text: str
    duration_s: float = 0.0
    reaction_s: float | None = None
    late_s: float | None = None
    more: dict[str, Any] = field(default_factory=dict)


def marks(sitting: Sitting, laid: Even | None = None) -> list[Mark]:
    """In the order of time, with what was lost of the EEG where it is given."""
    lost = laid.stretches() if laid else []
    gone = (Mark(round(onset_s, 6), LOST, LOST, round(long_s, 6)) for onset_s, long_s in lost)
    return sorted((*_trials(sitting), *_events(sitting), *gone), key=lambda mark: mark.onset_s)


def _trials(sitting: Sitting) -> Iterator[Mark]:
    late_ms = tables.late(sitting)
    onsets_s = sitting.of_ticks([trial.onset_tick for trial in sitting.trials]).tolist()
    for onset_s, trial in zip(onsets_s, sitting.trials, strict=True):
        kind = "practice" if trial.practice else "trial"
        late = late_ms.get(trial.onset_tick)
        more = {name: getattr(trial, name) for name in _TRIAL} | dict(trial.detail)
        text = f"{kind}/{trial.task}/{trial.kind}/{trial.outcome}"
        late_s = None if late is None else late / 1000
        yield Mark(onset_s, kind, text, trial.reaction_s or 0.0, trial.reaction_s, late_s, more)


_TRIAL = ("block", "trial", "task", "kind", "outcome", "success", "valid", "difficulty", "distractors", "strand")


def _events(sitting: Sitting) -> Iterator[Mark]:
    shown = {trial.onset_tick for trial in sitting.trials}
    told = [
        event
        for event in sitting.events
        if event.kind not in (*MEASURES, "trial_done") and (event.kind != "stimulus_shown" or event.tick not in shown)
    ]
    for onset_s, event in zip(sitting.of_ticks([event.tick for event in told]).tolist(), told, strict=True):
        more = json.loads(event.data_json)
        if event.kind == "mark":  # of another program's recording
            since_s = float(sitting.seconds(more["t_s"]))
            yield Mark(since_s, "mark", more["text"], more["duration_s"] or 0.0, more={"text": more["text"]})
            continue
        stage = event.kind == "stage_started"
        text = f"stage/{more['stage']}" if stage else f"{event.kind} {event.data_json}" if more else event.kind
        yield Mark(onset_s, event.kind, text, more=more)


def as_events(sitting: Sitting, laid: Even | None) -> Table:
    """The table that BIDS calls events."""
    found = marks(sitting, laid)

    def column(name: str, what: str, unit: str | None = None) -> Column:
        return Column(name, [_cell(mark.more.get(name)) for mark in found], what, unit)

    rest = [{key: value for key, value in mark.more.items() if key not in _COLUMNS} for mark in found]
    return Table(
        "events",
        "All that happened, with its reasons",
        (
            Column("onset", [mark.onset_s for mark in found], "When it was due, by the rules' clock", "s"),
            Column("duration", [mark.duration_s for mark in found], "Until the answer; 0 for a moment", "s"),
            Column("trial_type", [mark.kind for mark in found], "trial, practice, BAD_lost, or what happened"),
            Column("response_time", [mark.reaction_s for mark in found], "From onset to answer", "s"),
            Column("shown_late", [mark.late_s for mark in found], "How much after onset its picture was done", "s"),
            *(column(name, *words) for name, words in _COLUMNS.items()),
            Column("detail", [json.dumps(each, ensure_ascii=False) if each else None for each in rest], "What else"),
        ),
    )


_COLUMNS: dict[str, tuple[str] | tuple[str, str]] = {
    "stage": ("Part of the sitting that began",),
    "block": ("Number of the block, 0 before the first",),
    "trial": ("Number of the trial in its block",),
    "task": ("Which game",),
    "kind": ("What was shown, or what else it was",),
    "outcome": ("What was done",),
    "success": ("1 where that was right",),
    "valid": ("1 where the trial says something of the player",),
    "difficulty": ("Of the trial, or the new one", "logits"),
    "distractors": ("How many there were, or are from now on",),
    "strand": ("Which of two staircases of difficulty",),
    "reason": ("Why a loop acted",),
}


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    return json.dumps(value, ensure_ascii=False)
