"""RTP: the packets of a sensor's stream, and the reports that tie them to the phone's clock (RFC 3550, RFC 6184)."""

import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import count

TICK_HZ = 90_000
PAYLOAD_TYPE = 96
_UNIX_IN_NTP_S = 2_208_988_800  # NTP counts from 1900
_MOST_BYTES = 1_400  # of one NAL unit in one packet, so that it fits the network

_ssrcs = count(0x4E454F4E)


class Ticks:
    """The phone's time as a counter of 32 bits, shared by all streams."""

    def __init__(self, unix_s: float) -> None:
        self._zero_unix_s, self._first = unix_s, 1_000_000  # a real one starts anywhere

    def at(self, unix_s: float) -> int:
        return (self._first + round((unix_s - self._zero_unix_s) * TICK_HZ)) % 2**32

    def wrap_at(self, unix_s: float) -> None:
        """Set the counter so that it runs over then."""
        self._zero_unix_s, self._first = unix_s, 0


class Outlet:
    """One listener of a stream. `rtp` and `rtcp` carry a packet to it."""

    def __init__(self, rtp: Callable[[bytes], None], rtcp: Callable[[bytes], None]) -> None:
        self._rtp, self._rtcp = rtp, rtcp
        self._ssrc, self._packets, self._octets = next(_ssrcs), 0, 0

    def send(self, payload: bytes, ticks: int, *, last: bool) -> None:
        """last: whether this is the last packet of its datum."""
        flags = (last << 7) | PAYLOAD_TYPE
        self._rtp(struct.pack("!BBHII", 0x80, flags, self._packets % 2**16, ticks, self._ssrc) + payload)
        self._packets += 1
        self._octets += len(payload)

    def report(self, unix_s: float, ticks: int) -> None:
        """A sender report: these ticks are this time. A client knows no time before its first."""
        ntp = round((unix_s + _UNIX_IN_NTP_S) * 2**32)
        numbers = (ntp >> 32, ntp % 2**32, ticks, self._packets % 2**32, self._octets % 2**32)
        self._rtcp(struct.pack("!BBHIIIIII", 0x80, 200, 6, self._ssrc, *numbers))


class Stream:
    """One sensor's stream to all who listen.

    Args: media: "application" or "video"; encoding: its name in the description; details: of its format, if any.
    """

    def __init__(self, media: str, encoding: str, ticks: Ticks, details: Callable[[], str] | None = None) -> None:
        self.outlets: set[Outlet] = set()
        self.newcomers = False
        self._media, self._encoding, self._ticks, self._details = media, encoding, ticks, details

    def description(self) -> str:
        """As the session description protocol has it (RFC 4566)."""
        lines = [
            "v=0",
            "o=- 0 0 IN IP4 127.0.0.1",
            "s=Neon",
            "t=0 0",
            f"m={self._media} 0 RTP/AVP {PAYLOAD_TYPE}",
            f"a=rtpmap:{PAYLOAD_TYPE} {self._encoding}/{TICK_HZ}",
        ]
        if self._details is not None:
            lines.append(f"a=fmtp:{PAYLOAD_TYPE} {self._details()}")
        return "".join(f"{line}\r\n" for line in lines)

    def join(self, outlet: Outlet) -> None:
        self.outlets.add(outlet)
        self.newcomers = True

    def send(self, payloads: Iterable[bytes], unix_s: float) -> None:
        """One datum, in one packet or more."""
        *firsts, last = payloads
        ticks = self._ticks.at(unix_s)
        for outlet in self.outlets:
            for payload in firsts:
                outlet.send(payload, ticks, last=False)
            outlet.send(last, ticks, last=True)

    def report(self, unix_s: float, wrong_by_s: float) -> None:
        """Tell all who listen what the ticks are worth; wrong_by_s: how far that is from the truth."""
        for outlet in self.outlets:
            outlet.report(unix_s + wrong_by_s, self._ticks.at(unix_s))


def fragments(unit: bytes) -> Iterator[bytes]:
    """A NAL unit as payloads: alone where it fits, else in fragmentation units A (RFC 6184, 5.8)."""
    if len(unit) <= _MOST_BYTES:
        yield unit
        return
    indicator, kind, body = (unit[0] & 0xE0) | 28, unit[0] & 0x1F, unit[1:]
    for first in range(0, len(body), _MOST_BYTES):
        starts, ends = first == 0, first + _MOST_BYTES >= len(body)
        yield bytes((indicator, (starts << 7) | (ends << 6) | kind)) + body[first : first + _MOST_BYTES]
