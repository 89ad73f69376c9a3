"""Sittings of a database, scored again by another model: the same samples, the same polls, the same baseline."""

from pathlib import Path

from engine.store import Store
from game.replay import estimates
from neuro.kernels.ready import compile_now
from neuro.learn.cohort import Piece
from neuro.learn.pieces import told
from neuro.scorer import Scorer, load


def to_score_again(db: Path, model: Scorer, at: Path) -> list[Piece]:
    """Every finished sitting of which raw EEG is kept, by the model that lies at a path."""
    with Store.open(db, read_only=True) as store:
        sittings = [
            session.id
            for player in store.players.all()
            for session in store.sessions.recent(player.id, limit=-1)
            if session.ending and session.kind != "imported" and any(store.signals.blobs(session.id, "eeg"))
        ]
    places = str(db.resolve()), str(at.resolve())
    return [
        Piece(f"sitting {number}", scored_again, (places[0], number, model.sha256), places)
        for number in sorted(sittings)
    ]


def scored_again(_named: str, session: int, _sha256: str, db: str, model: str) -> bytes:
    """`told` of a sitting. Raises: BadModel, EngineError."""
    compile_now()
    with Store.open(Path(db), read_only=True) as store:
        return told(list(estimates(store, store.sessions.get(session), load(Path(model)))))
