"""Plays in place of a person: a simulated player's hands on the keys of a demonstration."""

from collections.abc import Callable

from engine.ports import TICK_S, Action
from game.scenes.scene import Scene

Answer = Callable[[int, bool], float | None]
"""(number of the trial, whether to strike) -> seconds until the press; None for none."""

_UNTIL_CONFIRM_S = {"start": 1.0, "fit": 6.0, "break": 5.0, "results": 2.0}
"""How long the hands rest on a screen that waits for a person."""


class Autopilot:
    """Confirms what waits to be confirmed, and answers each creature once."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._screen = ""
        self._ticks = 0
        self._trial = 0
        self._press_at: int | None = None

    def press(self, scene: Scene) -> tuple[Action, ...]:
        """What goes down in the next tick."""
        self._ticks = self._ticks + 1 if scene.name == self._screen else 0
        self._screen = scene.name
        wait_s = _UNTIL_CONFIRM_S.get(scene.name)
        if wait_s is not None:
            return ("confirm",) if self._ticks == round(wait_s / TICK_S) else ()
        return ("strike",) if self._strikes(scene) else ()

    def _strikes(self, scene: Scene) -> bool:
        sitting = scene.sitting
        if sitting is None or sitting.strike.phase != "reach":
            return False
        strike = sitting.strike
        if strike.trial != self._trial:
            self._trial = strike.trial
            answer_s = self._answer(strike.trial, strike.kind == "fish")
            self._press_at = None if answer_s is None else strike.phase_tick + max(1, round(answer_s / TICK_S))
        return self._press_at == strike.phase_tick + 1
