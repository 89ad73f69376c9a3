"""Fine-tuning by itself, between sittings: a process of its own, after everything else, never during play."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from engine.store import Store
from game.errors import GameError

if sys.platform == "win32":
    _FLAGS = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _FLAGS = 0


class Interrupted(GameError):
    """Somebody plays."""


def can_learn() -> bool:
    """Whether what learning needs is installed (extra `train`)."""
    return all(find_spec(name) for name in ("torch", "onnx"))


def after_sitting(db: Path, player: str) -> None:
    """Begins to learn from the player's sittings, where that is wished."""
    with Store.open(db, read_only=True) as store:
        known = store.players.known(player)
        wished = is_wished(store, known.id)
    if wished:
        begin(db, known.pseudonym)


def is_wished(store: Store, player_id: int) -> bool:
    """Whether the player has agreed, and nobody has gone back to the common model since the last try."""
    newest = max(store.models.own(player_id), key=lambda one: one.role_utc, default=None)
    return store.consents.holds(player_id, "personalise") and (newest is None or newest.role != "sent_back")


def begin(db: Path, pseudonym: str) -> None:
    """`heron finetune`, quietly; it goes on when this program ends, and nobody waits for it."""
    if not can_learn():
        return
    subprocess.Popen(
        [sys.executable, "-m", "game", "finetune", pseudonym, "--db", str(db.absolute()), "--quietly"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=_FLAGS,
        start_new_session=True,
    )


def step_back() -> None:
    """Everything else comes first from now on; where there is no such word, the process began so (`begin`)."""
    if hasattr(os, "nice"):
        os.nice(19)


def unless_somebody_plays(store: Store, now: Callable[[], float]) -> Callable[[float], None]:
    """Takes the share that is done. Raises: Interrupted: a sitting runs; the next one begins anew."""

    def watch(_share: float) -> None:
        if store.health.running(now()):
            raise Interrupted("Somebody plays: what can be learned is learned after the sitting.")

    return watch
