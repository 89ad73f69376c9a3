"""A study from its sealed list to its opened arms, as somebody types it."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from engine.store import Store
from game.cli.studies import ask_at_the_end
from game.wiring import play
from game.wish import Wish
from tests.game.heron import Heron, Played
from tests.test_docs import keys_of


@pytest.fixture
def db(heron: Heron, played: Played, tmp_path: Path) -> Path:
    """A file with a sitting to replay, and a study of two places whose course is one sitting."""
    db = played.copy(tmp_path)
    donor = ("--yoke", played.outcome.session)
    arms = ("--arm", "live", "--arm", "yoked_replay")
    said = heron("study", "seal", "pilot", "--people", 2, *arms, *donor, "--sittings", 1, "--db", db)
    assert said.status == 0
    assert "yoked" not in said.out
    return db


def sit(db: Path, player: str) -> None:
    """One short sitting of the study by simulated hands, as fast as it goes."""
    wish = Wish(db, player, window="memory", play_s=10.0, hurry=True, twin="adult", study="pilot")
    play(replace(wish, say=lambda _: None))


def test_a_course_from_sealing_to_opening(heron: Heron, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sit(db, "Ana")
    ask_at_the_end(db, "pilot", "Ana")
    assert "heron study guess pilot --player Ana" in capsys.readouterr().err
    with Store.open(db, read_only=True) as store:
        sitting = store.sessions.latest()
        assert sitting is not None
        assert (sitting.study, sitting.mode) == ("pilot", store.studies.place("pilot", sitting.player_id).arm)

    guessed = heron("study", "guess", "pilot", "--player", "Ana", "--by", "player", "--answer", "live", "--db", db)
    assert guessed.status == 0
    before = json.loads(heron("study", "show", "pilot", "--db", db, "--json").out)
    assert set(before) == keys_of("study show NAME")
    assert (before["enrolled"], before["guesses"], before["blinding_index"]) == (1, 1, {})

    opened = heron("study", "open", "pilot", "--player", "Ana", "--who", "Dr. Holm", "--why", "the end", "--db", db)
    arm, nonce, commitment = (
        opened.out.split(word)[1].split()[0].strip(";.") for word in ("arm", "nonce", "commitment")
    )
    assert sha256(f"{arm}:{nonce}".encode()).hexdigest() == commitment == before["commitments"][0]
    after = json.loads(heron("study", "show", "pilot", "--db", db, "--json").out)
    assert [(entry["who"], entry["why"]) for entry in after["unblindings"]] == [("Dr. Holm", "the end")]
    assert after["blinding_index"]["live" if arm == "live" else "control"] == (1 if arm == "live" else -1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--arm", "live"), "two arms or more"),
        (("--arm", "live", "--arm", "yoked_replay"), "give them with --yoke"),
        (("--arm", "live", "--arm", "fixed", "--yoke", 1), "give them with --yoke"),
        (("--arm", "live", "--arm", "yoked_replay", "--yoke", 99), "no session 99"),
    ],
)
def test_what_cannot_be_sealed_is_one_sentence(
    heron: Heron, db: Path, words: tuple[object, ...], sentence: str
) -> None:
    said = heron("study", "seal", "other", "--people", 4, *words, "--db", db)
    assert said.status == 1
    assert sentence in said.err


def test_in_a_study_nobody_chooses_an_arm(heron: Heron, db: Path) -> None:
    said = heron("play", "--study", "pilot", "--arm", "fixed", "--headless", "--db", db)
    assert said.status == 2
    assert "a study decides about the arm" in " ".join(said.err.split())


def test_a_name_that_is_mistyped_makes_nobody(heron: Heron, db: Path) -> None:
    said = heron("study", "guess", "pilot", "--player", "Anna", "--by", "parent", "--answer", "live", "--db", db)
    assert said.status == 1
    assert "Nobody called 'Anna' has played" in said.err
