"""`heron portal`: therapists, parents and administrators in a browser."""

import os
import secrets
import socket
import sys
import threading
import time
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Annotated

import typer

from game.cli.options import Database, database
from game.errors import GameError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Served:
    """What every process of a portal is told. code: opens the first account; secret: of forms, see game.portal.app"""

    db: Path
    code: str
    secret: str
    cert: Path | None = None
    key: Path | None = None


def portal(
    context: typer.Context,
    db: Database = None,
    host: Annotated[str, typer.Option(help="Where to listen; others than this computer need --cert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 for any that is free.", min=0, max=65535)] = 8642,
    cert: Annotated[Path | None, typer.Option(help="TLS certificate, PEM.", exists=True, dir_okay=False)] = None,
    key: Annotated[Path | None, typer.Option(help="Its key, PEM.", exists=True, dir_okay=False)] = None,
    processes: Annotated[
        int | None,
        typer.Option(help="That answer side by side.", min=1, show_default="one; for others, as many as processors"),
    ] = None,
    without_tls: Annotated[
        bool, typer.Option(help="Listen for others without TLS: only behind a server that speaks it.")
    ] = False,
) -> None:
    """Open the portal; it runs until it is stopped with Ctrl+C."""
    from engine.store import Store  # noqa: PLC0415 -- `heron --help` needs no rooms

    if host not in LOOPBACK and cert is None and not without_tls:
        raise GameError(
            f"Others reach {host}, and what they read would travel in the open: give --cert and --key, "
            "or --without-tls behind a server that speaks TLS."
        )
    path = database(context, db)
    with Store.open(path) as store:  # whatever is wrong with the file is said before anybody is let in
        first = not store.accounts.any()
    served = Served(path, secrets.token_urlsafe(12), secrets.token_hex(32), cert, key)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio spares the 40 ms of a delayed acknowledgement only where the socket says that it is TCP
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()  # whoever comes before the first process is ready waits, and is not refused
    except OSError as error:
        raise GameError(f"Port {port} of {host} is taken ({error.strerror}): name another with --port.") from error
    address = f"{'https' if cert else 'http'}://{host}:{listening.getsockname()[1]}"
    print(f"{address}/begin?code={served.code}" if first else address, flush=True)
    print("Ctrl+C stops it.", file=sys.stderr)
    serve(served, listening, processes or (1 if host in LOOPBACK else os.cpu_count() or 1))


def serve(served: Served, listening: socket.socket, processes: int) -> None:
    """Answers until it is stopped, this process as one of so many; what they share is in the database."""
    for _ in range(processes - 1):
        get_context("spawn").Process(target=_answers, args=(served, listening), daemon=True).start()
    _answers(served, listening)


def _answers(served: Served, listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415

    from game.personal.between import begin  # noqa: PLC0415
    from game.portal.app import portal as application  # noqa: PLC0415
    from game.portal.house import House  # noqa: PLC0415

    house = House(served.db, time.time, served.cert is not None, partial(begin, served.db), served.code)
    config = uvicorn.Config(
        application(house, served.secret),
        log_level="warning",
        server_header=False,
        timeout_keep_alive=60,
        ssl_certfile=served.cert,
        ssl_keyfile=served.key,
    )
    server = uvicorn.Server(config)
    if (first := parent_process()) is not None:

        def follow() -> None:
            """However the first process ends, this one does not stay behind."""
            first.join()
            server.should_exit = True

        threading.Thread(target=follow, daemon=True).start()
    server.run(sockets=[listening])
