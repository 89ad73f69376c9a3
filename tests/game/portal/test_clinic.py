"""A sitting comes from home to the clinic over the network, in as many attempts as it takes."""

from hashlib import sha256
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar.testing import TestClient
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from engine.store import Store
from game.portal import tokens
from game.portal.parcels import FORGOTTEN_S, PIECE
from tests.engine.store.sittings import BLOCK, TRIAL, play, poll
from tests.game.portal.conftest import Portal, send

Sender = TestClient


@pytest.fixture
def sender(here: Portal) -> Sender:
    """A program at home that has the token for bundles."""
    program = here.browser()
    program.headers.update({"accept": "*/*", "authorization": f"Bearer {tokens.made(here.store, 'bundles')}"})
    return program


@pytest.fixture
def sealed(here: Portal, tmp_path: Path) -> bytes:
    """A sitting of another computer, for this clinic."""
    home = tmp_path / "home" / "heron.sqlite"
    session = play(home, *(poll(10.0 + second, 256) for second in range(20)), BLOCK, TRIAL)
    with Store.open(home) as store:
        return store.bundles.write(session, here.store.bundles.own()[0])


def sent(sender: Sender, content: bytes, size: int = 7000) -> dict[str, object]:
    """Piece by piece from where the clinic is, then done."""
    name = sha256(content).hexdigest()
    while (received := sender.get(f"/api/bundles/{name}").json()["received"]) < len(content):
        piece = content[received : received + size]
        sender.post(f"/api/bundles/{name}/pieces", params={"offset": received}, content=piece)
    answer = sender.post(f"/api/bundles/{name}/done")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_bundle_of_a_known_sender_is_in_the_database_when_its_last_piece_is(
    here: Portal, sender: Sender, sealed: bytes
) -> None:
    here.store.bundles.merge(sealed, trust=here.store.bundles.verify(sealed).sender)
    here.store.privacy.erase(here.store.players.all()[0].id, "a test")
    assert sent(sender, sealed)["state"] == "here"
    assert not list((here.house.db.parent / "incoming").glob("*.part"))


def test_one_of_an_unknown_sender_waits_until_an_administrator_believes_it(
    here: Portal, sender: Sender, sealed: bytes
) -> None:
    told = sent(sender, sealed)
    assert told["state"] == "waits"
    assert here.store.players.all() == ()
    here.person("Ada", "administrator")
    admin = here.signed_in("Ada")
    assert str(told["sender"]) in admin.get("/bundles").text
    assert send(admin, f"/bundles/{told['sha256']}/believe").status_code == 303
    assert len(here.store.players.all()) == 1
    assert sent(sender, sealed)["state"] == "here"


def test_one_that_is_refused_is_gone(here: Portal, sender: Sender, sealed: bytes) -> None:
    told = sent(sender, sealed)
    here.person("Ada", "administrator")
    assert send(here.signed_in("Ada"), f"/bundles/{told['sha256']}/refuse").status_code == 303
    assert sender.get(f"/api/bundles/{told['sha256']}").json()["state"] == "nothing"


def test_a_connection_that_breaks_goes_on_where_it_was(here: Portal, sender: Sender, sealed: bytes) -> None:
    address = f"/api/bundles/{sha256(sealed).hexdigest()}"
    sender.post(f"{address}/pieces", params={"offset": 0}, content=sealed[:1000])
    again = sender.post(f"{address}/pieces", params={"offset": 0}, content=sealed[:1000])
    ahead = sender.post(f"{address}/pieces", params={"offset": 5000}, content=sealed[5000:6000])
    assert again.json()["received"] == ahead.json()["received"] == 1000
    assert sent(sender, sealed)["received"] == len(sealed)


def test_sending_it_all_again_changes_nothing(here: Portal, sender: Sender, sealed: bytes) -> None:
    first = sent(sender, sealed)
    assert sent(sender, sealed)["state"] == first["state"] == "waits"


def test_what_is_not_what_was_announced_is_thrown_away(here: Portal, sender: Sender, sealed: bytes) -> None:
    address = f"/api/bundles/{sha256(sealed).hexdigest()}"
    sender.post(f"{address}/pieces", params={"offset": 0}, content=b"x" + sealed[1:])
    assert sender.post(f"{address}/done").status_code == 400
    assert sender.get(address).json() == {"sha256": address[-64:], "state": "nothing", "received": 0, "sender": None}


@pytest.mark.parametrize("content", [b"no bundle", b"heron-bundle-1\n{}\n", b"\x00" * 3000])
def test_whole_nonsense_is_refused_in_words(sender: Sender, content: bytes) -> None:
    name = sha256(content).hexdigest()
    sender.post(f"/api/bundles/{name}/pieces", params={"offset": 0}, content=content)
    answer = sender.post(f"/api/bundles/{name}/done")
    assert answer.status_code == 400
    assert "ask the sender" in answer.json()["detail"]


def test_a_piece_that_is_too_large_is_refused(sender: Sender) -> None:
    answer = sender.post(f"/api/bundles/{'0' * 64}/pieces", params={"offset": 0}, content=b"x" * (PIECE + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["x", "..%2F..%2Fheron.sqlite", "%2e%2e", "0" * 63, "G" * 64])
def test_no_name_leads_to_another_file(sender: Sender, name: str) -> None:
    address = f"/api/bundles/{name}"
    piece = sender.post(f"{address}/pieces", params={"offset": 0}, content=b"x")
    assert {sender.get(address).status_code, piece.status_code} <= {400, 404}


def test_only_the_token_for_bundles_opens_the_way_in(here: Portal, sender: Sender) -> None:
    for wrong in ("", "Bearer ", "Bearer guessed", f"Bearer {tokens.made(here.store, 'metrics')}"):
        sender.headers["authorization"] = wrong
        assert sender.get("/api/address").status_code == 401
    sender.headers["authorization"] = f"Bearer {tokens.made(here.store, 'bundles')}"
    assert sender.get("/api/address").json()["address"].startswith("heron-")


def test_a_part_of_which_nothing_more_comes_is_forgotten(here: Portal, sender: Sender, sealed: bytes) -> None:
    address = f"/api/bundles/{sha256(sealed).hexdigest()}"
    sender.post(f"{address}/pieces", params={"offset": 0}, content=sealed[:1000])
    (part,) = (here.house.db.parent / "incoming").glob("*.part")
    here.clock.now_s += FORGOTTEN_S + 1
    sender.post(f"/api/bundles/{'0' * 64}/pieces", params={"offset": 0}, content=b"x")
    assert not part.exists()


def test_who_is_erased_takes_along_the_bundles_that_wait(here: Portal, sender: Sender, sealed: bytes) -> None:
    told = sent(sender, sealed)
    folder = here.house.db.with_name("incoming")
    pseudonym = here.store.bundles.verify(sealed).pseudonym
    assert here.store.bundles.waiting("P-somebody") == []
    assert here.store.bundles.waiting(pseudonym) == [folder / f"{told['sha256']}.waits"]
    (folder / f"{'1' * 64}.waits").write_bytes(b"no bundle")
    assert len(here.store.bundles.waiting(pseudonym)) == 1


def test_metrics_are_for_their_token_and_name_nobody(here: Portal) -> None:
    here.person("Ada", "administrator")
    pseudonym = here.player("Otto")
    program = here.browser()
    program.headers.update({"accept": "*/*", "authorization": f"Bearer {tokens.made(here.store, 'metrics')}"})
    text = program.get("/metrics").text
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    numbers = {name: float(value) for name, value in lines}
    assert numbers["heron_players"] == 1
    assert numbers["heron_accounts"] == 1
    assert all(word not in text for word in ("Otto", "Ada", pseudonym))


def test_whatever_fits_the_document_is_answered_as_it_says(here: Portal, sender: Sender) -> None:
    """Schemathesis, with the token: no answer is a crash, and what is sound is answered in the document's shape."""
    document = schemathesis.openapi.from_dict(sender.get("/api/openapi.json").json())
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) == 4
    for operation in operations:

        @settings(max_examples=12, derandomize=True, database=None, deadline=None, suppress_health_check=HealthCheck)
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case) -> None:
            asked = case.as_transport_kwargs(base_url="http://127.0.0.1")
            content = asked.pop("data", None) or b""  # bytes, where the document asks for them
            asked |= {"headers": dict(sender.headers), "cookies": None, "content": content}
            answer = sender.request(**asked)
            assert answer.status_code < 500
            case.validate_response(
                answer, excluded_checks=[ignored_auth, positive_data_acceptance]
            )  # we put the token in, and what is done may not be whole

        holds()
