"""The fit check: one kind picture of what to do for each device that there is."""

from engine.ports import Attention, Devices
from game.draw import WIDTH, DrawList, Sprite
from game.scenes import wearing
from game.scenes.scene import Show
from game.scenes.scene import card as place_for_words
from game.scenes.wearing import Card, Worn
from game.widgets import Button, Menu, lines, paragraph

MENU = Menu((Button("Continue", 640, 634, 300),))
ALONE = Menu((Button("Continue", 843, 604, 300),))
READ_EVERY = 60
"""Ticks: words that are read once a second do not flicker."""
GAP = 24.0

Heard = tuple[str, ...]
"""The signal path's word on each sensor, as of the last reading; empty before the first."""


def heard(before: Heard, attention: Attention | None, tick: int) -> Heard:
    return before if attention is None or (before and tick % READ_EVERY) else attention.channels


def menu(show: Show) -> Menu:
    return MENU if show.headset or show.tracker else ALONE


def page(show: Show, devices: Devices, heard: Heard, tick: int, menu: Menu) -> DrawList:
    if not (show.headset or show.tracker):
        return _without(show, menu)
    worn = Worn(show.headset, show.channels, show.tracker, show.text_size)
    return (*pictures(worn, devices, heard, tick), *menu.draw())


def pictures(worn: Worn, devices: Devices, heard: Heard, tick: int) -> DrawList:
    """Side by side where there are two."""
    both = worn.headset is not None and worn.tracker is not None
    left = WIDTH / 2 - wearing.WIDTH / 2 - both * (wearing.WIDTH + GAP) / 2
    ops: DrawList = ()
    if worn.headset is not None:
        card = Card(left, worn.headset, worn.text_size)
        ops += wearing.headset(card, devices.headset, worn.channels, heard, tick)
        left += wearing.WIDTH + GAP
    if worn.tracker is not None:
        ops += wearing.glasses(Card(left, worn.tracker, worn.text_size), devices.tracker, tick)
    return ops


def _without(show: Show, menu: Menu) -> DrawList:
    size = 24 * show.text_size
    words = show.note or "No headset: Heron plays by your answers alone."
    return (
        *place_for_words(),
        Sprite("icon_keyboard", 618, 476),
        *paragraph(lines(words, 32, 3), 680, 458, size),
        *menu.draw(),
    )
