"""What people see, one screen after another: a scene updates and describes, and leaving is a returned value."""

from game.scenes.scene import Quit, Scene, Show, Step
from game.scenes.start import begin

__all__ = ["Quit", "Scene", "Show", "Step", "begin"]
