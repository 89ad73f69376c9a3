"""The pictures of Firefly, Candle and Look Away: what is to be seen is seen in its tick, and nothing jumps."""

from collections import Counter
from itertools import pairwise
from math import hypot
from typing import Any

import pytest

import assets
from engine.ports import Action, Place
from engine.tasks import candle, firefly, look_away
from engine.tasks.candle import Candle
from engine.tasks.firefly import Firefly
from engine.tasks.look_away import LookAway
from engine.tasks.task import Ask, By, Hand, Rules
from game.draw import HEIGHT, WIDTH, Sprite, flatten
from game.scenes.games.catalogue import LOOKS

FLIGHTS = firefly.Settings(task="firefly", speed=(5, 20), surprise=(0, 1), hidden_s=(0.0, 0.8), near_deg=(4, 3))
HOLDS = candle.Settings(task="candle", radius_deg=(4, 2), hold_s=(2, 6), lures_per_s=(0.2, 0.8), salience=(0.2, 1))
LIGHTS = look_away.Settings(task="look-away", far_deg=(6, 12), dark_s=(0, 0.2), towards=(0.5, 0.3), salience=(0.3, 1))
MODES: tuple[By, ...] = ("gaze", "pointer", "keys")


def lived(game: Any, settings: Any, ticks: int, on: bool = True) -> list[Any]:
    """Each state of a game with eyes on what there is to see, or nowhere near it, and an arrow now and then."""
    rules, states = Rules(2, False, "pointer", settings), []
    for tick in range(1, ticks):
        at: Place | None = game.sight if on else (0.1, 0.95)
        pressed: tuple[Action, ...] = ("left",) if tick % 97 == 0 else ()
        game = game.step(rules, Hand(pressed, at or (0.5, 0.63)), tick, Ask(1.0, block=1))[0]
        states.append(game)
    return states


def drawn(game: Any, task: str, tick: int) -> list[Sprite]:
    picture = LOOKS[task].draw(game, tick)
    return [op for op in flatten((*picture.water, *picture.air)) if isinstance(op, Sprite)]


def only(ops: list[Sprite], name: str) -> Sprite | None:
    return next((op for op in ops if op.texture.startswith(name)), None)


@pytest.mark.parametrize(
    ("begin", "settings", "much"), [(Firefly(), FLIGHTS, 0.13), (Candle(), HOLDS, 0.12), (LookAway(), LIGHTS, 0.27)]
)
def test_nothing_jumps_or_flashes(begin: Any, settings: Any, much: float) -> None:
    """Each picture moves and fades in small steps; what comes or goes does so from nothing, or to it."""
    for on in (True, False):
        states = lived(begin, settings, 1500, on)
        lists = [drawn(now, settings.task, tick) for tick, now in enumerate(states)]
        for before, after in pairwise(lists):
            was, now = _named(before), _named(after)
            for name in was.keys() | now.keys():
                a, b = was.get(name), now.get(name)
                faded = abs((a.alpha if a else 0.0) - (b.alpha if b else 0.0))
                assert faded <= much, name
                if a and b and min(a.alpha, b.alpha) > 0.02:
                    assert hypot(a.x - b.x, a.y - b.y) < 24, name


def _named(ops: list[Sprite]) -> dict[tuple[str, int], Sprite]:
    """By name and number among those of its name; wings beat: one creature whatever its picture."""
    seen: Counter[str] = Counter()
    named = {}
    for op in ops:
        name = op.texture.rstrip("0123456789").removesuffix("_")
        named[name, seen[name]] = op
        seen[name] += 1
    return named


def test_the_fly_is_drawn_where_it_is_and_mist_hides_it() -> None:
    hidden = 0
    for tick, now in enumerate(lived(Firefly(), FLIGHTS, 2500)):
        ops = drawn(now, "firefly", tick)
        fly, veil = only(ops, "glowfly"), only(ops, "veil")
        if now.phase == "gap":
            assert not ops
            continue
        assert fly is not None
        assert hypot(fly.x - now.place[0] * WIDTH, fly.y - now.place[1] * HEIGHT) < 20
        if now.hidden == 1.0:
            hidden += 1
            assert fly.alpha == 0
            assert veil is not None
            assert veil.alpha > 0.2
    assert hidden > 30


def test_it_shines_more_the_longer_it_was_looked_at() -> None:
    flown = [now for now in lived(Firefly(), FLIGHTS, 600) if now.phase == "flight" and not now.hidden]
    first, last = (only(drawn(now, "firefly", 0), "firefly") for now in (flown[0], flown[-1]))
    assert first is not None
    assert last is not None
    assert last.scale > first.scale + 0.5


def test_the_flame_burns_higher_for_who_looks_at_it() -> None:
    def height(on: bool) -> float:
        held = [now for now in lived(Candle(), HOLDS, 400, on) if now.phase == "hold"]
        flame = only(drawn(held[150], "candle", 0), "flame")
        assert flame is not None
        return flame.scale

    assert height(True) > height(False) + 0.3


def test_a_lure_is_drawn_beside_the_flame_while_it_is_there() -> None:
    shone = 0
    for tick, now in enumerate(lived(Candle(), HOLDS, 1500)):
        wisp = only(drawn(now, "candle", tick), "wisp")
        assert (wisp is not None) == (now.lure_age_s is not None)
        shone += wisp is not None and wisp.alpha > 0.5
    assert shone > 60


def test_the_light_is_seen_in_the_tick_in_which_it_is_logged_and_not_before() -> None:
    came = 0
    for tick, now in enumerate(lived(LookAway(), LIGHTS, 3000)):
        ops = drawn(now, "look-away", tick)
        wisp = only(ops, "wisp")
        if now.phase in ("gap", "mark", "dark"):
            assert wisp is None
        if now.phase == "cue":
            assert wisp is not None
            assert wisp.alpha > 0.1
            assert wisp.x == pytest.approx(now.beside(now.side)[0] * WIDTH)
            assert only(ops, "mark") is None
            came += now.phase_tick == 0
    assert came > 8


def test_the_mark_says_by_its_shape_what_is_asked() -> None:
    marks = {
        (now.kind, op.texture)
        for now in lived(LookAway(), LIGHTS, 3000)
        if now.phase == "mark" and (op := only(drawn(now, "look-away", 0), "mark"))
    }
    assert marks == {("anti", "mark_ring"), ("pro", "mark_dot")}


def test_words_are_short_and_pictures_exist() -> None:
    for task, begin in (("firefly", Firefly()), ("candle", Candle()), ("look-away", LookAway())):
        look = LOOKS[task]
        for by in MODES:
            reminders = look.reminders(by)
            assert all(len(reminder.words) <= 44 for reminder in reminders)
            assert all(reminder.picture in assets.pictures() for reminder in reminders)
            assert len(look.hint(begin, by)) <= 52
        assert len(look.deed(88, 100)) <= 60


def test_hints_follow_the_picture() -> None:
    hint = LOOKS["look-away"].hint
    assert "other side" in hint(LookAway(kind="anti"), "gaze")
    assert "arrow" in hint(LookAway(kind="pro"), "keys")
    lured = next(now for now in lived(Candle(), HOLDS, 900) if now.lure_age_s is not None)
    assert "cool light" in LOOKS["candle"].hint(lured, "gaze")
    assert "flame" in LOOKS["candle"].hint(Candle(), "gaze")
