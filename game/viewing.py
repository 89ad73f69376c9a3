"""What lies between a picture and the eye: thinned to what the machine can show in time, dimmed where it flashes."""

from game.draw import DrawList
from game.effects import Beauty
from game.flash import Flash, Guard
from game.manner import Effects
from game.windows import Window

GLANCE_S = 1 / 31
"""Between two looks of the guard: every second frame of sixty."""


class Viewing:
    """Beside one window, from its first frame to its last."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._beauty, self._guard = Beauty(), Guard()
        self._looked_s = 0.0

    def picture(self, ops: DrawList, effects: Effects, elapsed_s: float, now_s: float) -> DrawList:
        """What to paint now, so long after the last; `effects` as the player chose."""
        chosen = None if effects == "auto" else effects
        return (*self._beauty.thinned(ops, chosen, elapsed_s), *self._guard.veil(now_s))

    def drawn(self, worked_s: float, now_s: float) -> list[Flash]:
        """It is on the screen and took so many seconds of work; which flashes began with it."""
        self._beauty.measured(worked_s)
        if now_s - self._looked_s >= GLANCE_S:
            self._looked_s = now_s
            self._guard.saw(self._window.glance(), now_s)
        return self._guard.told()
