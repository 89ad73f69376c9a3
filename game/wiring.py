"""Joins the rooms: the only file that knows devices, rules, windows and the store at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic_core import to_json

import assets
from engine import session as rules
from engine.ports import TICK_S
from engine.store import Journal, Store
from engine.store.rows import Ending, EventRow, Row, Session
from game import preparing
from game.autopilot import Autopilot
from game.draw import DrawList
from game.errors import NotToday
from game.house import Devices, House, opened
from game.loop import Loop
from game.personal.playing import Which, which
from game.preparing import Anchor
from game.recorder import Recorder
from game.replay import replayed
from game.running import Around, Clock, Running, VirtualClock
from game.scenes.home.room import Room
from game.scenes.home.told import Sits
from game.scenes.scene import Scene, Show
from game.scenes.start import begin
from game.viewing import Viewing
from game.visiting import Visit
from game.windows import Window, WindowInputs, open_window
from game.wish import Wish
from neuro.errors import DeviceUnavailable
from neuro.listener import Background, Listener
from neuro.pipeline import Pipeline
from neuro.registry import Registry
from neuro.scorer import Scorer
from neuro.sources import uri
from neuro.sources.twin import Twin
from neuro.types import Headset


class Outcome(NamedTuple):
    """What a sitting came to, beyond what the store has.

    last:     what was to be seen at the end
    closed:   whether it ended because somebody closed the window
    frame_ms: work in each frame; first_frame_s: from the call of `play` to the first picture
    """

    session: int
    ending: Ending
    last: Scene
    closed: bool
    frame_ms: tuple[float, ...]
    first_frame_s: float


def play(wish: Wish, window: Window | None = None) -> Outcome:
    """One sitting, from the first screen to the last. window: None for the one that is wished

    Raises: NeuroError, EngineError, GameError: one plain sentence; whatever was played until then is kept.
    """
    began_s = time.perf_counter()
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(wish.db))
        now = _local_time()
        wish = preparing.allocated(wish, store, now)
        played = preparing.programme(wish, store, now, wish.has_gaze)
        _recover(wish, store)
        house = stack.enter_context(opened(wish, _clock(wish), window))
        outcome = _sat(wish, played, now, store, house, began_s)
        if wish.picture:
            _save(house.window, wish.picture, wish.say)
    return outcome


def live(wish: Wish, name: str | None, told: Callable[[Outcome], None], window: Window | None = None) -> None:
    """At home: one sitting after another in the same window, until the players leave.

    name: whose map opens first, who is new where there is none; None for the door
    told: takes what each sitting came to; window: None for the one that is wished

    Raises: as `play`.
    """
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(wish.db))
        _recover(wish, store)
        house = stack.enter_context(opened(wish, _clock(wish), window))
        visit = Visit(store, wish.has_gaze, house.devices.mapper is not None, _local_time)
        at: Room | Sits | None = visit.opened(_resident(wish, name, store) if name else None)
        while at:
            if isinstance(at, Room):
                at = visit.after(_visited(at, house))
            else:
                at = _sent(wish, at, store, house, visit, told)


def _resident(wish: Wish, name: str, store: Store) -> str:
    player = store.players.named(name)
    if wish.born is not None:
        store.players.born(player.id, wish.born)
    return player.name


def _clock(wish: Wish) -> Clock:
    return VirtualClock() if wish.hurry else time.monotonic


def _local_time() -> datetime:
    return datetime.now().astimezone()


def _recover(wish: Wish, store: Store) -> None:
    """Sittings that were cut off are closed and told; what has had its time goes."""
    for interrupted in store.sessions.recover(time.time()):
        wish.say(interrupted.sentence)
    store.privacy.tidy(time.time())


def _visited(at: Room, house: House) -> Room:
    """The room as it was left."""
    loop = Loop(at)
    Running(loop, Recorder(_Nobody(), None, None), house.around(has_pilot=False, scorer=house.scorer)).run(
        lambda _worked_s: None
    )
    return loop.last if isinstance(loop.last, Room) else at


class _Nobody:
    """Writes down what happens at home: nobody."""

    def put(self, row: Row) -> None: ...


def _sent(
    wish: Wish, sits: Sits, store: Store, house: House, visit: Visit, told: Callable[[Outcome], None]
) -> Room | None:
    """From home to a sitting and back again; None where somebody closed the window."""
    began_s, now = time.perf_counter(), _local_time()
    wish = replace(wish, player=sits.name, level=sits.level, checkup=sits.checkup, at_home=True, born=None)
    try:
        wish = preparing.allocated(wish, store, now)
        played = preparing.programme(wish, store, now, wish.has_gaze)
    except NotToday as why:
        return visit.opened(sits.name, str(why))
    outcome = _sat(wish, played, now, store, house, began_s)
    told(outcome)
    if outcome.closed:
        return None
    return visit.opened(sits.name, visit.news(sits.name, outcome.session), outcome.last)


def _sat(
    wish: Wish, played: preparing.Programme, now: datetime, store: Store, house: House, began_s: float
) -> Outcome:
    """One sitting in an open house."""
    wish = preparing.unpaid(wish, played)
    devices, model = house.devices, _model(wish, store, house.scorer)
    scorer = model.scorer
    show = preparing.show(wish, played, store, now, devices.worn, scorer.sha256)
    around = house.around(wish.twin is not None, scorer, show.rested)
    pilot = _pilot(devices.twin, show.setup, devices.look_at, house.clock) if wish.twin and devices.twin else None
    anchor = Anchor(house.clock(), time.time())
    new = preparing.new_session(wish, played, store, show, devices.worn.headset, scorer, anchor)
    session = store.sessions.begin(new)
    frames = _Frames(began_s, house.clock, _length_s(show), wish.progress)
    loop = Loop(begin(show), pilot)
    ending: Ending = "failed"
    try:
        running = _run(wish, session, loop, devices, around, frames, model)
        ending = running.ending
    except KeyboardInterrupt:
        ending = "left"
        raise
    finally:
        store.sessions.end(session, ending, time.time())
    if wish.twin is None:
        wish.sat(wish.player)
    return Outcome(session, ending, loop.last, running.closed, tuple(frames.work_ms), frames.first_s)


def _model(wish: Wish, store: Store, common: Scorer) -> Which:
    """In a study everybody plays with the common one: what is compared must not change on the way."""
    return Which(common, "common") if wish.study else which(store, store.players.named(wish.player).id, common)


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
    viewing = Viewing(window)
    pictures = (ticked.picture for _, ticked in replayed(store, session))
    owed_s = 0.0

    def step(elapsed_s: float, seen: WindowInputs) -> DrawList | None:
        nonlocal owed_s
        owed_s += elapsed_s
        due = max(1, int(owed_s / TICK_S))
        owed_s -= due * TICK_S
        some = list(islice(pictures, due))
        if not some or seen.closed:
            return None
        return viewing.picture(some[-1], "auto", elapsed_s, time.monotonic())

    def shown(worked_s: float) -> None:
        viewing.drawn(worked_s, time.monotonic())

    try:
        window.run(step, shown)
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


def _run(
    wish: Wish, session: int, loop: Loop, devices: Devices, around: Around, frames: _Frames, model: Which
) -> Running:
    """The sitting itself; its journal is closed before anybody calls it ended."""
    with Journal(wish.db, session) as journal:
        if devices.eeg:
            journal.put(EventRow(0, "model", to_json({"whose": model.whose, "why": model.why}).decode()))
        headset, tracker = devices.eeg.headset if devices.eeg else None, wish.gaze if devices.gaze else None
        recorder = Recorder(journal, headset, tracker)
        running = Running(loop, recorder, replace(around, trouble=lambda: journal.trouble), journal.asked)
        running.run(frames.shown)
    if journal.trouble:
        wish.say(journal.trouble)
    if journal.dropped:
        wish.say(f"{journal.dropped} records of this sitting could not be kept; a replay of it will differ.")
    return running


def _length_s(show: Show) -> float:
    """About how long a sitting takes in which nobody dwells on a screen."""
    setup = show.setup
    return 10.0 + rules.prelude_s(setup) + setup.play_s + 6.0 * (len(setup.parts) - 1) + 5.0
