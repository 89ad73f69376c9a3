"""How Heron looks, sounds and is handled for whoever plays.

The manner of a player is ambient: the loop wears it round each tick, and widgets, words and sounds ask `current()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from engine.ports import Action

Language = Literal["en", "zh_CN", "qps"]
"""`qps` is English with accents and longer: whatever is not translated, or does not fit, shows itself."""

Palette = Literal["dawn", "night", "contrast"]
Effects = Literal["auto", "off", "low", "high"]
Hand = Literal["right", "left"]

SMALLEST_TEXT, LARGEST_TEXT = 0.8, 2.0


@dataclass(frozen=True, slots=True)
class Volumes:
    """Of each bus, 0..1."""

    music: float = 0.8
    effects: float = 0.8
    voice: float = 0.8


@dataclass(frozen=True, slots=True)
class Manner:
    """What a player has chosen in the settings.

    text:     size of words, SMALLEST_TEXT..LARGEST_TEXT, 1 for usual
    effects:  how much glitters; auto is chosen by how fast the machine paints
    still:    reduced motion: nothing drifts, sways or flies that is not part of a game
    hand:     the one that points and presses; what is pressed in play lies on its side
    captions: whether sounds are written at the bottom
    voice:    whether what to do is spoken
    scan_s:   for one switch: so long each choice is lit before the next; None without
    dwell_s:  for gaze alone: who looks at a choice for so long chooses it; None without
    keys:     (name of a key, what it does), beside the usual keys and before them
    """

    language: Language = "en"
    palette: Palette = "dawn"
    text: float = 1.0
    effects: Effects = "auto"
    still: bool = False
    hand: Hand = "right"
    captions: bool = False
    voice: bool = False
    volumes: Volumes = Volumes()
    scan_s: float | None = None
    dwell_s: float | None = None
    keys: tuple[tuple[str, Action], ...] = ()


PALETTES: tuple[Palette, ...] = get_args(Palette)
USUAL = Manner()

_worn: ContextVar[Manner] = ContextVar("manner", default=USUAL)
_FIELDS: dict[str, TypeAdapter[object]] = {name: TypeAdapter(kind) for name, kind in get_type_hints(Manner).items()}


def current() -> Manner:
    """The manner of whoever plays now."""
    return _worn.get()


@contextmanager
def worn(manner: Manner) -> Iterator[None]:
    """All that asks `current()` within gets this one."""
    token = _worn.set(manner)
    try:
        yield
    finally:
        _worn.reset(token)


def as_json(manner: Manner) -> str:
    return to_json(manner).decode()


def read(text: str | None) -> Manner:
    """A manner as it was kept. What another Heron wrote and this one cannot use is as usual; the rest holds."""
    try:
        kept = from_json(text) if text else {}
    except ValueError:
        return USUAL
    known: dict[str, Any] = {}
    for name, value in kept.items() if isinstance(kept, dict) else ():
        if name in _FIELDS:
            try:
                known[name] = _FIELDS[name].validate_python(value)
            except ValidationError:
                continue
    manner = Manner(**known)
    return replace(manner, text=min(LARGEST_TEXT, max(SMALLEST_TEXT, manner.text)))
