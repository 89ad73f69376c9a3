"""What the home shows of a store, and what is decided there kept in it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from engine.safety import Limits, Screening
from engine.store import Store
from engine.store.rows import EventRow
from game.keeping import manner_of
from game.manner import USUAL
from game.scenes.home.corner import Corner
from game.scenes.home.door import Door
from game.scenes.home.map import Map
from game.scenes.home.newcomer import Portrait
from game.scenes.home.room import Room
from game.scenes.home.told import Kept, Left, Limited, Made, Opened, Sits
from game.visiting import Visit
from tests.engine.store.sittings import BLOCK, play
from tests.game.scenes.home.hands import clicked, pressed
from tests.game.test_bests import sitting

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "heron.sqlite") as store:
        yield store


@pytest.fixture
def visit(store: Store) -> Visit:
    return Visit(store, has_gaze=False, marks=False, now=lambda: NOON)


def then(visit: Visit, room: Room) -> Room:
    after = visit.after(room)
    assert isinstance(after, Room)
    return after


def test_an_empty_home_asks_who_comes_and_shows_the_newcomer_a_path(store: Store, visit: Visit) -> None:
    first = visit.opened(None)
    assert first.page == Portrait()
    made = replace(first, decided=Made("Reed", "portrait_frog", 2015))
    at = then(visit, made)
    assert at.page == Map()
    assert at.show.opened.face == ("Reed", "portrait_frog")
    assert len(at.show.opened.stones) >= 3
    assert store.players.known("Reed").birth_year == 2015
    assert at.before  # the words of the page before fade away under the map's


def test_leaving_and_closing_the_window_end_the_visit(visit: Visit) -> None:
    assert visit.after(replace(visit.opened(None), decided=Left())) is None
    assert visit.after(visit.opened(None)) is None


def test_a_sitting_leads_out_as_it_was_chosen(store: Store, visit: Visit) -> None:
    store.players.named("Ada")
    assert visit.after(replace(visit.opened("Ada"), decided=Sits("Ada", "strike-02"))) == Sits("Ada", "strike-02")


def test_a_manner_is_kept_for_its_player_alone(store: Store, visit: Visit) -> None:
    for name in ("Ada", "Bo"):
        store.players.named(name)
    night = replace(USUAL, palette="night", hand="left", language="zh_CN")
    left = visit.opened("Ada")
    at = then(visit, replace(left, show=replace(left.show, manner=night), decided=Kept("Ada", night)))
    assert at.show.manner == night
    assert visit.opened("Bo").show.manner == USUAL
    assert visit.opened(None).show.manner == USUAL
    kept = store.players.known("Ada")
    assert (kept.hand, kept.language) == ("left", "zh_CN")


def test_the_home_has_a_manner_for_whoever_chose_none(store: Store, visit: Visit) -> None:
    store.players.named("Ada")
    large = replace(USUAL, text=1.6)
    door = visit.opened(None)
    visit.after(replace(door, show=replace(door.show, manner=large), decided=Kept(None, large)))
    assert visit.opened("Ada").show.manner == large
    store.players.keep_manner(store.players.known("Ada").id, '{"text": 0.9, "later": 3}')
    assert visit.opened("Ada").show.manner == replace(USUAL, text=0.9)


def test_the_door_of_a_single_player_is_as_that_player_wants_it(store: Store, visit: Visit) -> None:
    ada = store.players.named("Ada").id
    store.players.keep_manner(ada, json.dumps({"scan_s": 1.0}))
    assert visit.opened(None).show.manner == replace(USUAL, scan_s=1.0) == manner_of(store, ada)


def test_settings_that_were_open_when_the_window_closed_are_kept(store: Store, visit: Visit) -> None:
    store.players.named("Ada")
    page = pressed(clicked(clicked(visit.opened("Ada"), "Settings"), "See"), "down", "right")
    assert visit.after(page) is None
    assert visit.opened("Ada").show.manner == replace(USUAL, palette="night")


def test_stones_stars_and_the_garden_come_from_what_was_played(tmp_path: Path) -> None:
    db = tmp_path / "played.sqlite"
    play(db, replace(BLOCK, level="strike-02", seconds=120.0))
    with Store.open(db) as store:
        played = datetime.fromtimestamp(store.sessions.get(1).anchor_unix_s, UTC)
        visit = Visit(store, has_gaze=False, marks=False, now=lambda: played)
        ana = visit.opened("Ana").show.opened
        assert ana.stars == {"strike-02": 2}
        assert [(seconds, stars) for _, seconds, stars in ana.walked] == [(120.0, 2)]


def test_whoever_may_not_play_is_told_why(store: Store, visit: Visit) -> None:
    ada = store.players.named("Ada").id
    store.wellbeing.screen(ada, Screening("yes", "no", "no"))
    why = visit.opened("Ada").show.opened.why
    assert why is not None
    assert "ask a doctor first" in why


def test_limits_are_kept_and_the_corner_says_so(store: Store, visit: Visit) -> None:
    ada = store.players.named("Ada").id
    limits = Limits(bedtime=time(20), sitting_s=300.0)
    at = then(visit, replace(visit.opened("Ada"), decided=Opened("Ada", corner=True)))
    assert at.page == Corner()
    at = then(visit, replace(at, decided=Limited("Ada", limits)))
    assert at.page == Corner()
    assert at.show.opened.limits == limits == store.wellbeing.limits(ada)
    assert at.show.opened.dose.sitting_s == 300


def test_whoever_played_last_stands_first_and_simulated_players_stand_nowhere(tmp_path: Path) -> None:
    db = tmp_path / "played.sqlite"
    play(db)
    with Store.open(db) as store:
        store.players.named("Zoe")
        visit = Visit(store, has_gaze=False, marks=False, now=lambda: NOON)
        door = then(visit, replace(visit.opened("Zoe"), decided=Opened(None)))
    assert door.page == Door()
    assert [face.name for face in door.show.faces] == ["Ana", "Zoe"]


def test_whose_sitting_broke_off_today_hears_that_it_is_kept_and_goes_on(tmp_path: Path) -> None:
    db = tmp_path / "played.sqlite"
    begun_s = NOON.timestamp() - 600
    session = play(db, *sitting(0.0), anchor_unix_s=begun_s)
    with Store.open(db) as store:
        visit = Visit(store, has_gaze=False, marks=False, now=lambda: NOON)
        assert visit.opened("Ana").show.opened.news is None
        store.sessions.end(session, "interrupted", begun_s + 300)
        assert visit.opened("Ana").show.opened.news == "Last time broke off. All of it is kept: go on where you were."
        tomorrow = Visit(store, has_gaze=False, marks=False, now=lambda: NOON + timedelta(days=1))
        assert tomorrow.opened("Ana").show.opened.news is None


def test_a_sitting_brings_news_of_a_best_or_else_of_what_grew(tmp_path: Path) -> None:
    db, day_s = tmp_path / "played.sqlite", 86_400.0
    start = NOON.timestamp() - day_s
    grew = EventRow(600, "grew", json.dumps({"what": "otter"}))
    said = []
    for days, difficulty in enumerate((-1.0, 1.0)):
        play(db, *sitting(difficulty), grew, anchor_unix_s=start + days * day_s)
        with Store.open(db) as store:
            visit = Visit(store, has_gaze=False, marks=False, now=lambda: NOON)
            said.append(visit.news("Ana", 1 + days))
            assert visit.opened("Ana", said[-1]).show.opened.grown == ("otter",) * (days + 1)
    assert said == ["An otter floats on its back.", "Today was your best at Strike yet."]
