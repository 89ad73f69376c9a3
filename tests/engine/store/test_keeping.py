"""Names stand apart from data, consents and the audit log only grow, and what people write down comes back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.errors import BrokenSeal, NotFound, StoreError
from engine.store import Store
from engine.store.records import Total
from engine.store.rows import EstimateRow, Papers
from tests.engine.store.sittings import BLOCK, NEW, TRIAL, play

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "heron.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        store.players.named("Ana")
        yield store


def test_a_player_has_a_pseudonym_that_says_nothing_of_the_name(store: Store) -> None:
    ana, ben = store.players.named("Ana"), store.players.named("Ben")
    assert ana.pseudonym != ben.pseudonym
    assert ana.pseudonym.startswith("P-")
    assert len(ana.pseudonym) == 10
    assert store.players.get(ana.id) == ana
    assert [player.name for player in store.players.all()] == ["Ana", "Ben"]


def test_the_name_of_a_player_stands_in_one_table_and_a_sitting_has_it_all_the_same(path: Path) -> None:
    session = play(path, name="Wilhelmina", setup_json='{"setup":{"seed":7,"x":1e-05},"player":"Wilhelmina"}')
    with closing(sqlite3.connect(path)) as raw:
        lines = [line for line in raw.iterdump() if "Wilhelmina" in line]
    assert len(lines) == 1
    assert "people" in lines[0]
    with Store.open(path) as store:
        assert store.sessions.get(session).setup_json == '{"setup":{"seed":7,"x":1e-05},"player":"Wilhelmina"}'


def test_what_a_player_likes_is_kept(store: Store) -> None:
    assert store.players.manner(1) is None
    store.players.keep_manner(1, '{"palette":"dusk"}')
    store.players.choose(1, "otter", "zh", "left")
    ana = store.players.known("Ana")
    assert (store.players.manner(1), ana.picture, ana.language, ana.hand) == (
        '{"palette":"dusk"}',
        "otter",
        "zh",
        "left",
    )
    with pytest.raises(NotFound, match="no such player"):
        store.players.keep_manner(99, "{}")


def test_parents_and_therapists_look_after_players_and_nobody_else_does(store: Store) -> None:
    eva, holm = store.people.named("Eva", "parent"), store.people.named("Dr. Holm", "therapist")
    store.people.cares(eva.id, 1)
    store.people.cares(holm.id, 1)
    store.people.cares(holm.id, 1)
    assert store.people.looking_after(1) == (eva, holm)
    store.people.cares_no_more(holm.id, 1)
    assert store.people.looking_after(1) == (eva,)
    keeper = store.people.named("Kim", "administrator")
    with pytest.raises(NotFound, match="Only a parent or a therapist"):
        store.people.cares(keeper.id, 1)
    assert store.people.named("Ana", "player").player_id == 1
    with pytest.raises(NotFound, match="Nobody called 'Zoe'"):
        store.people.named("Zoe", "player")
    assert store.people.named("Ana", "therapist").player_id is None


def test_the_newest_word_on_a_purpose_counts_and_all_are_kept(store: Store) -> None:
    assert not store.consents.holds(1, "pool")
    store.consents.say(1, "pool", True, "Eva", "parent")
    store.consents.say(1, "share", True, "Eva", "parent")
    store.consents.say(1, "pool", False, "Eva", "parent")
    assert not store.consents.holds(1, "pool")
    assert {purpose: said.given for purpose, said in store.consents.newest(1).items()} == {
        "pool": False,
        "share": True,
    }
    assert [said.given for said in store.consents.all(1)] == [True, True, False]
    with pytest.raises(StoreError, match="leaves a name"):
        store.consents.say(1, "play", True, " ", "player")


@pytest.mark.parametrize("sql", ["UPDATE consents SET given = 0", "DELETE FROM consents", "DELETE FROM audit"])
def test_a_consent_and_a_line_of_the_audit_log_can_be_neither_changed_nor_taken_out(
    store: Store, path: Path, sql: str
) -> None:
    store.consents.say(1, "play", True, "Ana", "player")
    store.audit.note("player P-1", "agreed", "play")
    with closing(sqlite3.connect(path)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(sql)


def test_whoever_bends_the_audit_log_breaks_its_chain(store: Store, path: Path) -> None:
    for who in ("therapist 2", "parent 3", "therapist 2"):
        store.audit.note(who, "read", "P-1f09ac3e")
    assert store.audit.check() == 3
    assert [entry.seq for entry in store.audit.page(before=3, limit=1)] == [2]
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER audit_never_changes")
        raw.execute("UPDATE audit SET who = 'parent 4' WHERE seq = 2")
        raw.commit()
    with pytest.raises(BrokenSeal, match="Line 2 of the audit log"):
        store.audit.check()


def test_a_total_is_kept_when_its_instrument_is_known_and_can_come_to_it(store: Store) -> None:
    total = Total("sdq", 17, date(2026, 3, 2), "Dr. Holm")
    store.records.total(1, total)
    assert store.records.totals(1) == (total,)
    with pytest.raises(StoreError, match="cannot come to 41"):
        store.records.total(1, replace(total, total=41))
    with pytest.raises(StoreError, match="There is no instrument 'iq'"):
        store.records.total(1, replace(total, instrument="iq"))


def test_notes_come_back_with_who_wrote_them(store: Store, path: Path) -> None:
    session = play(path)
    holm = store.people.named("Dr. Holm", "therapist")
    store.records.note(1, "Calmer than last week.", holm.id, session)
    store.records.note(1, "I count the fish.", None, kind="strategy")
    first, second = store.records.notes(1)
    assert (first.text, first.person_id, first.session_id) == ("Calmer than last week.", holm.id, session)
    assert (second.kind, second.person_id) == ("strategy", None)
    with pytest.raises(StoreError, match="without words"):
        store.records.note(1, " ", holm.id)


def test_a_model_that_learned_from_a_model_is_withdrawn_with_it(store: Store) -> None:
    base = store.models.add(b"base", "attention", {})
    child = store.models.add(b"child", "Ana's", {}, player_id=1, parent_sha=base, learned_from=[1])
    grandchild = store.models.add(b"grandchild", "pooled", {}, parent_sha=child)
    assert store.models.taught_by(1) == tuple(sorted((child, grandchild)))
    store.models.withdraw(grandchild, "a player withdrew")
    store.models.withdraw(grandchild, "again")
    assert store.models.get(grandchild).withdrawn_why == "a player withdrew"
    assert store.models.taught_by(1) == (child,)


def test_what_a_sitting_came_to_is_summed_up_as_it_ends(path: Path) -> None:
    trials = (TRIAL, replace(TRIAL, trial=2, success=False, reaction_s=None), replace(TRIAL, trial=3, valid=False))
    blocks = (BLOCK, replace(BLOCK, block=2, seconds=180.0, good_share=0.5, threshold_z=None))
    estimates = (EstimateRow(1.0, 0.4, 1.0, "good", ()), EstimateRow(2.0, 0.9, 0.0, "poor", ()))
    session = play(path, *trials, *blocks, *estimates)
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        outcome = dict(raw.execute("SELECT * FROM outcomes").fetchone())
    assert (outcome["session_id"], outcome["ending"], outcome["blocks"], outcome["seconds"]) == (
        session,
        "done",
        2,
        240,
    )
    assert (outcome["trials"], outcome["success_rate"], outcome["reaction_s"]) == (2, 0.5, 0.41)
    assert (outcome["score"], outcome["threshold_z"], outcome["stars"]) == (0.4, -0.2, 4)
    assert outcome["good_share"] == pytest.approx((60 * 0.9 + 180 * 0.5) / 240)


def test_what_its_makers_say_of_a_study_is_kept(store: Store) -> None:
    store.studies.seal("autumn", [], 10)
    assert store.studies.papers("autumn") == Papers()
    store.studies.describe("autumn", Papers(preregistered="osf.io/abcde", criterion="5 points"))
    assert store.studies.papers("autumn") == Papers(preregistered="osf.io/abcde", criterion="5 points")


def test_every_item_of_cred_nf_has_a_column_that_exists(store: Store, path: Path) -> None:
    rows = [line.split("|")[1:-1] for line in (DOCS / "store.md").read_text("utf-8").splitlines() if _is_item(line)]
    with closing(sqlite3.connect(path)) as raw:
        there = {
            f"{table}.{column}"
            for (table,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for (_, column, *_) in raw.execute(f"PRAGMA table_info({table})")
        }
    named = {name.strip() for _, _, names in rows for name in names.split(",")}
    assert len(rows) == 24
    assert named - there == set()


def _is_item(line: str) -> bool:
    return line.startswith("| ") and len(line) > 4 and line[2].isdigit() and line[3].isalpha()


def test_a_sitting_that_began_with_another_kind_of_setup_is_kept_as_it_is(store: Store) -> None:
    session = store.sessions.begin(replace(NEW, player_id=1, setup_json="[1,2]"))
    assert store.sessions.get(session).setup_json == "[1,2]"
