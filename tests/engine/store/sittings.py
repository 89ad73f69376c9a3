"""Sittings to put into a database."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.store import Journal, Store
from engine.store.rows import BlockRow, NewSession, PollRow, Row, Stream, TrialRow

NEW = NewSession(
    player_id=1,
    level_id="strike-01",
    level_toml='task = "strike"\n',
    setup_json='{"seed":7}',
    seed=7,
    kind="play",
    anchor_mono_s=12.5,
    anchor_unix_s=1_750_000_000.0,
    headset_json='{"name":"Muse 2"}',
    gaze="mouse",
    mode="live",
    model_sha=None,
    version="0.1.0",
)

TRIAL = TrialRow(
    trial=1,
    block=1,
    task="strike",
    kind="fish",
    outcome="hit",
    success=True,
    valid=True,
    practice=False,
    onset_tick=90,
    reaction_s=0.41,
    difficulty=0.5,
    distractors=1,
    detail_json='{"speed":0.2}',
)

BLOCK = BlockRow(
    block=1,
    task="strike",
    level="strike-01",
    by="keys",
    seconds=60.0,
    trials=20,
    success_rate=0.8,
    rewards=9,
    reward_share=0.7,
    good_share=0.9,
    threshold_z=-0.2,
    difficulty=0.4,
    distractors=1,
    stars=2,
)


def poll(now_s: float, n: int, k: int = 4, stream: Stream = "eeg", phase: str = "play") -> PollRow:
    """n samples of k rows that came just before now_s."""
    chance = np.random.default_rng(round(now_s * 1000))
    t_s = now_s - np.arange(n, 0, -1) / 256
    return PollRow(stream, now_s, phase, t_s, chance.normal(0, 20, (k, n)).astype(np.float32))


def begin(path: Path, name: str = "Ana", **known: object) -> int:
    """The number of a new sitting, begun in a database that is closed again."""
    with Store.open(path) as store:
        player = store.players.named(name)
        return store.sessions.begin(replace(NEW, player_id=player.id, **known))  # type: ignore[arg-type]


def play(path: Path, *rows: Row, **known: object) -> int:
    """The number of a sitting that was played to its end."""
    session = begin(path, **known)
    with Journal(path, session) as journal:
        for row in rows:
            journal.put(row)
    with Store.open(path) as store:
        store.sessions.end(session, "done", 1_750_000_060.0)
    return session
