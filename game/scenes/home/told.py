"""What the pages of the home know, and what somebody there decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engine.path import Stone
from engine.safety import Dose, Limits
from game.manner import Manner


class Face(NamedTuple):
    """A player as others see one; picture: a portrait."""

    name: str
    picture: str


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """The player whose pages lie open, today.

    stones:   of today's path, those walked included
    why:      a sentence, where no sitting may begin now
    rest:     a sentence, where one may begin but the path asks for nothing
    stars:    the most that were earned so far, by level
    grown:    what grows in the marsh, the oldest first
    walked:   (title of the game, minutes, stars) of all that was played today
    dose:     what may be played, with all limits; limits: those that grown-ups here have set
    news:     a sentence on what has just changed
    """

    face: Face
    stones: tuple[Stone, ...]
    why: str | None
    rest: str | None
    stars: Mapping[str, int]
    grown: tuple[str, ...]
    walked: tuple[tuple[str, float, int], ...]
    dose: Dose
    limits: Limits
    news: str | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """manner: of whose pages lie open, at the door that of the home itself

    marks:  whether glasses with a camera look for the marks in the corners
    faces:  of all players, who played last first
    player: None at the door
    """

    manner: Manner
    marks: bool
    today: date
    faces: tuple[Face, ...]
    player: Inhabitant | None = None

    @property
    def opened(self) -> Inhabitant:
        """Whose pages lie open. Only the door and what leads from it may be without."""
        assert self.player is not None
        return self.player


class Opened(NamedTuple):
    """Somebody's map, or the grown-ups' page about somebody; the door where it is nobody's."""

    name: str | None
    corner: bool = False


class Made(NamedTuple):
    """Somebody new; born: year, None where it was not said."""

    name: str
    picture: str
    born: int | None


class Kept(NamedTuple):
    """How a player, or without a name the home itself, is to look, to sound and to be handled."""

    name: str | None
    manner: Manner


class Limited(NamedTuple):
    """What grown-ups allow a player."""

    name: str
    limits: Limits


class Sits(NamedTuple):
    """A sitting is to begin: today's path, one level, or the check-up."""

    name: str
    level: str | None = None
    checkup: bool = False


class Left(NamedTuple):
    """Heron is to end."""


Decision = Opened | Made | Kept | Limited | Sits | Left
