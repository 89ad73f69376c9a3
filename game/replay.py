"""Plays a stored sitting again, and says whether it comes out the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from pydantic import TypeAdapter

from engine.ports import Asked, Devices, Inputs, Looked
from engine.store import Store
from engine.store.rows import EstimateRow, PollRow, Session, TickRow
from game.captions import Heard
from game.loop import Ticked, tick
from game.scenes.scene import Scene, Show
from game.scenes.start import begin
from neuro.baseline import Baseline
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.types import Chunk, Estimate, Gaze, Headset, Phase

ROUNDING = 1e-6
"""How far a score or a trust may be from the one that was stored and still be called rounding: other processors, and
the path without a compiler, take their sums in another order."""

_SHOW = TypeAdapter(Show)
_HEADSET = TypeAdapter(Headset)
_DEVICES = TypeAdapter(Devices)
_LOOKED = TypeAdapter(Looked | None)
_ASKED = TypeAdapter(Asked | None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a replay came to.

    difference: the first, in words; None where there is none beyond rounding
    rounding:   the largest difference of a score or a trust up to there
    nameless:   no tick was compared: the player's name is in its pictures, and stayed at home
    """

    session: int
    ticks: int
    estimates: int
    difference: str | None
    rounding: float = 0.0
    nameless: bool = False

    @property
    def identical(self) -> bool:
        return self.difference is None and self.rounding == 0

    @property
    def sentence(self) -> str:
        if self.difference is not None:
            return f"Sitting {self.session} differs: {self.difference}."
        counted = f"{self.ticks} ticks and {self.estimates} estimates"
        if self.nameless:
            counted = (
                f"{self.estimates} estimates; its pictures hold a name that stayed at home, so they were not compared"
            )
        if self.rounding:
            return (
                f"Sitting {self.session} is the same but for rounding: {counted}, scores within {self.rounding:.0e}."
            )
        return f"Sitting {self.session} is identical: {counted}."


def check(store: Store, session: Session) -> Verdict:
    """Do everything again, from the raw samples on, and compare it with what was stored."""
    stored = store.sessions.estimates(session.id)
    again = list(estimates(store, session))
    difference, rounding = _compared(stored, again)
    ticks, nameless = 0, store.bundles.brought(session.id)
    if difference is None and not nameless:
        for row, ticked in replayed(store, session):
            ticks += 1
            if ticked.digest != row.digest:
                difference = f"the state or the picture of tick {row.tick} is another"
                break
    return Verdict(session.id, ticks, len(again), difference, rounding, nameless)


def estimates(store: Store, session: Session, scorer: Scorer | None = None) -> Iterator[Estimate]:
    """Every estimate of the sitting, made anew from its raw samples by its own model or another."""
    if session.headset_json is None or session.model_sha is None:
        return
    headset = headset_of(session.headset_json)
    rested = known(_SHOW.validate_json(session.setup_json).rested)
    pipeline = Pipeline(headset, scorer or Scorer(store.models.get(session.model_sha).onnx), rested)
    looks = store.signals.polls(session.id, "gaze")  # none without a tracker, else one beside each of the headset's
    for poll in store.signals.polls(session.id, "eeg"):
        chunk, gaze = chunk_of(poll, len(headset.channels)), gaze_of(next(looks, None))
        yield from pipeline.step(poll.now_s, cast(Phase, poll.phase), chunk, gaze)


def headset_of(headset_json: str) -> Headset:
    """What the source of EEG said of itself."""
    return _HEADSET.validate_json(headset_json)


def replayed(store: Store, session: Session) -> Iterator[tuple[TickRow, Ticked]]:
    """Every tick of the sitting, played anew from its inputs and its estimates."""
    scene: Scene | None = begin(_SHOW.validate_json(session.setup_json))
    heard = iter(store.sessions.estimates(session.id))
    coming = next(heard, None)
    newest: EstimateRow | None = None
    sounds: tuple[Heard, ...] = ()
    for row in store.sessions.ticks(session.id):
        while coming is not None and coming.tick is not None and coming.tick <= row.tick:
            newest, coming = coming, next(heard, None)
        if scene is None:
            return
        ticked = tick(scene, row.tick, _inputs(row.inputs_json, newest), sounds)
        scene, sounds = ticked.scene, ticked.heard
        yield row, ticked


def known(rested: str | None) -> Baseline | None:
    """The baseline that a sitting was begun with, as `Show.rested`; None where an older Heron's says too little."""
    try:
        return None if rested is None else Baseline.from_json(json.loads(rested))
    except KeyError:
        return None


def _compared(stored: tuple[EstimateRow, ...], again: list[Estimate]) -> tuple[str | None, float]:
    """The first estimate that is another, in words, and how far those before it are apart by rounding."""
    rounding = 0.0
    # what the last moment heard may not have reached a tick, and so was not stored
    for number, (old, new) in enumerate(zip(stored, again, strict=False)):
        apart = max(abs(old.score - new.score), abs(old.trust - new.trust))
        if (old.t_s, old.state, old.channels) != (new.t_s, new.state, new.channels) or apart > ROUNDING:
            other = f"estimate {number} was {old.score:.6f} ({old.state}) and is {new.score:.6f} ({new.state})"
            return other, rounding
        rounding = max(rounding, apart)
    missing = len(stored) - len(again)
    return (f"{missing} estimates are missing" if missing > 0 else None), rounding


def _inputs(line: str, attention: EstimateRow | None) -> Inputs:
    told: list[Any] = json.loads(line)
    # sittings of an earlier Heron had no devices, and mostly nobody asks
    pressed, pointer, clicked, gaze, _, devices, looked, asked = (told + [None] * 3)[:8]
    return Inputs(
        pressed=tuple(pressed),
        pointer=tuple(pointer) if pointer else None,
        clicked=clicked,
        gaze=tuple(gaze) if gaze else None,
        attention=attention,
        devices=_DEVICES.validate_python(devices or {}),
        looked=_LOOKED.validate_python(looked),
        asked=_ASKED.validate_python(asked),
    )


def chunk_of(poll: PollRow, n_channels: int) -> Chunk:
    """What a look at the headset brought."""
    return Chunk(poll.data, poll.t_s) if len(poll.t_s) else Chunk(np.empty((n_channels, 0), np.float32), poll.t_s)


def gaze_of(poll: PollRow | None) -> Gaze:
    """What a look at the eye tracker brought."""
    if poll is None or not len(poll.t_s):
        return Gaze.empty()
    return Gaze(poll.t_s, poll.data[:2], pupil_mm=poll.data[2], confidence=poll.data[3])
