"""Sounds as files: WAV for what is short, Ogg Vorbis for what is long; the same sound gives the same bytes."""

import io
import wave
from pathlib import Path

import numpy as np
import soundfile
from studio.loudness import Sound

RATE_HZ = 22_050
"""Nothing in the marsh sounds above 8 kHz."""


def keep_wav(path: Path, sound: Sound) -> int:
    """Returns the bytes written: mono, 16 bit."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path.stat().st_size


def keep_ogg(path: Path, sound: Sound, squeeze: float) -> int:
    """Returns the bytes written. squeeze: 0 for the best sound, 1 for the smallest file."""
    out = io.BytesIO()
    soundfile.write(out, np.clip(sound, -1, 1), RATE_HZ, "VORBIS", format="OGG", compression_level=squeeze)
    data = _numbered_alike(out.getvalue())
    path.write_bytes(data)
    return len(data)


def _numbered_alike(data: bytes) -> bytes:
    """An Ogg stream has a number by chance, in each page; here it is 1 (RFC 3533, section 6)."""
    out, at = bytearray(data), 0
    while at < len(out):
        segments = out[at + 26]
        end = at + 27 + segments + sum(out[at + 27 : at + 27 + segments])
        out[at + 14 : at + 18] = (1).to_bytes(4, "little")
        out[at + 22 : at + 26] = bytes(4)
        out[at + 22 : at + 26] = _checksum(out[at:end]).to_bytes(4, "little")
        at = end
    return bytes(out)


def _checksum(page: bytearray) -> int:
    """CRC-32 of an Ogg page: polynomial 0x04c11db7, from 0, not reflected."""
    crc = 0
    for byte in page:
        crc = ((crc << 8) & 0xFFFFFFFF) ^ _TABLE[(crc >> 24) ^ byte]
    return crc


def _table() -> list[int]:
    table = []
    for top in range(256):
        crc = top << 24
        for _ in range(8):
            crc = ((crc << 1) ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(crc)
    return table


_TABLE = _table()
