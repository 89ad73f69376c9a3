"""One SQLite file that holds everything: players, sittings, signals, models, settings.

`Store` reads and writes it between sittings; during one, only `Journal` writes, on its own thread.
"""

from engine.store.journal import Journal
from engine.store.store import Store

__all__ = ["Journal", "Store"]
