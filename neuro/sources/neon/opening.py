"""Opens the Neon that an address names."""

from collections.abc import Callable

from neuro.sources.neon.emulated import EmulatedNeon
from neuro.sources.neon.phone import place
from neuro.sources.neon.source import NeonSource
from neuro.sources.twin import Twin


def open_neon(target: str, wearer: Callable[[], Twin], clock: Callable[[], float]) -> NeonSource | EmulatedNeon:
    """Args: target: "auto", "//HOST:PORT", or "emulate" for glasses that the wearer, a simulated player, has on.

    Raises: BadAddress: it is none of these.
    """
    return EmulatedNeon(wearer(), clock) if target == "emulate" else NeonSource(place(target), clock)
