"""No level flashes, even at its hardest with everything about; nor does a step from screen to screen."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import NamedTuple

import pytest

import assets
from engine.tasks.catalogue import TASKS
from engine.tasks.chorus import LULL
from game.draw import DrawList
from game.flash import ACROSS, DOWN, STEP, Flash, Flashes, Steps, luminance
from game.loop import drawn
from game.scenes.sit import Sit
from game.windows.pygame_window import MemoryWindow
from tests.game.hardest import levels, scenes
from tests.game.scenes.moments import Player, played

SECONDS, EVERY, RATE_HZ = 4.0, 2, 30
TURN_FRAMES = 45
"""From the words of one screen to those of the next, and what else settles."""


class Seen(NamedTuple):
    flashes: list[Flash]
    step: float


def watched(pictures: Iterable[DrawList]) -> Seen:
    """Thirty pictures a second as the guard sees them, painted twice as fine as it looks."""
    window, flashes, steps = screen(), Flashes(), Steps()
    found, step = [], 0.0
    for number, picture in enumerate(pictures):
        window.paint(picture)
        glance = window.glance()
        flash = flashes.seen(glance, number / RATE_HZ)
        found += [flash] if flash else []
        step = max(step, steps.seen(glance, number / RATE_HZ))
    return Seen(found, step)


@cache
def screen() -> MemoryWindow:
    return MemoryWindow(assets.picture, 2 * ACROSS, 2 * DOWN)


@cache
def hardest(task: str) -> dict[str, list[Sit]]:
    return {level.id: scenes(level, SECONDS) for level in levels() if level.game.task == task}


@pytest.mark.parametrize("task", TASKS)
def test_no_level_flashes_or_steps_at_its_hardest_with_every_distractor(task: str) -> None:
    for level, block in hardest(task).items():
        seen = watched(drawn(scene) for scene in block[::EVERY])
        assert not seen.flashes, level
        assert seen.step <= STEP, level


@pytest.mark.parametrize("task", TASKS)
def test_the_light_of_a_level_is_what_it_declares_in_murky_water_and_in_clear(task: str) -> None:
    """within .03, from where the words at the beginning of a block have gone"""
    off = {
        (level, clarity): light(scene, clarity) - scene.show.setup.part(1).level.luminance
        for level, block in hardest(task).items()
        for scene in block[LULL :: 2 * RATE_HZ]
        for clarity in (0.0, 0.5, 1.0)
    }
    assert {where: each for where, each in off.items() if abs(each) > 0.03} == {}


def light(scene: Sit, clarity: float) -> float:
    """Mean relative luminance."""
    screen().paint(drawn(replace(scene, sitting=replace(scene.sitting, feedback=clarity))))
    return float(luminance(screen().glance()).mean())


def test_no_step_from_screen_to_screen_flashes() -> None:
    turns = list(turnings())
    assert len(turns) >= 4
    for names, pictures in turns:
        seen = watched(pictures)
        assert not seen.flashes, names
        assert seen.step <= STEP, names


def turnings() -> Iterator[tuple[list[str], list[DrawList]]]:
    """Of a whole sitting: the screens that give way to one another, and the pictures around it."""
    name, left = "", 0
    names: list[str] = []
    pictures: list[DrawList] = []
    for scene in islice(played(Player()), 0, None, EVERY):
        if scene.name != name:
            name, left = scene.name, TURN_FRAMES
            names.append(name)
        pictures.append(drawn(scene))
        left -= 1
        if left == 0:
            yield names, pictures
            names, pictures = [], []
        elif left < 0:
            pictures = pictures[-RATE_HZ:]
