"""Windows: the same draw list, two painters; the only clocks."""

from game.windows.opening import Kind, open_window
from game.windows.window import Step, Window, WindowInputs

__all__ = ["Kind", "Step", "Window", "WindowInputs", "open_window"]
