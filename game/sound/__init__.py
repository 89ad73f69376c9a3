"""What people hear: music that follows attention, sounds of events, and a voice that reads what to do."""

from game.sound.card import LOST, SILENT, Sounds
from game.sound.levels import Tune

__all__ = ["LOST", "SILENT", "Sounds", "Tune"]
