"""Quiet, lived by a simulated player: there is nothing to do but to look at the water."""

from engine.tasks.quiet import Quiet, Settings
from engine.tasks.task import Rules
from game.pilots.pilot import Move


class Pilot:
    """Presses nothing; how well the player attends is in the signals already."""

    def play(self, game: Quiet, rules: Rules[Settings], tick: int) -> Move:  # noqa: ARG002 -- nothing to answer
        return Move()
