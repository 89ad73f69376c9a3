"""School of Fish, played by a simulated player."""

from collections.abc import Callable
from typing import NamedTuple

from engine.ports import TICK_S, Action
from engine.tasks.flanker import BANKS, SCHOOL, Flanker, Settings
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player

HARDER = 0.5
"""Logits that contradicting neighbours cost; own choice."""
_BESIDE = 0.1  # screens beyond the edge of a bank that the eyes aim for


class _Answer(NamedTuple):
    tick: int
    side: Action


class Pilot:
    """Answers each school once; with eyes it looks at a bank and stays there until the school is gone."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player, self._now_s = player, now_s
        self._trial = 0
        self._answer: _Answer | None = None

    @property
    def due(self) -> int | None:
        """The tick of the press that is settled, which may be over."""
        return self._answer.tick if self._answer else None

    def play(self, game: Flanker, rules: Rules[Settings], tick: int) -> Move:
        if game.phase != "school":
            return Move()
        if game.trial != self._trial:
            self._trial = game.trial
            self._answer = self._decide(game, tick)
        if self._answer is None or tick + 1 < self._answer.tick:
            return Move()
        if rules.by == "gaze":
            bank = _bank(self._answer.side)
            return Move(look=bank, jump=bank if self._answer.tick == tick + 1 else None)
        return Move((self._answer.side,)) if self._answer.tick == tick + 1 else Move()

    def _decide(self, game: Flanker, tick: int) -> _Answer:
        """Neighbours that swim the other way make the answer slower, and likelier to be theirs."""
        player, now_s, is_against = self._player, self._now_s(), game.kind == "incongruent"
        cost_s = player.profile.skill.conflict_s if is_against else 0.0
        answer_s = player.reaction_s(now_s, game.trial) + cost_s
        knows = player.knows(now_s, game.trial, game.difficulty + (HARDER if is_against else 0.0))
        side: Action = "left" if (game.side == "left") == knows else "right"
        return _Answer(tick + max(1, round(answer_s / TICK_S)), side)


def _bank(side: Action) -> tuple[float, float]:
    return (BANKS[0] - _BESIDE if side == "left" else BANKS[1] + _BESIDE), SCHOOL[1]
