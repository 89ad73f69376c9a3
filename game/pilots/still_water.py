"""Still Water, played by a simulated player's hands."""

from collections.abc import Callable

from engine.ports import TICK_S
from engine.tasks.still_water import Settings, StillWater
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player

SLIPS_PER_LOGIT = 1.5
"""Own choice: how much likelier slips become, in logits, where the water is one logit harder. So even grown players,
who hardly slip at difficulty 0, meet water that is hard for them."""


class Pilot:
    """Answers each picture once; an answer that would come when the picture is gone is given up."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player, self._now_s = player, now_s
        self._trial = 0
        self._press_tick: int | None = None

    @property
    def due(self) -> int | None:
        """The tick of the press that is settled, which may be over."""
        return self._press_tick

    def play(self, game: StillWater, rules: Rules[Settings], tick: int) -> Move:  # noqa: ARG002 -- keys are all it has
        if not game.open or game.asked is None:
            return Move()
        if game.trial != self._trial:
            self._trial = game.trial
            slips = SLIPS_PER_LOGIT * game.asked.difficulty
            answer_s = self._player.answer(self._now_s(), game.trial, game.asked.kind == "bud", slips)
            self._press_tick = None if answer_s is None else tick + max(1, round(answer_s / TICK_S))
        return Move(("strike",)) if self._press_tick == tick + 1 else Move()
