"""What a home agrees to, what it sends, and who may ask for it."""

import json
import socket
import ssl
import threading
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

pytest.importorskip("flwr", reason="homes speak Flower: install the extra federated")

from flwr.app import ArrayRecord, ConfigRecord, Context, Message, RecordDict
from flwr.client import ClientApp
from flwr.supercore.inflatable.inflatable_object import get_all_nested_objects
from flwr.supercore.task_identity import TaskIdentity

from neuro.learn.federate.certificates import make
from neuro.learn.federate.home import Answers, NotAgreed
from neuro.learn.federate.learning import Recipe
from neuro.learn.federate.line import N_LINE, Seen
from neuro.learn.federate.privacy import epsilon

RECIPE = Recipe(directions=24, rounds=3)
BASIS = np.random.default_rng(9).standard_normal((N_LINE, 24)) / 10
ASKED = {"recipe": json.dumps(asdict(RECIPE)), "basis": BASIS.tobytes()}
START = [np.zeros(24)]


def player(seed: int) -> Seen:
    rng = np.random.default_rng(seed)
    calm = rng.standard_normal((200, N_LINE))
    return Seen(calm, calm + 0.1, rng.standard_normal(200), rng.standard_normal(200), rng.integers(0, 2, 200) * 1.0)


def home(recipe: Recipe = RECIPE) -> Answers:
    return Answers([player(1), player(2)], recipe, np.random.default_rng(3))


def test_a_home_says_where_it_would_go_and_how_many_it_speaks_for() -> None:
    (there,), players, others = home().fit(START, ASKED)
    assert there.shape == (24,)
    assert (players, others) == (2, {})
    assert np.linalg.norm(there) > 0


@pytest.mark.parametrize("change", [{"noise": 0.0}, {"clip": 1e9}, {"steps": 1000}, {"rounds": 100}])
def test_a_home_refuses_another_recipe_than_it_agreed_to(change: dict[str, float]) -> None:
    asked = ASKED | {"recipe": json.dumps(asdict(replace(RECIPE, **change)))}
    with pytest.raises(NotAgreed, match="another recipe"):
        home().fit(START, asked)


def test_a_home_answers_no_more_rounds_than_it_agreed_to() -> None:
    answers = home()
    for _ in range(RECIPE.rounds):
        answers.fit(START, ASKED)
    with pytest.raises(NotAgreed, match="more rounds"):
        answers.fit(START, ASKED)
    assert answers.share == 1


def test_a_server_cannot_turn_the_directions_on_the_way() -> None:
    answers = home()
    answers.fit(START, ASKED)
    with pytest.raises(NotAgreed, match="directions"):
        answers.fit(START, ASKED | {"basis": (2 * BASIS).tobytes()})


def test_a_reply_holds_as_many_numbers_as_there_are_directions_and_no_window() -> None:
    answers = home()
    app = ClientApp(client_fn=lambda _context: answers.to_client())
    asked = RecordDict({"fitins.parameters": ArrayRecord(START), "fitins.config": ConfigRecord(ASKED)})
    TaskIdentity.run_id = TaskIdentity.node_id = TaskIdentity.task_id = 1
    message = Message(asked, dst_node_id=1, message_type="train")
    reply = app(message, Context(1, 1, {}, RecordDict(), {}))
    sent = b"".join(part.deflate() for part in get_all_nested_objects(reply).values())
    (numbers,) = [array for record in reply.content.array_records.values() for array in record.to_numpy_ndarrays()]
    assert numbers.size == 24
    assert len(sent) < 3000
    for one in (player(1), player(2)):
        for values in (one.calm, one.odds, one.calm.astype(np.float32)):
            rows = np.atleast_2d(values)
            assert not any(row[at : at + 2].tobytes() in sent for row in rows for at in range(0, row.shape[0] - 1, 2))


@pytest.mark.parametrize(("noise", "rounds"), [(1.0, 10), (4.0, 10), (8.0, 30)])
def test_epsilon_is_that_of_the_gaussian_mechanism(noise: float, rounds: int) -> None:
    """Rounds of one Gaussian are one with less noise, of which delta is known (Balle & Wang 2018, theorem 8)."""
    told, scale = epsilon(noise, rounds, 1e-5), np.sqrt(rounds) / noise
    delta = ndtr(scale / 2 - told / scale) - np.exp(told) * ndtr(-scale / 2 - told / scale)
    assert delta == pytest.approx(1e-5, rel=0.05)
    assert delta <= 1.001e-5


def test_without_noise_nothing_is_promised() -> None:
    assert epsilon(0.0, 10, 1e-5) == float("inf")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    make(folder, "127.0.0.1", datetime.now(UTC))
    return folder


def shaken(papers: Path, authority: Path) -> str:
    """A handshake with a server that has these papers, by somebody who believes this authority."""
    here = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    here.load_cert_chain(papers / "server.pem", papers / "server.key")

    def serve(listening: socket.socket) -> None:
        raw, _ = listening.accept()
        try:
            here.wrap_socket(raw, server_side=True).close()
        except (ssl.SSLError, OSError):
            raw.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=serve, args=(listening,))
        server.start()
        try:
            there = ssl.create_default_context(cafile=str(authority))
            with (
                socket.create_connection(listening.getsockname()) as raw,
                there.wrap_socket(raw, server_hostname="127.0.0.1") as shaken,
            ):
                return str(shaken.version())
        finally:
            server.join()


def test_a_server_is_believed_by_those_who_have_its_authority(papers: Path) -> None:
    assert shaken(papers, papers / "authority.pem") == "TLSv1.3"


def test_a_server_of_another_authority_is_refused(papers: Path, tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLError):
        shaken(papers, make(tmp_path, "127.0.0.1", datetime.now(UTC)))


def test_papers_are_kept_and_the_key_is_the_owners_alone(papers: Path) -> None:
    before = (papers / "server.key").read_bytes()
    make(papers, "127.0.0.1", datetime.now(UTC))
    assert (papers / "server.key").read_bytes() == before
    assert (papers / "server.key").stat().st_mode & 0o077 == 0
