"""Joins the rooms: the only file that knows devices, rules, windows and the store at once."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic_core import to_json

import assets
from engine import level as levels
from engine import session as rules
from engine import skill
from engine.ports import TICK_S
from engine.store import Journal, Store
from engine.store.rows import Ending, NewSession, Session
from game.autopilot import Answer, Autopilot
from game.draw import DrawList
from game.loop import Loop
from game.recorder import Recorder
from game.replay import replayed
from game.running import Around, Clock, Running, VirtualClock
from game.scenes.scene import Show
from game.scenes.start import begin
from game.windows import Kind, Window, WindowInputs, open_window
from neuro.errors import DeviceUnavailable
from neuro.listener import Background, EegSource, GazeSource, Listener
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer, load
from neuro.sources import uri
from neuro.sources.mouse import MouseGaze
from neuro.sources.twin import Twin, TwinEyes, TwinHead
from neuro.types import Headset

LEAST_CALIBRATION_S, CALIBRATION_S = 10.0, 60.0
"""Rest and warm-up last a minute each; in a sitting under six minutes a sixth of it, but never less than this."""

BY_BEHAVIOUR = "No headset: Heron plays by your answers alone."


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for.

    level:    id of a level, or a TOML file
    play_s:   how long to play; None for as long as the level says
    seed:     the same deals the same creatures; None for others in each sitting
    hurry:    a virtual clock as fast as the machine allows; only what is simulated or recorded can follow it
    twin:     profile of the simulated player whose hands play; None for a person
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
        for interrupted in store.sessions.recover(time.time()):
            wish.say(interrupted.sentence)
        scorer = load(assets.model())
        clock = VirtualClock() if wish.hurry else time.monotonic
        window = open_window(wish.window, "Heron", assets.picture)
        stack.callback(window.close)
        if window.note:
            wish.say(window.note)
        devices = stack.enter_context(_devices(wish, clock))
        show = _show(wish, level, store, devices.eeg)
        around = _around(wish, devices, scorer, window, clock, stack)
        pilot = Autopilot(_hands(devices.twin, clock)).press if wish.twin and devices.twin else None
        session = store.sessions.begin(_new_session(wish, toml, store, show, devices.eeg, scorer, clock()))
        frames = _Frames(began_s, _length_s(show), wish.progress)
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
        pipeline = Pipeline(headset.headset, load(assets.model())) if headset else None
        background = stack.enter_context(Background(Listener(headset, tracker, pipeline), time.monotonic))
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


class _Devices(NamedTuple):
    eeg: EegSource | None
    gaze: GazeSource | None
    twin: Twin | None


@contextmanager
def _devices(wish: Wish, clock: Clock) -> Iterator[_Devices]:
    """Everything that was asked for, open; a twin's head, eyes and hands belong to one twin."""
    with ExitStack() as stack:
        eeg = uri.open_eeg(wish.eeg, clock)
        gaze = uri.open_gaze(wish.gaze, clock)
        twin = eeg.twin if isinstance(eeg, TwinHead) else Twin(wish.twin, wish.seed or 0) if wish.twin else None
        if isinstance(gaze, TwinEyes) and isinstance(eeg, TwinHead):
            gaze = TwinEyes(eeg.twin, clock)
        yield _Devices(
            eeg=stack.enter_context(eeg) if eeg else None,
            gaze=stack.enter_context(gaze) if gaze else None,
            twin=twin,
        )


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
        listener=Listener(devices.eeg, devices.gaze, pipeline),
        window=window,
        clock=clock,
        sounds=sounds,
        pads=pads,
        look_at=devices.gaze.look_at if isinstance(devices.gaze, TwinEyes) else None,
        point=devices.gaze.move if isinstance(devices.gaze, MouseGaze) else None,
    )


def _hands(twin: Twin, clock: Clock) -> Answer:
    start_s = twin.begin(clock())
    return lambda trial, go: twin.hands.answer(trial, go, twin.zone.attending(clock() - start_s))


def _level(name: str) -> tuple[levels.Level, str]:
    """A level and its text as it is played."""
    path = Path(name)
    if path.suffix != ".toml":
        return levels.find(name), levels.text(name)
    return levels.load(path), path.read_text("utf-8-sig")


def _show(wish: Wish, level: levels.Level, store: Store, eeg: EegSource | None) -> Show:
    history = store.sessions.history(store.players.named(wish.player).id, level.id, "demo" if wish.twin else "play")
    play_s = wish.play_s or level.minutes * 60
    calibration_s = min(CALIBRATION_S, max(LEAST_CALIBRATION_S, play_s / 6))
    setup = rules.Setup(
        level=level,
        seed=history.sittings + 1 if wish.seed is None else wish.seed,
        play_s=play_s,
        rest_s=calibration_s,
        warmup_s=calibration_s,
        first_x=skill.warm_start(history.last_difficulty),
        last_threshold=history.last_threshold_z,
        sitting_number=history.sittings + 1,
        child=wish.twin in ("child", "adhd"),
        has_headset=eeg is not None,
    )
    return Show(
        setup=setup,
        player=wish.player,
        channels=eeg.headset.channels if eeg else (),
        headset=eeg.headset.name if eeg else None,
        note=None if eeg else BY_BEHAVIOUR,
        simulated=wish.twin is not None,
    )


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
        mode="live",
        model_sha=store.models.add(scorer.onnx, "attention", scorer.metadata) if eeg else None,
        version=version("heron-focus"),
    )


class _Frames:
    """Keeps what each frame cost, and how far the sitting is."""

    def __init__(self, began_s: float, length_s: float, progress: Callable[[float], None]) -> None:
        self.work_ms: list[float] = []
        self.first_s = 0.0
        self._began_s = began_s
        self._most = length_s / TICK_S
        self._progress = progress

    def shown(self, worked_s: float) -> None:
        if not self.work_ms:
            self.first_s = time.perf_counter() - self._began_s
        self.work_ms.append(1000 * worked_s)
        self._progress(min(1.0, len(self.work_ms) / self._most))


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
    return 10.0 + rest_s + setup.warmup_s + rules.READY_S + setup.play_s + breaks_s + 5.0
