"""What plays one task in place of a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from engine.ports import Action, Place
from engine.tasks.task import Rules
from neuro.twin.player import Player


@dataclass(frozen=True, slots=True)
class Move:
    """What eyes and hands do before the next tick.

    pressed: goes down in the next tick
    look:    where the eyes want to be, in screens, which they reach in their own time; with a pointer the hand goes
             there. None for wherever the game has something to see
    jump:    where the eyes leave for now, without a latency of their own: who says so has waited it out
    """

    pressed: tuple[Action, ...] = ()
    look: Place | None = None
    jump: Place | None = None


class Pilot(Protocol):
    """Plays one task. It sees the task's state after each tick, and no more than a person could."""

    def play(self, game: Any, rules: Rules[Any], tick: int) -> Move:
        """The move before tick `tick` + 1, where `game` is the state after `tick`; called once a tick."""
        ...


Makes = Callable[[Player, Callable[[], float]], Pilot]
"""A pilot from the simulated player and the seconds from its start."""
