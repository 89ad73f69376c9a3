"""The fit check: one kind picture of what to do for each device that there is."""

from engine.ports import Attention, Devices
from game.draw import WIDTH, DrawList
from game.scenes import wearing
from game.scenes.scene import Show
from game.scenes.wearing import TOP, Card, Worn
from game.widgets.choices import Button
from game.widgets.paint import Box
from game.widgets.sheet import POOL_RIGHT, Beside, Row, Sheet, Words, floor_y, sheet
from game.words import later

_ON = later("Continue")
_ALONE = later("No headset: Heron plays by your answers alone.")
READ_EVERY = 60
"""Ticks: words that are read once a second do not flicker."""
GAP = 24.0

Heard = tuple[str, ...]
"""The signal path's word on each sensor, as of the last reading; empty before the first."""


def heard(before: Heard, attention: Attention | None, tick: int) -> Heard:
    return before if attention is None or (before and tick % READ_EVERY) else attention.channels


def page(show: Show, devices: Devices, heard: Heard, tick: int) -> Sheet:
    """What is worn, and a button below it to go on."""
    if not (show.headset or show.tracker):
        words = Words(show.note or _ALONE, 24)
        return sheet([Beside("icon_keyboard", 0.67, words), Row((Button(_ON, 26, least=300),))])
    return pictures(Worn(show.headset, show.channels, show.tracker), devices, heard, tick, Button(_ON, 26, least=300))


def pictures(worn: Worn, devices: Devices, heard: Heard, tick: int, button: Button) -> Sheet:
    """Side by side where there are two; one alone beside the heron."""
    wide, high = button.wants(wearing.WIDTH)
    both = worn.headset is not None and worn.tracker is not None
    middle = WIDTH / 2 if both else POOL_RIGHT - wearing.WIDTH / 2
    placed = button.placed(Box(middle, floor_y() - high / 2, wide, high))
    height = placed.box.top - 20 - TOP
    whole = Box(middle, TOP + height / 2, wearing.WIDTH + both * (wearing.WIDTH + GAP), height)
    left = whole.left
    ops: DrawList = ()
    if worn.headset is not None:
        ops += wearing.headset(Card(left, worn.headset, height), devices.headset, worn.channels, heard, tick)
        left += wearing.WIDTH + GAP
    if worn.tracker is not None:
        ops += wearing.glasses(Card(left, worn.tracker, height), devices.tracker, tick)
    return Sheet(ops, (placed,), whole)
