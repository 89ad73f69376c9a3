"""The phone's streams by the vendor's client, each with an end that leaves nothing behind."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Any

from pupil_labs.realtime_api.streaming.base import RTSPRawStreamer

SCHEMES = "rtspt", "rtsp"
"""Within TCP first: firewalls block what comes by UDP."""

_SILENT_S = 10.0  # a phone has no eye event to tell while nothing happens; it says at times that it is there
_AGAIN_S = 2.0
_GOODBYE_S = 0.2

_log = logging.getLogger(__name__)


@asynccontextmanager
async def opened(
    kind: type[RTSPRawStreamer], url: str, silent_s: float = _SILENT_S
) -> AsyncIterator[AsyncGenerator[Any, None]]:
    """One stream. At its end the client is given a moment to say so: else the phone sends on by UDP.

    Args: silent_s: after so long without a packet the client ends it.
    """
    before = asyncio.all_tasks()
    streamer = kind(url, run_loop=False, timeout=silent_s, log_level=logging.CRITICAL)
    await streamer.__aenter__()
    runs = asyncio.all_tasks() - before  # nothing was waited for: this is the client's alone
    data: Any = streamer.receive()
    try:
        yield data
    finally:
        await data.aclose()  # a decoder ends with it
        await streamer.__aexit__(None, None, None)
        await asyncio.wait(runs, timeout=_GOODBYE_S)


async def kept_open(
    kind: type[RTSPRawStreamer], url: str, take: Callable[[Any], None], wanted: asyncio.Event
) -> None:
    """Hand over what a stream brings, while it is wanted, and open it again after each end, until cancelled.

    Args: url: without its scheme.
    """
    schemes = cycle(SCHEMES)
    scheme = next(schemes)
    while True:
        await wanted.wait()
        came = False
        async with opened(kind, f"{scheme}://{url}") as data:
            try:
                async for datum in data:
                    came = True
                    take(datum)
                    if not wanted.is_set():
                        break
            except Exception as stumbled:  # over a damaged picture, an unknown event: no reason for gaze to end
                _log.debug("%s", stumbled)
        if not came:
            scheme = next(schemes)
        if wanted.is_set():
            await asyncio.sleep(_AGAIN_S)
