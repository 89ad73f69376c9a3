"""The pictures of Still Water and Marsh Chorus: nothing appears suddenly, and nothing tells what is to be heard."""

from dataclasses import replace
from itertools import pairwise

import pytest

from engine.level import LEVELS
from engine.session import Setup, alike, begin
from engine.tasks import still_water
from engine.tasks.chorus import LULL, ODD_CALLS, SINGERS, Chorus
from engine.tasks.still_water import Picture, StillWater
from engine.tasks.task import Ask, Hand, Rules
from game.draw import Disc, DrawList, Sprite, Text, flatten
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.still_water import LAYOUTS
from game.scenes.marsh import FADE_TICKS, Marsh, next_tick, world

WATER = still_water.Settings(
    task="still-water", every_s=(2.4, 1.5), melt=(0.4, 1.0), lotuses=(0.25, 0.1), likeness=(0.0, 0.8)
)
PICTURE = Picture("bud", 0, 0.0, 60, 120, 0.0, 0)


def sprites(ops: DrawList) -> list[Sprite]:
    return [op for op in flatten(ops) if isinstance(op, Sprite)]


def lived(ticks: int) -> list[StillWater]:
    """Still Water, with a press now and then."""
    now, rules, states = StillWater(), Rules(2, True, "keys", WATER), []
    for tick in range(1, ticks):
        hand = Hand(("strike",) if tick % 97 == 0 else ())
        now = now.step(rules, hand, tick, Ask(0.0, block=1))[0]
        states.append(now)
    return states


def flowers(now: StillWater) -> list[Sprite]:
    return [op for op in sprites(LOOKS["still-water"].draw(now, 7).water) if op.texture.startswith(("bud", "lotus"))]


def test_in_still_water_nothing_comes_or_goes_at_once() -> None:
    for before, after in pairwise(lived(1500)):
        alphas = [
            {op[0:3]: op.alpha for op in sprites(LOOKS["still-water"].draw(now, 7).water)} for now in (before, after)
        ]
        for shape in alphas[0].keys() | alphas[1].keys():
            if not shape[0].startswith(("ripple", "sparkle")):
                assert abs(alphas[0].get(shape, 0.0) - alphas[1].get(shape, 0.0)) < 0.05


def test_at_the_onset_there_is_as_much_of_the_new_picture_as_of_the_old() -> None:
    now = StillWater(1, PICTURE, replace(PICTURE, kind="lotus", layout=1), age=PICTURE.onset)
    old, new = flowers(now)
    assert (old.texture, new.texture) == ("bud", "lotus_1")
    assert old.alpha == pytest.approx(new.alpha)


def test_a_lotus_closes_by_fifths_as_it_gets_harder_and_never_becomes_a_bud() -> None:
    drawn = [
        flowers(StillWater(1, None, replace(PICTURE, kind="lotus", likeness=k / 10), age=60))[0].texture
        for k in range(9)
    ]
    assert drawn == sorted(drawn)
    assert (drawn[0], drawn[-1]) == ("lotus_1", "lotus_5")


def test_there_are_as_many_ways_to_lie_as_the_rules_know() -> None:
    assert len(LAYOUTS) == still_water.LAYOUTS
    assert len({layout.flower for layout in LAYOUTS}) == len(LAYOUTS)


def test_a_glint_is_where_the_flower_was_that_was_answered() -> None:
    now = StillWater(2, PICTURE, replace(PICTURE, layout=1), age=PICTURE.onset + 3, echo=9, echo_of="hit")
    old, new = flowers(now)
    (glint,) = [op for op in sprites(LOOKS["still-water"].draw(now, 7).water) if op.texture == "sparkle"]
    assert abs(glint.x - old.x) < 20
    later = replace(now, age=PICTURE.onset + 40)
    (glint,) = [op for op in sprites(LOOKS["still-water"].draw(later, 7).water) if op.texture == "sparkle"]
    assert abs(glint.x - new.x) < 20


def test_a_lotus_that_was_touched_only_sends_a_ring() -> None:
    now = StillWater(1, None, replace(PICTURE, kind="lotus"), age=80, echo=20, echo_of="false_alarm")
    assert "sparkle" not in {op.texture for op in sprites(LOOKS["still-water"].draw(now, 7).water)}


@pytest.mark.parametrize("age", [1, 20, 60])
def test_what_calls_cannot_be_seen_unless_the_level_says_so(age: int) -> None:
    calls = [Chorus(1, variant="back", n=1, voice=voice, kind="other", age=age, open=True) for voice in SINGERS]
    assert len({LOOKS["chorus"].draw(now, 7) for now in calls}) == 1
    if age > 1:
        assert len({LOOKS["chorus"].draw(replace(now, seen=True), 7) for now in calls}) == len(SINGERS)


def test_whoever_calls_stands_up_and_the_plover_has_the_odd_voices() -> None:
    for voice, caller in (("cuckoo", "cuckoo"), *((odd, "plover") for odd in ODD_CALLS)):
        now = Chorus(1, voice=voice, kind="odd", age=30, open=True, seen=True)
        sizes = {op.texture: op.scale for op in sprites(LOOKS["chorus"].draw(now, 7).water) if "singer" in op.texture}
        assert set(sizes) == {"singer_cuckoo", "singer_plover"}
        assert max(sizes, key=lambda name: sizes[name]) == f"singer_{caller}"


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_the_stones_say_how_far_back_to_think(n: int) -> None:
    now = Chorus(variant="back", n=n, age=LULL // 2)
    stones = [op for op in LOOKS["chorus"].draw(now, 7).air if isinstance(op, Disc) and op.radius > 10]
    assert len(stones) == n + 1
    assert LOOKS["chorus"].draw(replace(now, variant="odd", n=0, voice="cuckoo"), 7).air == ()


def test_what_is_asked_is_said_before_the_first_call_and_fades_with_it() -> None:
    def said(now: Chorus) -> list[tuple[str, float]]:
        return [(op.words, op.alpha) for op in flatten(LOOKS["chorus"].draw(now, 7).air) if isinstance(op, Text)]

    silence = Chorus(variant="back", n=2, age=LULL // 2)
    assert said(silence) == [(LOOKS["chorus"].hint(silence, "keys"), 1.0)]
    assert said(replace(silence, age=LULL - 1))[0][1] < 0.01
    assert said(replace(silence, voice="frog", age=0)) == []


def test_the_marsh_shows_no_flowers_of_its_own_while_lilies_are_the_game() -> None:
    level = LEVELS.find("still-water-01")
    sitting = replace(begin(Setup(alike(level, 60.0), 1)), stage="block", task="still-water", game=StillWater())
    now = Marsh(grown=("lotus", "iris"))
    flowers: list[float] = []
    for _ in range(FADE_TICKS):
        now = next_tick(now, sitting)
        drawn = sprites(world(now, sitting, 1))
        flowers.append(sum(op.alpha for op in drawn if op.texture in ("lily_1", "grown_lotus")))
        assert any(op.texture == "grown_iris" and op.alpha == 1 for op in drawn)
    assert flowers == sorted(flowers, reverse=True)
    assert flowers[0] > 1.9
    assert flowers[-1] == 0


@pytest.mark.parametrize("task", ["still-water", "chorus"])
def test_words_are_short(task: str) -> None:
    look = LOOKS[task]
    assert all(len(reminder.words) <= 44 for reminder in look.reminders("keys"))
    assert len(look.deed(100, 120)) <= 60


def test_hints_follow_the_picture_and_the_call() -> None:
    hint = LOOKS["still-water"].hint
    coming = StillWater(1, PICTURE, replace(PICTURE, kind="lotus"), age=10, open=True)
    assert "bud" in hint(coming, "keys")
    assert "lotus" in hint(replace(coming, age=30), "keys")
    rules = {LOOKS["chorus"].hint(Chorus(variant="back", n=n), "keys") for n in (1, 2, 3, 4)}
    assert len(rules) == 4
    called = Chorus(1, variant="back", n=1, voice="frog", kind="same", open=True)
    assert "press Space" in LOOKS["chorus"].hint(called, "keys")
    assert "wait" in LOOKS["chorus"].hint(replace(called, kind="other"), "keys")
