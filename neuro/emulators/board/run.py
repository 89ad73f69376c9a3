"""An emulated board for people: it is there until they have enough of it."""

import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from neuro.emulators.board.feed import Supply
from neuro.errors import DeviceUnavailable


def run_cyton(supply: Supply, rate_hz: float, port: Path | None, say: Callable[[str], None]) -> None:
    """Be a Cyton on a serial port until Ctrl+C ends it.

    Args:   as for CytonEmulator, and say, which takes the sentence that tells how to play with it.
    Raises: DeviceUnavailable: this system has no pseudo-terminals, or the port cannot be made.
    """
    if sys.platform == "win32":
        raise DeviceUnavailable("Windows has no pseudo-terminals: emulate the Cyton on Linux, macOS or WSL.")
    from neuro.emulators.board.cyton import CytonEmulator  # noqa: PLC0415  cannot be imported on Windows

    with ExitStack() as opened:
        try:
            cyton = opened.enter_context(CytonEmulator(supply, rate_hz, port))
        except OSError as error:
            raise DeviceUnavailable(
                f"The port {port} cannot be made ({error.strerror}): give another name with --port."
            ) from error
        with suppress(KeyboardInterrupt):
            say(f"A Cyton is at {cyton.port}: play with `heron play --eeg {cyton.address}`; Ctrl+C ends it.")
            threading.Event().wait()
