"""All that is open while Heron runs, for one sitting after another: window, devices, sounds, pads and the model."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

import assets
from game.gazing import Gazing
from game.hearing import Hearing, Sounds
from game.preparing import Worn
from game.replay import known
from game.running import Around, Clock, Outgoing, Pads
from game.tags import places
from game.windows import Window, open_window
from game.wish import Wish
from neuro.listener import EegSource, GazeSource, Listener
from neuro.outlet import Outlet
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer, load
from neuro.screen import SceneCamera, ScreenMapper
from neuro.sources import uri
from neuro.sources.mouse import MouseGaze
from neuro.sources.twin import Twin


@runtime_checkable
class _OnATwin(Protocol):
    """A device that a simulated player wears."""

    twin: Twin


class Devices(NamedTuple):
    """mapper: of a tracker with a camera; twin: whose hands play where nobody else's do"""

    eeg: EegSource | None
    gaze: GazeSource | None
    mapper: ScreenMapper | None
    twin: Twin | None

    @property
    def worn(self) -> Worn:
        has_gaze = self.gaze is not None and not isinstance(self.gaze, MouseGaze)
        return Worn(self.eeg.headset if self.eeg else None, has_gaze, self.mapper is not None)

    @property
    def look_at(self) -> Callable[[float, float], None] | None:
        """Tells simulated eyes where there is something to see; None where there are none."""
        return self.gaze.look_at if isinstance(self.gaze, uri.Guided) else None


@dataclass(frozen=True, slots=True)
class House:
    """What is open; sounds, pads and outlet are None where nobody hears, presses or listens.

    scorer: everybody's, for whoever has no model of their own
    """

    clock: Clock
    window: Window
    devices: Devices
    scorer: Scorer
    sounds: Sounds | None
    pads: Pads | None
    outlet: Outgoing | None

    def around(self, has_pilot: bool, scorer: Scorer, rested: str | None = None) -> Around:
        """What one loop of scenes is surrounded by, from its beginning on.

        has_pilot: whether simulated hands play, which guide their eyes themselves; rested: as in `Show`
        """
        eeg, gaze, mapper = self.devices.eeg, self.devices.gaze, self.devices.mapper
        pipeline = Pipeline(eeg.headset, scorer, known(rested)) if eeg else None
        return Around(
            listener=Listener(eeg, gaze, pipeline, mapper),
            window=self.window,
            clock=self.clock,
            sounds=Hearing(self.sounds, assets.voice) if self.sounds else None,
            pads=self.pads,
            look_at=None if has_pilot else self.devices.look_at,
            point=gaze.move if isinstance(gaze, MouseGaze) else None,
            gazing=Gazing(mapper) if mapper else None,
            outlet=self.outlet,
        )


@contextmanager
def opened(wish: Wish, clock: Clock, window: Window | None = None) -> Iterator[House]:
    """Everything that was asked for. window: None for a new one of the kind that is wished.

    Raises: NeuroError, NoDisplay.
    """
    with ExitStack() as stack:
        scorer = load(assets.model())
        window = window or open_window(wish.window, "Heron", assets.picture)
        stack.callback(window.close)
        if window.note:
            wish.say(window.note)
        devices = stack.enter_context(_devices(wish, clock))
        sounds, pads = _heard_and_held(wish, stack)
        outlet = stack.enter_context(Outlet(clock)) if wish.lsl_out else None
        yield House(clock, window, devices, scorer, sounds, pads, outlet)


def _heard_and_held(wish: Wish, stack: ExitStack) -> tuple[Sounds | None, Pads | None]:
    if wish.window == "memory":
        return None, None
    from game.pads import Pads  # noqa: PLC0415 -- only where there is somebody to hear and to press
    from game.sound import Sounds  # noqa: PLC0415

    sounds, pads = Sounds(assets.sound, wish.say), Pads()
    stack.callback(sounds.close)
    stack.callback(pads.close)
    return sounds, pads


@contextmanager
def _devices(wish: Wish, clock: Clock) -> Iterator[Devices]:
    """Everything that was asked for, open; a twin's head, eyes and hands belong to one twin."""
    with ExitStack() as stack:
        eeg = uri.open_eeg(wish.eeg, clock)
        twin = eeg.twin if isinstance(eeg, _OnATwin) else Twin(wish.twin, wish.seed or 0) if wish.twin else None
        gaze = uri.open_gaze(wish.gaze, clock, twin)
        yield Devices(
            eeg=stack.enter_context(eeg) if eeg else None,
            gaze=stack.enter_context(gaze) if gaze else None,
            mapper=_mapper(gaze, wish.say, stack),
            twin=twin,
        )


def _mapper(gaze: object, say: Callable[[str], None], stack: ExitStack) -> ScreenMapper | None:
    """For glasses with a camera, which from now on look for the marks of the game."""
    if isinstance(gaze, uri.Shown):
        gaze.show(places())
    if not isinstance(gaze, SceneCamera):
        return None
    mapper = stack.enter_context(ScreenMapper(gaze, places()))
    if mapper.trouble:
        say(mapper.trouble)
    return mapper
