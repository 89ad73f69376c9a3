"""Which sounds the events of a tick make. Misses are silent."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.events import Called, Cue, DistractorCalled, Event, Grew, RewardPaid, StageStarted, TrialDone


class Sound(NamedTuple):
    """By its name in assets/sounds; tone: the game asks about it"""

    name: str
    tone: bool = False


MUSIC = Sound("music")
"""Not one file: the music that begins."""

QUIET_PAGES = frozenset({"pause", "unwell"})
"""Pages without music."""

_HITS = {
    "strike": "splash",
    "reed-search": "rustle",
    "candle": "glint",
    "firefly": "glint",
    "look-away": "glint",
}
"""What a success sounds like, by task; elsewhere it is a drop of water."""


def sounds(events: Iterable[Event], before: str | None, page: str) -> tuple[Sound, ...]:
    """What begins to sound in a tick, by its events and the pages before and after it; None before the first."""
    heard = tuple(sound for event in events if (sound := _sound(event)))
    if not heard and before not in (page, None):
        heard = (Sound("tap"),)
    begins = page not in QUIET_PAGES and (before is None or before in QUIET_PAGES)
    return (*heard, MUSIC) if begins else heard


def _sound(event: Event) -> Sound | None:
    match event:
        case TrialDone(outcome="hit"):
            return Sound(_HITS.get(event.task, "plip"))
        case Called():
            return Sound(event.sound, tone=True)
        case RewardPaid():
            return Sound("reward")
        case DistractorCalled():
            return Sound("croak")
        case Cue():
            return Sound("hush")
        case Grew():
            return Sound("grow")
        case StageStarted(stage="done"):
            return Sound("star")
        case StageStarted():
            return Sound("wood")
        case _:
            return None
