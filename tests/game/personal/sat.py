"""A simulated person's sittings put into a database as play leaves them, without the pictures in between."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

from engine.events import Outcome
from engine.ports import TICK_S, Inputs
from engine.store import Journal, Store
from engine.store.rows import CalibrationRow, PollRow, Row, TickRow
from game.recorder import dump
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.types import Headset
from tests.engine.store.sittings import NEW, TRIAL

HEADSET = Headset("Simulated headset", CHANNELS, RATE_HZ)
REST_S, WARMUP_S = 20.0, 10.0
EVERY_S = 1.4  # a creature
POLL_S = 0.5
DAY_S = 86_400.0


def sit(
    db: Path,
    name: str,
    number: int,
    seconds: float = 90.0,
    kind: str = "adult",
    person: int = 3,
    rests: bool = True,
    lost: tuple[float, float] = (0.0, 0.0),
    tells_uv: float = 0.0,
) -> int:
    """The number of the person's next sitting, as the only one of its day.

    rests: False where it begins with the rest of the one before; lost: between these seconds the headset was gone
    tells_uv: RMS of a rhythm about 10 Hz of this head in play while it attends; others have it while they are away
    """
    twin = Twin(kind, 1000 * person + number, person, number)
    with Store.open(db) as store:
        before = None if rests else store.signals.calibrations(store.sessions.latest().id)[-1].data_json  # type: ignore[union-attr]
        new = replace(
            NEW,
            setup_json=json.dumps({"rested": before}),
            player_id=store.players.named(name).id,
            headset_json=to_json(HEADSET).decode(),
            anchor_mono_s=0.0,
            anchor_unix_s=NEW.anchor_unix_s + number * DAY_S,
            gaze=None,
        )
        session = store.sessions.begin(new)
    with Journal(db, session) as journal:
        journal.put(CalibrationRow("rest", REST_S, json.dumps({"of": number})))
        for row in (*_polls(twin, seconds, rests, lost, tells_uv), *_trials(twin, seconds)):
            journal.put(row)
    with Store.open(db) as store:
        store.sessions.end(session, "done", new.anchor_unix_s + seconds)
    return session


def _polls(twin: Twin, seconds: float, rests: bool, lost: tuple[float, float], tells_uv: float) -> list[Row]:
    t_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    attends = (1 - np.interp(t_s, t_s[::25], twin.zone.wandering(t_s[::25]))) * (t_s > REST_S)
    uv = (twin.brain.samples(len(t_s)) + tells_uv * attends * _rhythm(t_s)).astype(np.float32)
    rows: list[Row] = []
    for piece in np.split(np.arange(len(t_s)), np.arange(0, len(t_s), round(POLL_S * RATE_HZ))[1:]):
        first_s, last_s = float(t_s[piece[0]]), float(t_s[piece[-1]])
        if not lost[0] <= first_s < lost[1]:
            phase = _phase(first_s) if rests or first_s >= REST_S else "play"
            rows.append(PollRow("eeg", last_s, phase, t_s[piece], uv[:, piece]))
    return rows


def _rhythm(t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n_channels, n) of 9 to 11 Hz, another at each sensor, with an RMS of 1."""
    chance = np.random.default_rng(5)
    waves = chance.uniform(9, 11, (len(CHANNELS), 8, 1)), chance.uniform(0, 2 * np.pi, (len(CHANNELS), 8, 1))
    return np.asarray(np.sin(2 * np.pi * waves[0] * t_s + waves[1]).sum(axis=1) / 2)


def _phase(t_s: float) -> str:
    return "rest" if t_s < REST_S else "task" if t_s < REST_S + WARMUP_S else "play"


def _trials(twin: Twin, seconds: float) -> list[Row]:
    """Quick answers in the zone; slow ones, and sometimes none, out of it."""
    rows: list[Row] = []
    onsets_s = np.arange(REST_S + WARMUP_S, seconds - 2, EVERY_S)
    for trial, (t_s, away) in enumerate(zip(onsets_s.tolist(), twin.zone.wandering(onsets_s), strict=True), 1):
        go, tick = trial % 5 != 0, round(t_s / TICK_S)
        answers = go and (away < 0.5 or trial % 4 != 0)
        reaction_s = 0.4 + 0.2 * float(away) + 0.001 * (trial % 7) if answers else None
        outcome: Outcome = "hit" if answers else "miss" if go else "held"
        rows.append(TickRow(tick, dump(Inputs(), t_s), bytes(8)))
        rows.append(
            replace(
                TRIAL,
                trial=trial,
                kind="fish" if go else "frog",
                outcome=outcome,
                success=outcome in ("hit", "held"),
                onset_tick=tick,
                reaction_s=reaction_s,
            )
        )
    return rows
