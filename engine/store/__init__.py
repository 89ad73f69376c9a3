"""One SQLite file that holds everything: players, sittings, signals, models, settings.

`Store` reads and writes it between sittings; during one, only `Journal` writes, on its own thread.
"""

import sys
from importlib import import_module


def _take_sqlite_utils_alone() -> None:
    """It takes pandas along wherever that is installed: 35 MB and a third of a second, for nothing here."""
    if "pandas" in sys.modules:
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]  # as good as not installed, for this one import
    try:
        import_module("sqlite_utils")
    finally:
        del sys.modules["pandas"]


_take_sqlite_utils_alone()

from engine.store.journal import Journal  # noqa: E402 -- after it
from engine.store.store import Store  # noqa: E402

__all__ = ["Journal", "Store"]
