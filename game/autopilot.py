"""Plays in place of a person: a simulated player's hands on the keys of a demonstration."""

from collections.abc import Callable

from engine.distractors import visible
from engine.ports import TICK_S, Action
from engine.session import Sitting
from game.scenes.scene import Scene
from neuro.sources.twin import Twin
from neuro.twin.mood import clenches

Answer = Callable[[int, bool], float | None]
"""(number of the trial, whether to strike) -> seconds until the press; None for none."""

_UNTIL_CONFIRM_S = {"start": 1.0, "fit": 6.0, "break": 5.0, "results": 2.0}
"""How long the hands rest on a screen that waits for a person."""

LURES_S = 3.0
"""How often what is about tries to draw the eyes. Own choice."""


class Feelings:
    """Tells a simulated player what happens to it: trials, rewards, distractors, breaks.

    Args: now_s: seconds from the twin's start.
    """

    def __init__(self, twin: Twin, now_s: Callable[[], float]) -> None:
        self._twin = twin
        self._now_s = now_s
        self._before: Sitting | None = None
        self._paid_s = self._lured_s = 0.0

    def saw(self, sitting: Sitting) -> None:
        """The sitting after one more tick."""
        before, self._before = self._before or sitting, sitting
        player, now_s = self._twin.player, self._now_s()
        player.plays(now_s, sitting.stage in ("warmup", "block"))
        if sitting.totals.trials > before.totals.trials:
            caught, held = sitting.totals.hits - before.totals.hits, sitting.totals.held - before.totals.held
            player.tried(now_s, caught + held > 0)
        if sitting.totals.rewards > before.totals.rewards:
            player.rewarded(now_s)
        if sitting.totals.rewards > before.totals.rewards or sitting.stage != "block":
            self._paid_s = now_s
        player.distracted(now_s, sitting.distractors.level)
        if sitting.strike.phase == "reach" != before.strike.phase and player.zone.attending(now_s):
            self._twin.eyes.notice(now_s)
        self._lure(sitting, now_s)
        self._twin.brain.tense(player.profile.clench_uv if clenches(now_s - self._paid_s) else 0.0)

    def _lure(self, sitting: Sitting, now_s: float) -> None:
        """Now and then what is about draws the eyes, or tries to."""
        if now_s - self._lured_s < LURES_S:
            return
        self._lured_s = now_s
        about = visible(sitting.distractors, 0, sitting.tick)
        if about:
            self._twin.eyes.lure(now_s, (about[-1].x, about[-1].y), sitting.distractors.level)


class Autopilot:
    """Confirms what waits to be confirmed, and answers each creature once."""

    def __init__(self, answer: Answer, feelings: Feelings | None = None) -> None:
        self._answer = answer
        self._feelings = feelings
        self._screen = ""
        self._ticks = 0
        self._trial = 0
        self._press_at: int | None = None

    def press(self, scene: Scene) -> tuple[Action, ...]:
        """What goes down in the next tick."""
        self._ticks = self._ticks + 1 if scene.name == self._screen else 0
        self._screen = scene.name
        if self._feelings and scene.sitting:
            self._feelings.saw(scene.sitting)
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
