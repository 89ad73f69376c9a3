"""How both devices do, gathered from polls: what `heron devices` shows, in numbers and as pictures."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.ports import Devices, Inputs
from game.draw import DrawList
from game.loop import Loop
from game.scenes.looking import Looking
from game.scenes.wearing import Worn
from game.windows import Window, WindowInputs
from neuro.listener import Device, Poll
from neuro.meter import EyesMeter, Meter
from neuro.types import Headset

Facts = dict[str, Any]
"""What JSON can hold; None where it cannot be said."""


class HeadsetWatch:
    """The headset, as of the newest poll."""

    def __init__(self, headset: Headset) -> None:
        self._headset = headset
        self._signal = _Signal(Meter(headset.rate_hz))
        self._state: str | None = None
        self._words: dict[str, str | None] = dict.fromkeys(headset.channels)

    def hear(self, poll: Poll) -> None:
        lost = np.asarray(np.isnan(poll.chunk.uv).all(axis=0))
        self._signal.hear(poll.now_s, poll.headset, poll.chunk.t_s, lost)
        for estimate in poll.estimates:
            self._state = estimate.state
            if estimate.channels:
                self._words = dict(zip(self._headset.channels, estimate.channels, strict=True))

    def facts(self) -> Facts:
        """channels: a word each; state: of the newest estimate."""
        return {
            "name": self._headset.name,
            **self._signal.facts(),
            "nominal_hz": self._headset.rate_hz,
            "channels": self._words,
            "state": self._state,
        }


class TrackerWatch:
    """The eye tracker, as of the newest poll."""

    def __init__(self, name: str, checked: tuple[str, float] | None) -> None:
        """Args: checked: when a sitting last checked it, and by how many degrees it was off; None before that."""
        self._name = name
        self._checked = checked
        self._signal = _Signal(Meter())
        self._eyes = EyesMeter()

    def hear(self, poll: Poll) -> None:
        self._signal.hear(poll.now_s, poll.tracker, poll.gaze.t_s)
        self._eyes.take(poll.gaze)

    def facts(self) -> Facts:
        """calibration_error_deg, calibrated_utc: of the newest sitting that checked it."""
        return {
            "name": self._name,
            **self._signal.facts(),
            "confidence": _rounded(self._eyes.confidence, 3),
            "worn_share": _rounded(self._eyes.worn_share, 3),
            "calibration_error_deg": round(self._checked[1], 2) if self._checked else None,
            "calibrated_utc": self._checked[0] if self._checked else None,
        }


def look_in(window: Window, worn: Worn, hear: Callable[[], Sequence[Poll] | None]) -> None:
    """Show what to put on and how it sits, until somebody leaves or `hear` has no more to tell.

    hear: brings the polls since its last call; None when it is over
    """
    loop, inputs = Loop(Looking(worn)), Inputs()

    def step(elapsed_s: float, seen: WindowInputs) -> DrawList | None:
        nonlocal inputs
        polls = hear()
        if polls is None or seen.closed:
            return None
        for poll in polls:
            lives = Devices(poll.headset.life.state, poll.tracker.life.state)
            inputs = replace(
                inputs, devices=lives, attention=poll.estimates[-1] if poll.estimates else inputs.attention
            )
        pressed = tuple(sorted({*inputs.pressed, *seen.pressed}))
        inputs = replace(inputs, pressed=pressed, pointer=seen.pointer, clicked=inputs.clicked or seen.clicked)
        for _ in loop.advance(elapsed_s, inputs):
            inputs = replace(inputs, pressed=(), clicked=False)
        return loop.picture if loop.scene else None

    window.run(step, lambda _worked_s: None)


class _Signal:
    """Life, clock and numbers of one device, the latter since it was last lost."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._now_s = 0.0
        self._device = Device()

    def hear(
        self, now_s: float, device: Device, t_s: NDArray[np.float64], lost: NDArray[np.bool_] | None = None
    ) -> None:
        if self._device.life.state == "lost" and device.life.state != "lost":
            self._meter.restart()
        self._meter.take(t_s, lost)
        self._now_s, self._device = now_s, device

    def facts(self) -> Facts:
        life, clock = self._device.life, self._device.clock
        return {
            "life": life.state,
            "reason": life.reason,
            **self._numbers(),
            "clock": {name: round(value, 6) for name, value in clock._asdict().items()} if clock else None,
        }

    def _numbers(self) -> Facts:
        figures = self._meter.figures()
        if figures is None:
            return dict.fromkeys(("rate_hz", "loss_per_minute", "jitter_ms", "age_ms"))
        return {
            "rate_hz": _rounded(figures.rate_hz, 3),
            "loss_per_minute": _rounded(figures.loss_per_minute, 2),
            "jitter_ms": _rounded(figures.jitter_ms, 3),
            "age_ms": round(1000 * (self._now_s - figures.until_s), 1),
        }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
