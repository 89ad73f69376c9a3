"""`heron portal`: therapists, parents and administrators in a browser."""

import secrets
import socket
import sys
import time
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from game.cli.options import Database, database
from game.errors import GameError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def portal(
    context: typer.Context,
    db: Database = None,
    host: Annotated[str, typer.Option(help="Where to listen; others than this computer need --cert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 for any that is free.", min=0, max=65535)] = 8642,
    cert: Annotated[Path | None, typer.Option(help="TLS certificate, PEM.", exists=True, dir_okay=False)] = None,
    key: Annotated[Path | None, typer.Option(help="Its key, PEM.", exists=True, dir_okay=False)] = None,
    without_tls: Annotated[
        bool, typer.Option(help="Listen for others without TLS: only behind a server that speaks it.")
    ] = False,
) -> None:
    """Open the portal; it runs until it is stopped with Ctrl+C."""
    import uvicorn  # noqa: PLC0415 -- `heron --help` needs no server

    from engine.store import Store  # noqa: PLC0415
    from game.personal.between import begin  # noqa: PLC0415
    from game.portal.app import portal as application  # noqa: PLC0415
    from game.portal.house import House  # noqa: PLC0415

    if host not in LOOPBACK and cert is None and not without_tls:
        raise GameError(
            f"Others reach {host}, and what they read would travel in the open: give --cert and --key, "
            "or --without-tls behind a server that speaks TLS."
        )
    path = database(context, db)
    with Store.open(path) as store:  # whatever is wrong with the file is said before anybody is let in
        first = not store.accounts.any()
    house = House(path, time.time, secure=cert is not None, learn=partial(begin, path))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio spares the 40 ms of a delayed acknowledgement only where the socket says that it is TCP
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        raise GameError(f"Port {port} of {host} is taken ({error.strerror}): name another with --port.") from error
    address = f"{'https' if cert else 'http'}://{host}:{listening.getsockname()[1]}"
    print(f"{address}/begin?code={house.code}" if first else address, flush=True)
    print("Ctrl+C stops it.", file=sys.stderr)
    config = uvicorn.Config(
        application(house, secrets.token_hex(32)),
        log_level="warning",
        server_header=False,
        ssl_certfile=cert,
        ssl_keyfile=key,
    )
    uvicorn.Server(config).run(sockets=[listening])
