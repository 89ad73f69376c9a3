"""A plain task played by a simulated player's hands with the real rules, leaping over ticks in which nothing happens.

Months of check-ups of hundreds of players take too long tick by tick. The trials are those of tick by tick
(tests/game/test_leaping.py).
"""

from typing import Any, Protocol, cast

from engine.copies import replace
from engine.events import TrialDone
from engine.ports import TICK_S
from engine.tasks.catalogue import TASKS
from engine.tasks.flanker import Flanker
from engine.tasks.look_away import LATEST_KEY_S, MEND_S, LookAway
from engine.tasks.still_water import LULL, StillWater
from engine.tasks.task import Ask, Game, Hand, Rules
from game.pilots.catalogue import PILOTS
from game.pilots.pilot import Move
from neuro.twin.player import Player

_SOON, _MENDS = int(LATEST_KEY_S / TICK_S) - 2, int(MEND_S / TICK_S) - 2
"""Ticks in which no look away ends by itself, whoever plays."""


class Settled(Protocol):
    """A pilot that says when it will press."""

    @property
    def due(self) -> int | None: ...
    def play(self, game: Any, rules: Rules[Any], tick: int) -> Move: ...


def played(task: str, rules: Rules[Any], player: Player, from_s: float, seconds: float, ask: Ask) -> list[TrialDone]:
    """All trials of one stretch, by keys; it begins at from_s of the player's own time, and cuts no trial short.

    task: "still-water", "look-away" or "flanker"
    """
    tick, last = 0, round(seconds / TICK_S)
    game: Game = TASKS[task].begin(0)
    pilot = cast(Settled, PILOTS[task](player, lambda: from_s + tick * TICK_S))
    done: list[TrialDone] = []
    while tick < last or not game.between_trials:
        move = pilot.play(game, rules, tick)
        if not move.pressed:
            idle = _idle(game)
            if pilot.due is not None and pilot.due > tick:
                idle = min(idle, pilot.due - tick - 1)
            if idle > 0:
                game, tick = _later(game, idle), tick + idle
                continue
        tick += 1
        game, events = game.step(rules, Hand(move.pressed), tick, ask)
        for event in events:
            if isinstance(event, TrialDone):
                done.append(event)
                player.tried(from_s + tick * TICK_S, event.success)
    return done


def _idle(game: Game) -> int:
    """How many steps from now do no more than count, unless something is pressed."""
    match game:
        case StillWater(new=None):
            return LULL - 1 - game.age
        case StillWater(new=new) if new is not None:
            edges = (new.onset - 1, new.onset, new.every_ticks)
            return next((edge - 1 - game.age for edge in edges if edge > game.age), 0)
        case Flanker() | LookAway(phase="gap" | "mark" | "ending"):
            return game.phase_ticks - 1 - game.phase_tick
        case LookAway(phase="dark"):
            return game.phase_ticks - game.phase_tick
        case LookAway(phase="cue"):
            return _SOON - game.phase_tick
        case LookAway(phase="mend"):
            return _MENDS - game.phase_tick
        case _:
            return 0


def _later(game: Game, ticks: int) -> Game:
    if isinstance(game, StillWater):
        return replace(game, age=game.age + ticks)
    assert isinstance(game, Flanker | LookAway)
    return replace(game, phase_tick=game.phase_tick + ticks)
