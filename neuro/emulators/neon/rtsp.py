"""RTSP: how a client asks for a stream, and takes it by UDP or within the same TCP connection (RFC 2326)."""

import asyncio
import re
from asyncio import DatagramTransport, StreamReader, StreamWriter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from neuro.emulators.neon.rtp import Outlet, Stream
from neuro.emulators.neon.tcp import HOST, TcpPort

_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"
_TIMEOUT_S = 60
_FULL_BYTES = 1_000_000  # a TCP listener this far behind gets no more: the phone, too, throws away what does not fit


class Request(NamedTuple):
    """One request: its method, its URL and its headers in lower case."""

    method: str
    url: str
    headers: dict[str, str]


class Reply(Exception):
    """An answer other than 200."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Offer(NamedTuple):
    """What is to be had.

    streams:     by what stands in the URL, as in "/?camera=gaze"
    plugged:     whether there is anything to see
    interleaves: whether data may go within the TCP connection
    joined:      told when somebody plays a stream
    """

    streams: Mapping[str, Stream]
    plugged: Callable[[], bool]
    interleaves: Callable[[], bool]
    joined: Callable[[Stream], None]


def rtsp_port(offer: Offer) -> TcpPort:
    """The port that serves all streams."""

    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        session = _Session(offer, writer)
        try:
            while True:
                await session.answer(await _next_request(reader))
        except (ValueError, LookupError, asyncio.LimitOverrunError) as error:
            raise ConnectionError("this is no RTSP") from error
        finally:
            session.end()

    return TcpPort(talk)


async def _next_request(reader: StreamReader) -> Request:
    """Skips what a client reports of its reception in between."""
    while (first := await reader.readexactly(1)) == b"$":
        _channel, high, low = await reader.readexactly(3)
        await reader.readexactly(high << 8 | low)
    line, *lines = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
    method, url, _version = line.split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(method, url, headers)


class _Session:
    """One client's connection, and the one stream that it may play."""

    def __init__(self, offer: Offer, writer: StreamWriter) -> None:
        self._offer, self._writer = offer, writer
        self._way: tuple[Stream, Outlet] | None = None
        self._sockets: list[DatagramTransport] = []

    async def answer(self, request: Request) -> None:
        try:
            headers, body = await self._obey(request)
            status = "200 OK"
        except Reply as reply:
            headers, body, status = {}, "", reply.status
        headers |= {"CSeq": request.headers["cseq"], "Server": "Heron Neon emulator"}
        if body:
            headers |= {"Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._writer.write(f"RTSP/1.0 {status}\r\n{head}\r\n{body}".encode())
        if request.method == "PLAY" and self._way is not None:  # not before the answer has gone
            stream, outlet = self._way
            stream.join(outlet)
            self._offer.joined(stream)

    def end(self) -> None:
        """Stop playing."""
        if self._way is not None:
            stream, outlet = self._way
            stream.outlets.discard(outlet)
        for socket in self._sockets:
            socket.close()
        self._way, self._sockets = None, []

    async def _obey(self, request: Request) -> tuple[dict[str, str], str]:
        """Headers and body of the answer. Raises: Reply: there is no such stream, session or method."""
        match request.method:
            case "OPTIONS":
                return {"Public": _METHODS}, ""
            case "DESCRIBE":
                return {"Content-Type": "application/sdp"}, self._find(request.url).description()
            case "SETUP":
                self.end()
                stream = self._find(request.url)
                outlet, transport = await self._open(request.headers.get("transport", ""))
                self._way = stream, outlet
                return {"Transport": transport, "Session": f"1;timeout={_TIMEOUT_S}"}, ""
            case "PLAY" if self._way is None:
                raise Reply("455 Method Not Valid in This State")
            case "TEARDOWN":
                self.end()
                return {}, ""
            case "PLAY" | "GET_PARAMETER":
                return {"Session": "1"}, ""
        raise Reply("501 Not Implemented")

    def _find(self, url: str) -> Stream:
        _, _, camera = url.partition("?camera=")
        if camera not in self._offer.streams or not self._offer.plugged():
            raise Reply("404 Not Found")
        return self._offer.streams[camera]

    async def _open(self, transport: str) -> tuple[Outlet, str]:
        """A way to the client as it wishes, and the answer's Transport header."""
        wish = re.search(r"RTP/AVP/TCP.*interleaved=(\d+)-(\d+)", transport)
        if wish and self._offer.interleaves():
            return Outlet(self._interleaved(int(wish[1])), self._interleaved(int(wish[2]))), transport
        wish = re.search(r"RTP/AVP(?:/UDP)?;.*client_port=(\d+)-(\d+)", transport)
        if wish is None:
            raise Reply("461 Unsupported Transport")
        host = self._writer.get_extra_info("peername")[0]
        loop = asyncio.get_running_loop()
        for _ in "rtp", "rtcp":
            socket, _protocol = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=(HOST, 0))
            self._sockets.append(socket)
        rtp_socket, rtcp_socket = self._sockets
        rtp_at, rtcp_at = (host, int(wish[1])), (host, int(wish[2]))
        outlet = Outlet(
            lambda packet: rtp_socket.sendto(packet, rtp_at), lambda packet: rtcp_socket.sendto(packet, rtcp_at)
        )
        ports = "-".join(str(socket.get_extra_info("sockname")[1]) for socket in self._sockets)
        return outlet, f"{transport};server_port={ports}"

    def _interleaved(self, channel: int) -> Callable[[bytes], None]:
        def send(packet: bytes) -> None:
            if self._writer.transport.get_write_buffer_size() < _FULL_BYTES:
                self._writer.write(bytes((0x24, channel)) + len(packet).to_bytes(2, "big") + packet)

        return send
