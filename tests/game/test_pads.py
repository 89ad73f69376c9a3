"""Controllers, by the events that SDL gives for them."""

from collections.abc import Iterator

import pygame
import pytest

from engine.ports import Action
from game.pads import Pads


@pytest.fixture
def pads() -> Iterator[Pads]:
    opened = Pads()
    opened.poll()
    yield opened
    opened.close()


def button(number: int) -> pygame.event.Event:
    return pygame.event.Event(pygame.JOYBUTTONDOWN, button=number, instance_id=0)


def cross(across: int, down: int) -> pygame.event.Event:
    return pygame.event.Event(pygame.JOYHATMOTION, hat=0, value=(across, down), instance_id=0)


@pytest.mark.parametrize(
    ("event", "actions"),
    [
        (button(0), ("confirm", "strike")),
        (button(1), ("back",)),
        (button(7), ("pause",)),
        (button(11), ("up",)),
        (button(30), ()),
        (cross(0, 1), ("up",)),
        (cross(1, 0), ("right",)),
        (cross(0, 0), ()),
    ],
)
def test_a_button_is_its_actions(event: pygame.event.Event, actions: tuple[Action, ...], pads: Pads) -> None:
    pygame.event.post(event)
    assert pads.poll() == actions
    assert pads.poll() == ()


def test_without_a_controller_it_is_quiet(pads: Pads) -> None:
    assert pads.poll() == ()


def test_a_controller_that_leaves_is_let_go(pads: Pads) -> None:
    pygame.event.post(pygame.event.Event(pygame.JOYDEVICEREMOVED, instance_id=5))
    assert pads.poll() == ()


def test_keys_are_left_to_the_window(pads: Pads) -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0))
    assert pads.poll() == ()
    assert len(pygame.event.get(pygame.KEYDOWN)) == 1


def test_it_gives_back_the_display_that_it_opened() -> None:
    assert not pygame.display.get_init()
    Pads().close()
    assert not pygame.display.get_init()
