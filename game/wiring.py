"""Joins the rooms: the only file that knows devices, rules, windows and the store at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar, runtime_checkable

import assets
from engine import session as rules
from engine.ports import TICK_S
from engine.store import Journal, Store
from engine.store.rows import Ending, Session
from game import preparing
from game.autopilot import Autopilot
from game.draw import DrawList
from game.gazing import Gazing
from game.loop import Loop
from game.preparing import Anchor, Worn
from game.recorder import Recorder
from game.replay import known, replayed
from game.running import Around, Clock, Running, VirtualClock
from game.scenes.scene import Show
from game.scenes.start import begin
from game.tags import places
from game.windows import Window, WindowInputs, open_window
from game.wish import Wish
from neuro.errors import DeviceUnavailable
from neuro.listener import Background, EegSource, GazeSource, Listener
from neuro.outlet import Outlet
from neuro.pipeline import Pipeline
from neuro.registry import Registry
from neuro.scorer import Scorer, load
from neuro.screen import SceneCamera, ScreenMapper
from neuro.sources import uri
from neuro.sources.mouse import MouseGaze
from neuro.sources.twin import Twin
from neuro.types import Headset


class Outcome(NamedTuple):
    """What a sitting came to, beyond what the store has.

    frame_ms:      work in each frame; first_frame_s: from the call of `play` to the first picture
    """

    session: int
    ending: Ending
    frame_ms: tuple[float, ...]
    first_frame_s: float


def play(wish: Wish) -> Outcome:
    """One sitting, from the first screen to the last.

    Raises: NeuroError, EngineError, GameError: one plain sentence; whatever was played until then is kept.
    """
    began_s = time.perf_counter()
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(wish.db))
        wish = preparing.allocated(wish, store)
        now = datetime.now().astimezone()
        played = preparing.programme(wish, store, now, wish.has_gaze)
        for interrupted in store.sessions.recover(time.time()):
            wish.say(interrupted.sentence)
        scorer = load(assets.model())
        clock = VirtualClock() if wish.hurry else time.monotonic
        window = open_window(wish.window, "Heron", assets.picture)
        stack.callback(window.close)
        if window.note:
            wish.say(window.note)
        devices = stack.enter_context(_devices(wish, clock))
        show = preparing.show(wish, played, store, now, devices.worn, sha256(scorer.onnx).hexdigest())
        around = _around(wish, devices, scorer, show.rested, window, clock, stack)
        pilot = _pilot(devices.twin, show.setup, devices.look_at, clock) if wish.twin and devices.twin else None
        headset = devices.worn.headset
        anchor = Anchor(clock(), time.time())
        session = store.sessions.begin(preparing.new_session(wish, played, store, show, headset, scorer, anchor))
        frames = _Frames(began_s, clock, _length_s(show), wish.progress)
        ending: Ending = "failed"
        try:
            ending = _run(wish, session, Loop(begin(show), pilot), devices, around, frames)
        except KeyboardInterrupt:
            ending = "left"
            raise
        finally:
            store.sessions.end(session, ending, time.time())
        if wish.picture:
            _save(window, wish.picture, wish.say)
    return Outcome(session, ending, tuple(frames.work_ms), frames.first_s)


def _save(window: Window, picture: Path, say: Callable[[str], None]) -> None:
    try:
        window.save(picture)
    except OSError as error:
        say(f"{picture} cannot be written ({error.strerror}); the sitting is kept all the same.")


def show_again(store: Store, session: Session) -> None:
    """Play a stored sitting in a window, at the pace at which it was played.

    Raises: NoDisplay: there is no screen.
    """
    window = open_window("arcade", "Heron, once more", assets.picture)
    pictures = (ticked.picture for _, ticked in replayed(store, session))
    owed_s = 0.0

    def step(elapsed_s: float, seen: WindowInputs) -> DrawList | None:
        nonlocal owed_s
        owed_s += elapsed_s
        due = max(1, int(owed_s / TICK_S))
        owed_s -= due * TICK_S
        some = list(islice(pictures, due))
        return some[-1] if some and not seen.closed else None

    try:
        window.run(step, lambda _worked_s: None)
    finally:
        window.close()


class Listening(NamedTuple):
    """Devices outside a sitting.

    headset: None without one; has_tracker: whether there is an eye tracker
    refused: sentences on what was asked for and could not be opened
    """

    headset: Headset | None
    has_tracker: bool
    refused: tuple[str, ...]
    background: Background


@contextmanager
def listening(eeg: str, gaze: str) -> Iterator[Listening]:
    """Both devices open and listened to; one that cannot be opened does not hide the other.

    Raises: BadAddress, BadRecording, BadModel.
    """
    refused: list[str] = []
    with ExitStack() as stack:
        headset = _entered(stack, uri.open_eeg, eeg, refused)
        tracker = _entered(stack, uri.open_gaze, gaze, refused)
        models = Registry(assets.model()) if headset else None
        pipeline = Pipeline(headset.headset, models.scorer) if headset and models else None
        listener = Listener(headset, tracker, pipeline, models=models)
        background = stack.enter_context(Background(listener, time.monotonic))
        yield Listening(headset.headset if headset else None, tracker is not None, tuple(refused), background)


_Source = TypeVar("_Source", uri.EegSource, uri.GazeSource)


def _entered(
    stack: ExitStack, opens: Callable[[str, Clock], _Source | None], address: str, refused: list[str]
) -> _Source | None:
    try:
        source = opens(address, time.monotonic)
        return stack.enter_context(source) if source else None
    except DeviceUnavailable as why:
        refused.append(str(why))
        return None


@runtime_checkable
class _OnATwin(Protocol):
    """A device that a simulated player wears."""

    twin: Twin


class _Devices(NamedTuple):
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


@contextmanager
def _devices(wish: Wish, clock: Clock) -> Iterator[_Devices]:
    """Everything that was asked for, open; a twin's head, eyes and hands belong to one twin."""
    with ExitStack() as stack:
        eeg = uri.open_eeg(wish.eeg, clock)
        twin = eeg.twin if isinstance(eeg, _OnATwin) else Twin(wish.twin, wish.seed or 0) if wish.twin else None
        gaze = uri.open_gaze(wish.gaze, clock, twin)
        yield _Devices(
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


def _around(
    wish: Wish,
    devices: _Devices,
    scorer: Scorer,
    rested: str | None,
    window: Window,
    clock: Clock,
    stack: ExitStack,
) -> Around:
    pipeline = Pipeline(devices.eeg.headset, scorer, known(rested)) if devices.eeg else None
    sounds, pads = None, None
    if wish.window != "memory":
        from game.pads import Pads  # noqa: PLC0415 -- only where there is somebody to hear and to press
        from game.sound import Sounds  # noqa: PLC0415

        sounds, pads = Sounds(assets.sound), Pads()
        stack.callback(sounds.close)
        stack.callback(pads.close)
        if sounds.note:
            wish.say(sounds.note)
    return Around(
        listener=Listener(devices.eeg, devices.gaze, pipeline, devices.mapper),
        window=window,
        clock=clock,
        sounds=sounds,
        pads=pads,
        look_at=None if wish.twin else devices.look_at,
        point=devices.gaze.move if isinstance(devices.gaze, MouseGaze) else None,
        gazing=Gazing(devices.mapper) if devices.mapper else None,
        outlet=stack.enter_context(Outlet(clock)) if wish.lsl_out else None,
    )


def _pilot(twin: Twin, setup: rules.Setup, look_at: Callable[[float, float], None] | None, clock: Clock) -> Autopilot:
    """The twin's hands on the keys, and its eyes on what comes of it."""
    start_s = twin.begin(clock())
    return Autopilot(twin, lambda: clock() - start_s, setup, look_at)


class _Frames:
    """Keeps what each frame cost, and how far the sitting is."""

    def __init__(self, began_s: float, clock: Clock, length_s: float, progress: Callable[[float], None]) -> None:
        self.work_ms: list[float] = []
        self.first_s = 0.0
        self._began_s = began_s
        self._clock, self._from_s, self._length_s = clock, clock(), length_s
        self._progress = progress

    def shown(self, worked_s: float) -> None:
        if not self.work_ms:
            self.first_s = time.perf_counter() - self._began_s
        self.work_ms.append(1000 * worked_s)
        self._progress(min(1.0, (self._clock() - self._from_s) / self._length_s))


def _run(wish: Wish, session: int, loop: Loop, devices: _Devices, around: Around, frames: _Frames) -> Ending:
    """The sitting itself; its journal is closed before anybody calls it ended."""
    with Journal(wish.db, session) as journal:
        headset, tracker = devices.eeg.headset if devices.eeg else None, wish.gaze if devices.gaze else None
        recorder = Recorder(journal, headset, tracker)
        running = Running(loop, recorder, around, journal.asked)
        running.run(frames.shown)
    if journal.trouble:
        wish.say(journal.trouble)
    if journal.dropped:
        wish.say(f"{journal.dropped} records of this sitting could not be kept; a replay of it will differ.")
    return running.ending


def _length_s(show: Show) -> float:
    """About how long a sitting takes in which nobody dwells on a screen."""
    setup = show.setup
    return 10.0 + rules.prelude_s(setup) + setup.play_s + 6.0 * (len(setup.parts) - 1) + 5.0
