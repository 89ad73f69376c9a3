"""Particles: the same at the same tick, gone when they should be, never a flicker."""

from collections.abc import Callable
from functools import partial

import pytest

from game.draw import Disc, DrawList, Group, flatten
from game.manner import Manner, worn
from game.particles import DROPS_S, SPARKS_S, drops, pollen, seeds, sparks
from game.scenes.places import Mood
from game.scenes.specks import carried

AT = {
    "pollen": partial(pollen, top=200.0, bottom=600.0),
    "seeds": partial(seeds, top=100.0, bottom=600.0),
    "drops": partial(drops, x=500.0, y=600.0),
    "sparks": partial(sparks, x=500.0, y=600.0),
}
everything = pytest.mark.parametrize("shown", AT.values(), ids=AT.keys())
Shown = Callable[[int, float], DrawList]


def discs(ops: DrawList) -> list[Disc]:
    return [op for op in flatten(ops) if isinstance(op, Disc)]


@everything
def test_a_seed_and_a_tick_say_it_all(shown: Shown) -> None:
    assert shown(3, 20) == shown(3, 20) != shown(4, 20)


@everything
def test_no_particle_jumps_or_flashes_from_tick_to_tick(shown: Shown) -> None:
    for tick in range(600):
        for now, then in zip(discs(shown(3, tick)), discs(shown(3, tick + 1)), strict=False):
            if abs(now.x - then.x) < 600 and abs(now.y - then.y) < 300:  # what left at one edge comes at the other
                assert abs(now.x - then.x) + abs(now.y - then.y) < 9
                assert abs(now.alpha - then.alpha) < 0.3


@pytest.mark.parametrize(("shown", "length_s"), [(AT["drops"], DROPS_S), (AT["sparks"], SPARKS_S)])
def test_a_burst_begins_and_ends(shown: Shown, length_s: float) -> None:
    assert shown(3, -1) == shown(3, 60 * length_s) == ()
    assert max(disc.alpha for disc in discs(shown(3, 60 * length_s - 1))) < 0.1


def test_drops_rise_from_the_water_and_fall_back() -> None:
    heights = [600.0 - disc.y for ticks in range(36) for disc in discs(drops(1, ticks, 500.0, 600.0)) if disc.alpha]
    assert min(heights) >= 0
    assert 15 < max(heights) < 60


@everything
def test_a_slow_machine_leaves_all_of_them_out(shown: Shown) -> None:
    assert all(op.beauty > 0 for op in shown(3, 20))  # type: ignore[union-attr]


@pytest.mark.parametrize("manner", [Manner(still=True), Manner(palette="contrast")])
def test_where_nothing_should_drift_the_wind_carries_nothing(manner: Manner) -> None:
    assert carried(Mood(), Mood(), 1.0, 20.0)
    with worn(manner):
        assert carried(Mood(), Mood(), 1.0, 20.0) == ()


def test_from_noon_to_dusk_the_pollen_goes_as_the_seeds_come() -> None:
    going, coming = carried(Mood("lake", "dusk"), Mood("lake", "noon"), 0.25, 20.0)
    assert isinstance(going, Group)
    assert isinstance(coming, Group)
    assert going.alpha == pytest.approx(1 - coming.alpha)
    assert 0 < coming.alpha < 0.5
