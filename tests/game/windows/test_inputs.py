"""What people do, as both windows tell it."""

import itertools

import pygame
import pytest

from engine.ports import Action
from game.draw import Clear, DrawList
from game.windows import Window, WindowInputs

KEYS: dict[str, tuple[Action, ...]] = {
    "SPACE": ("confirm", "strike"),
    "RETURN": ("confirm", "strike"),
    "ESCAPE": ("back", "pause"),
    "P": ("pause",),
    "UP": ("up",),
    "W": ("up",),
    "A": ("left",),
    "S": ("down",),
    "D": ("right",),
    "RIGHT": ("right",),
    "F5": (),
}


def press(name: str, mod: int = 0) -> None:
    code = getattr(pygame, f"K_{name.lower() if len(name) == 1 else name}")
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod))


@pytest.fixture
def quiet(pygame_window: Window) -> Window:
    """A window that has told of its own opening."""
    pygame_window.poll()
    return pygame_window


@pytest.mark.parametrize(("name", "actions"), KEYS.items())
def test_a_key_is_its_actions_in_pygame(name: str, actions: tuple[Action, ...], quiet: Window) -> None:
    press(name)
    assert quiet.poll().pressed == actions
    assert quiet.poll().pressed == ()


@pytest.mark.parametrize(("name", "actions"), KEYS.items())
def test_a_key_is_its_actions_in_arcade(name: str, actions: tuple[Action, ...], arcade_window: Window) -> None:
    import arcade  # noqa: PLC0415 - not before its window has opened without a display

    arcade.get_window().dispatch_event("on_key_press", getattr(arcade.key, name), 0)
    assert arcade_window.poll().pressed == actions
    assert arcade_window.poll().pressed == ()


def test_keys_between_two_polls_come_in_order_of_the_alphabet(quiet: Window) -> None:
    for name in ("UP", "SPACE", "ESCAPE", "SPACE"):
        press(name)
    assert quiet.poll().pressed == ("back", "confirm", "pause", "strike", "up")


def test_clicks_and_closing_in_pygame(quiet: Window) -> None:
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(3, 4)))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    inputs = quiet.poll()
    assert inputs.clicked
    assert inputs.closed
    assert not quiet.poll().clicked


def test_the_mouse_and_closing_in_arcade(arcade_window: Window) -> None:
    import arcade  # noqa: PLC0415 - not before its window has opened without a display

    inner = arcade.get_window()
    inner.dispatch_event("on_mouse_motion", 100, 700, 0, 0)
    inner.dispatch_event("on_mouse_press", 100, 700, arcade.MOUSE_BUTTON_LEFT, 0)
    inputs = arcade_window.poll()
    assert inputs.pointer == (100.5, 19.5)
    assert inputs.clicked
    inner.dispatch_event("on_mouse_press", 100, 700, arcade.MOUSE_BUTTON_RIGHT, 0)
    inner.dispatch_event("on_mouse_leave", 100, 700)
    inner.dispatch_event("on_deactivate")
    assert arcade_window.poll() == WindowInputs(focused=False)
    inner.dispatch_event("on_activate")
    assert arcade_window.poll().focused
    inner.dispatch_event("on_close")
    assert arcade_window.poll().closed
    arcade_window.paint((Clear((1, 2, 3)),))  # it is the game that closes


def test_a_key_is_held_until_it_is_let_go_or_the_window_left_in_pygame(quiet: Window) -> None:
    press("SPACE")
    assert [quiet.poll().held for _ in range(2)] == [True, True]
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=pygame.K_SPACE, mod=0))
    assert not quiet.poll().held
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(3, 4)))
    assert quiet.poll().held
    pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    assert not quiet.poll().held


def test_a_key_is_held_until_it_is_let_go_or_the_window_left_in_arcade(arcade_window: Window) -> None:
    import arcade  # noqa: PLC0415 - not before its window has opened without a display

    inner = arcade.get_window()
    inner.dispatch_event("on_key_press", arcade.key.SPACE, 0)
    assert [arcade_window.poll().held for _ in range(2)] == [True, True]
    inner.dispatch_event("on_key_release", arcade.key.SPACE, 0)
    assert not arcade_window.poll().held
    inner.dispatch_event("on_mouse_press", 3, 4, arcade.MOUSE_BUTTON_LEFT, 0)
    assert arcade_window.poll().held
    inner.dispatch_event("on_deactivate")
    assert not arcade_window.poll().held
    inner.dispatch_event("on_activate")


def test_alt_enter_and_f11_change_the_size_and_strike_nothing(quiet: Window) -> None:
    for _ in range(2):
        press("RETURN", pygame.KMOD_LALT)
        assert quiet.poll().pressed == ()
        press("F11")
        assert quiet.poll().pressed == ()
    assert quiet.screenshot().size == (1280, 720)


def test_events_of_pads_are_left_to_the_pads(quiet: Window) -> None:
    pygame.event.post(pygame.event.Event(pygame.JOYBUTTONDOWN, button=0))
    quiet.poll()
    assert len(pygame.event.get(pygame.JOYBUTTONDOWN)) == 1


@pytest.mark.parametrize("name", ["memory", "arcade_window"])
def test_running_goes_on_until_a_step_gives_nothing(name: str, request: pytest.FixtureRequest) -> None:
    window: Window = request.getfixturevalue(name)
    elapsed: list[float] = []
    pictures = itertools.chain([(Clear((9, 8, 7)),)] * 3, [None])

    def step(elapsed_s: float, inputs: WindowInputs) -> DrawList | None:
        elapsed.append(elapsed_s)
        return next(pictures)

    window.run(step, lambda _worked_s: None)
    assert len(elapsed) == 4
    assert 0.04 < sum(elapsed[1:]) < 15  # a frame that came late is made up for by the next
