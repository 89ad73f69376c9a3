"""The gaze of a simulated player without a device: 200 samples a second, of which a tick sees one."""

from collections import deque
from math import isnan

from numpy.random import default_rng  # noqa: TID251 - seeded by the caller

from engine.ports import GAZE_DELAY_S, Place
from game.draw import HEIGHT, WIDTH
from neuro.twin.eyes import RATE_HZ, Eyes, blinks
from neuro.twin.player import Player


class Looking:
    """The eyes of one player, asked once a tick.

    Args: stream: of chance
    """

    def __init__(self, player: Player, stream: int, seed: int) -> None:
        rng = default_rng([seed, stream])
        blinking, looking = rng.spawn(2)
        self._eyes = Eyes(player.profile, player.zone, blinks(player.profile.looking, player.zone, blinking), looking)
        self._target: Place = (0.5, 0.5)
        self._made = 0
        late = round(GAZE_DELAY_S * RATE_HZ)
        self._late: deque[tuple[float, float]] = deque([(0.5, 0.5)] * late, maxlen=late + 1)

    def at(self, t_s: float, look: Place | None, jump: Place | None) -> tuple[float, float] | None:
        """Where the player looked GAZE_DELAY_S before t_s, in the picture's 1280 x 720; None in a blink."""
        self._target = look or self._target
        if jump is not None:
            self._eyes.jump(t_s, jump)
        due = int(t_s * RATE_HZ) - self._made
        if due > 0:
            self._made += due
            x, y = self._eyes.looks(due, self._target).tolist()
            self._late.extend(zip(x, y, strict=True))
        seen_x, seen_y = self._late[0]
        return None if isnan(seen_x) else (round(seen_x * WIDTH, 1), round(seen_y * HEIGHT, 1))
