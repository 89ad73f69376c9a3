"""Pupil Labs Neon as a source of gaze."""

from neuro.sources.neon.phone import Place, place
from neuro.sources.neon.source import Life, NeonSource

__all__ = ["Life", "NeonSource", "Place", "place"]
