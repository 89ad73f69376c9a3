"""What reports tell and never tell, and that they stand on paper in both languages."""

import logging
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from engine.copies import replace
from engine.plan import PLANS
from engine.store.clinic import Outcome
from engine.store.glances import Glance
from engine.store.plans import Assignment
from engine.store.rows import Player
from engine.store.wellbeing import Complained
from game.manner import Manner, worn
from game.portal.reports.facts import Facts, weeks
from game.portal.reports.family import family
from game.portal.reports.paper import pdf
from game.portal.reports.report import Grid, Report, Section
from game.portal.reports.steadiness import Steadiness
from game.portal.reports.web import html

TODAY = date(2026, 3, 4)
MADE = datetime(2026, 3, 4, tzinfo=UTC)
MIKA = Player(1, "P-00000001", "Mika", 2017, "2026-01-01T00:00:00Z", None, None, None)

PLAYED = Outcome(
    session_id=1,
    ending="done",
    began_unix_s=datetime(2026, 3, 3, 17).timestamp(),
    seconds=900.0,
    blocks=4,
    trials=120,
    success_rate=0.8,
    reaction_s=0.6,
    score=0.5,
    good_share=0.9,
    reward_share=0.6,
    threshold_z=0.2,
    difficulty=0.1,
    stars=3,
    complaints=0,
    mood=4,
    tired=2,
    fun=3,
    effort=3,
    headache=0,
    eyes=0,
)


def facts(*sittings: Outcome, **other: object) -> Facts:
    """A week of somebody without a plan."""
    since, until = weeks(None, TODAY, 1)
    told = Facts(
        player=MIKA,
        since=since,
        until=until,
        today=TODAY,
        at_a_glance=Glance(1, MIKA.pseudonym, MIKA.name, MIKA.birth_year, None, shared=True),
        given=None,
        sittings=sittings,
        compared=sittings,
        steady=Steadiness([None] * len(sittings), None, "unknown"),
        complaints=(),
    )
    return replace(told, **other)


def words(told: Facts) -> str:
    return family(told).text


def said(report: Report, title: str) -> str:
    return " ".join(next(one for one in report.sections if one.title == title).sentences)


def test_a_family_reads_what_was_played_how_it_felt_and_what_comes_next() -> None:
    report = family(facts(PLAYED))
    assert "Mika played 1 sitting, 15 minutes in all." in said(report, "What was played")
    assert "mostly felt well" in said(report, "How it felt")
    assert "90%" in said(report, "How it felt")
    assert len([one for one in report.sections if one.title in ("One strength", "One tip")]) == 2
    assert "not a diagnosis" in report.foot[0]


@pytest.mark.parametrize("verdict", ["unknown", "usual", "steadier", "less_steady"])
def test_a_family_is_never_told_a_rank_a_percentile_or_a_failure(verdict: str) -> None:
    told = words(facts(PLAYED, steady=Steadiness([0.3], (0.1, 0.2), verdict)))  # type: ignore[arg-type]
    never = ("percentile", "rank", "average child", "other children", "norm", "streak", "missed", "failed", "score")
    assert [word for word in never if word in told.lower()] == []


def test_whoever_did_not_feel_well_gets_the_tip_about_that() -> None:
    unwell = Complained(1, 1, 60, "headache", None, None, None)
    tired = replace(PLAYED, tired=5, good_share=0.1)
    assert "stop when it hurts" in said(family(facts(tired, complaints=(unwell,))), "One tip")
    assert "headache" in said(family(facts(tired, complaints=(unwell,))), "How it felt")
    assert "headset hears better" in said(family(facts(tired)), "One tip")
    assert "time of day" in said(family(facts(replace(PLAYED, tired=5))), "One tip")


def test_an_open_complaint_sends_the_family_to_the_therapist() -> None:
    open_one = Glance(1, MIKA.pseudonym, MIKA.name, None, None, shared=True, complaints=1)
    assert "therapist" in said(family(facts(PLAYED, at_a_glance=open_one)), "What comes next")


def test_a_letter_of_a_week_that_is_over_says_nothing_of_what_comes_next() -> None:
    later = replace(facts(PLAYED), today=TODAY + timedelta(days=30))
    assert "What comes next" not in [section.title for section in family(later).sections]


def test_the_plan_is_kept_only_when_all_of_the_week_was_played() -> None:
    toml = PLANS.text("focus")
    given = Assignment(1, 1, toml, TODAY - timedelta(days=9), None, "a therapist", "2026-02-23T00:00:00Z")
    wanted = given.plan.sittings
    some = [replace(PLAYED, session_id=n) for n in range(wanted)]
    whole = "everything that the plan asked for"
    assert whole in said(family(facts(*some, given=given)), "One strength")
    assert whole not in said(family(facts(*some[1:], given=given)), "One strength")


def test_days_without_play_are_nobodys_fault() -> None:
    told = words(facts())
    assert "nothing is lost" in told
    assert "Everybody needs days without practice, too." in told


def test_the_calendar_leaves_days_to_come_empty() -> None:
    grid = family(facts(PLAYED)).sections[0].grid
    assert grid is not None
    assert list(grid.rows[0]) == ["2 Mar", "·", "15", "", "", "", "", "", "1"]


@pytest.mark.parametrize("ago", range(15))
def test_weeks_hold_their_day_and_are_whole(ago: int) -> None:
    day = TODAY - timedelta(days=ago)
    since, until = weeks(None, day, 4)
    assert since <= day <= until
    assert ((until - since).days + 1, since.weekday()) == (28, 0)


def pages_of(paper: bytes) -> list[str]:
    """pypdf reads the two bytes of a letter in this kind of font as two letters, of which the first is none."""
    return [page.extract_text().replace("\0", "") for page in PdfReader(BytesIO(paper)).pages]


def text_of(paper: bytes) -> str:
    return " ".join(pages_of(paper))


def test_paper_says_what_the_page_says() -> None:
    report = family(facts(PLAYED))
    told = " ".join(text_of(pdf(report, MADE)).split())
    for section in report.sections:
        assert section.title in told
        assert all(" ".join(sentence.split()) in told for sentence in section.sentences)


def test_paper_writes_chinese(caplog: pytest.LogCaptureFixture) -> None:
    report = Report("小鹭的一周", "三月二日至八日", [Section("玩了什么", ["小鹭玩了三次。"] * 20)], ["不是诊断。"])
    with worn(Manner(language="zh_CN")), caplog.at_level(logging.WARNING):
        told = text_of(pdf(report, MADE))
    assert "小鹭玩了三次" in told
    assert "missing" not in caplog.text


def test_the_same_report_is_the_same_file() -> None:
    assert pdf(family(facts(PLAYED)), MADE) == pdf(family(facts(PLAYED)), MADE)


def test_a_long_table_goes_on_with_its_heading_on_the_next_page() -> None:
    rows = [[f"2026-01-{n:02}", "12", "played to its end"] for n in range(100)]
    long = Report("R", "P", [Section("S", grid=Grid(["Day", "Minutes", "Ending"], rows))], [])
    pages = pages_of(pdf(long, MADE))
    assert len(pages) > 1
    assert all("Minutes" in page and f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_a_chart_is_drawn_on_paper_with_words_for_who_does_not_see_it() -> None:
    two = [replace(PLAYED, session_id=n, began_unix_s=PLAYED.began_unix_s - n * 86_400) for n in (1, 0)]
    plain = facts(*two)
    drawn = facts(*two, steady=Steadiness([0.2, 0.3], (0.1, 0.4), "usual"))
    assert "10% to 40% is usual for Mika" in text_of(pdf(family(drawn), MADE))
    assert len(pdf(family(drawn), MADE)) > len(pdf(family(plain), MADE))


def test_one_file_of_html_needs_nothing_beside_it_and_escapes_names() -> None:
    page = html(family(facts(PLAYED, player=replace(MIKA, name="<b>Mika"))))
    assert "&lt;b&gt;Mika" in page
    assert "<b>Mika" not in page
    assert "src=" not in page
    assert "<link" not in page
