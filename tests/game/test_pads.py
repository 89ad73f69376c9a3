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


def test_a_button_is_held_until_it_is_let_go(pads: Pads) -> None:
    for kind, held in ((pygame.JOYBUTTONDOWN, True), (pygame.JOYBUTTONUP, False)):
        pygame.event.post(pygame.event.Event(kind, button=0, instance_id=0))
        pads.poll()
        assert pads.held == held


def test_without_a_controller_it_is_quiet(pads: Pads) -> None:
    assert pads.poll() == ()


def test_a_controller_that_leaves_is_let_go(pads: Pads) -> None:
    pygame.event.post(pygame.event.Event(pygame.JOYDEVICEREMOVED, instance_id=5))
    assert pads.poll() == ()


def test_keys_are_left_to_a_window_that_shares_its_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pads = Pads()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0))
    assert pads.poll() == ()
    assert len(pygame.event.get(pygame.KEYDOWN)) == 1
    pads.close()
    pygame.display.quit()


def test_a_stick_that_never_rests_leaves_room_for_buttons(pads: Pads) -> None:
    for _ in range(70):  # SDL's queue holds 65,535 events
        for _ in range(1000):
            pygame.event.post(pygame.event.Event(pygame.JOYAXISMOTION, axis=0, value=0.1, instance_id=0))
        pads.poll()
    pygame.event.post(button(0))
    assert pads.poll() == ("confirm", "strike")


def test_it_gives_back_the_display_that_it_opened() -> None:
    assert not pygame.display.get_init()
    Pads().close()
    assert not pygame.display.get_init()
