"""A challenger is judged by each sitting as those before it made it, runs beside the next, and only then plays."""

import json
from pathlib import Path

import pytest

import assets
from engine.store import Store
from game.errors import GameError
from game.personal.finetuning import SHADOWED, Run, finetune
from game.personal.playing import which
from neuro.scorer import Scorer, load
from tests.game.heron import Heron
from tests.game.personal.sat import sit
from tests.test_docs import keys_of

TELLS_UV, LONG_S = 6.0, 110.0


@pytest.fixture(scope="module")
def common() -> Scorer:
    return load(assets.model())


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana, whose head is not as others' and who has agreed."""
    path = tmp_path_factory.mktemp("learned") / "heron.sqlite"
    for number in range(1, 7):
        sit(path, "Ana", number, LONG_S, "random", 5, tells_uv=TELLS_UV)
    with Store.open(path) as store:
        store.consents.say(store.players.known("Ana").id, "personalise", True, "Ana", "player")
    return path


def run(db: Path, common: Scorer, shares: list[float] | None = None) -> Run:
    with Store.open(db) as store:
        told = shares.append if shares is not None else lambda _share: None
        return finetune(store, store.players.known("Ana"), common, told, list, 1)


@pytest.fixture(scope="module")
def first(db: Path, common: Scorer) -> tuple[Run, list[float]]:
    """What the first run came to, and how far it said it was."""
    shares: list[float] = []
    return run(db, common, shares), shares


def test_what_is_better_waits_until_its_scores_ran_beside(db: Path, first: tuple[Run, list[float]]) -> None:
    found, shares = first
    assert found.came == "waits"
    assert found.verdict
    assert found.verdict.learned == (1, 2, 3, 4, 5, 6)
    assert (found.verdict.held, found.verdict.beside) == ((3, 4, 5, 6), ())
    assert found.verdict.gain
    assert found.verdict.gain > 0.04
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with Store.open(db, read_only=True) as store:
        assert which(store, 1, load(assets.model())).whose == "common"
        assert store.audit.page()[0].action == "waits"


def test_after_the_next_sittings_it_plays_and_one_command_goes_back(
    db: Path, common: Scorer, first: tuple[Run, list[float]], heron: Heron
) -> None:
    for number in range(7, 7 + SHADOWED):
        sit(db, "Ana", number, LONG_S, "random", 5, tells_uv=TELLS_UV)
    found = run(db, common)
    assert found.came == "shipped"
    assert found.model == first[0].model
    assert found.verdict
    assert (found.verdict.learned, found.verdict.beside) == ((1, 2, 3, 4, 5, 6), (7, 8))
    with Store.open(db) as store:
        assert which(store, 1, common).whose == "own"
        assert [one.role for one in store.models.own(1)] == ["champion"]
    back = json.loads(heron("finetune", "Ana", "--rollback", "--db", db, "--json").out)
    assert back["rolled_back"]
    with Store.open(db) as store:
        assert which(store, 1, common).whose == "common"
    assert not json.loads(heron("finetune", "Ana", "--rollback", "--db", db, "--json").out)["rolled_back"]


def test_with_few_sittings_nothing_is_made(heron: Heron, tmp_path: Path) -> None:
    path = tmp_path / "few.sqlite"
    sit(path, "Ana", 1, seconds=40.0)
    refused = heron("finetune", "Ana", "--db", path)
    assert refused.status == 1
    assert "heron consent PLAYER --yes personalise" in refused.err
    heron("consent", "Ana", "--yes", "personalise", "--who", "Ana", "--db", path)
    told = json.loads(heron("finetune", "Ana", "--db", path, "--json").out)
    assert set(told) == keys_of("finetune PLAYER")
    assert (told["came"], told["shipped"], told["sittings"], told["base_auc"]) == ("too_few", False, 1, None)
    assert "at least 5 sittings" in told["why"]


def test_what_interrupts_a_run_leaves_everything_as_it_was(db: Path, common: Scorer) -> None:
    class Plays(GameError):
        pass

    def watch(_share: float) -> None:
        raise Plays("Somebody plays.")

    with Store.open(db) as store:
        before = store.models.own(1)
        with pytest.raises(Plays):
            finetune(store, store.players.known("Ana"), common, watch, list, 1)
        assert store.models.own(1) == before
