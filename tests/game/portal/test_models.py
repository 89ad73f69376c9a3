"""A client's own models on the therapist's page: what became of each, the way back, and another try."""

from dataclasses import replace
from hashlib import sha256

import pytest

import assets
from engine.store.models import OWN
from engine.store.rows import OwnRole
from game.personal import finetuning
from game.portal.app import portal
from game.portal.models import WHYS
from neuro.learn import gate
from tests.game.portal.conftest import Portal, send

COMMON = assets.model().read_bytes()
VERDICT = {
    "learned": [1, 2, 3],
    "held": [4, 5, 6],
    "beside": [],
    "gain": 0.0512,
    "interval": [0.0123, 0.0901],
    "why": "It is better on later sittings, and no worse in anything else that was asked.",
}


@pytest.fixture
def mine(here: Portal) -> str:
    """Ada's client, whose own model plays."""
    pseudonym = here.player("Otto", here.person("Ada", "therapist"))
    player = here.store.players.under(pseudonym)
    assert player
    here.store.consents.say(player.id, "personalise", True, "a parent", "parent")
    common = here.store.models.add(COMMON, "attention", {})
    roles: dict[bytes, OwnRole] = {b"earlier": "retired", b"own": "champion"}
    for onnx, role in roles.items():
        sha = here.store.models.add(onnx, OWN, {}, player.id, common)
        here.store.models.judged(sha, role, VERDICT)
    return f"/clients/{pseudonym}"


def test_the_history_tells_of_each_model_what_it_gained_and_what_became_of_it(here: Portal, mine: str) -> None:
    page = here.signed_in("Ada").get(mine).text
    assert "a model that learned from Otto alone" in page
    assert page.count("+0.051") == 2
    assert "+0.012 … +0.090" in page
    assert sha256(b"own").hexdigest()[:12] in page
    assert "does not play" in page


def test_going_back_is_one_button_and_a_line_in_the_log(here: Portal, mine: str) -> None:
    ada = here.signed_in("Ada")
    assert send(ada, f"{mine}/models/back").headers["location"] == f"{mine}#models"
    page = ada.get(mine).text
    assert "the model that everybody has" in page
    assert "was taken back" in page
    assert [line.action for line in here.store.audit.page() if line.action == "sent back"] == ["sent back"]
    send(ada, f"{mine}/models/back")
    assert sum(line.action == "sent back" for line in here.store.audit.page()) == 1


def test_another_try_begins_once_and_only_with_consent(here: Portal, mine: str) -> None:
    asked: list[str] = []
    here.app = portal(replace(here.house, learn=asked.append), "not a secret: a test")
    ada = here.signed_in("Ada")
    send(ada, f"{mine}/models/again")
    assert asked == [mine.removeprefix("/clients/")]
    player = here.store.players.under(asked[0])
    assert player
    here.store.privacy.withdraw(player.id, "personalise", "a parent", "parent")
    send(ada, f"{mine}/models/again")
    assert len(asked) == 1
    assert "Nobody has agreed to a model of Otto" in ada.get(mine).text


def test_a_model_that_was_withdrawn_plays_no_more_and_the_page_says_why(here: Portal, mine: str) -> None:
    here.store.models.withdraw(sha256(b"own").hexdigest(), "it learned from sitting 3, which was erased")
    page = here.signed_in("Ada").get(mine).text
    assert "the model that everybody has" in page
    assert "it learned from sitting 3, which was erased" in page


def test_all_that_a_verdict_can_say_is_known_to_the_translators() -> None:
    said = {value for name, value in vars(gate).items() if name.isupper() and isinstance(value, str)}
    assert said | {finetuning.WAITS, finetuning.NOT_BESIDE} == set(WHYS)
