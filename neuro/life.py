"""The life of a device, from its samples alone: is it there, does it fit, has it gone, is it back."""

from dataclasses import dataclass, replace
from typing import Literal

LifeState = Literal["absent", "connecting", "fitting", "streaming", "stale", "lost", "reconnecting"]
"""absent: nobody asked for it; connecting: open, nothing has come yet; fitting: it sends, but sits on nobody;
streaming: all is well; stale: late; lost: gone; reconnecting: it sends again, for less than half a second."""

STALE_AFTER_S, LOST_AFTER_S = 0.5, 0.93
"""Age of the newest sample (own choices): a loss is noticed within a second, looks included. A source that knows
better what is wrong says so itself, just before."""

LATE = "Nothing has come for half a second: wait a moment, and bring it nearer if that happens often."
SILENT = "Nothing comes any more: check that it is switched on, charged and near."

_DWELL_S: dict[tuple[LifeState, LifeState], float] = {
    ("streaming", "fitting"): 2.0,  # a blink, or a hand in the hair, is not yet a headset that was taken off
    ("fitting", "streaming"): 1.0,
    ("reconnecting", "fitting"): 0.5,
    ("reconnecting", "streaming"): 0.5,
    ("stale", "fitting"): 1.0,  # a signal that stutters is not well in between
    ("stale", "streaming"): 1.0,
}
"""How long a look must stay the same before it is believed; all else is believed at once (own choices)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be seen of a device at one moment.

    age_s:   of the newest sample; None before the first
    trouble: the sentence with which its source said that it has gone; None while it does not
    unfit:   why what it sends is of no use, as "it is on no head"; None where it is, or nobody can tell
    """

    now_s: float
    age_s: float | None
    trouble: str | None = None
    unfit: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """How a device is.

    since_s: host seconds since when
    reason:  one sentence for people on what is wrong and what to do; None while nothing is
    leaning: what it looks like now, and since when, where that is not believed yet
    """

    state: LifeState
    since_s: float = 0.0
    reason: str | None = None
    leaning: tuple[LifeState, float] | None = None


ABSENT = Life("absent")


def next_life(before: Life, look: Look) -> Life:
    """How the device is after one more look at it; looks come some times a second."""
    state, reason = _seen(before, look)
    if state == before.state:
        return replace(before, reason=reason, leaning=None)
    leaning_s = before.leaning[1] if before.leaning and before.leaning[0] == state else look.now_s
    if look.now_s - leaning_s < _DWELL_S.get((before.state, state), 0.0):
        return replace(before, leaning=(state, leaning_s))
    return Life(state, look.now_s, reason)


def _seen(before: Life, look: Look) -> tuple[LifeState, str | None]:
    """What this look alone would say; what was lost stays so, for the same reason, until something comes."""
    if look.trouble is not None:
        return "lost", look.trouble
    if before.state == "lost":
        came = look.age_s is not None and look.now_s - look.age_s > before.since_s
        return ("reconnecting", None) if came else ("lost", before.reason)
    if look.age_s is None:
        return "connecting", None
    if look.age_s <= STALE_AFTER_S:
        return ("streaming", None) if look.unfit is None else ("fitting", look.unfit)
    return ("stale", LATE) if look.age_s <= LOST_AFTER_S else ("lost", SILENT)
