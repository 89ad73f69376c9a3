"""The administrator's rooms for machines: health, backups, what has had its time, models, and bundles that wait."""

import shutil

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from game.portal import tokens
from game.portal.doors import ADMINISTRATOR, PortalRequest, asker, house
from game.portal.keeping import copies, copy
from game.portal.pages import page, to
from game.portal.parcels import Parcels

CHECKED = "portal_file_checked"
"""What the last look at the whole file has found; a large one takes seconds."""


@get("/health", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="health")
def health(request: PortalRequest) -> Template:
    """The file, its disk, sittings that were cut off, devices, models."""
    here = house(request)
    store, now_s = here.store, here.now()
    return page(
        request,
        "health",
        free_bytes=shutil.disk_usage(here.db.parent).free,
        size=here.db.stat().st_size,
        counts=store.health.counts(now_s),
        cut_off=store.health.cut_off(now_s)[:50],
        devices=store.health.devices(),
        models=store.models.all()[:50],
        checked=store.settings.get(CHECKED),
    )


@post("/health/check", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="health_check")
def health_check(request: PortalRequest) -> Redirect:
    """Reads the whole file."""
    here = house(request)
    damage = here.store.health.damage()
    changed = here.store.models.check()
    here.store.settings.put(CHECKED, {"damage": [*damage[:5], *changed[:5]], "at_unix_s": here.now()})
    return to("/health")


@get("/keeping", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="keeping")
def keeping(request: PortalRequest) -> Template:
    """Backups, and what has had its time."""
    here = house(request)
    return page(request, "keeping", copies=copies(here.db), due=here.store.privacy.due(here.now()))


@post("/keeping/backup", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="backup")
def backup(request: PortalRequest) -> Redirect:
    """One more, whole and checked, while everybody goes on."""
    here = house(request)
    here.store.audit.note(asker(request).word, "backed up", copy(here.db, here.now()))
    return to("/keeping")


@post("/keeping/tidy", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="tidy")
def tidy(request: PortalRequest) -> Redirect:
    """Deletes raw signals and features that have had their time; the store notes it in the log."""
    here = house(request)
    here.store.privacy.tidy(here.now())
    return to("/keeping")


@get("/bundles", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="bundles")
def bundles(request: PortalRequest) -> Template:
    """Sealed sittings that wait for somebody to believe their sender, and the tokens of programs."""
    return _bundles(request)


@post("/bundles/{sha256:str}/believe", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="believe")
def believe(request: PortalRequest, sha256: FromPath[str]) -> Redirect:
    """The fingerprint was compared: this sender is believed from now on, and the sitting is taken in."""
    parcels = Parcels(house(request))
    sender = parcels.opened(parcels.path(sha256)).sender
    parcels.take(sha256, asker(request).word, trust=sender)
    return to("/bundles")


@post("/bundles/{sha256:str}/refuse", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="refuse")
def refuse(request: PortalRequest, sha256: FromPath[str]) -> Redirect:
    """Nobody knows this sender: the bundle is deleted."""
    here = house(request)
    Parcels(here).refuse(sha256)
    here.store.audit.note(asker(request).word, "refused", f"bundle {sha256}")
    return to("/bundles")


@post(
    "/bundles/tokens/{purpose:str}", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="token", status_code=200
)
def token(request: PortalRequest, purpose: FromPath[str]) -> Template:
    """A new token, shown once; the one before opens nothing any more."""
    store = house(request).store
    wanted = next((one for one in tokens.PURPOSES if one == purpose), None)
    if wanted is None:
        return _bundles(request, status=404)
    store.audit.note(asker(request).word, "made a token", f"for {wanted}")
    return _bundles(request, token=tokens.made(store, wanted))


def _bundles(request: PortalRequest, token: str | None = None, status: int = 200) -> Template:
    here = house(request)
    parcels = Parcels(here)
    waiting = [(path.stem, parcels.opened(path)) for path in parcels.waiting()[:50]]
    have = {purpose: tokens.is_made(here.store, purpose) for purpose in tokens.PURPOSES}
    return page(request, "bundles", status, waiting=waiting, have=have, token=token)


ROUTES = (health, health_check, keeping, backup, tidy, bundles, believe, refuse, token)
