"""The pictures of Reed Search and Two Ponds: nothing tells too soon, and nothing jumps."""

from itertools import pairwise
from typing import Any

import pytest

import assets
from engine.ports import Action
from engine.tasks import reed_search, two_ponds
from engine.tasks.reed_search import ReedSearch
from engine.tasks.task import Ask, By, Hand, Rules
from engine.tasks.two_ponds import TwoPonds
from engine.tasks.two_ponds_rounds import Variant
from game.draw import HEIGHT, WIDTH, Sprite, flatten
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.reed_search import SHOW

REEDS = reed_search.Settings(
    task="reed-search", creatures=(6, 16), alike=(0.2, 1.0), leaves=(0, 20), limit_s=(3.0, 2.0)
)
PONDS = two_ponds.Settings(task="two-ponds", variant="switch", cue_s=(0.8, 0.2), limit_s=(2.4, 1.0))
MODES: tuple[By, ...] = ("keys", "pointer", "gaze")


def lived(game: Any, settings: Any, ticks: int, difficulty: float = 0.0) -> list[Any]:
    """A game with a press now and then, each of its states."""
    rules, states = Rules(2, True, "keys", settings), []
    presses: tuple[Action, ...] = ("left", "right", "strike")
    for tick in range(1, ticks):
        hand = Hand((presses[tick // 53 % 3],) if tick % 53 == 0 else ())
        game = game.step(rules, hand, tick, Ask(difficulty, second=difficulty, block=1))[0]
        states.append(game)
    return states


def drawn(game: Any, task: str, tick: int = 7) -> list[Sprite]:
    picture = LOOKS[task].draw(game, tick)
    return [op for op in flatten((*picture.water, *picture.air)) if isinstance(op, Sprite)]


def among(ops: list[Sprite], *names: str) -> list[Sprite]:
    return [op for op in ops if op.texture.startswith(names)]


def ponds(variant: Variant) -> list[TwoPonds]:
    return lived(TwoPonds(), PONDS.model_copy(update={"variant": variant}), 6000)


def test_nobody_shows_before_the_onset_and_then_all_at_the_same_pace() -> None:
    for now in lived(ReedSearch(), REEDS, 900):
        seated = among(drawn(now, "reed-search"), "seeker")[:-1]
        if now.phase == "card":
            assert not seated
        if now.phase == "search" and now.phase_tick <= SHOW:
            assert len(seated) == now.size
            assert len({op.alpha for op in seated}) == 1
            assert (seated[0].alpha == 1) == (now.phase_tick == SHOW)


def test_the_card_shows_who_is_looked_for_and_the_first_seated_is_that_one() -> None:
    search = next(now for now in lived(ReedSearch(), REEDS, 900) if now.phase == "search" and now.present)
    *seated, card = among(drawn(search, "reed-search"), "seeker")
    assert [op.texture for op in seated].count(card.texture) == 1


def test_in_the_fullest_reeds_everybody_is_inside_the_picture_and_clear_of_its_corners() -> None:
    for now in lived(ReedSearch(), REEDS, 3000, difficulty=3.0):
        for op in among(drawn(now, "reed-search"), "seeker"):
            assert 130 < op.x < WIDTH - 130
            assert 130 < op.y < HEIGHT - 60


def test_reeds_creatures_and_card_neither_come_nor_go_at_once() -> None:
    for before, after in pairwise(lived(ReedSearch(), REEDS, 2000)):
        steps = [
            {(op.texture, i): op.alpha for i, op in enumerate(among(drawn(now, "reed-search"), "stalk", "card"))}
            for now in (before, after)
        ]
        for one in steps[0].keys() & steps[1].keys():
            assert abs(steps[0][one] - steps[1][one]) < 0.2
    gap = next(now for now in lived(ReedSearch(), REEDS, 900) if now.phase == "gap" and now.trial)
    assert drawn(gap, "reed-search") == []


@pytest.mark.parametrize("variant", ["switch", "steer", "both"])
def test_the_light_comes_and_goes_gently_and_is_there_with_every_creature(variant: Variant) -> None:
    lights = []
    for now in ponds(variant):
        light = among(drawn(now, "two-ponds"), "rule")
        if now.phase == "reach" and now.creature:
            assert [op.texture for op in light] == ["rule_sun" if now.rule == "kind" else "rule_moon"]
            assert light[0].alpha == 1
        lights.append(sum(op.alpha for op in light))
    assert max(abs(a - b) for a, b in pairwise(lights)) < 0.2


def test_before_its_onset_nothing_tells_which_creature_comes() -> None:
    for now in ponds("switch"):
        if now.phase in ("lead", "cue"):
            at_home = among(drawn(now, "two-ponds"), "fish", "frog")
            assert [op.texture[:4] for op in at_home] == ["fish", "frog"]


def test_boat_and_current_flow_without_a_jump() -> None:
    states = [now for now in ponds("steer")[:4500] if now.rule]
    pictures = [drawn(now, "two-ponds", tick) for tick, now in enumerate(states)]
    boats = [among(picture, "boat")[0] for picture in pictures]
    assert max(abs(a.x - b.x) for a, b in pairwise(boats)) < 15
    assert max(abs(a.y - b.y) for a, b in pairwise(boats)) < 2
    light = [sum(op.alpha for op in among(picture, "current")) for picture in pictures]
    assert max(abs(a - b) for a, b in pairwise(light)) < 1.5


@pytest.mark.parametrize("task", ["reed-search", "two-ponds"])
def test_words_fit_their_places_and_every_picture_is_there(task: str) -> None:
    look = LOOKS[task]
    assert len(look.deed(188, 188)) <= 60
    for by in MODES:
        assert all(len(reminder.words) <= 44 for reminder in look.reminders(by))
        assert all(reminder.picture in assets.pictures() for reminder in look.reminders(by))
    states = lived(ReedSearch(), REEDS, 900, 3.0) if task == "reed-search" else ponds("both")[:2000]
    for now in states[::7]:
        assert {op.texture for op in drawn(now, task)} <= assets.pictures().keys()
        assert all(0 < len(look.hint(now, by)) <= 60 for by in MODES)
