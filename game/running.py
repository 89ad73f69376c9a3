"""One sitting while it runs: devices to polls, polls to ticks, ticks to pictures, sounds and rows."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from engine import session as rules
from engine.events import Event, RewardPaid, StageStarted, TrialDone
from engine.ports import Action, Inputs
from engine.store.rows import Ending
from game.draw import HEIGHT, WIDTH, DrawList
from game.loop import Loop
from game.recorder import Recorder
from game.windows import Window, WindowInputs
from neuro.baseline import Baseline
from neuro.listener import POLL_S, Background, Listener, Poll
from neuro.types import Gaze


class Clock(Protocol):
    """Host seconds. A clock that can be moved is moved by the frames; any other moves by itself."""

    def __call__(self) -> float: ...


class VirtualClock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class Sounds(Protocol):
    """What can be heard; `game.sound.Sounds` is one."""

    def play(self, name: str) -> None: ...
    def pad(self, fullness: float) -> None: ...


class Pads(Protocol):
    """What can be held; `game.pads.Pads` is one."""

    def poll(self) -> tuple[Action, ...]: ...


@dataclass(frozen=True, slots=True)
class Around:
    """What a running sitting is surrounded by.

    look_at: tells a simulated eye, in screens, where there is something to see
    point:   tells gaze by mouse, in screens, where the pointer is
    """

    listener: Listener
    window: Window
    clock: Clock
    sounds: Sounds | None = None
    pads: Pads | None = None
    look_at: Callable[[float, float], None] | None = None
    point: Callable[[float, float], None] | None = None


class Running:
    """Runs a loop of scenes until one leads out, or the window is closed."""

    def __init__(self, loop: Loop, recorder: Recorder, around: Around) -> None:
        self.ending: Ending = "left"
        self._loop = loop
        self._recorder = recorder
        self._around = around
        self._background: Background | None = None
        self._baseline = self._known_baseline()
        self._next_poll_s = around.clock()
        self._inputs = Inputs()
        self._focused = True

    def run(self, shown: Callable[[float], None]) -> None:
        """shown: is told after each frame how many seconds of work it took."""
        hurry = isinstance(self._around.clock, VirtualClock)
        with ExitStack() as stack:
            if not hurry:
                self._background = stack.enter_context(Background(self._around.listener, self._around.clock))
            stack.callback(self._recorder.ended)
            self._around.window.run(self._frame, shown, hurry)

    def _frame(self, elapsed_s: float, seen: WindowInputs) -> DrawList | None:
        if isinstance(self._around.clock, VirtualClock):
            self._around.clock.now_s += elapsed_s
        now_s = self._around.clock()
        for poll in self._polls(now_s):
            self._hear(poll)
        self._touch(seen)
        for ticked in self._loop.advance(elapsed_s, self._inputs):
            self._recorder.played(ticked, now_s)
            self._react(ticked.events)
            self._inputs = replace(self._inputs, pressed=(), clicked=False)
        if self._loop.scene is None or seen.closed:
            return None
        self._follow()
        return self._loop.picture

    def _polls(self, now_s: float) -> list[Poll]:
        if self._background:
            return self._background.taken()
        if now_s < self._next_poll_s:
            return []
        self._next_poll_s += POLL_S
        return [self._around.listener.poll(now_s, self._phase())]

    def _is_paused(self) -> bool:
        return self._loop.scene is not None and self._loop.scene.name == "pause"

    def _phase(self) -> rules.Phase:
        if self._is_paused():
            return "fit"  # what somebody does in a pause is neither rest nor play
        sitting = self._loop.scene.sitting if self._loop.scene else None
        return rules.phase(sitting) if sitting else "fit"

    def _hear(self, poll: Poll) -> None:
        self._recorder.heard(poll)
        baseline = self._known_baseline()
        if baseline is not None and baseline is not self._baseline:
            self._baseline = baseline
            self._recorder.calibrated(baseline, poll.now_s)
        self._inputs = replace(
            self._inputs,
            attention=poll.estimates[-1] if poll.estimates else self._inputs.attention,
            gaze=_in_picture(poll.gaze) if len(poll.gaze.t_s) else self._inputs.gaze,
        )

    def _known_baseline(self) -> Baseline | None:
        pipeline = self._around.listener.pipeline
        return pipeline.baseline if pipeline else None

    def _touch(self, seen: WindowInputs) -> None:
        """What a hand did since the last tick is kept until a tick has taken it."""
        pads = self._around.pads.poll() if self._around.pads else ()
        # who leaves the window gets a pause; in a pause the same action would mean: go on
        left: tuple[Action, ...] = ("pause",) if self._focused and not seen.focused and not self._is_paused() else ()
        self._focused = seen.focused
        self._inputs = replace(
            self._inputs,
            pressed=tuple(sorted({*self._inputs.pressed, *seen.pressed, *pads, *left})),
            pointer=seen.pointer,
            clicked=self._inputs.clicked or seen.clicked,
        )
        if self._around.point and seen.pointer:
            self._around.point(seen.pointer[0] / WIDTH, seen.pointer[1] / HEIGHT)

    def _react(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, StageStarted) and event.stage == "done":
                self.ending = "done"
            if self._around.sounds and (sound := _sound_of(event)):
                self._around.sounds.play(sound)

    def _follow(self) -> None:
        """What the rest of the house must know of the scene."""
        if self._background:
            self._background.phase = self._phase()
        sitting = self._loop.scene.sitting if self._loop.scene else None
        if sitting is None:
            return
        if self._around.sounds:
            self._around.sounds.pad(sitting.feedback)
        if self._around.look_at and sitting.strike.kind:
            self._around.look_at(sitting.strike.x, CREATURE_Y)


CREATURE_Y = 0.87
"""Where creatures swim, in screens."""


def _in_picture(gaze: Gaze) -> tuple[float, float] | None:
    x, y = float(gaze.xy[0, -1]), float(gaze.xy[1, -1])
    return None if np.isnan(x) or np.isnan(y) else (round(x * WIDTH, 1), round(y * HEIGHT, 1))


def _sound_of(event: Event) -> str | None:
    """Misses are silent."""
    match event:
        case TrialDone(outcome="hit"):
            return "plip"
        case RewardPaid():
            return "reward"
        case StageStarted(stage="done"):
            return "star"
        case StageStarted():
            return "wood"
        case _:
            return None
