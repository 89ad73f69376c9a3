"""pygame, with SDL's manners set before it wakes: it is Python that handles signals, and pads need no focus."""

import os
from types import ModuleType

PAD_EVENTS = ("JOYDEVICEADDED", "JOYDEVICEREMOVED", "JOYBUTTONDOWN", "JOYBUTTONUP", "JOYHATMOTION")
"""What `game.pads` takes from SDL's queue; a window takes all the rest, for a full queue hears no key any more."""


def polite_pygame() -> ModuleType:
    """The pygame module; a setting that the person made themselves stays."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_NO_SIGNAL_HANDLERS", "1")  # else SDL swallows SIGTERM
    os.environ.setdefault("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")  # else pads are silent beside Arcade's window
    os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")  # else it shows by OpenGL, slow where that is software
    import pygame  # noqa: PLC0415 - after its settings, and only for those who paint or sound

    return pygame
