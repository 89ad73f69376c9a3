"""The pictures of School of Fish, Quiet and the hawk: nothing tells too soon, jumps, or stays behind."""

from dataclasses import replace
from itertools import pairwise

import pytest

from engine.events import Outcome
from engine.tasks.flanker import Flanker, Kind, Side
from engine.tasks.quiet import Quiet
from engine.tasks.strike import REVEAL, Strike
from engine.tasks.task import By
from game.draw import DrawList, Sprite, flatten
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.flanker import AWAY, SHOW
from game.scenes.games.strike import HAWK_COMES, HAWK_GOES, HAWK_STAYS, hawk

MODES: tuple[By, ...] = ("keys", "pointer", "gaze")


def school(kind: Kind = "incongruent", side: Side = "left", phase_tick: int = 0) -> Flanker:
    return Flanker(phase="school", phase_tick=phase_tick, trial=1, kind=kind, side=side, spacing=0.1, onset_tick=60)


def sprites(ops: DrawList) -> list[Sprite]:
    return [op for op in flatten(ops) if isinstance(op, Sprite)]


def fish(now: Flanker) -> list[Sprite]:
    """Those of the school, from left to right."""
    drawn = sprites(LOOKS["flanker"].draw(now, 7).water)
    return sorted((op for op in drawn if op.texture.startswith("minnow")), key=lambda op: op.x)


def test_gathering_shadows_tell_nothing_of_what_they_are() -> None:
    kinds: tuple[Kind, ...] = ("congruent", "incongruent", "neutral")
    pictures = {
        LOOKS["flanker"].draw(replace(school(kind, side, 20), phase="gather", phase_ticks=40), 7)
        for kind in kinds
        for side in ("left", "right")
    }
    assert len(pictures) == 1


def test_the_middle_fish_swims_its_way_and_its_neighbours_as_their_kind_says() -> None:
    def ways(kind: Kind, side: Side) -> str:
        signs = ("o" if "facing" in op.texture else ">" if op.flip else "<" for op in fish(school(kind, side, SHOW)))
        return "".join(signs)

    assert ways("congruent", "left") == "<<<<<"
    assert ways("incongruent", "left") == ">><>>"
    assert ways("neutral", "right") == "oo>oo"


def test_all_five_show_at_the_same_pace_and_none_at_once() -> None:
    for tick in range(SHOW):
        assert [op.alpha for op in fish(school(phase_tick=tick))] == pytest.approx([(tick + 1) / SHOW] * 5)


@pytest.mark.parametrize("outcome", ["hit", "wrong", "miss", "early", "void"])
def test_the_school_is_gone_before_the_next_gathers(outcome: Outcome) -> None:
    last = replace(school(), phase="ending", outcome=outcome, phase_tick=AWAY)
    drawn = sprites(LOOKS["flanker"].draw(last, 7).water)
    assert all(op.alpha < 0.03 for op in drawn if not op.texture.startswith("lily"))


def test_the_lily_opens_and_closes_without_a_jump() -> None:
    breath = [Quiet(breath=1, breath_tick=tick, breath_ticks=480) for tick in range(480)]
    pictures = [sprites(LOOKS["quiet"].draw(now, 7).water) for now in [*breath, breath[0]]]
    for before, after in pairwise(pictures):
        for one, other in zip(before, after, strict=True):
            assert abs(one.angle - other.angle) < 1.0
            assert abs(one.x - other.x) < 1.5
            assert abs(one.scale - other.scale) < 0.02


def test_the_hawk_comes_gently_glides_on_after_the_trial_and_is_gone() -> None:
    swims = Strike(phase="reach", phase_tick=20, trial=1, kind="stop", x=REVEAL - 0.05, speed=0.2)
    alphas = [max((op.alpha for op in sprites(hawk(replace(swims, stop_ticks=t)))), default=0.0) for t in range(70)]
    assert alphas[0] == 0.0
    assert alphas[HAWK_COMES] > 0.8
    assert max(abs(a - b) for a, b in pairwise(alphas)) < 0.35
    assert alphas[HAWK_STAYS + HAWK_GOES :] == [0.0] * (70 - HAWK_STAYS - HAWK_GOES)


def test_under_the_hawk_swims_a_fish() -> None:
    swims = Strike(phase="reach", phase_tick=20, trial=1, kind="stop", x=REVEAL - 0.05, speed=0.2)
    drawn = {op.texture for op in sprites(LOOKS["strike"].draw(swims, 7).water)}
    assert any(name.startswith("fish") for name in drawn)
    assert not any(name.startswith("hawk") for name in drawn)


@pytest.mark.parametrize("task", ["strike", "flanker", "quiet"])
def test_words_fit_their_places(task: str) -> None:
    look = LOOKS[task]
    assert len(look.deed(188, 188)) <= 60
    for by in MODES:
        assert all(len(reminder.words) <= 44 for reminder in look.reminders(by))
