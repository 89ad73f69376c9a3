"""A child's months in the database: what is told of them, to whom, and by which command."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from engine.plan import PLANS, Aim
from engine.store import Store
from engine.traits import LEADING
from game.changes import Changes, changes, occasions
from game.cli.course import lines
from game.manner import Manner, worn
from game.portal import changed
from game.portal.planning import AIMS
from tests.game.heron import Heron
from tests.game.months import DAYS, months
from tests.test_docs import keys_of

TODAY = date(2025, 8, 1)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mika, who stays, and Otto, who becomes a third slower."""
    path = tmp_path_factory.mktemp("months") / "x.sqlite"
    months(path, "Mika")
    months(path, "Otto", "speed", 0.3)
    return path


def found(db: Path, name: str) -> Changes:
    with Store.open(db, read_only=True) as store:
        return changes(store, store.players.known(name).id, TODAY)


def test_the_courses_occasions_are_those_of_the_sittings(db: Path) -> None:
    with Store.open(db, read_only=True) as store:
        told = occasions(store, store.players.known("Mika").id)
    assert [one.before for one in told] == list(range(len(DAYS)))
    assert [one.trained for one in told] == [0, 0, 0, 0, 1, 1, 2, 2, 2]


def test_who_stayed_is_told_of_no_change_and_who_became_slower_is(db: Path) -> None:
    mika, otto = found(db, "Mika"), found(db, "Otto")
    assert mika.checkups == otto.checkups == 7
    assert "yes" not in {one.answer for one in mika.traits.values()}
    assert otto.traits["speed"].answer == "yes"
    assert otto.traits["speed"].change > 1


def test_a_family_is_told_no_figure_and_no_direction(db: Path) -> None:
    told = " ".join(changed.for_family(found(db, "Otto")))
    assert "Moved by more than the usual day-to-day variation: how fast answers come" in told
    assert not any(sign.isdigit() for sign in told)
    assert not any(word in told for word in ("slower", "faster", "better", "worse", "improve"))


def test_a_therapist_is_told_how_sure_it_is_in_both_languages(db: Path) -> None:
    grid = changed.grid(found(db, "Otto"))
    assert grid is not None
    speed = dict(zip(grid.head, grid.rows[0], strict=True))
    assert speed["Changed by more than it wavers?"] == "yes"
    assert speed["Change"].startswith("+")
    with worn(Manner(language="zh_CN")):
        chinese = changed.grid(found(db, "Otto"))
        assert chinese is not None
        assert not {*chinese.head} & {*grid.head}


def test_who_has_too_few_checkups_is_told_how_many_it_takes(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.sqlite") as store:
        nobody = changes(store, store.players.named("Ana").id, TODAY)
    assert changed.grid(nobody) is None
    assert list(changed.for_family(nobody)) == []
    assert "from 3 check-ups on" in next(changed.sentences(nobody))


def test_the_command_tells_one_player(heron: Heron, db: Path) -> None:
    told = json.loads(heron("outcomes", "Otto", "--db", db, "--json").out)
    assert set(told) | set(told["traits"]["speed"]) <= keys_of("outcomes PLAYER")
    assert told["traits"]["speed"]["answer"] == "yes"
    said = heron("outcomes", "Otto", "--db", db).out
    assert "time to answer: more than it wavers and than practice usually brings" in said
    assert "Held against simulated players, not against people" in said
    assert "improve" not in said
    assert heron("outcomes", "Nobody", "--db", db).status == 1
    assert "check its name" in heron("outcomes", "nothing.csv", "--db", db).err


def test_a_plan_can_aim_at_every_trait_that_is_judged() -> None:
    assert set(get_args(Aim)) == set(AIMS) == {"any", *LEADING}


def given(path: Path, name: str, aim: str, first: date, on: date) -> None:
    """A plan with an aim, written down on a day."""
    with Store.open(path) as store:
        player_id = store.players.known(name).id
        toml = PLANS.text("focus").replace('aim = "any"', f'aim = "{aim}"')
        made = store.plans.assign(player_id, toml, first, "Dr A").id
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE plans SET assigned_utc = ? WHERE id = ?", (f"{on}T08:00:00Z", made))


def test_what_the_plan_named_before_the_first_sitting_is_found_sooner(tmp_path: Path, heron: Heron) -> None:
    path = tmp_path / "x.sqlite"
    months(path, "Otto", "speed", 0.3)
    before = found(path, "Otto")
    began = date(2025, 6, 1)  # before any of the months' days
    given(path, "Otto", "speed", began, began)
    after = found(path, "Otto")
    assert (before.aim, after.aim) == (None, "speed")
    assert after.traits["speed"].adjusted < before.traits["speed"].adjusted
    assert any("named what is to change above all" in line for line in changed.sentences(after))
    assert "to change above all: time to answer" in heron("outcomes", "Otto", "--db", path).out


def test_an_aim_that_was_named_when_play_had_begun_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    months(path, "Otto")
    given(path, "Otto", "speed", date(2025, 6, 1), TODAY)
    assert found(path, "Otto").aim is None


def test_the_curve_of_a_course_is_told_as_what_it_is() -> None:
    curve = {"law": "power", "start": 0.1, "end": 0.52, "limit": None, "last": (-0.1, 0.2), "plateau": True}
    told: dict[str, object] = {
        "sittings": 12,
        "checkups": 0,
        "people": 0,
        "aim": None,
        "traits": {},
        "curves": {"difficulty": curve | {"sittings": 12}},
        "alone": [],
    }
    said = "\n".join(lines("Ana", told))
    assert (
        "difficulty over 12 sittings: 0.1 to 0.52 (power); the last four may be a plateau (95 % -0.1 to +0.2 a"
        in said
    )
    assert "play one with heron play --checkup" in said


def test_a_clinic_of_twenty_is_held_against_its_own_people(tmp_path: Path, heron: Heron) -> None:
    path = tmp_path / "x.sqlite"
    for number in range(20):
        months(path, f"P{number}", days=DAYS[:2], number=number % 4)
    assert json.loads(heron("outcomes", "--clinic", "--db", path, "--json").out) == {"child": 20, "grown": 0}
    months(path, "Mika")
    mika = found(path, "Mika")
    assert mika.people == 20
    assert mika.traits.keys() == {"speed", "evenness", "telling_apart", "restraint", "whole"}
    assert "Held against 20 people of this clinic" in heron("outcomes", "Mika", "--db", path).out


def test_a_clinic_of_nineteen_learns_nothing(tmp_path: Path, heron: Heron) -> None:
    path = tmp_path / "x.sqlite"
    months(path, "Mika", days=DAYS[:2])
    assert "it takes 20 who were checked up twice" in heron("outcomes", "--clinic", "--db", path).out
    assert found(path, "Mika").people == 0
