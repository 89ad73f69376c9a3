"""What a family may do with a child's data: give consents, take them back, take everything along, erase it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from litestar import get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Stream, Template

from engine.errors import StoreError
from engine.store import Store
from engine.store.consents import PURPOSES, WORDS, Purpose
from engine.store.rows import Player
from game.exporting.choices import Audience, Format
from game.exporting.export import export
from game.portal.doors import PARENT, Client, PortalRequest, asker, house
from game.portal.house import House
from game.portal.names import PURPOSES as TITLES
from game.portal.pages import page, to
from game.portal.parent import writer
from game.words import later, say

MOST_SITTINGS = 100_000
"""More than anybody can play."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a purpose means, and what holds without it: docs/privacy.md, version `consents.WORDS`."""

    title: str
    means: str
    without: str


WORDINGS: Mapping[Purpose, Wording] = {
    "play": Wording(
        TITLES["play"],
        later("Heron keeps what was played: answers, scores, and what the game did."),
        later("Without it the game is not for your child."),
    ),
    "keep_raw": Wording(
        TITLES["keep_raw"],
        later("Raw signals of the headset and the eye tracker are kept for two years."),
        later("After a no they are deleted at once, and later ones as soon as a sitting is over."),
    ),
    "personalise": Wording(
        TITLES["personalise"],
        later("A model learns how attention looks in the signals of your child."),
        later("After a no that model is deleted, and your child plays with the one that everybody has."),
    ),
    "pool": Wording(
        TITLES["pool"],
        later("Signals without the name are put together with those of others, for research and better models."),
        later("After a no every model that has learned from them may score nothing new."),
    ),
    "share": Wording(
        TITLES["share"],
        later("A therapist who looks after your child sees the results."),
        later("After a no only your child and you see them."),
    ),
}


@dataclass(slots=True)
class ConsentForm:
    """purpose: one of PURPOSES; given: "yes" or "no" """

    purpose: str
    given: str


@dataclass(slots=True)
class EraseForm:
    """name: of the child, typed by hand"""

    name: str


@get("/children/{pseudonym:str}/consents", opt={"roles": PARENT}, sync_to_thread=True, name="consents")
def consents(request: PortalRequest, client: Client) -> Template:
    """What was agreed to, in which words, and everything that was ever said about it."""
    store = house(request).store
    return page(
        request,
        "consents",
        client=client,
        wording=WORDINGS,
        version=WORDS,
        newest=store.consents.newest(client.id),
        history=store.consents.all(client.id)[::-1],
    )


@post("/children/{pseudonym:str}/consents/say", opt={"roles": PARENT}, sync_to_thread=True, name="consent")
def consent(request: PortalRequest, client: Client, data: URLEncodedBody[ConsentForm]) -> Redirect:
    """A yes, or a no with all that follows from it. Raises: StoreError: it is neither."""
    store = house(request).store
    purpose = next((one for one in PURPOSES if one == data.purpose), None)
    if purpose is None or data.given not in ("yes", "no"):
        raise StoreError("That is nothing that one can agree to: go back and choose again.")
    if data.given == "yes":
        store.consents.say(client.id, purpose, True, writer(request), "parent")
    else:
        store.privacy.withdraw(client.id, purpose, writer(request), "parent")
    return to(f"/children/{client.pseudonym}/consents")


@get("/children/{pseudonym:str}/everything.zip", opt={"roles": PARENT}, sync_to_thread=True, name="everything")
def everything(request: PortalRequest, client: Client) -> Stream:
    """All that is kept of a child: every sitting as tables, and what people said and wrote as one file of JSON."""
    here = house(request)
    here.store.audit.note(asker(request).word, "exported", f"{client.pseudonym} as everything for the family")
    return Stream(
        _packed(here, client),
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{client.pseudonym}.zip"'},
    )


class _Outgoing:
    """A file that is only written, and read away as it grows."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        content = b"".join(self._waiting)
        self._waiting.clear()
        return content


def _packed(here: House, client: Player) -> Iterator[bytes]:
    """One sitting after the other, so that no more than one is ever written out.

    Each step may be of another thread, so each asks the house for that thread's store.
    """
    out = _Outgoing()
    with ZipFile(cast(IO[bytes], out), "w", ZIP_DEFLATED) as packed:
        said = json.dumps(kept(here.store, client), ensure_ascii=False, indent=2, default=str)
        packed.writestr(f"{client.pseudonym}/about.json", said)
        yield out.taken()
        for session in here.store.sessions.recent(client.id, limit=MOST_SITTINGS):
            if session.ending is not None:
                _pack(here.store, session.id, packed, f"{client.pseudonym}/sittings")
                yield out.taken()
    yield out.taken()


def _pack(store: Store, session_id: int, packed: ZipFile, folder: str) -> None:
    with TemporaryDirectory(prefix="heron-") as made:
        written = export(store, session_id, Format.csv, Audience.player, Path(made))
        for path in sorted(written.iterdir()):
            packed.write(path, f"{folder}/{written.name}-{session_id}/{path.name}")


def kept(store: Store, client: Player) -> dict[str, Any]:
    """What is kept of a player beside the sittings."""
    return {
        "player": asdict(client),
        "looked_after_by": [one.name for one in store.people.looking_after(client.id)],
        "limits": asdict(store.wellbeing.limits(client.id)),
        "consents": [asdict(one) for one in store.consents.all(client.id)],
        "plans": [asdict(one) for one in store.plans.all(client.id)],
        "check_ins": {number: asdict(one) for number, one in store.wellbeing.check_ins(client.id).items()},
        "complaints": [asdict(one) for one in store.wellbeing.complaints(client.id)],
        "notes": [asdict(one) for one in store.records.notes(client.id)],
        "totals": [asdict(one) for one in store.records.totals(client.id)],
        "grown": list(store.gardens.grown(client.id)),
    }


@get("/children/{pseudonym:str}/erase", opt={"roles": PARENT}, sync_to_thread=True, name="erasing")
def erasing(request: PortalRequest, client: Client) -> Template:
    """What will go, before it goes."""
    here = house(request)
    return page(
        request,
        "erase",
        client=client,
        going=here.store.privacy.forecast(client.id),
        bundles=len(here.store.bundles.waiting(client.pseudonym)),
        sentence=None,
    )


@post("/children/{pseudonym:str}/erase/now", opt={"roles": PARENT}, sync_to_thread=True, name="erase")
def erase(request: PortalRequest, client: Client, data: URLEncodedBody[EraseForm]) -> Redirect | Template:
    """Everything of the child, for good, once the name is typed."""
    here = house(request)
    files = here.store.bundles.waiting(client.pseudonym)
    if data.name.strip() != client.name:
        return page(
            request,
            "erase",
            status=400,
            client=client,
            going=here.store.privacy.forecast(client.id),
            bundles=len(files),
            sentence=say("That is not the name: nothing was erased."),
        )
    for file in files:
        file.unlink(missing_ok=True)
    here.store.privacy.erase(client.id, asker(request).word)
    return to("/")


ROUTES = (consents, consent, everything, erasing, erase)
