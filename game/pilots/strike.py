"""Strike, played by a simulated player's hands."""

from collections.abc import Callable

from engine.ports import TICK_S
from engine.tasks.strike import Settings, Strike
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player


class Pilot:
    """Answers each creature once; where a hawk's shadow falls, stopping races against the press."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player, self._now_s = player, now_s
        self._trial = 0
        self._press_tick: int | None = None

    def play(self, game: Strike, rules: Rules[Settings], tick: int) -> Move:  # noqa: ARG002 -- keys are all it has
        if game.phase != "reach":
            return Move()
        if game.trial != self._trial:
            self._trial = game.trial
            answer_s = self._player.answer(self._now_s(), game.trial, game.creature == "fish")
            self._press_tick = None if answer_s is None else tick + max(1, round(answer_s / TICK_S))
        if game.stop_ticks == 1 and self._press_tick is not None:
            stopped_tick = tick + self._player.stop_s(self._now_s(), game.trial) / TICK_S
            self._press_tick = self._press_tick if self._press_tick <= stopped_tick else None
        return Move(("strike",)) if self._press_tick == tick + 1 else Move()
