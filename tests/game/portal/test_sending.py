"""`heron bundle send` against a clinic's portal on a real port, and what it says where that does not go well."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from engine.store import Store
from game.portal import tokens
from tests.engine.store.sittings import BLOCK, TRIAL, play, poll
from tests.game.heron import Heron
from tests.game.portal.conftest import Portal
from tests.test_docs import keys_of


@pytest.fixture
def address(here: Portal) -> Iterator[str]:
    """Of the clinic."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(here.app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture
def file(here: Portal, tmp_path: Path) -> Path:
    """A bundle of more than two pieces, for this clinic."""
    home = tmp_path / "home" / "heron.sqlite"
    session = play(home, *(poll(10.0 + n, 8000, 24) for n in range(4)), BLOCK, TRIAL)
    with Store.open(home) as store:
        content = store.bundles.write(session, here.store.bundles.own()[0])
    assert len(content) > 2 * 2**20
    path = tmp_path / "a.heron"
    path.write_bytes(content)
    return path


def test_a_bundle_is_sent_piece_by_piece_and_once_more_changes_nothing(
    here: Portal, address: str, file: Path, heron: Heron, tmp_path: Path
) -> None:
    (tmp_path / "token.txt").write_text(tokens.made(here.store, "bundles"))
    said = heron("bundle", "send", file, address, "--token", tmp_path / "token.txt", "--json")
    told = json.loads(said.out)
    assert set(told) == keys_of("bundle send")
    assert (told["state"], told["received"]) == ("waits", file.stat().st_size)
    again = heron("bundle", "send", file, f"{address}/", "--token", tmp_path / "token.txt")
    assert "waits until somebody there has compared the fingerprint" in again.out
    here.store.bundles.merge(file.read_bytes(), trust=told["sender"])


def test_what_was_cut_off_goes_on_where_it_stopped(here: Portal, address: str, file: Path, heron: Heron) -> None:
    token = tokens.made(here.store, "bundles")
    program = here.browser()
    name = json.loads(heron("bundle", "send", file, address, "--token", token, "--json").out)["sha256"]
    folder = here.house.db.with_name("incoming")
    (folder / f"{name}.waits").unlink()
    begun = file.read_bytes()[: 2**20]
    program.headers.update({"accept": "*/*", "authorization": f"Bearer {token}"})
    program.post(f"/api/bundles/{name}/pieces", params={"offset": 0}, content=begun)
    assert (folder / f"{name}.part").stat().st_size == len(begun)
    assert heron("bundle", "send", file, address, "--token", token).status == 0
    assert (folder / f"{name}.waits").read_bytes() == file.read_bytes()


def test_whatever_goes_wrong_is_one_sentence_that_says_what_to_do(
    here: Portal, address: str, file: Path, heron: Heron, tmp_path: Path
) -> None:
    tokens.made(here.store, "bundles")
    nobody = socket.create_server(("127.0.0.1", 0))
    away = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    nobody.close()
    nonsense = tmp_path / "x.heron"
    nonsense.write_bytes(b"no bundle")
    said = {
        heron("bundle", "send", file, address, "--token", "guessed").err: "it does not know this token",
        heron("bundle", "send", file, away, "--token", "x").err: "send it again; it goes on from there",
        heron("bundle", "send", file, "http://clinic.example", "--token", "x").err: "begins with https://",
        heron("bundle", "send", nonsense, address, "--token", tokens.made(here.store, "bundles")).err: "no bundle of",
    }
    assert {words: sentence for words, sentence in said.items() if sentence not in words} == {}
    assert all("Traceback" not in words for words in said)
