"""Ways through the home: what each page leads to, whatever somebody handles it with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from itertools import pairwise
from typing import get_args

import pytest

from engine.level import LEVELS, Place
from engine.ports import Inputs
from engine.safety import Limits
from game.draw import Text, flatten
from game.loop import drawn
from game.manner import USUAL, Manner, Volumes, worn
from game.scenes.home.corner import Corner, Gate, factors
from game.scenes.home.door import Door
from game.scenes.home.games import levels
from game.scenes.home.keys import means
from game.scenes.home.map import PLACES, Map
from game.scenes.home.newcomer import LONGEST_NAME, Portrait
from game.scenes.home.room import TURN_TICKS, Page, Room, room
from game.scenes.home.settings import ROWS, Rows, Settings
from game.scenes.home.told import Home, Kept, Left, Limited, Made, Opened, Sits
from game.scenes.marsh import Marsh
from game.scenes.scene import Quit, Scene
from tests.game.scenes.home.hands import (
    clicked,
    focused,
    keys,
    looked,
    played,
    pointed,
    pressed,
    seen,
    switched,
    typed,
)
from tests.game.scenes.home.pages import ADA, FACES, OPEN, REFUSED, TODAY

AT_DOOR = Home(USUAL, False, TODAY, FACES)
AT_MAP = replace(AT_DOOR, player=OPEN)


def told(room: Room) -> str:
    """All words that are to be seen."""
    return " ".join(op.words for op in flatten(drawn(room)) if isinstance(op, Text))


def entered(home: Home, page: Page) -> Room:
    with worn(home.manner):
        return room(home, page, Marsh(grown=home.player.grown if home.player else ()))


@pytest.mark.parametrize("place", get_args(Place))
def test_every_level_is_three_presses_from_the_door(place: Place) -> None:
    presses = 1  # the portrait, at the door
    assert clicked(entered(AT_DOOR, Door()), "who Ada").decided == Opened("Ada")
    at_place = clicked(entered(AT_MAP, Map()), PLACES[place])
    presses += 1
    for level in levels(place):
        assert clicked(at_place, level.id).decided == Sits("Ada", level.id)
    presses += 1
    assert presses == 3


def test_the_places_hold_every_level_once() -> None:
    assert sorted(level.id for place in PLACES for level in levels(place)) == sorted(LEVELS.ids())


def test_who_played_last_and_then_play_have_the_focus() -> None:
    assert focused(entered(AT_DOOR, Door())) == "who Ada"
    assert pressed(entered(AT_DOOR, Door()), "confirm").decided == Opened("Ada")
    assert pressed(entered(AT_MAP, Map()), "confirm").decided == Sits("Ada")


Hand = Callable[[Room, str], Room]


@pytest.mark.parametrize(
    ("manner", "hand"),
    [(USUAL, clicked), (replace(USUAL, scan_s=0.5), switched), (replace(USUAL, dwell_s=0.5), looked)],
    ids=["pointer", "one switch", "a look"],
)
def test_one_way_of_choosing_is_enough_for_all_pages(manner: Manner, hand: Hand) -> None:
    nobody = entered(replace(AT_DOOR, faces=(), manner=manner), Portrait())
    born = hand(hand(hand(nobody, "portrait_frog"), "Reed"), "Done")
    assert born.decided == Made("Reed", "portrait_frog", None)
    at_map = entered(replace(AT_MAP, manner=manner), Map())
    assert hand(at_map, "Play").decided == Sits("Ada")
    assert hand(hand(at_map, "Lake"), levels("lake")[-1].id).decided == Sits("Ada", levels("lake")[-1].id)
    assert hand(hand(at_map, "Garden"), "Back").page == Map()
    larger = hand(hand(hand(hand(at_map, "Settings"), "See"), "Colours"), "Back")
    assert larger.show.manner.palette == "night"
    assert hand(larger, "Back").decided == Kept("Ada", replace(manner, palette="night"))


def test_keys_and_pads_reach_every_choice_of_every_page() -> None:
    pages: list[tuple[Home, Page]] = [
        (AT_DOOR, Door()),
        (AT_MAP, Map()),
        (AT_MAP, Settings()),
        (AT_MAP, Corner()),
        *((AT_MAP, Rows(name)) for name in ROWS),
    ]
    for home, page in pages:
        start = entered(home, page)
        reached, edge = {start.menu.focus}, [start]
        while edge:
            here = edge.pop()
            for way in ("up", "down", "left", "right"):
                there = played(here, [Inputs(pressed=(way,))])
                if there.page.name == start.page.name and there.menu.focus not in reached:
                    reached.add(there.menu.focus)
                    edge.append(there)
        assert reached == set(range(len(start.laid.choices))), page.name


def test_esc_leads_back_from_every_page_and_at_last_out() -> None:
    settings = pressed(clicked(clicked(entered(AT_MAP, Map()), "Settings"), "Hear"), "back")
    assert settings.page == Settings("Hear")
    assert focused(settings) == "Hear"
    assert pressed(settings, "back").decided == Kept("Ada", USUAL)
    assert pressed(entered(AT_MAP, Map()), "back").decided == Opened(None)
    assert pressed(entered(AT_DOOR, Door()), "back").decided == Left()


def test_what_was_decided_leads_out_of_the_loop() -> None:
    after, events = pressed(entered(AT_MAP, Map()), "back").update(Inputs())
    assert (after, events) == (Quit("left"), ())


@pytest.mark.parametrize(("home", "page", "key"), [(AT_MAP, Map(), "Play"), (AT_MAP, Corner(), "Check-up")])
def test_the_way_to_a_sitting_leads_over_the_map_to_the_marsh_as_the_sitting_finds_it(
    home: Home, page: Page, key: str
) -> None:
    at: Scene | Quit = clicked(entered(home, page), key)
    shown = []
    while not isinstance(at, Quit):
        assert isinstance(at, Room)
        shown.append(at)
        at, _ = at.update(Inputs())
    most = max(one.mapped for one in shown)
    assert most == TURN_TICKS
    assert shown[-1].mapped == 0
    assert max(abs(a.mapped - b.mapped) for a, b in pairwise(shown)) <= 1
    assert all(a.marsh == b.marsh for a, b in pairwise(shown) if a.mapped < TURN_TICKS)
    assert shown[-1].marsh.grown == home.opened.grown
    assert len(shown) <= 2 * TURN_TICKS + 2


def test_a_hand_that_is_still_pressing_chooses_nothing() -> None:
    assert played(entered(AT_MAP, Map()), [Inputs(pressed=("confirm",))] * 5).decided is None


def test_a_player_for_whom_no_sitting_may_begin_is_told_why_and_has_the_garden() -> None:
    refused = entered(replace(AT_MAP, player=REFUSED), Map())
    assert focused(refused) == "Garden"
    assert keys(refused) == ["Garden", "Settings", "Somebody else"]
    assert REFUSED.why is not None
    assert REFUSED.why in told(refused)


def test_a_walked_path_leaves_the_games_of_one_s_own_choice() -> None:
    walked = replace(OPEN, stones=tuple(replace(stone, done=True) for stone in OPEN.stones))
    assert "Play" not in keys(entered(replace(AT_MAP, player=walked), Map()))
    assert "Willow" in keys(entered(replace(AT_MAP, player=walked), Map()))


def test_a_newcomer_chooses_a_picture_types_a_name_and_may_say_a_year() -> None:
    named = typed(pressed(entered(AT_DOOR, Portrait()), "right", "confirm"), "Wwapd  sx\b")
    assert named.page.name == "named"  # letters that usually mean a way or a pause are letters here
    born = pressed(named, "confirm")
    decade = pressed(born, "up", "left")
    assert decade.laid.choices[0].value == "1930"
    said = clicked(pressed(played(born, [Inputs(pressed=("up",))]), "right"), "Done")
    assert said.decided == Made("Wwapd s", "portrait_otter", 2020)


def test_a_name_is_there_once_and_never_empty() -> None:
    naming = pressed(entered(AT_DOOR, Portrait()), "confirm")
    empty = clicked(naming, "Next")
    assert "There is no name yet" in told(empty)
    assert "lives here already" in told(clicked(typed(naming, "aDA"), "Next"))
    assert len(str(typed(naming, "a" * 40).laid.choices[0].value)) == LONGEST_NAME


def test_every_setting_shows_at_once_and_can_be_taken_back() -> None:
    for name, settings in ROWS.items():
        page = clicked(clicked(entered(AT_MAP, Map()), "Settings"), name)
        for setting in settings:
            changed = pressed(pointed(page, setting.shown(USUAL).key), "right")
            assert changed.show.manner != USUAL, setting.shown(USUAL).key
            hand = switched if changed.show.manner.scan_s else clicked
            assert hand(changed, "As usual").show.manner == USUAL
            undone = hand(changed, "Undo")
            assert undone.show.manner == USUAL
            assert clicked(undone, "Undo").show.manner == changed.show.manner


def test_as_usual_is_for_one_page_alone() -> None:
    manner = replace(USUAL, text=1.5, volumes=Volumes(0.1, 0.2, 0.3))
    page = clicked(clicked(entered(replace(AT_MAP, manner=manner), Settings()), "Hear"), "As usual")
    assert page.show.manner == replace(USUAL, text=1.5)


def test_a_look_may_be_as_long_as_anybody_needs() -> None:
    page = clicked(entered(replace(AT_MAP, manner=replace(USUAL, dwell_s=1.1)), Rows("Hands")), "Hand")
    longer = played(pressed(page, "down", "down"), [Inputs(pressed=("right",))] * 25)
    assert longer.show.manner.dwell_s is not None
    assert longer.show.manner.dwell_s > 60


def test_a_language_is_spoken_at_once() -> None:
    page = pressed(clicked(entered(AT_MAP, Settings()), "Language"), "left")
    assert page.show.manner.language == "en"
    assert pressed(page, "right").show.manner.language == "zh_CN"


def at_keys() -> Room:
    return clicked(clicked(clicked(entered(AT_MAP, Map()), "Settings"), "Hands"), "Keys")


def given(at: Room, deed: str, key: str) -> Room:
    """Press that key for a deed."""
    row = next(each for each in keys(at) if each.startswith(f"{deed}:"))
    return played(seen(clicked(at, row)), [Inputs(keys=(key,))])


def test_a_key_is_given_by_pressing_it_and_means_one_thing() -> None:
    once = given(at_keys(), "Catch", "k")
    assert once.show.manner.keys == (("k", "strike"),)
    twice = given(once, "Pause", "k")
    assert twice.show.manner.keys == (("k", "pause"),)
    assert clicked(twice, "Undo").show.manner.keys == (("k", "strike"),)
    assert clicked(twice, "Usual keys").show.manner.keys == ()


def test_no_deed_is_left_without_a_key() -> None:
    page = at_keys()
    for key in ("space", "return"):
        page = given(page, "Up", key)
    refused = given(page, "Up", "enter")
    assert refused.show.manner == page.show.manner
    assert "Take another one" in told(refused)
    assert means(refused.show.manner, "confirm") == ("enter",)


def test_esc_is_never_given_away() -> None:
    waiting = clicked(at_keys(), next(each for each in keys(at_keys()) if each.startswith("Up")))
    after = played(seen(waiting), [Inputs(pressed=("back", "pause"), keys=("escape",))])
    assert after.page.name == "keys"
    assert after.show.manner == USUAL


def test_the_gate_asks_for_a_sum_and_the_corner_sets_limits() -> None:
    one, other = factors(TODAY)
    gate = entered(AT_DOOR, Gate())
    assert "try again" in told(clicked(gate, str(one * other + 10)))
    whom = clicked(gate, str(one * other))
    assert clicked(whom, "who Bo").decided == Opened("Bo", corner=True)
    corner = entered(AT_MAP, Corner())
    assert clicked(corner, "Check-up").decided == Sits("Ada", checkup=True)
    limits = clicked(pressed(clicked(corner, "Limits"), "right", "down", "right", "right"), "Keep")
    assert limits.decided == Limited("Ada", Limits(bedtime=time(18), sitting_s=600.0))


def test_settings_at_the_door_are_those_of_the_home() -> None:
    page = pressed(clicked(entered(AT_DOOR, Door()), "Settings"), "back")
    assert page.decided == Kept(None, USUAL)


def test_a_home_of_many_shows_all_of_them_by_and_by() -> None:
    many = replace(AT_DOOR, faces=tuple(ADA._replace(name=str(number)) for number in range(12)))
    page, met = entered(many, Door()), set()
    for _ in range(3):
        met |= {key for key in keys(page) if key.startswith("who ")}
        page = clicked(page, "More players")
    assert len(met) == 12
    assert page.page == Door()
