"""Asks the phone for its time: a burst of echoes over one connection, with limits that the vendor's client lacks."""

import asyncio
import struct
from collections.abc import Callable

from neuro.clock import PhoneClock

_BURST = 20
_SPACING_S = 0.0037
"""Not a whole millisecond: the phone cuts its answers off there, and so each is cut elsewhere (own choice)."""


async def ask_time(host: str, port: int, into: PhoneClock, clock: Callable[[], float], limit_s: float) -> None:
    """Tell `into` of a burst.

    Args:   clock: host monotonic seconds.
    Raises: OSError: the phone does not answer, or not within limit_s (TimeoutError); EOFError: it hangs up.
    """
    async with asyncio.timeout(limit_s):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            for number in range(_BURST + 1):
                sent_s = clock()
                writer.write(struct.pack("!Q", number))
                echoed, phone_ms = struct.unpack("!QQ", await reader.readexactly(16))
                received_s = clock()
                if number and echoed == number:  # the first answer takes longer: everything is cold
                    into.echo(sent_s, phone_ms / 1000, received_s)
                await asyncio.sleep(_SPACING_S)
        finally:
            writer.close()
