"""`heron emulate`: devices that nobody needs to own, for whoever writes software for them."""

import threading
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Emulate a device, for tests and demonstrations.")

HTTP_PORT = 8080
"""Of the Companion app."""


@app.callback()
def emulate() -> None:
    """Emulate a device, for tests and demonstrations."""


@app.command()
def neon(
    port: Annotated[int, typer.Option(help="Of HTTP; 0 for any.", min=0, max=65535)] = HTTP_PORT,
    gaze: Annotated[str, typer.Option(help="Whose eyes: twin:PROFILE?seed=N, or recording:FOLDER.")] = "twin:adult",
) -> None:
    """A Pupil Labs Neon before a screen with Heron's marks, until Ctrl+C."""
    from game import tags  # noqa: PLC0415 -- `heron --help` needs no rooms
    from neuro.emulators.neon import NeonEmulator  # noqa: PLC0415
    from neuro.sources import uri  # noqa: PLC0415

    with NeonEmulator(uri.eyes(gaze), places=tags.places(), port=port, announced=True) as emulator:
        address = f"{emulator.host}:{emulator.port}"
        print(f"A Neon answers at http://{address}; play with it by --gaze neon://{address} or neon:auto.")
        print("Ctrl+C ends it.")
        ended = threading.Event()
        while not ended.wait(1.0):  # an endless wait would not hear Ctrl+C on Windows
            pass


@app.command()
def cyton(
    port: Annotated[Path | None, typer.Option(help="Where the serial port appears; a new one without it.")] = None,
) -> None:
    """An OpenBCI Cyton that a simulated player wears, on a serial port, until Ctrl+C (Linux and macOS)."""
    from neuro.emulators.board.feed import on_eight  # noqa: PLC0415 -- `heron --help` needs no rooms
    from neuro.emulators.board.run import run_cyton  # noqa: PLC0415
    from neuro.sources.twin import Twin  # noqa: PLC0415
    from neuro.twin.eeg import RATE_HZ  # noqa: PLC0415

    run_cyton(on_eight(Twin("adult", 0).brain.samples), RATE_HZ, port, print)
