"""Where each electrode lies on a head seen from above, how well it sits, and what to do about it."""

import re
from math import cos, radians, sin
from typing import NamedTuple

from game.widgets.paint import Fit
from game.words import later

RING = 0.8
"""In radii of the skull: the ring through Fp1, T7 and O1, a tenth of the way from the ears up to the crown."""
EARS = 1.0

_ROWS = {"FP": 0, "AF": 1, "F": 2, "FT": 3, "FC": 3, "T": 4, "C": 4, "TP": 5, "CP": 5, "P": 6, "PO": 7, "O": 8}
_OLD = {"T3": "T7", "T4": "T8", "T5": "P7", "T6": "P8", "M1": "TP9", "M2": "TP10", "A1": "T9", "A2": "T10"}
_SITE = re.compile(r"(FP|AF|FT|FC|TP|CP|PO|F|T|C|P|O)(Z|10|[1-9])")


class Place(NamedTuple):
    """x to the right, y to the back, from the crown, in radii of the skull."""

    x: float
    y: float


def place(name: str) -> Place | None:
    """Where a site of the 10-20 system or its 10 % extension lies; None for other names.

    Rows are 18 degrees apart from front to back; in a row odd numbers run to the left ear and even ones to the
    right (Oostenveld & Praamstra 2001, Clin Neurophysiol 112:713). Own choice: a row is drawn as a straight line.
    """
    upper = name.strip().upper()
    site = _SITE.fullmatch(_OLD.get(upper, upper))
    if site is None:
        return None
    row, number = _ROWS[site[1]], 0 if site[2] == "Z" else int(site[2])
    right = _right_of_middle(row, (number + 1) // 2)
    return Place(-right.x, right.y) if number % 2 else right


def _right_of_middle(row: int, step: int) -> Place:
    """The fourth place from the middle lies on the ring, the fifth at the height of the ears."""
    middle_y = RING * (row - 4) / 4
    if row in (0, 8) and step:  # the shortest rows: their first place is on the ring already
        step = 4
    turn, reach, share = radians(18 * (row + 1)), EARS if step == 5 else RING, min(1.0, step / 4)
    return Place(reach * sin(turn) * share, middle_y + (-reach * cos(turn) - middle_y) * share)


class Contact(NamedTuple):
    """How a sensor sits, and what would help."""

    fit: Fit
    advice: str


_CONTACTS = {
    "good": Contact("good", later("sits well")),
    "line": Contact("poor", later("press it gently, keep cables away")),
    "loud": Contact("poor", later("sit still for a moment")),
    "noise": Contact("poor", later("part the hair below it")),
    "flat": Contact("bad", later("press it gently to the skin")),
    "railed": Contact("bad", later("lift it and set it down again")),
    "lost": Contact("bad", later("bring the headset nearer")),
}
_WAITING = Contact("waiting", later("listening"))


def contact(word: str) -> Contact:
    """What a channel's word, as the signal path has it, means for the person."""
    return _CONTACTS.get(word, _WAITING)
