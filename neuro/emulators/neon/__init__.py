"""A Pupil Labs Neon with its phone, as it is on the network: the vendor's own clients connect to it unmodified."""

from neuro.emulators.neon.emulator import NeonEmulator
from neuro.emulators.neon.supply import Replay, Supply

__all__ = ["NeonEmulator", "Replay", "Supply"]
