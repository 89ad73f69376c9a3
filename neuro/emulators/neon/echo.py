"""Time echo: eight bytes in, the same eight and the phone's clock in whole milliseconds out, again and again."""

import struct
from asyncio import StreamReader, StreamWriter

from neuro.emulators.neon.phone import Phone
from neuro.emulators.neon.tcp import TcpPort


def time_echo(phone: Phone) -> TcpPort:
    """The port that answers."""

    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        while True:
            asked = await reader.readexactly(8)
            writer.write(asked + struct.pack("!Q", phone.now_ns() // 1_000_000))

    return TcpPort(talk)
