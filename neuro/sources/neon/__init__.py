"""Pupil Labs Neon as a source of gaze."""

from neuro.sources.neon.beside import EyeEvent
from neuro.sources.neon.phone import Place, place
from neuro.sources.neon.source import Life, NeonSource

__all__ = ["EyeEvent", "Life", "NeonSource", "Place", "place"]
