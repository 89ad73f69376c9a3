"""Puts everything that happens into the journal, on one timeline of ticks."""

from dataclasses import asdict
from typing import Protocol

import numpy as np
from pydantic_core import to_json

from engine import events as happened
from engine.events import BlockDone, TrialDone
from engine.ports import Inputs
from engine.store.rows import BlockRow, CalibrationRow, EstimateRow, EventRow, PollRow, Row, TickRow, TrialRow
from game.loop import Ticked
from neuro.baseline import Baseline
from neuro.listener import Poll
from neuro.types import Estimate


class Notebook(Protocol):
    """Where rows go; the store's journal is one."""

    def put(self, row: Row) -> None: ...


class Recorder:
    """Keeps what a replay, a report and a later training need."""

    def __init__(self, notebook: Notebook, has_eeg: bool, has_gaze: bool) -> None:
        self._notebook = notebook
        self._has_eeg = has_eeg
        self._has_gaze = has_gaze
        self._unseen: list[Estimate] = []
        self._trouble: str | None = None
        self._tick = 0

    def heard(self, poll: Poll) -> None:
        """One look at the devices."""
        if self._has_eeg:
            self._notebook.put(PollRow("eeg", poll.now_s, poll.phase, poll.chunk.t_s, poll.chunk.uv))
        if self._has_gaze:
            gaze = poll.gaze
            data = np.concatenate([gaze.xy, gaze.pupil_mm[None], gaze.confidence[None]])
            self._notebook.put(PollRow("gaze", poll.now_s, poll.phase, gaze.t_s, data))
        self._unseen += poll.estimates
        if poll.trouble != self._trouble:
            self._trouble = poll.trouble
            reason = to_json({"reason": poll.trouble}).decode()
            self._notebook.put(EventRow(self._tick, "signal_trouble", reason))

    def calibrated(self, baseline: Baseline, now_s: float) -> None:
        """A new resting baseline holds."""
        self._notebook.put(CalibrationRow("rest", now_s, to_json(baseline.to_json()).decode()))

    def played(self, ticked: Ticked, now_s: float) -> None:
        """One tick: what it knew, what happened in it, and which estimates it was the first to see."""
        self._tick = ticked.number
        for e in self._unseen:
            self._notebook.put(EstimateRow(e.t_s, e.score, e.trust, e.state, e.channels, tick=ticked.number))
        self._unseen.clear()
        self._notebook.put(TickRow(ticked.number, dump(ticked.inputs, now_s), ticked.digest))
        for event in ticked.events:
            self._note(ticked, event)

    def _note(self, ticked: Ticked, event: happened.Event) -> None:
        self._notebook.put(EventRow(ticked.number, happened.name(event), to_json(event).decode()))
        if isinstance(event, BlockDone):
            self._notebook.put(BlockRow(**asdict(event)))
        elif isinstance(event, TrialDone):
            trial = asdict(event)
            # the sitting stands still in a pause, the ticks of the game do not; no trial outlives a pause
            sitting = ticked.scene.sitting if ticked.scene else None
            if sitting is not None:
                trial["onset_tick"] += ticked.number - sitting.tick
            self._notebook.put(TrialRow(**trial))


def dump(inputs: Inputs, now_s: float) -> str:
    """A tick's inputs as one line of JSON, without the estimate: that is kept in its own row."""
    return to_json([inputs.pressed, inputs.pointer, inputs.clicked, inputs.gaze, round(now_s, 4)]).decode()
