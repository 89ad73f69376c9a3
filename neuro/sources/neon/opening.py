"""Opens the Neon that an address names."""

from collections.abc import Callable

from neuro.sources.neon.emulated import EmulatedNeon
from neuro.sources.neon.phone import place
from neuro.sources.neon.source import NeonSource
from neuro.sources.twin import Twin


def open_neon(target: str, clock: Callable[[], float]) -> NeonSource | EmulatedNeon:
    """Args: target: "auto", "//HOST:PORT", or "emulate" for a simulated player with emulated glasses.

    Raises: BadAddress: it is none of these.
    """
    return EmulatedNeon(Twin("adult", 0), clock) if target == "emulate" else NeonSource(place(target), clock)
