"""Marsh Chorus, played by a simulated player's hands."""

from collections.abc import Callable

from engine.ports import TICK_S
from engine.tasks.chorus import Chorus, Settings
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player


class Pilot:
    """Judges each call once, as well as the player can at its difficulty, and presses for what seems a target."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player, self._now_s = player, now_s
        self._trial = 0
        self._press_tick: int | None = None

    def play(self, game: Chorus, rules: Rules[Settings], tick: int) -> Move:  # noqa: ARG002 -- keys are all it has
        if not game.open:
            return Move()
        if game.trial != self._trial:
            self._trial = game.trial
            self._press_tick = self._decide(game, tick)
        return Move(("strike",)) if self._press_tick == tick + 1 else Move()

    def _decide(self, game: Chorus, tick: int) -> int | None:
        player, now_s = self._player, self._now_s()
        is_target = game.kind in ("odd", "same")
        if player.knows(now_s, game.trial, game.difficulty) != is_target:
            return None
        return tick + max(1, round(player.reaction_s(now_s, game.trial) / TICK_S))
