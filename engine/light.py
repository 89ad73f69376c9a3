"""Grey steps: five even lights, by which a player's pupil tells how it answers to light alone."""

from engine.events import Event, LightShown
from engine.ports import TICK_S, ticks_of

LIGHTS = (0.22, 0.10, 0.34, 0.15, 0.46)
"""Relative luminances of the picture, up and down by turns, and wider than what play shows."""

STEP_S = 6.0
EASE_S = 2.4
"""From one to the next: slower than .1 in half a second, so that it is no flash; in the rest the pupil settles."""

WHOLE_S = len(LIGHTS) * STEP_S

_STEP = ticks_of(STEP_S)


def luminance(tick: int) -> float:
    """Of the picture, so many ticks after the steps began."""
    number = min(tick // _STEP, len(LIGHTS) - 1)
    before = LIGHTS[max(0, number - 1)]
    share = min(1.0, (tick - number * _STEP) * TICK_S / EASE_S)
    return before + (LIGHTS[number] - before) * share * share * (3 - 2 * share)


def shown(tick: int) -> tuple[Event, ...]:
    """An event where a light has been reached."""
    number, since = divmod(tick, _STEP)
    if number < len(LIGHTS) and since == ticks_of(EASE_S):
        return (LightShown(LIGHTS[number]),)
    return ()
