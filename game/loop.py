"""Real time in, fixed ticks out; each tick is all that a replay needs to do it again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

from pydantic_core import to_json

from engine.events import Event
from engine.ports import TICK_S, Action, Inputs
from game.draw import DrawList
from game.scenes.scene import Quit, Scene

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
    """

    number: int
    inputs: Inputs
    events: tuple[Event, ...]
    scene: Scene | None
    picture: DrawList
    digest: bytes


def tick(scene: Scene, number: int, inputs: Inputs) -> Ticked:
    """Play one tick of a scene; the same scene and inputs always give the same tick."""
    after, events = scene.update(inputs)
    if isinstance(after, Quit):
        return Ticked(number, inputs, events, None, (), _digest(after.reason, None, ()))
    picture = after.draw()
    return Ticked(number, inputs, events, after, picture, _digest(after.name, after.sitting, picture))


def _digest(name: str, sitting: object, picture: DrawList) -> bytes:
    return blake2b(to_json((name, sitting, picture)), digest_size=8).digest()


class Loop:
    """Plays scenes until one leads out."""

    def __init__(self, scene: Scene, pilot: Callable[[Scene], tuple[Action, ...]] | None = None) -> None:
        """pilot: presses more in each tick, as the hands of a simulated player do."""
        self.scene: Scene | None = scene
        self.picture: DrawList = scene.draw()
        self._pilot = pilot
        self._number = 0
        self._owed_s = 0.0

    def advance(self, elapsed_s: float, inputs: Inputs) -> Iterator[Ticked]:
        """The ticks that have become due; what was pressed counts in the first of them.

        Inputs that come while no tick is due must be given again with the next call.
        """
        self._owed_s = min(self._owed_s + elapsed_s, MOST_TICKS * TICK_S)
        while self._owed_s >= TICK_S - 1e-9 and self.scene is not None:
            self._owed_s -= TICK_S
            self._number += 1
            ticked = tick(self.scene, self._number, self._piloted(self.scene, inputs))
            self.scene, self.picture = ticked.scene, ticked.picture or self.picture
            inputs = replace(inputs, pressed=(), clicked=False)
            yield ticked

    def _piloted(self, scene: Scene, inputs: Inputs) -> Inputs:
        if self._pilot is None:
            return inputs
        return replace(inputs, pressed=tuple(sorted({*inputs.pressed, *self._pilot(scene)})))
