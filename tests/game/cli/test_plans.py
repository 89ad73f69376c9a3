"""A plan from its template to today's path, as somebody types it."""

import json
from pathlib import Path

import pytest

from engine.plan import PLANS
from engine.safety import Screening
from engine.store import Store
from tests.game.heron import Heron
from tests.test_docs import keys_of


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "heron.sqlite"


def test_the_templates_are_listed_and_shown_as_they_are_written(heron: Heron) -> None:
    listed = json.loads(heron("plan", "list", "--json").out)
    assert [plan["id"] for plan in listed] == list(PLANS.ids())
    assert set(listed[0]) == keys_of("plan list")
    assert "30 sittings" in heron("plan", "list").out
    assert heron("plan", "show", "focus").out == PLANS.text("focus")
    assert json.loads(heron("plan", "show", "focus", "--json").out)["sittings"] == 3


def test_a_plan_that_was_given_says_what_it_asks_for_today(heron: Heron, db: Path) -> None:
    given = heron("plan", "assign", "Ana", "focus", "--by", "Dr. Holm", "--born", 1990, "--db", db)
    assert given.out.startswith("Ana has the plan Focus from ")
    asked = json.loads(heron("plan", "today", "Ana", "--eyes", "--db", db, "--json").out)
    assert set(asked) | set(asked["stones"][0]) == keys_of("plan today PLAYER")
    assert (asked["plan"], asked["sitting"], asked["goal"]) == ("focus", 1, 0.8)
    assert sum(stone["seconds"] for stone in asked["stones"]) <= min(25 * 60, asked["allowed_s"])
    assert [stone["level"] for stone in asked["stones"] if stone["checkup"]] == [
        "checkup-still-water",
        "checkup-look-away",
        "checkup-candle",
        "checkup-firefly-slow",
        "checkup-firefly-fast",
    ]
    words = heron("plan", "today", "Ana", "--db", db).out.splitlines()
    assert words[0].startswith("Focus, sitting 1 of 30: ")
    assert words[1] == "  - A look at the water, 6.0 min (still-water, check-up)"


def test_a_plan_of_ones_own_is_a_file(heron: Heron, db: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(PLANS.text("focus").replace("minutes = 25 ", "minutes = 12 "), "utf-8")
    said = heron("plan", "assign", "Ana", mine, "--by", "Eva", "--from", "2026-03-02", "--db", db)
    assert said.out.splitlines()[0] == "Ana has the plan Focus from 2026-03-02 to 2026-05-10."
    assert "give it with --born" in said.out
    with Store.open(db) as store:
        assert store.plans.all(1)[0].plan.minutes == 12
    mine.write_text(PLANS.text("focus").replace('"candle"', '"candel"'), "utf-8")
    unknown = heron("plan", "assign", "Ana", mine, "--by", "Eva", "--db", db).err
    assert unknown == "focus: games: expected tasks or levels, found 'candel' (did you mean candle?)\n"
    mine.write_text("title = 3", "utf-8")
    assert "mine.toml: title: expected words" in heron("plan", "assign", "Ana", mine, "--by", "Eva", "--db", db).err


def test_who_may_not_play_is_told_why_and_what_to_do(heron: Heron, db: Path) -> None:
    heron("plan", "assign", "Ana", "starter", "--by", "Eva", "--born", 1990, "--db", db)
    with Store.open(db) as store:
        store.wellbeing.screen(1, Screening("yes", "no", "no"))
    assert "ask a doctor first" in heron("plan", "today", "Ana", "--db", db).out
    asked = json.loads(heron("plan", "today", "Ana", "--db", db, "--json").out)
    assert (asked["allowed_s"], asked["stones"]) == (0.0, [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "focs"), "There is no plan focs; did you mean focus?"),
        (("assign", "Ana", "focus", "--by", "Eva", "--from", "monday"), "monday is no day: write it as 2026-03-02."),
        (("assign", "Ana", "focus", "--by", "Eva", "--born", "20"), "20 is no year of birth"),
        (("today", "Zoe"), "Nobody called 'Zoe' has played"),
    ],
)
def test_mistakes_are_one_sentence(heron: Heron, db: Path, words: tuple[str, ...], sentence: str) -> None:
    Store.open(db).close()
    said = heron("plan", *words, *(() if words[0] == "show" else ("--db", db)))
    assert said.status == 1
    assert sentence in said.err


def test_a_player_without_a_plan_is_offered_one(heron: Heron, db: Path) -> None:
    with Store.open(db) as store:
        store.players.born(store.players.named("Ana").id, 1990)
    assert heron("plan", "today", "Ana", "--db", db).out.startswith(
        "Ana has no plan: give one with heron plan assign"
    )
