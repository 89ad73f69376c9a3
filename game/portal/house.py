"""What the portal is told once, and the open database of each thread that answers."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.store import Store
from game.portal.pictures import Painter

PATIENCE_S = 10.0
"""For sittings that are being written: whoever waits for a page rather waits longer than reads of a mistake."""


@dataclass(frozen=True, slots=True)
class House:
    """What the portal stands on.

    now:    seconds since 1970
    secure: whether it is reached by TLS, so that cookies may never travel otherwise
    learn:  begins to fit a model to the player of a pseudonym, and waits for nothing
    code:   opens the first account of all; whoever started the portal has read it
    """

    db: Path
    now: Callable[[], float]
    secure: bool = False
    learn: Callable[[str], None] = lambda _pseudonym: None
    code: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    painter: Painter = field(default_factory=Painter)
    _open: threading.local = field(default_factory=threading.local)

    @property
    def store(self) -> Store:
        """Of this thread; opened when it first asks."""
        store: Store | None = getattr(self._open, "store", None)
        if store is None:
            store = self._open.store = Store.open(self.db, wait_s=PATIENCE_S)
        return store
