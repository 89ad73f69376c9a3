"""How the simulated player follows the firefly: with its own eyes, until they rest elsewhere for a while."""

from collections.abc import Callable

from engine.ports import Place
from engine.tasks.firefly import GRACE_S, NEEDED, Firefly, Settings
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player

_POOL_Y = 0.9
_LOST = 1 - NEEDED + 0.15
"""Share of the flight that a lapse takes: enough to lose the light."""


class Pilot:
    """The eyes pursue by themselves; a flight that the player would fail is left out of sight in its middle."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player = player
        self._now_s = now_s
        self._trial = 0
        self._aside: Place | None = None

    def play(self, game: Firefly, rules: Rules[Settings], tick: int) -> Move:  # noqa: ARG002 -- eyes are all it has
        if game.phase != "flight":
            return Move(look=game.place)
        if game.trial != self._trial:
            self._trial = game.trial
            knows = self._player.knows(self._now_s(), game.trial, game.difficulty)
            self._aside = None if knows else (0.2 if game.place[0] > 0.5 else 0.8, _POOL_Y)
        begins, lasts = game.phase_ticks * 0.25, game.phase_ticks * _LOST + GRACE_S * 60
        lapses = self._aside and begins <= game.phase_tick < begins + lasts
        return Move(look=self._aside if lapses else game.place)
