"""How the simulated player looks at the candle: steadily, until a lure is stronger."""

from collections.abc import Callable

from engine.ports import TICK_S, Place
from engine.tasks.candle import HELD, Candle, Settings
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player

_DAYDREAM_S = 0.6
"""When the eyes of who fails leave a candle that has no lures."""
_LEAST_AWAY_S = 0.6


class Pilot:
    """A hold that the player would fail is left for its first lure, for longer than it may be."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player = player
        self._now_s = now_s
        self._trial = 0
        self._fails = False
        self._aside: Place | None = None
        self._back_tick = 0

    def play(self, game: Candle, rules: Rules[Settings], tick: int) -> Move:  # noqa: ARG002 -- eyes are all it has
        if game.phase != "hold":
            return Move(look=game.place)
        if game.trial != self._trial:
            self._trial, self._aside = game.trial, None
            self._fails = not self._player.knows(self._now_s(), game.trial, game.difficulty)
        if self._fails and self._aside is None:
            self._leave(game, tick)
        return Move(look=self._aside if self._aside and tick < self._back_tick else game.place)

    def _leave(self, game: Candle, tick: int) -> None:
        if game.lure is not None:
            self._aside = game.lure
        elif not game.lure_every and game.phase_tick * TICK_S >= _DAYDREAM_S:
            self._aside = (game.place[0] - 0.2, game.place[1] - 0.3)
        away_s = max(_LEAST_AWAY_S, 2 * (1 - HELD) * game.phase_ticks * TICK_S)
        self._back_tick = tick + round(away_s / TICK_S)
