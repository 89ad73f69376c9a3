"""Joins the rooms: the only file that knows devices, rules, windows and the store at once."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar, runtime_checkable

from pydantic_core import to_json

import assets
from engine import ability
from engine import level as levels
from engine import session as rules
from engine.control import Arm
from engine.ports import TICK_S
from engine.store import Journal, Store
from engine.store.rows import Ending, History, NewSession, Session
from game.autopilot import Autopilot, Feelings
from game.draw import DrawList
from game.errors import GameError
from game.gazing import Gazing
from game.loop import Loop
from game.recorder import Recorder
from game.replay import replayed
from game.running import Around, Clock, Running, VirtualClock
from game.scenes.scene import Show
from game.scenes.start import begin
from game.scenes.wearing import called
from game.tags import places
from game.windows import Kind, Window, WindowInputs, open_window
from game.yoke import tape
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
from neuro.twin.profiles import PROFILES
from neuro.types import Headset

LEAST_CALIBRATION_S, REST_S, WARMUP_S = 10.0, 60.0, 120.0
"""Rest lasts a minute, warm-up two; in a shorter sitting a sixth of its play each, but never less than the first."""

BY_BEHAVIOUR = "No headset: Heron plays by your answers alone."


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for.

    level:    id of a level, or a TOML file
    play_s:   how long to play; None for as long as the level says
    seed:     the same deals the same creatures; None for others in each sitting
    hurry:    a virtual clock as fast as the machine allows; only what is simulated or recorded can follow it
    twin:     profile of the simulated player whose hands play; None for a person
    arm:      what the loops see of attention
    yoked_to: sitting whose score the yoked arm replays
    study:    whose sealed allocation decides about both; None outside of studies
    lsl_out:  whether other programs may listen by the Lab Streaming Layer; needs a clock at real pace
    picture:  where the last screen goes; None for nowhere
    say:      takes a sentence for the person; progress: takes the share 0..1 of the sitting that is done
    """

    db: Path
    player: str = "Player"
    eeg: str = "none"
    gaze: str = "none"
    level: str = "strike-01"
    window: Kind = "arcade"
    play_s: float | None = None
    seed: int | None = None
    hurry: bool = False
    twin: str | None = None
    arm: Arm = "live"
    yoked_to: int | None = None
    study: str | None = None
    lsl_out: bool = False
    picture: Path | None = None
    say: Callable[[str], None] = field(default=lambda sentence: print(sentence, file=sys.stderr))  # noqa: T201
    progress: Callable[[float], None] = field(default=lambda _share: None)


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
    level, toml = _level(wish.level)
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(wish.db))
        wish = _allocated(wish, store)
        for interrupted in store.sessions.recover(time.time()):
            wish.say(interrupted.sentence)
        scorer = load(assets.model())
        clock = VirtualClock() if wish.hurry else time.monotonic
        window = open_window(wish.window, "Heron", assets.picture)
        stack.callback(window.close)
        if window.note:
            wish.say(window.note)
        devices = stack.enter_context(_devices(wish, clock))
        show = _show(wish, level, store, devices)
        around = _around(wish, devices, scorer, window, clock, stack)
        pilot = _pilot(devices.twin, clock).press if wish.twin and devices.twin else None
        session = store.sessions.begin(_new_session(wish, toml, store, show, devices.eeg, scorer, clock()))
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


def _around(wish: Wish, devices: _Devices, scorer: Scorer, window: Window, clock: Clock, stack: ExitStack) -> Around:
    pipeline = Pipeline(devices.eeg.headset, scorer) if devices.eeg else None
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
        look_at=devices.gaze.look_at if isinstance(devices.gaze, uri.Guided) else None,
        point=devices.gaze.move if isinstance(devices.gaze, MouseGaze) else None,
        gazing=Gazing(devices.mapper) if devices.mapper else None,
        outlet=stack.enter_context(Outlet(clock)) if wish.lsl_out else None,
    )


def _pilot(twin: Twin, clock: Clock) -> Autopilot:
    """The twin's hands on the keys, and its eyes on what comes of it."""
    start_s = twin.begin(clock())
    player = twin.player
    return Autopilot(
        lambda trial, go: player.answer(clock() - start_s, trial, go), Feelings(twin, lambda: clock() - start_s)
    )


def _level(name: str) -> tuple[levels.Level, str]:
    """A level and its text as it is played."""
    path = Path(name)
    if path.suffix != ".toml":
        return levels.find(name), levels.text(name)
    return levels.load(path), path.read_text("utf-8-sig")


def _show(wish: Wish, level: levels.Level, store: Store, devices: _Devices) -> Show:
    eeg = devices.eeg
    history = store.sessions.history(store.players.named(wish.player).id, level.id, "demo" if wish.twin else "play")
    play_s = wish.play_s or level.minutes * 60
    calibration_s = max(LEAST_CALIBRATION_S, play_s / 6)
    setup = rules.Setup(
        level=level,
        seed=history.sittings + 1 if wish.seed is None else wish.seed,
        play_s=play_s,
        rest_s=min(REST_S, calibration_s),
        warmup_s=min(WARMUP_S, calibration_s),
        first_x=_first_x(store, history, level.success_target),
        last_threshold=history.last_threshold_z,
        sitting_number=history.sittings + 1,
        child=wish.twin is not None and PROFILES[wish.twin].child,
        has_headset=eeg is not None,
        has_camera=devices.mapper is not None,
        usual=history.last_calibration,
        arm=wish.arm,
        tape=_tape(wish, store),
    )
    return Show(
        setup=setup,
        player=wish.player,
        channels=eeg.headset.channels if eeg else (),
        headset=eeg.headset.name if eeg else None,
        tracker=called(wish.gaze),
        note=None if eeg else BY_BEHAVIOUR,
        simulated=wish.twin is not None,
    )


def _first_x(store: Store, history: History, target: float) -> float:
    if history.last_session is None:
        return ability.first_difficulty((), None, 0.0, target)
    days = max(0.0, time.time() - store.sessions.get(history.last_session).anchor_unix_s) / 86_400
    trials = store.sessions.trials(history.last_session)
    return ability.first_difficulty(trials, history.last_difficulty, days, target)


def _allocated(wish: Wish, store: Store) -> Wish:
    """In a study the arm is the one that was sealed; a yoked player has another of the donors' sittings each time."""
    if wish.study is None:
        return wish
    player = store.players.named(wish.player).id
    arm, donors = store.studies.enrolled(wish.study, player).arm, store.studies.get(wish.study).donors
    turn = store.studies.finished(wish.study, player)
    return replace(wish, arm=arm, yoked_to=donors[turn % len(donors)] if arm == "yoked_replay" else None)


def _tape(wish: Wish, store: Store) -> tuple[float, ...]:
    if wish.arm != "yoked_replay":
        return ()
    if wish.yoked_to is None:
        raise GameError("A yoked replay needs a sitting to replay: give its number with --yoke.")
    return tape(store, wish.yoked_to)


def _new_session(
    wish: Wish, toml: str, store: Store, show: Show, eeg: EegSource | None, scorer: Scorer, now_s: float
) -> NewSession:
    return NewSession(
        player_id=store.players.named(wish.player).id,
        level_id=show.setup.level.id,
        level_toml=toml,
        setup_json=to_json(show).decode(),
        seed=show.setup.seed,
        kind="demo" if wish.twin else "play",
        anchor_mono_s=now_s,
        anchor_unix_s=time.time(),
        headset_json=to_json(eeg.headset).decode() if eeg else None,
        gaze=None if wish.gaze == "none" else wish.gaze,
        mode=wish.arm,
        model_sha=store.models.add(scorer.onnx, "attention", scorer.metadata) if eeg else None,
        version=version("heron-focus"),
        study=wish.study,
    )


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
        running = Running(loop, recorder, around)
        running.run(frames.shown)
    if journal.trouble:
        wish.say(journal.trouble)
    if journal.dropped:
        wish.say(f"{journal.dropped} records of this sitting could not be kept; a replay of it will differ.")
    return running.ending


def _length_s(show: Show) -> float:
    """About how long a sitting takes in which nobody dwells on a screen."""
    setup = show.setup
    rest_s = setup.rest_s if setup.has_headset else 0.0
    breaks_s = 6.0 * (rules.blocks(setup) - 1)
    return 10.0 + rules.gaze_s(setup) + rest_s + setup.warmup_s + rules.READY_S + setup.play_s + breaks_s + 5.0
