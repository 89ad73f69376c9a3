"""Facts about doubting a phone's clock: what only a step explains is asked about at once, a stall seldom."""

import asyncio
import struct
from asyncio import StreamReader, StreamWriter

import pytest

from neuro.emulators.neon.tcp import HOST, TcpPort
from neuro.sources.neon.phone import Place
from neuro.sources.neon.phone_time import PhoneTime

LATE_S = 0.01


class Phone:
    """Tells its time, an hour ahead of the host's, to who connects; counts how often."""

    def __init__(self) -> None:
        self.now_s, self.ahead_s, self.asked = 100.0, 3600.0, 0
        self.time = PhoneTime(lambda: self.now_s)
        self._port = TcpPort(self.tell)

    async def tell(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.asked += 1
        while True:
            asked = await reader.readexactly(8)
            writer.write(asked + struct.pack("!Q", round(1000 * (self.now_s + self.ahead_s))))

    async def seen(self, after_s: float, later_s: float, *, credible: bool = True) -> int:
        """How often it has been asked once a datum came, so long after the one before and later than usual."""
        self.now_s += after_s
        await self.time.mind_the_delay(LATE_S + later_s - self.ahead_s, self.echo, credible=credible)
        return self.asked

    async def __aenter__(self) -> "Phone":
        await self._port.open()
        self.echo = Place(HOST, self._port.number)
        assert await self.seen(0.0, 0.0) == 0
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._port.close()


def test_what_may_be_a_stall_is_asked_about_at_most_every_five_seconds_and_no_doubt_is_forgotten() -> None:
    async def told() -> None:
        async with Phone() as phone:
            assert await phone.seen(0.2, 0.2) == 1
            assert await phone.seen(0.0, 0.0) == 1
            assert [await phone.seen(1.0, 0.2) for _ in range(5)] == [1, 1, 1, 1, 1]
            assert await phone.seen(0.1, 0.2) == 2

    asyncio.run(told())


@pytest.mark.parametrize(("later_s", "credible"), [(-0.3, True), (-3600.0, False), (0.3, False)])
def test_what_is_earlier_or_cannot_be_true_is_asked_about_at_once(later_s: float, credible: bool) -> None:
    async def told() -> None:
        async with Phone() as phone:
            assert await phone.seen(0.2, 0.2) == 1
            assert await phone.seen(0.0, 0.0) == 1
            assert await phone.seen(0.005, later_s, credible=credible) == 2

    asyncio.run(told())


def test_the_clock_that_was_asked_is_the_one_that_stamps() -> None:
    async def told() -> None:
        async with Phone() as phone:
            phone.ahead_s += 0.3
            await phone.seen(0.005, -0.3)
            assert phone.time.host_s(phone.now_s + phone.ahead_s) == pytest.approx(phone.now_s, abs=0.001)

    asyncio.run(told())
