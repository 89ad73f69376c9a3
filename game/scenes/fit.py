"""The fit check: each sensor on a head, how it sits, and in one line what to do about it."""

from dataclasses import dataclass

from engine.ports import Attention
from engine.session import Sitting
from game.draw import DrawList, Op, Sprite, Text
from game.scenes import sensors
from game.scenes.pictures import put
from game.scenes.scene import Show, card
from game.widgets import Button, Menu, colour, lines, panel, paragraph, progress, sensor

MENU = Menu((Button("Continue", 915, 604, 300),))
READ_EVERY = 60
"""Ticks: words that are read once a second do not flicker."""
MOST_LINES = 5
MOST_NAMES = 24  # with more sensors than this their names would lie over one another

_CROWN, _SCALE, _SKULL = (310.0, 352.0), 1.2, 150.0
_MISSING = {
    "absent": "Waiting for the headset: switch it on and bring it near.",
    "stale": "Waiting for the headset: is it still switched on?",
    "not_worn": "Put the headset on, so that its sensors touch the skin.",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """The newest estimate's state and words, as of the last reading."""

    state: str = "absent"
    words: tuple[str, ...] = ()


UNHEARD = Heard()


def heard(before: Heard, attention: Attention | None, tick: int) -> Heard:
    if attention is None or (before.words and tick % READ_EVERY):
        return before
    return Heard(attention.state, attention.channels)


def page(show: Show, now: Sitting, heard: Heard, menu: Menu) -> DrawList:
    if not show.setup.has_headset:
        return _without(show, menu)
    words = heard.words or ("",) * len(show.channels)
    contacts = tuple(sensors.contact(word) for word in words)
    state = heard.state if now.signal_state != "stale" else "stale"
    return (
        *panel(60, 60, 500, 600),
        *_head(show.channels, contacts),
        *panel(610, 60, 610, 600),
        *_advice(show, contacts, state),
        *menu.draw(),
    )


def _without(show: Show, menu: Menu) -> DrawList:
    size = 24 * show.text_size
    words = show.note or "No headset: Heron plays by your answers alone."
    return (
        *card(),
        Sprite("icon_keyboard", 690, 476),
        *paragraph(lines(words, 32, 3), 752, 458, size),
        *menu.draw(),
    )


def _head(channels: tuple[str, ...], contacts: tuple[sensors.Contact, ...]) -> DrawList:
    radius, named = (20.0, True) if len(channels) <= MOST_NAMES else (10.0, False)
    ops: list[Op] = [put("head", *_CROWN, _SCALE)]
    row = 0
    for name, contact in zip(channels, contacts, strict=False):
        at = sensors.place(name)
        if at is None:
            x, y = 120 + 50.0 * (row % 8), 608 - 46.0 * (row // 8)
            row += 1
        else:
            x, y = _CROWN[0] + at.x * _SKULL * _SCALE, _CROWN[1] + at.y * _SKULL * _SCALE
        ops += sensor(x, y, contact.fit, name if named else "", radius)
    return tuple(ops)


def _advice(show: Show, contacts: tuple[sensors.Contact, ...], state: str) -> DrawList:
    size = 20 * show.text_size
    good = sum(contact.fit == "good" for contact in contacts)
    asking = [(n, c) for n, c in zip(show.channels, contacts, strict=False) if c.fit != "good"][:MOST_LINES]
    ops = [
        Text(show.headset or "Headset", 650, 108, 30 * show.text_size, colour("text"), 1.0, "left"),
        *paragraph(lines(_overall(good, len(show.channels), state), 56, 2), 650, 160, size, "text_soft"),
    ]
    if state in _MISSING:
        return (*ops, Sprite("icon_headset", 915, 380, 1.8, alpha=0.8))
    ops += progress(650, 236, 520, good / max(1, len(show.channels)))
    for i, (name, contact) in enumerate(asking):
        y = 288 + 48 * i
        ops += sensor(668, y, contact.fit, "", 13)
        ops.append(Text(f"{name}: {contact.advice}", 700, y, size, colour("text"), 1.0, "left"))
    return tuple(ops)


def _overall(good: int, all_of_them: int, state: str) -> str:
    if state in _MISSING:
        return _MISSING[state]
    if good == all_of_them:
        return "All sensors sit well. Ready when you are."
    return f"{good} of {all_of_them} sensors sit well. You can go on at any time."
