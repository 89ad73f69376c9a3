"""Where the phone is, what it says of itself, and what it can be asked to do."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple, TypeVar

import aiohttp
from pupil_labs.realtime_api.device import Device, DeviceError
from pupil_labs.realtime_api.discovery import Network
from pupil_labs.realtime_api.models import APIPath, Sensor

from neuro.errors import BadAddress, DeviceUnavailable

_PORT = 8080  # of the Companion app
_DISCOVERY_S = 5.0
_ANSWER_S = 2.0

_T = TypeVar("_T")


class Place(NamedTuple):
    """Where the Companion app answers."""

    host: str
    port: int


class Phone(NamedTuple):
    """What the phone says of itself, as far as it matters here; streams as URLs without scheme, None if absent."""

    battery_percent: int
    echo: Place
    gaze: str
    world: str | None
    imu: str | None
    eye_events: str | None


def place(target: str) -> Place | None:
    """Where "//HOST:PORT" is; None for "auto" and "", which are looked for.

    Raises: BadAddress: it is neither.
    """
    if target in ("", "auto"):
        return None
    parts = re.fullmatch(r"//([^:/]+)(?::(\d{1,5}))?/?", target)
    if parts is None:
        raise BadAddress(f"Nobody knows the address neon:{target}: use neon:auto or neon://192.168.1.20:8080.")
    return Place(parts[1], int(parts[2] or _PORT))


async def discovered() -> Place:
    """The first phone that answers. Raises: DeviceUnavailable: none does."""
    found = None
    with suppress(OSError):  # no network at all
        async with Network() as network:
            found = await network.wait_for_new_device(_DISCOVERY_S)
    if found is None or not found.addresses:
        raise DeviceUnavailable(
            "No Neon is to be found: open the Companion app and put phone and computer into the same Wi-Fi, "
            "or give its address as neon://192.168.1.20:8080."
        )
    return Place(found.addresses[0], found.port)


async def status(where: Place) -> Phone:
    """What the phone at this place has. Raises: DeviceUnavailable: it does not answer, or has no glasses."""
    said = await answer(where, lambda device: device.get_status())
    gaze = _url(said.direct_gaze_sensor())
    if gaze is None:
        raise DeviceUnavailable("The glasses are unplugged from the phone: plug their cable in; play goes on then.")
    if said.phone.time_echo_port is None:
        raise DeviceUnavailable("The Companion app does not tell its time: update it on the phone.")
    echo = Place(said.phone.ip, said.phone.time_echo_port)
    return Phone(
        said.phone.battery_level,
        echo,
        gaze,
        _url(said.direct_world_sensor()),
        _url(said.direct_imu_sensor()),
        _url(said.direct_eye_events_sensor()),
    )


async def calibration(where: Place) -> bytes:
    """The record of the cameras. Raises: DeviceUnavailable: the phone gives none."""

    async def asked(device: Device) -> bytes:
        async with device.active_session.get(device.api_url(APIPath.CALIBRATION)) as reply:
            reply.raise_for_status()
            return bytes(await reply.read())

    return await answer(where, asked)


def _url(sensor: Sensor | None) -> str | None:
    return f"{sensor.ip}:{sensor.port}/?{sensor.params}" if sensor and sensor.connected else None


async def answer(where: Place, call: Callable[[Device], Awaitable[_T]]) -> _T:
    """What the app answers. Raises: DeviceUnavailable: nothing, something else, or that it refuses."""
    try:
        async with asyncio.timeout(_ANSWER_S), Device(*where) as device:
            return await call(device)
    except DeviceError as refusal:
        raise DeviceUnavailable(
            f"The phone refuses ({refusal.args[-1]}): put that right in the Companion app and try again."
        ) from refusal
    except (aiohttp.ClientError, OSError) as error:
        raise DeviceUnavailable(
            f"No Neon answers at {where.host}:{where.port}: open the Companion app and stay in the same network."
        ) from error
    except (ValueError, LookupError, TypeError) as error:
        raise DeviceUnavailable(
            f"What answers at {where.host}:{where.port} is no Companion app: give the address that the app shows."
        ) from error
