"""Puts everything that happens into the journal, on one timeline of ticks."""

import json
import math
from dataclasses import asdict
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

from engine import events as happened
from engine.events import BlockDone, LightShown, StageStarted, StimulusShown, TrialDone
from engine.ports import Inputs
from engine.store.rows import (
    BlockRow,
    CalibrationRow,
    EstimateRow,
    EventRow,
    PollRow,
    Row,
    SegmentRow,
    Stream,
    TickRow,
    TrialRow,
)
from game.flash import Flash
from game.loop import Ticked
from game.pupils import Pupils
from neuro.baseline import Baseline
from neuro.clock.fit import ClockFit
from neuro.eyes.live import LOOK_S, EyeFront
from neuro.life import LifeState
from neuro.listener import Device, Poll
from neuro.meter import BlinkCheck, Meter
from neuro.screen import NEON_PINHOLE
from neuro.types import Estimate, Gaze, Headset

SCREEN_DEG = 40.0, 22.5
"""A screen of 24 inches at arm's length and a little, for want of a word about it (own choice)."""


class Notebook(Protocol):
    """Where rows go; the store's journal is one."""

    def put(self, row: Row) -> None: ...


class Recorder:
    """Keeps what a replay, a report and a later training need."""

    def __init__(self, notebook: Notebook, headset: Headset | None, tracker: str | None) -> None:
        """Args: tracker: the eye tracker's name, for people; None without one."""
        self._notebook = notebook
        self._blinks = BlinkCheck(headset.channels) if headset and tracker else None
        self._headset = (
            _Stretches(notebook, "eeg", headset.name, Meter(headset.rate_hz), self._blinks) if headset else None
        )
        self._tracker = _Stretches(notebook, "gaze", tracker, Meter(), None) if tracker else None
        self._eyes = EyeFront(SCREEN_DEG, NEON_PINHOLE.rays) if tracker and tracker != "mouse" else None
        self._looked_s, self._in_block = -math.inf, False
        self._pupils = Pupils()
        self._undrawn: list[tuple[int, int, float]] = []
        self._unseen: list[Estimate] = []
        self._tick = 0

    def heard(self, poll: Poll) -> None:
        """One look at the devices."""
        chunk, gaze = poll.chunk, poll.gaze
        if self._blinks:
            self._blinks.take(chunk, gaze)
        if self._headset:
            self._notebook.put(PollRow("eeg", poll.now_s, poll.phase, chunk.t_s, chunk.uv, chunk.device_s))
            self._headset.heard(self._tick, chunk.t_s, np.asarray(np.isnan(chunk.uv).all(axis=0)), poll.headset)
        if self._tracker:
            self._notebook.put(PollRow("gaze", poll.now_s, poll.phase, gaze.t_s, measured(gaze), gaze.device_s))
            self._tracker.heard(self._tick, gaze.t_s, None, poll.tracker)
        if self._eyes:
            self._look(self._eyes, gaze)
        self._pupils.heard(gaze)
        self._unseen += poll.estimates
        if poll.why:
            self._notebook.put(EventRow(self._tick, "why", to_json(poll.why.to_json()).decode()))

    def _look(self, eyes: EyeFront, gaze: Gaze) -> None:
        """What the eyes did, once for each LOOK_S of a block."""
        for moment in eyes(gaze):
            if self._in_block and moment.t_s >= self._looked_s + LOOK_S - 1e-6:
                self._looked_s = moment.t_s
                self._notebook.put(EventRow(self._tick, "eyes", to_json(moment, inf_nan_mode="null").decode()))

    def begun(self) -> None:
        """Another frame: of a stimulus that the last one did not paint, nobody can say when it was seen."""
        self._undrawn.clear()

    def drawn(self, now_s: float) -> None:
        """The picture after the newest tick is on the screen: how late each stimulus in it was."""
        for tick, trial, due_s in self._undrawn:
            late = {"trial": trial, "late_ms": round(1000 * (now_s - due_s), 3)}
            self._notebook.put(EventRow(tick, "drawn", to_json(late).decode()))
        self._undrawn.clear()

    def flashed(self, flash: Flash) -> None:
        """The picture has begun to flash more than it should, and is being dimmed."""
        self._notebook.put(EventRow(self._tick, "flash", to_json(flash._asdict()).decode()))

    def pressed(self, tick: int, within_s: float) -> None:
        """A press that counts in this tick came at most so long before it."""
        within = {"within_ms": round(1000 * within_s, 3)}
        self._notebook.put(EventRow(tick, "pressed", to_json(within).decode()))

    def ended(self) -> None:
        """There will be no more polls."""
        for device in (self._headset, self._tracker):
            if device:
                device.end(None)

    def calibrated(self, baseline: Baseline, now_s: float) -> None:
        """A new resting baseline holds."""
        self._notebook.put(CalibrationRow("rest", now_s, to_json(baseline.to_json()).decode()))

    def played(self, ticked: Ticked, now_s: float) -> None:
        """One tick: what it knew, what happened in it, and which estimates it was the first to see."""
        self._tick = ticked.number
        sitting = ticked.scene.sitting if ticked.scene else None
        self._in_block = sitting is not None and sitting.stage == "block"
        for e in self._unseen:
            self._notebook.put(EstimateRow(e.t_s, e.score, e.trust, e.state, e.channels, tick=ticked.number))
        self._unseen.clear()
        self._notebook.put(TickRow(ticked.number, dump(ticked.inputs, now_s), ticked.digest))
        for event in ticked.events:
            self._note(ticked, event, now_s)
            self._light(event, now_s)

    def _light(self, event: happened.Event, now_s: float) -> None:
        """The grey steps, and what they say when they are over."""
        if isinstance(event, LightShown):
            self._pupils.shown(event.luminance, now_s)
        elif isinstance(event, StageStarted) and event.stage != "light" and (curve := self._pupils.curve()):
            self._notebook.put(CalibrationRow("pupil", now_s, to_json(curve).decode()))

    def _note(self, ticked: Ticked, event: happened.Event, now_s: float) -> None:
        self._notebook.put(EventRow(ticked.number, happened.name(event), to_json(event).decode()))
        if isinstance(event, BlockDone):
            self._notebook.put(BlockRow(**asdict(event)))
        elif isinstance(event, StimulusShown):
            self._undrawn.append((ticked.number, event.trial, now_s))
        elif isinstance(event, TrialDone):
            trial = asdict(event)
            trial["detail_json"] = to_json(trial.pop("detail")).decode()
            # the sitting stands still in a pause, the ticks of the game do not; no trial outlives a pause
            sitting = ticked.scene.sitting if ticked.scene else None
            if sitting is not None:
                trial["onset_tick"] += ticked.number - sitting.tick
            self._notebook.put(TrialRow(**trial))


class _Stretches:
    """What becomes of one device: each change of its life, and each unbroken stretch of its signal."""

    def __init__(
        self, notebook: Notebook, device: Stream, name: str, meter: Meter, blinks: BlinkCheck | None
    ) -> None:
        self._notebook = notebook
        self._device: Stream = device
        self._name = name
        self._meter, self._blinks = meter, blinks
        self._state: LifeState = "absent"
        self._clock: ClockFit | None = None
        self._turned = _MeanSquare()

    def heard(self, tick: int, t_s: NDArray[np.float64], lost: NDArray[np.bool_] | None, now: Device) -> None:
        life = now.life
        if life.state != self._state:
            self._state = life.state
            changed = {"device": self._device, "state": life.state, "reason": life.reason}
            self._notebook.put(EventRow(tick, "device_life", to_json(changed).decode()))
        if life.state == "lost":
            self.end(life.reason)
        self._meter.take(t_s, lost)
        self._clock = now.clock or self._clock
        self._turned.take(now.head_motion_rad_s)

    def end(self, reason: str | None) -> None:
        """The stretch is over, if there was one."""
        figures = self._meter.figures()
        if figures is None:
            return
        self._meter.restart()
        clock, lag = self._clock, None
        if self._blinks:
            lag = self._blinks.lag()
            self._blinks.restart()
        self._notebook.put(
            SegmentRow(
                device=self._device,
                from_s=figures.from_s,
                until_s=figures.until_s,
                name=self._name,
                rate_hz=figures.rate_hz,
                loss=figures.lost,
                jitter_ms=figures.jitter_ms,
                clock_offset_s=clock.offset_s if clock else None,
                clock_uncertainty_s=clock.uncertainty_s if clock else None,
                clock_drift_ppm=clock.drift_ppm if clock else None,
                reason=reason,
                clock_residual_s=clock.residual_s if clock else None,
                blink_lag_s=lag.lag_s if lag else None,
                blink_agreement=lag.agreement if lag else None,
                head_motion_rad_s=self._turned.root(),
            )
        )
        self._turned = _MeanSquare()


class _MeanSquare:
    """Of what was said, each time that something was."""

    def __init__(self) -> None:
        self._sum, self._n = 0.0, 0

    def take(self, value: float | None) -> None:
        if value is not None:
            self._sum, self._n = self._sum + value * value, self._n + 1

    def root(self) -> float | None:
        """None where nothing was said."""
        return math.sqrt(self._sum / self._n) if self._n else None


def measured(gaze: Gaze) -> NDArray[np.float32]:
    """(4, n): x, y, pupil diameter and confidence; (6, n) with the scene camera's pixels."""
    rows = [gaze.xy, gaze.pupil_mm[None], gaze.confidence[None]]
    return np.concatenate(rows if gaze.scene_px is None else [*rows, gaze.scene_px])


def dump(inputs: Inputs, now_s: float) -> str:
    """A tick's inputs as one line of JSON, without the estimate: that is kept in its own row."""
    seen = (inputs.pressed, inputs.pointer, inputs.clicked, inputs.gaze, round(now_s, 4))
    seldom = (inputs.asked,) if inputs.asked else ()
    return to_json([*seen, inputs.devices, inputs.looked, *seldom]).decode()


def now_of(line: str) -> float:
    """The host's seconds in a tick's line, as `dump` writes it."""
    return float(json.loads(line)[4])
