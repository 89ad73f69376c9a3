"""Fixations, saccades and blinks as the Companion app announces them: the start at once, the whole at its end."""

from collections import deque
from itertools import pairwise
from math import dist
from typing import Literal

from neuro.emulators.neon import payloads

Kind = Literal["fixation", "saccade", "blink"]

_LOOK_BACK = 5
_JUMP_PX = 30.0
"""Eyes that moved this far in five samples jump: two degrees in 25 ms (own choice)."""

_PX_PER_DEG = payloads.FOCAL_PX * 0.01745


class EyeEvents:
    """Turns samples into the payloads that fall due with them."""

    def __init__(self) -> None:
        self._kind: Kind | None = None
        self._start_ns = 0
        self._path: list[tuple[float, float]] = []
        self._recent: deque[tuple[float, float]] = deque(maxlen=_LOOK_BACK)

    def __call__(self, unix_ns: int, xy_px: tuple[float, float], *, shut: bool) -> list[bytes]:
        kind = self._kind_of(xy_px, shut=shut)
        due = []
        if kind != self._kind:
            due = self._ended(unix_ns)
            if kind != "blink":
                due.append((payloads.saccade_onset if kind == "saccade" else payloads.fixation_onset)(unix_ns))
            self._kind, self._start_ns = kind, unix_ns
            self._path = [self._recent[0]] if kind == "saccade" else []
        self._path.append(xy_px)
        return due

    def _kind_of(self, xy_px: tuple[float, float], *, shut: bool) -> Kind:
        self._recent.append(xy_px)
        if shut:
            return "blink"
        return "saccade" if dist(self._recent[0], xy_px) > _JUMP_PX else "fixation"

    def _ended(self, end_ns: int) -> list[bytes]:
        if self._kind is None:
            return []
        if self._kind == "blink":
            return [payloads.blink(self._start_ns, end_ns)]
        whole = payloads.saccade if self._kind == "saccade" else payloads.fixation
        return [whole(self._start_ns, end_ns, self._figures(end_ns))]

    def _figures(self, end_ns: int) -> tuple[float, ...]:
        path, seconds = self._path, (end_ns - self._start_ns) / 1e9
        mean = sum(x for x, _ in path) / len(path), sum(y for _, y in path) / len(path)
        amplitude_px = dist(path[0], path[-1])
        steps = [dist(a, b) for a, b in pairwise(path)] or [0.0]
        fastest = max(steps) * len(path) / seconds
        return *path[0], *path[-1], *mean, amplitude_px, amplitude_px / _PX_PER_DEG, amplitude_px / seconds, fastest
