"""Hands at home: each way in which somebody can choose, tick by tick."""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from engine.ports import TICK_S, Action, Inputs
from game.loop import tick
from game.scenes.home.room import CALM_TICKS, Room

NOTHING = Inputs()


def played(room: Room, ticks: Iterable[Inputs]) -> Room:
    """The room after these ticks, or once something was decided."""
    for number, inputs in enumerate(ticks, 1):
        if room.decided is not None:
            break
        room = cast(Room, tick(room, number, inputs).scene)
    return room


def seen(room: Room) -> Room:
    """Once the page has been looked at."""
    return played(room, [NOTHING] * (CALM_TICKS + 1))


def keys(room: Room) -> list[str]:
    return [choice.key for choice in room.laid.choices]


def focused(room: Room) -> str:
    return keys(room)[room.menu.focus]


def clicked(room: Room, key: str) -> Room:
    """A pointer, a finger on glass."""
    box = next(choice.box for choice in seen(room).laid.choices if choice.key == key)
    return played(seen(room), [Inputs(pointer=(box.x, box.y)), Inputs(pointer=(box.x, box.y), clicked=True)])


def pointed(room: Room, key: str) -> Room:
    """The focus, by a pointer that presses nothing."""
    box = next(choice.box for choice in room.laid.choices if choice.key == key)
    return played(room, [Inputs(pointer=(0.0, 0.0)), Inputs(pointer=(box.x, box.y))])


def pressed(room: Room, *actions: Action) -> Room:
    """A keyboard or a pad: one after another."""
    return played(seen(room), [Inputs(pressed=(action,)) for action in actions])


def typed(room: Room, letters: str) -> Room:
    return played(seen(room), [Inputs(typed=letter, keys=(letter,)) for letter in letters])


def switched(room: Room, key: str) -> Room:
    """One switch: wait until the wished is lit, then press."""
    room = seen(room)
    scan_s = cast(float, room.show.manner.scan_s)
    for _ in range(len(keys(room)) + 1):
        if focused(room) == key:
            return played(room, [Inputs(pressed=("strike",))])
        room = played(room, [NOTHING] * (round(scan_s / TICK_S) + 1))
    raise AssertionError(f"{key} was never lit")


def looked(room: Room, key: str) -> Room:
    """A look that rests."""
    box = next(choice.box for choice in seen(room).laid.choices if choice.key == key)
    dwell_s = cast(float, room.show.manner.dwell_s)
    gaze = replace(NOTHING, gaze=(box.x, box.y))
    return played(seen(room), [gaze] * (round(dwell_s / TICK_S) + 3))
