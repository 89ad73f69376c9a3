"""Real time in, fixed ticks out; each tick is all that a replay needs to do it again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Protocol

from pydantic_core import to_json

from engine.events import Event
from engine.ports import TICK_S, Inputs
from game import captions, cues
from game.captions import Heard
from game.draw import DrawList
from game.manner import worn
from game.scenes.scene import Quit, Scene
from game.words import noted

Looks = Callable[[float], tuple[float, float] | None]

MOST_TICKS = 15  # a machine that slept or stuttered longer than a quarter of a second does not race to catch up


@dataclass(frozen=True, slots=True)
class Ticked:
    """One tick that was played.

    number:  from 1
    inputs:  all that it knew of the player
    events:  what happened in it
    scene:   what it led to; None when it led out of the game
    picture: what was to be seen after it
    digest:  8 bytes that stand for the state and the picture
    heard:   what began to sound lately, the newest last; what began in this tick has its number
    said:    the sentences of the picture as they stand in the code
    """

    number: int
    inputs: Inputs
    events: tuple[Event, ...]
    scene: Scene | None
    picture: DrawList
    digest: bytes
    heard: tuple[Heard, ...] = ()
    said: tuple[str, ...] = ()


def tick(scene: Scene, number: int, inputs: Inputs, heard: tuple[Heard, ...] = ()) -> Ticked:
    """Play one tick of a scene; the same scene and inputs always give the same tick.

    heard: what the tick before had of it
    """
    with worn(scene.show.manner):
        after, events = scene.update(inputs)
    if isinstance(after, Quit):
        return Ticked(number, inputs, events, None, (), _digest(after.reason, None, ()))
    begun = cues.sounds(events, scene.name if number > 1 else None, after.name)
    heard = captions.heard(heard, begun, number)
    with noted() as said:
        page = drawn(after)
    with worn(after.show.manner):
        picture = (*page, *captions.captions(heard, number))
    digest = _digest(after.name, after.sitting, picture)
    return Ticked(number, inputs, events, after, picture, digest, heard, tuple(said))


def drawn(scene: Scene) -> DrawList:
    """The scene's picture, in the manner of whoever plays."""
    with worn(scene.show.manner):
        return scene.draw()


def _digest(name: str, sitting: object, picture: DrawList) -> bytes:
    return blake2b(to_json((name, sitting, picture)), digest_size=8).digest()


class Player(Protocol):
    """Who plays beside a person, or instead of one; `game.autopilot.Autopilot` is one."""

    def act(self, scene: Scene, inputs: Inputs) -> Inputs:
        """What is done in the next tick, all in all."""
        ...

    def saw(self, ticked: Ticked) -> None:
        """What came of it."""
        ...


class Loop:
    """Plays scenes until one leads out. last: the newest scene, also after it has led out."""

    def __init__(self, scene: Scene, pilot: Player | None = None) -> None:
        self.scene: Scene | None = scene
        self.last: Scene = scene
        self.picture: DrawList = drawn(scene)
        self._pilot = pilot
        self._number = 0
        self._heard: tuple[Heard, ...] = ()
        self._owed_s = 0.0

    def advance(self, elapsed_s: float, inputs: Inputs, gaze: Looks = lambda _ago_s: None) -> Iterator[Ticked]:
        """The ticks that have become due; what was pressed, or asked for, counts in the first of them.

        Inputs that come while no tick is due must be given again with the next call.

        gaze: where the player looks in a tick that was due so many seconds ago
        """
        self._owed_s = min(self._owed_s + elapsed_s, MOST_TICKS * TICK_S)
        while self._owed_s >= TICK_S - 1e-9 and self.scene is not None:
            self._owed_s -= TICK_S
            self._number += 1
            inputs = replace(inputs, gaze=gaze(self._owed_s))
            ticked = tick(self.scene, self._number, self._piloted(self.scene, inputs), self._heard)
            self.scene, self.picture = ticked.scene, ticked.picture or self.picture
            self.last = self.scene or self.last
            self._heard = ticked.heard
            inputs = replace(inputs, pressed=(), clicked=False, typed="", keys=(), asked=None)
            if self._pilot is not None:
                self._pilot.saw(ticked)
            yield ticked

    def _piloted(self, scene: Scene, inputs: Inputs) -> Inputs:
        return inputs if self._pilot is None else self._pilot.act(scene, inputs)
