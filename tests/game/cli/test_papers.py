"""`heron report` of a player and on paper, typed as a person would."""

import json
from pathlib import Path

from engine.store import Store
from tests.game.heron import Heron, Played
from tests.test_docs import keys_of


def player_of(played: Played) -> str:
    with Store.open(played.db, read_only=True) as store:
        return store.players.get(store.sessions.get(played.outcome.session).player_id).name


def test_a_players_weeks_are_told_in_plain_words(played: Played, heron: Heron) -> None:
    told = heron("report", player_of(played), "--db", played.db).out
    assert "What was played" in told
    assert "not a diagnosis" in told


def test_the_keys_of_a_players_report_are_documented(played: Played, heron: Heron) -> None:
    told = json.loads(heron("report", player_of(played), "--db", played.db, "--json").out)
    assert set(told) == keys_of("report PLAYER")


def test_a_sitting_becomes_pdf_and_html_for_either_reader(played: Played, heron: Heron, tmp_path: Path) -> None:
    for audience in ("parent", "therapist"):
        pdf, html = tmp_path / f"{audience}.pdf", tmp_path / f"{audience}.html"
        words = ("report", played.outcome.session, "--db", played.db, "--audience", audience)
        assert heron(*words, "--pdf", pdf, "--html", html).status == 0
        assert pdf.read_bytes().startswith(b"%PDF")
        assert ("What the supervisor did" in html.read_text("utf-8")) == (audience == "therapist")


def test_a_therapist_gets_no_figures_of_whoever_does_not_share(played: Played, heron: Heron, tmp_path: Path) -> None:
    with Store.open(tmp_path / "h.sqlite") as store:
        player = store.players.named("Mika")
    words = ("report", "Mika", "--audience", "therapist", "--db", tmp_path / "h.sqlite")
    assert heron(*words).status == 1
    with Store.open(tmp_path / "h.sqlite") as store:
        store.consents.say(player.id, "share", True, "a parent", "parent")
    assert "report for the therapist" in heron(*words).out


def test_a_file_that_cannot_be_written_is_one_sentence(played: Played, heron: Heron, tmp_path: Path) -> None:
    said = heron("report", player_of(played), "--db", played.db, "--pdf", tmp_path / "no" / "where.pdf")
    assert said.status == 1
    assert said.err.strip().endswith("name another file.")


def test_nobody_has_no_report(played: Played, heron: Heron) -> None:
    assert heron("report", "Nobody", "--db", played.db).status == 1
    assert heron("report", 999_999_999, "--db", played.db).status == 1
