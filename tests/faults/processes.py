"""Emulated devices in processes of their own: `heron emulate`, started and killed as a person would."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path


class Emulated:
    """`heron emulate ...` while the context lasts; it can be killed and started again under the same address."""

    def __init__(self, arguments: Sequence[str], address: str) -> None:
        self.address = address
        self._command = (sys.executable, "-m", "game", "emulate", *arguments)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Takes seconds: see `wait`."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)

    def wait(self) -> None:
        """Until it says that it can be played with."""
        assert self._process is not None
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert self.address in said, f"the emulator said {said!r}"

    def kill(self) -> None:
        """As a crash or a pulled plug: it has no time to say goodbye."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextmanager
def emulated(folder: Path) -> Iterator[tuple[Emulated, Emulated]]:
    """A Cyton on a serial port in a folder, and a Neon at a port that is free."""
    port = folder / "cyton"
    with socket.create_server(("127.0.0.1", 0)) as some:
        number = some.getsockname()[1]
    cyton = Emulated(("cyton", "--port", str(port)), f"board:cyton?serial_port={port}")
    neon = Emulated(("neon", "--port", str(number)), f"neon://127.0.0.1:{number}")
    with ExitStack() as opened:
        for each in (cyton, neon):
            opened.callback(each.kill)
            each.start()
        cyton.wait()
        neon.wait()
        yield cyton, neon
