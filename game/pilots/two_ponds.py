"""Two Ponds, played by a simulated player: one hand for the boat, one for what comes."""

from collections.abc import Callable
from math import pi
from typing import NamedTuple

from engine.ports import TICK_S, Action, Place
from engine.tasks.task import Rules
from engine.tasks.two_ponds import Settings, TwoPonds
from engine.tasks.two_ponds_boat import FOLLOW_S, GLIDE_S, KICK, current
from game.pilots.pilot import Move
from neuro.twin.player import Player

SWITCH_S, MIXING_S = 0.15, 0.06
"""How much longer an answer takes after a change of the rule, and where it may change; own choice."""
DIVIDED = 0.5
"""Logits that each of two things costs when they are done at once; own choice."""

_BOAT_Y, _PONDS = 0.85, ((0.2, 0.7), (0.8, 0.7))
_ASTRAY = 1.35  # half widths of the current: where a boat goes that nobody minds
_PRESS_S = 0.2  # between two presses of the same finger


class _Answer(NamedTuple):
    tick: int
    press: Action


class Pilot:
    """Answers each creature once and minds the boat round by round, each as its own difficulty allows."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player, self._now_s = player, now_s
        self._creature = self._bend = 0
        self._answer: _Answer | None = None
        self._minds = True
        self._pressed_tick = 0

    def play(self, game: TwoPonds, rules: Rules[Settings], tick: int) -> Move:
        if game.bend and game.bend.trial != self._bend:
            self._bend = game.bend.trial
            self._minds = self._player.knows(self._now_s(), game.bend.trial, game.second + _divided(game))
        if game.phase == "reach" and game.creature and game.creature_trial != self._creature:
            self._creature = game.creature_trial
            self._answer = self._decide(game, tick)
        if game.doing == "sort":
            return self._sorts(game, rules, tick)
        pressed: tuple[Action, ...] = ("strike",) if self._due(game, tick) else ()
        if not game.sails:
            return Move(pressed)
        if rules.by == "keys":
            return Move((*self._pushes(game, tick), *pressed))
        return Move(pressed, look=(self._aim(game, FOLLOW_S), _BOAT_Y))

    def _decide(self, game: TwoPonds, tick: int) -> _Answer | None:
        assert game.creature is not None
        assert game.rule is not None
        belongs, late_s = game.creature.belongs(game.rule), 0.0
        if game.mixed:
            late_s = MIXING_S + (SWITCH_S if game.switched else 0.0)
        player, now_s, trial = self._player, self._now_s(), game.creature_trial
        if game.doing == "sort":
            left = belongs == player.knows(now_s, trial, game.difficulty)
            return _Answer(_tick(tick, player.reaction_s(now_s, trial) + late_s), "left" if left else "right")
        answer_s = player.answer(now_s, trial, belongs, game.difficulty + _divided(game))
        return None if answer_s is None else _Answer(_tick(tick, answer_s + late_s), "strike")

    def _due(self, game: TwoPonds, tick: int) -> bool:
        return game.phase == "reach" and self._answer is not None and self._answer.tick == tick + 1

    def _sorts(self, game: TwoPonds, rules: Rules[Settings], tick: int) -> Move:
        if game.phase != "reach" or self._answer is None or self._answer.tick > tick + 1:
            return Move()
        now, press = self._answer.tick == tick + 1, self._answer.press
        if rules.by == "keys":
            return Move((press,)) if now else Move()
        pond: Place = _PONDS[press == "right"]
        if rules.by == "pointer":
            return Move(("strike",) if now else (), look=pond)
        return Move(look=pond, jump=pond if now else None)

    def _aim(self, game: TwoPonds, ahead_s: float) -> float:
        """Where the boat should be after so long, or should not if nobody minds."""
        x = current(game.boat.way + 2 * pi * game.bends_per_min / 60 * ahead_s)
        astray = _ASTRAY * game.lane
        return x if self._minds else x + (astray if x < 0.5 else -astray)

    def _pushes(self, game: TwoPonds, tick: int) -> tuple[Action, ...]:
        off = game.boat.x + game.boat.speed * GLIDE_S - self._aim(game, GLIDE_S)
        if abs(off) < KICK * GLIDE_S / 2 or (tick - self._pressed_tick) * TICK_S < _PRESS_S:
            return ()
        self._pressed_tick = tick
        return ("left",) if off > 0 else ("right",)


def _divided(game: TwoPonds) -> float:
    return DIVIDED if game.doing == "both" else 0.0


def _tick(now: int, after_s: float) -> int:
    return now + max(1, round(after_s / TICK_S))
