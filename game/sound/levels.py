"""How loud each layer of the music is, and how it makes room for a voice: numbers alone, no sound card."""

from dataclasses import dataclass
from typing import NamedTuple

DUCK = 10 ** (-9 / 20)
"""The music under a voice, or a tone that the game asks about: 9 dB softer (own choice)."""
DUCK_EASE, RETURN_EASE = 0.15, 0.03
"""Share of the way in a frame of 1/60 s: two thirds there in .1 s, and back in .6 s."""
FULLNESS_EASE = 0.04
"""Two thirds of the way in .4 s; the value itself moves 5 % a second at most."""
FADE_EASE = 0.025
"""From one tune to the next: two thirds there in .7 s."""
SILENT = 0.004
"""Softer than the mixer's smallest step (1/128)."""


class Tune(NamedTuple):
    """The music of an hour and the air of a place, as the assets name them."""

    hour: str
    place: str

    @property
    def loops(self) -> tuple[str, ...]:
        """Its sounds, from the ground up; the air last."""
        return (*(f"{self.hour}_{layer}" for layer in ("ground", "warm", "light")), f"air_{self.place}")


def layers(fullness: float) -> tuple[float, ...]:
    """Volume of each loop of a tune: the ground is never quite silent, warmth comes first and light comes last.

    Own choice: 6 to 7 LU from the emptiest to the fullest (docs/why/0014).
    """
    full = min(1.0, max(0.0, fullness))
    return (0.65 + 0.35 * full, _between(full, 0.05, 0.65), _between(full, 0.45, 1.0), 0.8 + 0.2 * full)


def _between(full: float, start: float, end: float) -> float:
    share = min(1.0, max(0.0, (full - start) / (end - start)))
    return share * share * (3 - 2 * share)


@dataclass(slots=True)
class Eased:
    """A number that goes where it shall be in small steps, one a frame."""

    now: float = 0.0

    def towards(self, target: float, share: float) -> float:
        self.now += share * (target - self.now)
        return self.now
