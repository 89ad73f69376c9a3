"""`python -m tests.game.portal.gallery FOLDER`: every page of every role as contact sheets, to be looked at.

heron simulate --into clinic.sqlite --players 3 --sessions 20 --played 12 --seconds 300
python -m tests.game.portal.gallery docs/screens/portal --db clinic.sqlite
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from PIL import Image, ImageDraw, ImageFont, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright

from assets import font
from engine.store import Store
from engine.store.rows import Role
from game.portal.pictures import paint
from tests.game.portal.conftest import HASH, opened
from tests.game.portal.families import ROLES, SITTINGS, Family
from tests.game.portal.filled import Served, answering, pages, serving, visiting


class Look(NamedTuple):
    """How pages are looked at. size: of the window; tile: pixels across on the sheet; across: tiles"""

    name: str
    language: str
    size: tuple[int, int]
    dark: bool
    tile: int
    across: int


DESK, PHONE = (1280, 800), (360, 740)
LOOKS = (
    Look("desk-english-light", "en", DESK, False, 400, 4),
    Look("desk-chinese-dark", "zh_CN", DESK, True, 400, 4),
    Look("phone-english-dark", "en", PHONE, True, 200, 8),
    Look("phone-chinese-light", "zh_CN", PHONE, False, 200, 8),
)

TALLEST = 3.2
"""Of a tile, times its width: of a long page its first screens."""


def main(
    folder: Path,
    db: Annotated[Path | None, typer.Option(help="A clinic of simulated players; else two small families.")] = None,
) -> None:
    """One sheet a role and a look, as JPEG."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with _clinic(Path(place), db) if db else serving(Path(place)) as served:
            for role in ROLES:
                for look in LOOKS:
                    tiles = list(_tiles(served, browser, role, look))
                    _sheet(tiles, look).save(folder / f"{role}-{look.name}.jpg", quality=58, optimize=True)
        browser.close()


@contextmanager
def _clinic(place: Path, db: Path) -> Iterator[Served]:
    """A copy of it, in which somebody of each role has an account; the child is the one with the longest sitting."""
    shutil.copy(db, place / "heron.sqlite")
    with opened(place) as here:
        newest, number, player_id = _longest(here.store)
        here.clock.now_s = newest + 3600
        store, player = here.store, here.store.players.get(player_id)
        carers = {one.role: one.id for one in store.people.looking_after(player_id)}
        people = {
            **carers,
            "player": next(one.id for one in store.people.all() if one.player_id == player_id),
            "administrator": store.people.named("Robin Reed", "administrator").id,
        }
        for role, person_id in people.items():
            store.accounts.open(person_id, role, HASH)
        if not store.pictures.of(number):
            paint(here.house.db, number)
        before = next(
            one.id for one in store.sessions.recent(player_id, 100) if one.id != number and one.kind == "play"
        )
        ids = {**dict.fromkeys(SITTINGS, number), "first": before, "person_id": carers["therapist"]}
        more = {
            "pseudonym": player.pseudonym,
            "player_id": player_id,
            "code": "",
            "language": "en",
            "sha256": "0" * 64,
        }
        rest = {"name": "sittings", "form": "csv", "purpose": "metrics", "path": "nothing"}
        own = Family(player.pseudonym, player_id, number, {**ids, **more, **rest})
        with answering(here, own) as served:
            yield served


def _longest(store: Store) -> tuple[float, int, int]:
    """When anybody last played, the longest sitting, and whose it is."""
    everybody = [one for player in store.players.all() for one in store.sessions.recent(player.id, 1000)]
    longest = max(everybody, key=lambda one: len(store.sessions.trials(one.id)))
    return max(one.anchor_unix_s for one in everybody), longest.id, longest.player_id


def _tiles(served: Served, browser: Browser, role: Role, look: Look) -> Iterator[tuple[str, Image.Image]]:
    with visiting(served, browser, role, look.language, look.size, look.dark) as page:
        for address in pages(served, role):
            yield address, _seen(page, served, address, look)


def _seen(page: Page, served: Served, address: str, look: Look) -> Image.Image:
    page.goto(served.address + address, wait_until="networkidle" if "/live/" not in address else "load")
    whole = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    small = ImageOps.contain(whole, (look.tile, 100_000))
    return small.crop((0, 0, look.tile, min(small.height, round(look.tile * TALLEST))))


def _sheet(tiles: Sequence[tuple[str, Image.Image]], look: Look) -> Image.Image:
    """Tiles under their addresses, each in the column that is shortest so far."""
    gap, head = 12, 22
    lows = [gap] * look.across
    places = []
    for _, tile in tiles:
        column = lows.index(min(lows))
        places.append((gap + column * (look.tile + gap), lows[column]))
        lows[column] += head + tile.height + gap
    sheet = Image.new("RGB", (gap + look.across * (look.tile + gap), max(lows)), (128, 134, 148))
    ink, letters = ImageDraw.Draw(sheet), ImageFont.truetype(str(font()), 13)
    for (x, y), (address, tile) in zip(places, tiles, strict=True):
        ink.text((x, y), address[-look.tile // 8 :], font=letters, fill=(255, 255, 255))
        sheet.paste(tile, (x, y + head))
    return sheet


if __name__ == "__main__":
    typer.run(main)
