"""One sitting while it runs: devices to polls, polls to ticks, ticks to pictures, sounds and rows."""

from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from pydantic_core import to_json

from engine import events as happened
from engine import session as rules
from engine.events import DotRested, Event, StageStarted
from engine.ports import Action, Asked, Devices, Inputs
from engine.store.rows import Ending
from game.draw import HEIGHT, WIDTH, DrawList
from game.gazing import Gazing
from game.hearing import Hearing
from game.loop import Loop
from game.manner import USUAL, Manner, worn
from game.recorder import Recorder
from game.scenes.scene import not_kept
from game.scenes.sit import Pause, Sit
from game.steady import SteadyGaze
from game.viewing import Viewing
from game.windows import Window, WindowInputs
from game.windows.window import meant
from neuro.baseline import Baseline
from neuro.listener import POLL_S, Background, Listener, Poll
from neuro.types import Estimate

HOLD_S = 1.5
"""One switch that is held so long asks for a pause. Own choice: no press in a game is as long."""


class Clock(Protocol):
    """Host seconds. A clock that can be moved is moved by the frames; any other moves by itself."""

    def __call__(self) -> float: ...


class VirtualClock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class Pads(Protocol):
    """What can be held; `game.pads.Pads` is one."""

    def poll(self) -> tuple[Action, ...]: ...
    @property
    def held(self) -> bool:
        """Whether a button was down at the last poll."""
        ...


class Outgoing(Protocol):
    """Who is told of all that goes on; `neuro.outlet.Outlet` is one."""

    def estimate(self, estimate: Estimate) -> None: ...
    def mark(self, marker: str, t_s: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Around:
    """What a running sitting is surrounded by.

    look_at: tells a simulated eye, in screens, where there is something to see
    point:   tells gaze by mouse, in screens, where the pointer is
    gazing:  of glasses with a camera
    outlet:  None where nobody listens from outside
    trouble: why nothing can be saved just now; None while all is well
    """

    listener: Listener
    window: Window
    clock: Clock
    sounds: Hearing | None = None
    pads: Pads | None = None
    look_at: Callable[[float, float], None] | None = None
    point: Callable[[float, float], None] | None = None
    gazing: Gazing | None = None
    outlet: Outgoing | None = None
    trouble: Callable[[], str | None] = lambda: None


class Running:
    """Runs a loop of scenes until one leads out, or the window is closed."""

    def __init__(
        self, loop: Loop, recorder: Recorder, around: Around, asked: Callable[[], tuple[Asked, ...]] = tuple
    ) -> None:
        """Args: asked: what therapists have asked for since the last call; it must not wait for anything."""
        self.ending: Ending = "left"
        self.closed = False
        """Whether the person closed the window."""

        self._loop = loop
        self._recorder = recorder
        self._around = around
        self._background: Background | None = None
        self._viewing: Viewing | None = None
        self._baseline = self._known_baseline()
        self._next_poll_s = around.clock()
        self._inputs = Inputs()
        self._gaze = SteadyGaze()
        self._looked_s = around.clock()  # at the hands
        self._asked = asked
        self._wishes: deque[Asked] = deque()
        self._press_s: float | None = None  # when nothing was pressed yet
        self._focused = True
        self._holds_s: float | None = None  # since when one switch, pressed in a game, has been held

    def run(self, shown: Callable[[float], None]) -> None:
        """shown: is told after each frame how many seconds of work it took."""
        hurry = isinstance(self._around.clock, VirtualClock)
        with ExitStack() as stack:
            if not hurry:
                self._background = stack.enter_context(Background(self._around.listener, self._around.clock))
                self._viewing = Viewing(self._around.window)
            stack.callback(self._recorder.ended)
            self._around.window.run(self._frame, partial(self._drawn, shown), hurry)

    def _drawn(self, shown: Callable[[float], None], worked_s: float) -> None:
        now_s = self._around.clock()
        self._recorder.drawn(now_s)
        for flash in self._viewing.drawn(worked_s, now_s) if self._viewing else ():
            self._recorder.flashed(flash)
        shown(worked_s)

    def _frame(self, elapsed_s: float, seen: WindowInputs) -> DrawList | None:
        if isinstance(self._around.clock, VirtualClock):
            self._around.clock.now_s += elapsed_s
        now_s = self._around.clock()
        self._recorder.begun()
        for poll in self._polls(now_s):
            self._hear(poll)
        self._touch(seen, now_s)
        self._answer(now_s)
        self._listen()
        for ticked in self._loop.advance(elapsed_s, self._inputs, lambda ago_s: self._gaze.at(now_s - ago_s)):
            self._recorder.played(ticked, now_s)
            if self._press_s is not None:
                self._recorder.pressed(ticked.number, now_s - self._press_s)
                self._press_s = None
            if self._around.sounds:
                self._around.sounds.played(ticked)
            self._react(ticked.events, now_s)
            self._inputs = replace(self._inputs, pressed=(), clicked=False, typed="", keys=(), asked=None)
        self.closed = seen.closed
        if self._loop.scene is None or seen.closed:
            return None
        self._follow()
        if self._viewing is None:
            return self._picture()
        return self._viewing.picture(self._picture(), self._manner.effects, elapsed_s, now_s)

    def _picture(self) -> DrawList:
        """The newest, and over it what no replay shows: that it cannot be saved."""
        if not self._around.trouble():
            return self._loop.picture
        with worn(self._manner):
            return (*self._loop.picture, *not_kept())

    def _polls(self, now_s: float) -> list[Poll]:
        if self._background:
            return self._background.taken()
        if now_s < self._next_poll_s:
            return []
        self._next_poll_s += POLL_S
        return [self._around.listener.poll(now_s, self._phase())]

    @property
    def _sitting(self) -> rules.Sitting | None:
        return self._loop.scene.sitting if self._loop.scene else None

    @property
    def _manner(self) -> Manner:
        return self._loop.scene.show.manner if self._loop.scene else USUAL

    def _is_paused(self) -> bool:
        return self._loop.scene is not None and self._loop.scene.name == "pause"

    def _phase(self) -> rules.Phase:
        if self._is_paused():
            return "fit"  # what somebody does in a pause is neither rest nor play
        return rules.phase(self._sitting) if self._sitting else "fit"

    def _hear(self, poll: Poll) -> None:
        self._recorder.heard(poll)
        self._gaze.heard(poll.gaze)
        if self._around.outlet:
            for estimate in poll.estimates:
                self._around.outlet.estimate(estimate)
        baseline = self._known_baseline()
        if baseline is not None and baseline is not self._baseline:
            self._baseline = baseline
            self._recorder.calibrated(baseline, poll.now_s)
        self._inputs = replace(
            self._inputs,
            attention=poll.estimates[-1] if poll.estimates else self._inputs.attention,
            devices=self._devices(poll),
        )

    def _devices(self, poll: Poll) -> Devices:
        gazing = self._around.gazing
        if gazing:
            gazing.heard(poll.gaze, poll.now_s)
        return Devices(
            poll.headset.life.state, poll.tracker.life.state, gazing.mapping(poll.now_s) if gazing else "none"
        )

    def _answer(self, now_s: float) -> None:
        """What came of the dots, for as long as the sitting waits for it."""
        if self._around.gazing:
            self._inputs = replace(self._inputs, looked=self._around.gazing.answer(self._sitting, now_s))

    def _listen(self) -> None:
        """One wish of a therapist a tick, as soon as there is a screen that can answer it."""
        self._wishes += self._asked()
        scene = self._loop.scene
        if self._wishes and self._inputs.asked is None and scene and isinstance(scene, Sit | Pause):
            self._inputs = replace(self._inputs, asked=self._wishes.popleft())

    def _known_baseline(self) -> Baseline | None:
        pipeline = self._around.listener.pipeline
        return pipeline.baseline if pipeline else None

    def _touch(self, seen: WindowInputs, now_s: float) -> None:
        """What a hand did since the last tick is kept until a tick has taken it."""
        pressed = meant(seen, self._manner.keys)
        if (pressed or seen.clicked) and self._press_s is None:
            self._press_s = self._looked_s
        self._looked_s = now_s
        pads = self._around.pads.poll() if self._around.pads else ()
        if self._asks_by_holding(bool(pressed or seen.clicked or pads), seen.held, now_s):
            pressed = (*pressed, "pause")
        # who leaves the window gets a pause; in a pause the same action would mean: go on
        left: tuple[Action, ...] = ("pause",) if self._focused and not seen.focused and not self._is_paused() else ()
        self._focused = seen.focused
        self._inputs = replace(
            self._inputs,
            pressed=tuple(sorted({*self._inputs.pressed, *pressed, *pads, *left})),
            pointer=seen.pointer,
            clicked=self._inputs.clicked or seen.clicked,
            typed=self._inputs.typed + seen.typed,
            keys=(*self._inputs.keys, *seen.keys),
        )
        if self._around.point and seen.pointer:
            self._around.point(seen.pointer[0] / WIDTH, seen.pointer[1] / HEIGHT)

    def _asks_by_holding(self, pressed: bool, held: bool, now_s: float) -> bool:
        """Whether one switch has been down so long that it asks for a pause, once a press."""
        if pressed and self._manner.scan_s is not None and isinstance(self._loop.scene, Sit):
            self._holds_s = now_s
        elif not held and not (self._around.pads and self._around.pads.held):
            self._holds_s = None
        if self._holds_s is None or now_s - self._holds_s < HOLD_S:
            return False
        self._holds_s = None
        return True

    def _react(self, events: tuple[Event, ...], now_s: float) -> None:
        for event in events:
            if self._around.outlet:
                self._around.outlet.mark(f"{happened.name(event)} {to_json(event).decode()}", now_s)
            if isinstance(event, DotRested) and self._around.gazing:
                self._around.gazing.rested(event, now_s)
            if isinstance(event, StageStarted) and event.stage == "done":
                self.ending = "done"

    def _follow(self) -> None:
        """What the rest of the house must know of the scene."""
        if self._background:
            self._background.phase = self._phase()
        if self._around.sounds and self._loop.scene:
            self._around.sounds.follow(self._loop.scene)
        sitting = self._sitting
        if sitting and self._around.look_at and (place := rules.sight(sitting)):
            self._around.look_at(*place)
