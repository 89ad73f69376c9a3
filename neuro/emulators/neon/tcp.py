"""A TCP port whose conversations can all be cut at once, as when a phone dies."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from contextlib import suppress

HOST = "127.0.0.1"


class TcpPort:
    """Holds one conversation with everyone who connects. Keeps its number when it is opened again."""

    def __init__(self, talk: Callable[[StreamReader, StreamWriter], Awaitable[None]]) -> None:
        self.number = 0
        self._talk = talk
        self._server: asyncio.Server | None = None
        self._talks: dict[asyncio.Task[None], StreamWriter] = {}

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._greet, HOST, self.number)
        self.number = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        await self.cut()

    async def cut(self) -> None:
        """End all conversations in mid-word."""
        talks = dict(self._talks)
        for writer in talks.values():
            writer.transport.abort()
        await asyncio.gather(*talks)

    def _greet(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.create_task(self._converse(reader, writer))
        self._talks[task] = writer
        task.add_done_callback(self._talks.pop)

    async def _converse(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(ConnectionError, EOFError, TimeoutError):
            await self._talk(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
