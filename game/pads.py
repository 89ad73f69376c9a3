"""Controllers: what their buttons and crosses mean, whichever window is open."""

import os
from typing import Any

from engine.ports import Action
from game.windows.sdl import PAD_EVENTS, polite_pygame

BUTTONS: dict[int, tuple[Action, ...]] = {
    0: ("confirm", "strike"),
    1: ("back",),
    6: ("pause",),
    7: ("pause",),
    11: ("up",),
    12: ("down",),
    13: ("left",),
    14: ("right",),
}
"""By number, as SDL 2 counts them: 0 and 1 are A and B (cross and circle), 6 and 7 the small ones in the middle,
11-14 the cross where it is made of buttons. Source: pygame's documentation of pygame.joystick."""

HATS: dict[tuple[int, int], tuple[Action, ...]] = {
    (0, 1): ("up",),
    (0, -1): ("down",),
    (-1, 0): ("left",),
    (1, 0): ("right",),
}


class Pads:
    """Every controller that is there or comes later. To be opened after the window, whose display it shares."""

    def __init__(self) -> None:
        self._pygame = polite_pygame()
        self._own_display = not self._pygame.display.get_init()
        if self._own_display:
            _open_dummy_display(self._pygame)
        self._pygame.joystick.init()
        self._joysticks: dict[int, Any] = {}
        self._down: set[tuple[int, int]] = set()

    def poll(self) -> tuple[Action, ...]:
        """Actions that went down since the last call, in alphabetical order."""
        pygame, pressed = self._pygame, set[Action]()
        ours = [getattr(pygame, name) for name in PAD_EVENTS]
        for event in pygame.event.get() if self._own_display else pygame.event.get(ours):
            if event.type == pygame.JOYDEVICEADDED:
                joystick = pygame.joystick.Joystick(event.device_index)
                self._joysticks[joystick.get_instance_id()] = joystick  # a pad is heard while somebody holds it
            elif event.type == pygame.JOYDEVICEREMOVED:
                self._joysticks.pop(event.instance_id, None)
                self._down = {one for one in self._down if one[0] != event.instance_id}
            elif event.type == pygame.JOYBUTTONDOWN:
                pressed.update(BUTTONS.get(event.button, ()))
                self._down.add((event.instance_id, event.button))
            elif event.type == pygame.JOYBUTTONUP:
                self._down.discard((event.instance_id, event.button))
            elif event.type == pygame.JOYHATMOTION:
                pressed.update(HATS.get(event.value, ()))
        return tuple(sorted(pressed))

    @property
    def held(self) -> bool:
        """Whether a button was down when this was last polled."""
        return bool(self._down)

    def close(self) -> None:
        self._joysticks.clear()
        self._pygame.joystick.quit()
        if self._own_display:
            self._pygame.display.quit()


def _open_dummy_display(pygame: Any) -> None:
    """SDL hands out events only beside a display; under Arcade's window it gets one that nobody sees."""
    before = os.environ.get("SDL_VIDEODRIVER")
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    try:
        pygame.display.init()
    finally:
        if before is None:
            del os.environ["SDL_VIDEODRIVER"]
        else:
            os.environ["SDL_VIDEODRIVER"] = before
