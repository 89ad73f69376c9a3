"""The phone's name on the local network (mDNS), told on the loopback interface only."""

import socket

from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from neuro.emulators.neon.tcp import HOST

_TYPE = "_http._tcp.local."


class Announcement:
    """Says "PI monitor:<phone>:<id>" to whoever asks, until it is withdrawn."""

    def __init__(self, phone_name: str, device_id: str, http_port: int) -> None:
        self._info = AsyncServiceInfo(
            _TYPE,
            f"PI monitor:{phone_name}:{device_id}.{_TYPE}",
            addresses=[socket.inet_aton(HOST)],
            port=http_port,
            server=f"neon-{device_id}.local.",
        )

    async def tell(self) -> None:
        self._zeroconf = AsyncZeroconf(interfaces=[HOST])
        await (await self._zeroconf.async_register_service(self._info))

    async def withdraw(self) -> None:
        await self._zeroconf.async_unregister_all_services()
        await self._zeroconf.async_close()
