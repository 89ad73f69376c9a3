"""What is played, for whom, and how it begins: by wish, by plan, and by what was played before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic_core import to_json

from engine import checkup, light
from engine.plan import PLANS
from engine.safety import Limits, Screening
from engine.store import Store
from engine.store.rows import CalibrationRow
from game import preparing
from game.errors import NotToday
from game.preparing import Programme, Worn
from game.wish import Wish
from neuro.types import Headset
from tests.engine.store.sittings import BLOCK, TRIAL, play

NOW = datetime(2026, 3, 4, 16, 0, tzinfo=UTC)
MUSE = Worn(Headset("Muse 2", ("TP9", "AF7", "AF8", "TP10"), 256.0), has_gaze=True, has_camera=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "heron.sqlite") as opened:
        yield opened


def wish(**wanted: object) -> Wish:
    return replace(Wish(db=Path("unused"), player="Ada"), **wanted)  # type: ignore[arg-type]


def planned(store: Store, now: datetime = NOW, has_gaze: bool = False, **wanted: object) -> Programme:
    return preparing.programme(wish(**wanted), store, now, has_gaze)


def test_who_has_no_plan_is_given_the_first_and_no_check_up(store: Store) -> None:
    played = planned(store, born=1990)
    given = store.plans.current(store.players.named("Ada").id, NOW.date())
    assert given is not None
    assert (played.name, given.by) == ("starter", "Heron")
    assert len(played.parts) >= 4
    assert not any(part.plain for part in played.parts)


def test_a_plan_that_somebody_gave_begins_with_a_check_up_that_is_the_same_for_everybody(store: Store) -> None:
    store.plans.assign(store.players.named("Ada").id, PLANS.text("focus"), NOW.date(), "Dr. Lee")
    played = planned(store, born=1990)
    assert [part.task for part in played.parts if part.plain] == ["still-water", "look-away"]
    assert played.seed == checkup.seed(1)
    assert played.goal == 0.8


def test_a_child_goes_at_its_own_pace_and_rests_longer_between_parts(store: Store) -> None:
    child, grown = planned(store, born=2017), planned(store, player="Ben", born=1990)
    assert (child.child, grown.child) == (True, False)
    assert child.break_s > grown.break_s
    assert max(part.seconds for part in child.parts) < max(part.seconds for part in grown.parts)


def test_each_new_game_is_practised_once(store: Store) -> None:
    parts = planned(store, born=1990).parts
    tasks = [part.task for part in parts]
    assert len(set(tasks)) < len(tasks)
    assert [part.practice for part in parts] == [
        0 if task in tasks[:place] else 10 for place, task in enumerate(tasks)
    ]


def test_a_game_that_was_played_begins_below_where_it_was_left_and_needs_no_practice(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    play(path, *[replace(TRIAL, difficulty=1.5)] * 12, BLOCK, name="Ada", anchor_unix_s=NOW.timestamp() - 3600)
    with Store.open(path) as store:
        (part,) = planned(store, level="strike-01", play_s=30.0).parts
    assert part.practice == 0
    assert part.first_x == pytest.approx(1.0, abs=0.1)


def test_one_level_is_what_was_asked_for_within_what_is_good_for_the_player(store: Store) -> None:
    assert [part.seconds for part in planned(store, level="strike-01", play_s=90.0).parts] == [45.0, 45.0]
    store.wellbeing.limit(store.players.named("Ada").id, Limits(sitting_s=200.0), "a parent")
    assert sum(part.seconds for part in planned(store, level="strike-01", play_s=900.0).parts) == pytest.approx(200.0)


def test_who_has_played_enough_is_told_so_and_a_worrying_answer_closes_heron(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    play(path, replace(BLOCK, seconds=3000.0), name="Ada", anchor_unix_s=NOW.timestamp() - 3600)
    with Store.open(path) as store:
        with pytest.raises(NotToday, match="enough for today"):
            planned(store, level="strike-01")
        store.wellbeing.screen(store.players.named("Ben").id, Screening("yes", "no", "no"))
        with pytest.raises(NotToday, match="ask a doctor first"):
            planned(store, player="Ben")


def test_simulated_hands_need_nobodys_leave(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    play(path, replace(BLOCK, seconds=3000.0), name="Ada", anchor_unix_s=NOW.timestamp() - 3600)
    with Store.open(path) as store:
        assert planned(store, twin="child").name == "strike-01"
        tried = planned(store, twin="child", plan="focus")
        assert tried.child
        assert not all(part.plain for part in tried.parts)
        assert [part.plain for part in planned(store, twin="adult", checkup=True, has_gaze=True).parts] == [True] * 5


@pytest.mark.parametrize("hands", [None, "adult"])
def test_nothing_new_is_played_after_the_consent_was_taken_back(store: Store, hands: str | None) -> None:
    ada = store.players.named("Ada").id
    assert planned(store, twin=hands)
    store.privacy.withdraw(ada, "play", "Ada", "player")
    with pytest.raises(NotToday, match="taken back"):
        planned(store, twin=hands)
    assert planned(store, twin=hands, player="Ben")
    store.consents.say(ada, "play", True, "Ada", "player")
    assert planned(store, twin=hands)


def test_the_first_time_health_is_asked_for_and_pupils_are_shown_the_grey_steps(store: Store) -> None:
    played = planned(store, born=1990, has_gaze=True)
    shown = preparing.show(wish(gaze="neon:auto"), played, store, NOW, MUSE, "sha")
    assert shown.asks
    assert shown.checks_in
    assert shown.offers
    assert shown.setup.light_s == light.WHOLE_S
    assert preparing.show(wish(), played, store, NOW, replace(MUSE, has_gaze=False), "sha").setup.light_s == 0


def test_a_child_is_at_play_within_four_minutes(store: Store) -> None:
    played = planned(store, born=2017, has_gaze=True)
    setup = preparing.show(wish(gaze="neon:auto"), played, store, NOW, MUSE, "sha").setup
    assert setup.rest_s + setup.light_s + setup.warmup_s <= 4 * 60 - 60  # a minute for the fit check


def test_who_comes_back_within_minutes_with_the_same_headset_need_not_rest_again(tmp_path: Path) -> None:
    path, rest = tmp_path / "heron.sqlite", '{"channels":["TP9"]}'
    with Store.open(path) as store:
        sha = store.models.add(b"a model", "attention", {})
    known = {"headset_json": to_json(MUSE.headset).decode(), "model_sha": sha, "name": "Ada"}
    session = play(path, CalibrationRow("rest", 1.0, rest), **known)
    with Store.open(path) as store:
        ended = store.sessions.get(session).ended_unix_s
        assert ended is not None
        soon, late = (datetime.fromtimestamp(ended + minutes * 60, UTC) for minutes in (5, 20))
        cap = replace(MUSE, headset=Headset("Cap", ("Fz", "Pz"), 250.0))
        played = planned(store, NOW, level="strike-01")
        shown = [
            preparing.show(wish(), played, store, now, worn, model)
            for now, worn, model in ((soon, MUSE, sha), (late, MUSE, sha), (soon, cap, sha), (soon, MUSE, "another"))
        ]
    assert [show.rested for show in shown] == [rest, None, None, None]
    assert [show.setup.rest_s == 0 for show in shown] == [True, False, False, False]
