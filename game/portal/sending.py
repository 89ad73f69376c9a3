"""A sealed bundle on its way to a clinic: from where it stopped the last time, and as often as it takes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import create_default_context
from urllib.parse import urlsplit

from game.errors import GameError
from game.portal.parcels import PIECE, Parcel

WAIT_S = 60.0
"""For an answer: the clinic may have to unpack a long sitting."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """Where bundles go. address: as https://clinic.example; token: for bundles, as an administrator makes it there"""

    address: str
    token: str


class _Refused(Exception):
    """The clinic has answered, and not as one likes."""


def send(content: bytes, clinic: Clinic, progress: Callable[[float], None] = lambda _share: None) -> Parcel:
    """How it stands with the bundle at the clinic; to send it again changes nothing.

    progress: is told the share that is there, 0..1
    Raises: GameError: it is not safe, or the clinic refuses or cannot be reached; what has arrived stays there.
    """
    line, path = _line(clinic.address)
    at = 0

    def asked(method: str, place: str = "", body: bytes = b"") -> Parcel:
        headers = {
            "authorization": f"Bearer {clinic.token}",
            "accept": "application/json",
            "content-type": "application/octet-stream",
        }
        line.request(method, f"{path}/api/bundles/{sha256(content).hexdigest()}{place}", body, headers)
        answer = line.getresponse()
        told = answer.read()
        if answer.status != HTTPStatus.OK:
            raise _Refused(_why(told, answer.status))
        return Parcel(**json.loads(told))

    try:
        now = asked("GET")
        while now.state in ("nothing", "part") and now.received < len(content):
            at = now.received
            now = asked("POST", f"/pieces?offset={at}", content[at : at + PIECE])
            progress(now.received / len(content))
            if now.received <= at:
                raise _Refused("what it has does not grow: somebody else may be sending the same")
        return now if now.state in ("waits", "here") else asked("POST", "/done")
    except _Refused as error:
        raise GameError(
            f"{clinic.address} does not take the bundle ({error}): ask whoever looks after it."
        ) from error
    except (OSError, HTTPException, ValueError, TypeError) as error:  # no network, no TLS, or another program there
        raise GameError(
            f"{clinic.address} has {at} of {len(content)} bytes, and no more comes through ({error}): look at the "
            "address and the network, and send it again; it goes on from there."
        ) from error
    finally:
        line.close()


def _line(address: str) -> tuple[HTTPConnection, str]:
    """A connection, and what leads every path. Raises: GameError."""
    url = urlsplit(address)
    host = url.hostname or ""
    if url.scheme == "https" and host:
        return HTTPSConnection(host, url.port, timeout=WAIT_S, context=create_default_context()), url.path.rstrip("/")
    if url.scheme == "http" and host in ("127.0.0.1", "localhost", "::1"):
        return HTTPConnection(host, url.port, timeout=WAIT_S), url.path.rstrip("/")
    raise GameError(f"The token would travel to {address!r} in the open: give an address that begins with https://.")


def _why(told: bytes, status: int) -> str:
    """The clinic's own sentence, where it has said one."""
    if status == HTTPStatus.UNAUTHORIZED:
        return "it does not know this token"
    try:
        return str(json.loads(told)["detail"]).rstrip(".")
    except (ValueError, LookupError, TypeError):
        return f"HTTP status {status}"
