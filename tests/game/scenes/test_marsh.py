"""The world beneath the screens: what swims, what strikes, what is earned."""

from dataclasses import replace
from itertools import pairwise
from math import hypot

import pytest

import assets
from engine.events import Outcome
from engine.session import Sitting
from engine.session import begin as begin_sitting
from engine.tasks.strike import EXIT, REVEAL, Kind, Phase, Strike
from game.draw import WIDTH, DrawList, Op, Sprite, flatten
from game.scenes import lights, visitors
from game.scenes.games.strike import SHOW, swims
from game.scenes.heron import DOWN, LAND, POOL_Y, STANDS, STROLL
from game.scenes.marsh import STROLL_TICKS, Marsh, begun, next_tick, world
from game.scenes.pictures import beak
from game.scenes.places import Mood
from game.widgets.paint import Box
from tests.game.scenes.moments import BARE, SETUP

SITTING = begin_sitting(SETUP)


def swimming(kind: Kind, phase: Phase = "reach", x: float = 0.5) -> Strike:
    return Strike(phase=phase, phase_tick=30, phase_ticks=60, trial=1, kind=kind, x=x, speed=0.2)


def sprites(ops: DrawList) -> dict[str, Sprite]:
    return {op.texture: op for op in flatten(ops) if isinstance(op, Sprite)}


def feet(heron: Sprite) -> float:
    """Where it stands, px."""
    entry = assets.pictures()[heron.texture]
    return heron.x - (float(entry["width"]) / 2 - float(entry["anchor"][0]))


def struck(x: float, outcome: Outcome, kind: Kind = "fish") -> tuple[Marsh, Sitting]:
    """The marsh in the tick of a strike."""
    strike = replace(swimming(kind, "ending", x), phase_tick=0, outcome=outcome, strike_tick=100)
    now = replace(SITTING, tick=100, stage="block", task="strike", game=strike)
    return next_tick(Marsh(), now), now


def caught(now: Sitting) -> Strike:
    assert isinstance(now.game, Strike)
    return now.game


def later(marsh: Marsh, ticks: int) -> Marsh:
    for _ in range(ticks):
        marsh = next_tick(marsh)
    return marsh


def names(marsh: Marsh) -> set[str]:
    return set(sprites(world(marsh, None, 1)))


def test_a_shadow_never_tells_what_it_is() -> None:
    for x in (0.9, 0.75, 0.62):
        fish, frog = (swims(swimming(kind, "approach", x), 40) for kind in ("fish", "frog"))
        assert fish == frog
        assert fish


def test_a_creature_is_as_plain_in_murky_water_as_in_clear() -> None:
    def drawn(clarity: float) -> Op:
        now = replace(SITTING, stage="block", feedback=clarity, task="strike", game=swimming("fish"))
        return next(op for name, op in sprites(world(Marsh(), now, 1)).items() if name.startswith("fish"))

    assert drawn(0.0) == drawn(1.0)


def test_the_wind_is_livelier_with_attention_and_no_creature_is() -> None:
    def a_second(clarity: float) -> tuple[Marsh, Op]:
        now, marsh = replace(SITTING, stage="block", feedback=clarity, task="strike", game=swimming("fish")), Marsh()
        for _ in range(60):
            marsh = next_tick(marsh, now)
        return marsh, next(op for name, op in sprites(world(marsh, now, 1)).items() if name.startswith("fish"))

    (murky, slow), (clear, quick) = a_second(0.0), a_second(1.0)
    assert (murky.flow, clear.flow) == (pytest.approx(54.0), pytest.approx(69.0))
    assert slow == quick


def test_fish_and_frog_show_at_the_same_pace() -> None:
    def shown(kind: Kind) -> list[float]:
        step = 0.2 / 60
        strikes = (replace(swimming(kind, x=REVEAL - n * step), phase_tick=n) for n in range(SHOW + 1))
        return [
            next(op.alpha for op in swims(s, 9) if isinstance(op, Sprite) and kind in op.texture) for s in strikes
        ]

    assert shown("fish") == shown("frog")
    assert shown("fish")[0] > 0
    assert shown("fish")[-1] == 1


@pytest.mark.parametrize("x", [REVEAL, 0.5, EXIT])
def test_the_bill_meets_the_fish_wherever_it_swims(x: float) -> None:
    marsh, _ = struck(x, "hit")
    heron = sprites(world(later(marsh, DOWN), None, 1))["heron_strike_4"]
    tip = feet(heron) + beak("heron_strike_4")[0]
    assert abs(tip - x * WIDTH) < 12
    assert abs(STANDS[1] + beak("heron_strike_4")[1] - POOL_Y) < 42  # half a fish


def test_a_hit_brings_up_a_fish_and_a_frog_stays_in_the_water() -> None:
    assert "heron_catch" in names(later(struck(0.5, "hit")[0], 40))
    for outcome in ("false_alarm", "early"):
        seen = {name for t in range(150) for name in names(later(struck(0.5, outcome, "frog")[0], t))}
        assert not {"heron_catch", "fish_1"} & seen


def test_after_a_strike_the_heron_is_where_it_was() -> None:
    waits, back = (
        sprites(world(marsh, None, 1)) for marsh in (Marsh(200), replace(later(struck(0.6, "hit")[0], 200)))
    )
    x = next(op.x for name, op in waits.items() if name.startswith("heron_wait"))
    assert next(op.x for name, op in back.items() if name.startswith("heron_wait")) == pytest.approx(x)


def test_a_second_strike_begins_where_the_first_has_brought_the_heron() -> None:
    marsh, now = struck(REVEAL, "hit")
    marsh = later(marsh, 70)
    again = next_tick(marsh, replace(now, tick=170, game=replace(caught(now), strike_tick=170, phase_tick=40)))
    here, there = (
        next(
            feet(op) for name, op in sprites(world(m, None, 1)).items() if "heron_strike" in name or "heron_w" in name
        )
        for m in (marsh, again)
    )
    assert abs(here - there) < 12


def test_what_ended_is_gone_when_the_water_is_empty_again() -> None:
    outcomes: tuple[Outcome, ...] = ("hit", "miss", "held", "false_alarm", "early", "void")
    for outcome in outcomes:
        kind: Kind = "frog" if outcome in ("held", "false_alarm") else "fish"
        last = replace(swimming(kind, "ending"), outcome=outcome, phase_tick=41)
        assert all(op.alpha < 0.03 for op in sprites(swims(last, 5)).values()), outcome


def test_each_reward_is_a_light_that_rises_to_a_place_of_its_own() -> None:
    seats = [lights.earned(n, None, 50) for n in range(lights.MOST_SHOWN + 1)]
    assert [len(seat) for seat in seats] == list(range(lights.MOST_SHOWN + 1))
    places = [(op.x, op.y) for op in seats[-1] if isinstance(op, Sprite)]
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(places) for b in places[:i]) > 5
    leaving, arriving = (lights.earned(3, 0, tick)[-1] for tick in (0, lights.FLIGHT - 1))
    settled = lights.earned(3, 0, lights.FLIGHT)[-1]
    assert isinstance(leaving, Sprite)
    assert isinstance(arriving, Sprite)
    assert isinstance(settled, Sprite)
    assert leaving.alpha == 0
    assert (arriving.x, arriving.y) == pytest.approx((settled.x, settled.y), abs=2)


def test_more_lights_than_places_make_them_brighter_and_not_more() -> None:
    few, many = (lights.earned(n, None, 50) for n in (lights.MOST_SHOWN, 2 * lights.MOST_SHOWN))
    assert len(few) == len(many)
    assert all(
        b.scale > a.scale for a, b in zip(few, many, strict=True) if isinstance(a, Sprite) and isinstance(b, Sprite)
    )


def test_a_blink_is_not_said_to_be_a_resting_signal() -> None:
    marsh = Marsh()
    for _ in range(85):
        marsh = next_tick(marsh, SITTING)
    assert marsh.resting == 0
    for _ in range(60):
        marsh = next_tick(marsh, SITTING)
    assert marsh.resting == 1
    for _ in range(60):
        marsh = next_tick(marsh, replace(SITTING, signal_good=True))
    assert marsh.resting == 0


def test_the_heron_comes_down_from_the_air_to_its_place() -> None:
    marsh, seen = begun(Mood()), []
    for _ in range(LAND + 1):
        seen.append(
            next(
                op for name, op in sprites(world(marsh, None, 1)).items() if "heron_land" in name or "heron_w" in name
            )
        )
        marsh = next_tick(marsh)
    assert {op.texture for op in seen} >= {f"heron_land_{frame}" for frame in range(1, 9)}
    assert seen[-1].texture.startswith("heron_wait")
    flight = seen[:-1]
    assert all(hypot(a.x - b.x, a.y - b.y) < 12 for a, b in pairwise(flight))


def test_in_a_break_the_heron_walks_off_and_is_back_for_the_next_game() -> None:
    marsh, xs = Marsh(), []
    for tick in range(STROLL_TICKS):
        marsh = next_tick(marsh, replace(SITTING, stage="break", stage_tick=tick))
        xs.append(marsh.stroll)
    assert min(xs) == marsh.stroll == STROLL
    assert "heron_turn_1" not in names(marsh)
    steps = set()
    for _ in range(200):
        marsh = next_tick(marsh, replace(SITTING, stage="block"))
        steps |= {name for name in names(marsh) if "heron_walk" in name}
    assert len(steps) == 8
    assert marsh.stroll == 0
    assert any(name.startswith("heron_wait") for name in names(marsh))


def test_who_comes_by_keeps_away_from_games() -> None:
    free = [visitors.passing(tick, 1.0) for tick in range(0, 4000, 7)]
    seen = {name for ops in free for name in sprites(ops)}
    assert {"otter_swim_1", "otter_dive_1", "kingfisher_fly_1", "kingfisher_dive_3", "kingfisher_catch_1"} <= seen
    marsh = Marsh()
    for _ in range(60):
        marsh = next_tick(marsh, replace(SITTING, stage="block"))
    assert marsh.visits == 0
    assert not visitors.passing(1400, marsh.visits)


def test_the_marsh_needs_no_sitting() -> None:
    assert world(Marsh(), None, BARE.seed)


def test_what_could_be_taken_for_a_games_own_is_away_while_it_is_played() -> None:
    lotuses = replace(SITTING, stage="block", task="still-water", game=None)
    marsh = Marsh(grown=("lotus", "otter"))
    alphas = []
    for _ in range(60):
        marsh = next_tick(marsh, lotuses)
        seen = sprites(world(marsh, None, 1))
        alphas.append((seen["lily_1"].alpha, seen["grown_lotus"].alpha))
    assert all(0 <= a[0] - b[0] < 0.05 for a, b in pairwise(alphas))
    assert alphas[-1] == (0, 0)
    assert sprites(world(marsh, None, 1))["otter_swim_1"].alpha == 1
    for _ in range(60):
        marsh = next_tick(marsh, SITTING)
    assert sprites(world(marsh, None, 1))["lily_1"].alpha == 1


def test_where_words_cover_the_heron_it_goes_and_comes_back_after_them() -> None:
    marsh, wide, beside = Marsh(), Box(640, 420, 900, 400), Box(862, 480, 572, 400)
    herons = []
    for words in (*[wide] * 60, *[beside] * 60):
        marsh = next_tick(marsh, words=words)
        herons.append(max(op.alpha for name, op in sprites(world(marsh, None, 1)).items() if "heron" in name))
    assert herons[59] == 0
    assert herons[-1] == 1
    assert all(abs(a - b) < 0.1 for a, b in pairwise(herons))
