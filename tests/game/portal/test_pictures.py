"""Small pictures of a sitting: painted once by a process of their own, kept in the file, gone with the sitting."""

import re
import threading
from io import BytesIO
from pathlib import Path
from shutil import copy

import pytest
from PIL import Image

from engine.store import Store
from engine.store.pictures import Picture
from engine.store.privacy import FEATURES_S
from game.portal.pictures import COUNT, SIZE, Painter
from tests.game.heron import Played
from tests.game.portal.conftest import Portal
from tests.game.portal.test_clients import Browser, ada, client_of, rows, sat

__all__ = ["ada"]  # a fixture, which pytest finds by name


@pytest.fixture
def kept(played: Played, tmp_path: Path) -> Path:
    return Path(copy(played.db, tmp_path / "kept.sqlite"))


@pytest.mark.timeout(300)
def test_whoever_looks_first_has_the_pictures_painted(kept: Path, played: Played) -> None:
    painter = Painter()
    with Store.open(kept) as store:
        session = store.sessions.get(played.outcome.session)
        assert painter.film(store, session).coming
        for _ in range(2000):
            film = painter.film(store, session)
            if not film.coming:
                break
            threading.Event().wait(0.1)
        found = store.pictures.of(session.id)
        assert len(film.pictures) == len(found) == COUNT
        assert all(Image.open(BytesIO(one.jpeg)).size == SIZE for one in found)
        assert sum(len(address) for _, address in film.pictures) < 120_000
        store.privacy.discard(session.id, "a test")
        assert store.pictures.of(session.id) == ()


def test_pictures_go_with_the_ticks_that_they_were_painted_from(kept: Path, played: Played) -> None:
    with Store.open(kept) as store:
        session = store.sessions.get(played.outcome.session)
        store.pictures.keep(session.id, [Picture(1.0, b"jpeg")])
        store.privacy.tidy(session.anchor_unix_s + FEATURES_S + 86_400)
        assert store.pictures.of(session.id) == ()
        assert not Painter().film(store, session).coming


def test_the_page_says_that_they_come_shows_them_and_says_nothing_where_there_are_none(
    here: Portal, ada: Browser
) -> None:
    page = f"/clients/{client_of(here)}/sittings/{(number := sat(here, 'Otto', *rows()))}"
    assert "What was to be seen" not in ada.get(page).text
    here.store.pictures.keep(number, [Picture(75.0, b"jpeg"), Picture(5.0, b"jpeg")])
    shown = ada.get(page).text
    assert re.findall(r'<img src="data:image/jpeg;base64,anBlZw==" [^>]*alt="([^"]+)"', shown) == [
        "The screen at 0:05",
        "The screen at 1:15",
    ]
