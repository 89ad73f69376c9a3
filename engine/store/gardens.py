"""What players have let grow: it came here with its event (migration m006), and nothing takes it away."""

from engine.garden import GROWING
from engine.store.connection import Tables


class Gardens:
    """The marsh of each player."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def grown(self, player_id: int) -> tuple[str, ...]:
        """By name, the oldest first; what this Heron does not know is left out."""
        rows = self._tables.rows("SELECT what FROM garden WHERE player_id = ? ORDER BY id", player_id)
        return tuple(row["what"] for row in rows if row["what"] in GROWING)
