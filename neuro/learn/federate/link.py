"""A federation's server as processes: Flower's SuperLink behind TLS, and the program that it runs."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neuro.errors import NoWorkers
from neuro.learn.federate.learning import Recipe
from neuro.learn.federate.silence import SILENCE

LOOKS_EVERY_S = 0.2
PATIENCE_S = 60.0
"""For the server to listen."""

_PROGRAM = """from neuro.learn.federate import server

app = server.app
home = None  # a home brings its own program
"""
_PAPERS = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "heron-federation"
version = "1.0.0"
description = "Rounds of learning together"
license = "Apache-2.0"
dependencies = []

[tool.flwr.app]
publisher = "heron"

[tool.flwr.app.components]
serverapp = "heron_server:app"
clientapp = "heron_server:home"

[tool.flwr.app.config]
job = {job}
"""
_WAY = """[superlink]
default = "heron"

[superlink.heron]
address = "{address}"
root-certificates = {authority}
"""


def serve(
    folder: Path, host: str, port: int, homes: int, recipe: Recipe, basis: NDArray[np.float64]
) -> NDArray[np.float64]:
    """All rounds with so many homes; the change of the line (N_LINE,) that they come to.

    folder: holds authority.pem, server.pem and server.key, and becomes this server's place for everything
    Raises: NoWorkers: Flower does not start, or the rounds come to nothing.
    """
    job = folder / "job"
    job.mkdir(exist_ok=True)
    (job / "job.json").write_text(json.dumps({"homes": homes, "recipe": asdict(recipe)}))
    np.save(job / "basis.npy", basis)
    program = folder / "program"
    program.mkdir(exist_ok=True)
    (program / "heron_server.py").write_text(_PROGRAM)
    (program / "pyproject.toml").write_text(_PAPERS.format(job=json.dumps(str(job.resolve()))))
    authority = json.dumps(str((folder / "authority.pem").resolve()))
    (folder / "config.toml").write_text(_WAY.format(address=f"{host}:{port}", authority=authority))
    with _superlink(folder, host, port) as surroundings, (folder / "run.log").open("w") as log:
        told = [_tool("flwr"), "run", str(program), "heron", "--stream"]
        subprocess.run(told, env=surroundings, stdout=log, stderr=subprocess.STDOUT, check=False)
    change = job / "change.npy"
    if not change.exists():
        raise NoWorkers(f"The rounds came to nothing: {folder / 'run.log'} and {folder / 'server.log'} say why.")
    return np.asarray(np.load(change), np.float64)


@contextmanager
def _superlink(folder: Path, host: str, port: int) -> Iterator[dict[str, str]]:
    """Flower's server as long as it is needed, and the surroundings for what talks to it."""
    surroundings = os.environ | {
        "FLWR_HOME": str(folder.resolve()),
        **SILENCE,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))),
    }
    told = [_tool("flower-superlink"), "--host", host, "--port", str(port)]
    told += ["--disable-runtime-dependency-installation"]
    for option, name in (("certfile", "server.pem"), ("keyfile", "server.key"), ("ca-certfile", "authority.pem")):
        told += [f"--ssl-{option}", str(folder / name)]
    with (folder / "server.log").open("w") as log:
        running = subprocess.Popen(told, env=surroundings, stdout=log, stderr=subprocess.STDOUT)
        try:
            _until_it_listens(running, host, port, folder / "server.log")
            yield surroundings
        finally:
            running.terminate()
            running.wait()


def _until_it_listens(running: "subprocess.Popen[bytes]", host: str, port: int, log: Path) -> None:
    for _ in range(round(PATIENCE_S / LOOKS_EVERY_S)):
        if running.poll() is not None:
            break
        try:
            with socket.create_connection((host, port), timeout=LOOKS_EVERY_S):
                return
        except OSError:
            threading.Event().wait(LOOKS_EVERY_S)
    raise NoWorkers(
        f"Flower's server does not listen at {host}:{port}: {log} says why; perhaps choose another --port."
    )


def _tool(name: str) -> str:
    """A program of Flower, beside this Python."""
    return str(Path(sys.executable).parent / name)
