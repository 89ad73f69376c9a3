"""Each device as one kind picture of what to do: a head with its sensors, a face with its glasses."""

from dataclasses import dataclass

from game.draw import HEIGHT as PICTURE_HEIGHT
from game.draw import WIDTH as PICTURE_WIDTH
from game.draw import Disc, DrawList, Group, Op, Sprite, Text
from game.manner import current
from game.scenes import sensors
from game.scenes.motion import ease, mix, swell, wave
from game.scenes.pictures import put
from game.scenes.sensors import Contact
from game.type import LEADING
from game.widgets.paint import Box, Fit, colour, folded, panel, paragraph, sensor, shortened, sized
from game.words import later, say

SKULL = 158.0
"""Radius in the picture, px."""
MANY = 12  # with more sensors their marks are smaller, and have no names

WIDTH, TOP = 496.0, 34.0
"""Of a card; two beside one another leave the marks in the picture's corners free."""

_CROWN_Y, _EYES_Y = 288.0, 268.0
_MIDDLE_Y, _HIGH = 290.0, 400.0  # of what is drawn, before it is fitted into its card
_CHIN = 124.0  # px from the eyes down to where glasses lie that nobody wears
_PUT_ON_S, _TURN_S = 2.4, 1.8
_STILL_TICK = 86
"""What the pictures show where nothing shall move: the device is on."""

_HEADSET = {
    "absent": later("Switch the headset on."),
    "connecting": later("The headset is waking up."),
    "fitting": later("Put the headset on."),
    "stale": later("One moment: come a little nearer."),
    "lost": later("The headset sleeps: switch it on."),
    "reconnecting": later("There is the headset again."),
}
_GLASSES = {
    "absent": later("Switch on the phone of the glasses."),
    "connecting": later("The glasses are waking up."),
    "fitting": later("Put the glasses on."),
    "streaming": later("The glasses see your eyes."),
    "stale": later("One moment, please."),
    "lost": later("Glasses asleep: is the cable in?"),
    "reconnecting": later("There are the glasses again."),
}
_SIGNS: dict[str, Fit] = {"streaming": "good", "fitting": "poor", "stale": "poor"}
"""What stands before the words; nothing where there is only to be waited."""


@dataclass(frozen=True, slots=True)
class Worn:
    """What somebody wears; names as people know them, None for what there is not."""

    headset: str | None
    channels: tuple[str, ...]
    tracker: str | None


def called(address: str) -> str | None:
    """What people call the eye tracker or headset at an address; None where they wear nothing."""
    scheme = address.partition(":")[0].partition("?")[0].lower()
    return None if scheme in ("none", "mouse") else {"neon": "Neon", "twin": "Simulated"}.get(scheme, address)


@dataclass(frozen=True, slots=True)
class Card:
    """Where a device's picture is. x: its left edge; height: px, from TOP down"""

    x: float
    name: str
    height: float

    @property
    def middle(self) -> float:
        return self.x + WIDTH / 2


def headset(card: Card, life: str, channels: tuple[str, ...], words: tuple[str, ...], tick: int) -> DrawList:
    """words: the signal path's, one a channel; empty before the first"""
    tick = _STILL_TICK if current().still else tick
    contacts = tuple(sensors.contact(word) for word in words) or (sensors.contact(""),) * len(channels)
    asked = _asked(contacts)
    said, sign = _HEADSET.get(life, ""), _SIGNS.get(life)
    if life == "streaming":
        said, sign = _advice(channels, contacts, asked)
    return _framed(card, said, sign, _head(card.middle, life, channels, contacts, asked, tick))


def glasses(card: Card, life: str, tick: int) -> DrawList:
    tick = _STILL_TICK if current().still else tick
    return _framed(card, _GLASSES.get(life, ""), _SIGNS.get(life), _face(card.middle, life, tick))


def _framed(card: Card, said: str, sign: Fit | None, picture: DrawList) -> DrawList:
    """Its name above, what to do below, and between them the picture as large as there is room."""
    size = sized(20)
    name = Text(
        shortened(card.name, int(34 / current().text)), card.middle, TOP + 18 + size / 2, size, colour("text_soft")
    )
    indent = 66 if sign else 38
    step = sized(22) * LEADING
    words_top = TOP + card.height - 18 - step * len(folded(said, 22, WIDTH - indent - 34))
    top, foot = TOP + 24 + size, words_top - 8
    room = Box(card.middle, (top + foot) / 2, WIDTH, foot - top)
    return (
        *panel(card.x, TOP, WIDTH, card.height),
        name,
        *((_fitted(picture, room),) if picture else ()),
        *(sensor(card.x + 38, words_top + step / 2, sign, "", 12) if sign else ()),
        *paragraph(said, card.x + indent, words_top + step / 2, WIDTH - indent - 34, 22),
    )


def _fitted(picture: DrawList, room: Box) -> Group:
    """A group is scaled about the middle of the picture, so it is moved to where it shall be."""
    scale = min(1.1, room.height / _HIGH)
    across, down = room.x - PICTURE_WIDTH / 2, _MIDDLE_Y - PICTURE_HEIGHT / 2
    return Group(picture, across * (1 - scale), room.y - PICTURE_HEIGHT / 2 - down * scale, scale)


def _asked(contacts: tuple[Contact, ...]) -> int | None:
    """The one sensor to see to now, the worst first; None while none asks for anything."""
    for fit in ("bad", "poor"):
        for number, contact in enumerate(contacts):
            if contact.fit == fit:
                return number
    return None


def _advice(channels: tuple[str, ...], contacts: tuple[Contact, ...], asked: int | None) -> tuple[str, Fit | None]:
    if asked is not None:
        name, advice = shortened(channels[asked], 6), say(contacts[asked].advice)
        return say("{sensor}: {advice}.", sensor=name, advice=advice), contacts[asked].fit
    if any(contact.fit == "waiting" for contact in contacts):
        return later("Listening to the sensors."), None
    return later("All sensors sit well."), "good"


def _head(
    x: float, life: str, channels: tuple[str, ...], contacts: tuple[Contact, ...], asked: int | None, tick: int
) -> DrawList:
    scale = SKULL / 150
    head = put("head", x, _CROWN_Y, scale, {"absent": 0.4, "lost": 0.4}.get(life, 1.0))
    if life in ("absent", "lost"):
        return (head, *_sleeping(x + 120, _CROWN_Y - 120, tick))
    if life == "fitting":
        share = (tick / 60 / _PUT_ON_S) % 1
        down = mix(-70, 0, ease(share / 0.6))
        return (head, put("icon_headset", x, _CROWN_Y + down - 20, 1.6, swell(share) ** 0.5))
    if life in ("connecting", "reconnecting"):
        listening = (sensors.contact(""),) * len(channels)
        return (head, *_sensors(x, channels, listening, None, tick), *_dots(x, _CROWN_Y + 40, tick))
    shown = _sensors(x, channels, contacts, asked, tick)
    if life == "stale":
        return (head, Group(shown, alpha=0.45), *_dots(x, _CROWN_Y + 40, tick))
    return (head, *shown)


def _sensors(
    x: float, channels: tuple[str, ...], contacts: tuple[Contact, ...], asked: int | None, tick: int
) -> DrawList:
    radius, named = (20.0, True) if len(channels) <= MANY else (14.0, False)
    ops: list[Op] = []
    row = 0
    for number, (name, contact) in enumerate(zip(channels, contacts, strict=False)):
        place = sensors.place(name)
        if place is None:
            at = (x + 50.0 * (row % 8 - min(7, len(channels) - 1) / 2), 476 - 44.0 * (row // 8))
            row += 1
        else:
            at = (x + place.x * SKULL, _CROWN_Y + place.y * SKULL)
        if number == asked:
            wide = radius + 7 + 3 * wave(tick, _TURN_S)
            ops += [Disc(*at, wide + 4, colour("text")), Disc(*at, wide, colour("panel"))]
        ops += sensor(*at, contact.fit, name if named else "", radius)
    return tuple(ops)


def _face(x: float, life: str, tick: int) -> DrawList:
    face = put("face", x, _EYES_Y)
    if life == "fitting":
        share = (tick / 60 / _PUT_ON_S) % 1
        return (face, _glasses(x, mix(_CHIN, 0, ease(share / 0.6)), swell(share) ** 0.5))
    if life in ("absent", "lost"):
        return (face, _glasses(x, _CHIN, 0.5), *_sleeping(x + 110, _EYES_Y + 90, tick))
    if life in ("connecting", "reconnecting"):
        return (face, _glasses(x, _CHIN, 0.9), *_dots(x, _EYES_Y + 192, tick))
    if life == "stale":
        return (face, _glasses(x, 0, 0.6), *_dots(x, _EYES_Y + 75, tick))
    return (face, _glasses(x, 0, 1.0))


def _glasses(x: float, down: float, alpha: float) -> Sprite:
    return put("glasses", x, _EYES_Y + 2 + down, 1.0, alpha)


def _sleeping(x: float, y: float, tick: int) -> DrawList:
    """Three letters that rise and fade, as in a picture book."""
    ops = []
    for i in range(3):
        share = (tick / 60 / 3.6 + i / 3) % 1
        ops.append(Text("z", x + 34 * share, y - 60 * share, 22 + 16 * share, colour("text"), swell(share)))
    return tuple(ops)


def _dots(x: float, y: float, tick: int) -> DrawList:
    """Something is under way."""
    ops: list[Op] = [*panel(x - 58, y - 22, 116, 44)]
    for i in range(3):
        light = 0.5 + 0.5 * wave(tick, _TURN_S, -i / 6)
        ops.append(Disc(x + 28 * (i - 1), y, mix(4, 7, light), colour("text"), mix(0.35, 1.0, light)))
    return tuple(ops)
