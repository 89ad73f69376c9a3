"""Facts about glasses' gaze on the screen, through the real video: RTSP, H.264, marks, homography."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.listener import Listener, Poll
from neuro.screen import DOTS, ScreenMapper, Target, point_map
from neuro.sources.neon.emulated import EmulatedNeon
from neuro.sources.twin import Twin, TwinEyes
from neuro.sources.uri import Guided, Shown, open_gaze
from neuro.twin.eyes import DEG_PER_SCREEN
from neuro.types import Gaze
from tests.neuro.screen.scene_camera import PLACES
from tests.neuro.sources.glasses import joined
from tests.neuro.sources.live import wait_until

pytestmark = pytest.mark.real_time

NEAR_DEG = 1.0


class Polls:
    """Polls a listener and keeps the gaze."""

    def __init__(self, glasses: EmulatedNeon, mapper: ScreenMapper) -> None:
        self._listener = Listener(None, glasses, None, mapper)
        self.newest: Poll = self._listener.poll(time.monotonic(), "fit")
        self._parts: list[Gaze] = []

    def look(self) -> Poll:
        self.newest = self._listener.poll(time.monotonic(), "fit")
        self._parts.append(self.newest.gaze)
        return self.newest

    def more(self, seconds: float) -> Gaze:
        """The gaze of so long from now on."""
        end_s = time.monotonic() + seconds
        return self.until(lambda: self.newest.now_s > end_s)

    def on_screen(self, n: int) -> Gaze:
        """The gaze from now on until n samples of it are on the screen."""
        return self.until(lambda: sum(np.isfinite(part.xy[0]).sum() for part in self._parts) >= n)

    def until(self, is_so: Callable[[], bool]) -> Gaze:
        self._parts.clear()
        wait_until(lambda: self.look() is not None and is_so(), 30.0)
        return joined(self._parts)


def off_deg(gaze: Gaze, wearer: str, seed: int, start_s: float) -> NDArray[np.float64]:
    """How far the gaze is from where the same simulated player looked at that time; NaN where it is nowhere."""
    eyes = Twin(wearer, seed).eyes.samples(int((gaze.t_s[-1] - start_s) * 200) + 2, (0.5, 0.5))
    number = np.rint((gaze.t_s - start_s) * 200).astype(int)
    return np.asarray(np.hypot(*((gaze.xy - eyes.xy[:, number]).T * DEG_PER_SCREEN).T))


def test_by_marks_gaze_is_within_a_degree_of_where_the_eyes_look_though_the_head_turns() -> None:
    glasses = open_gaze("neon:emulate?profile=child&seed=4", time.monotonic)
    assert isinstance(glasses, EmulatedNeon)
    assert isinstance(glasses, Guided)
    assert isinstance(glasses, Shown)
    with glasses, ScreenMapper(glasses, PLACES) as mapper:
        glasses.show(PLACES)
        polls = Polls(glasses, mapper)
        wait_until(lambda: polls.look().tracker.mapped == mapper.mapped and mapper.mapped.by == "marks", 30.0)
        straight = polls.on_screen(200)
        glasses.emulator.turn_head(8.0, -4.0)
        turned = polls.on_screen(200)
    for gaze in (straight, turned):
        off = off_deg(gaze, "child", 4, glasses.emulator.began_s)
        assert np.nanquantile(off, 0.95) < NEAR_DEG


def test_by_nine_dots_gaze_is_near_where_the_eyes_look_until_the_head_turns_and_again_after_one_dot() -> None:
    twin = Twin("adult", 2)
    with EmulatedNeon(twin, time.monotonic) as glasses, ScreenMapper(None, PLACES) as mapper:
        polls, dots, seen = Polls(glasses, mapper), [], []
        for x, y in DOTS:
            glasses.look_at(x, y)
            seen.append(polls.more(1.1))
            dots.append(Target(x, y, seen[-1].t_s[-1]))
        t_s, px = (np.concatenate([getattr(part, name) for part in seen], axis=-1) for name in ("t_s", "scene_px"))
        mapper.points = point_map(t_s, px, dots, glasses.calibration)
        assert mapper.points is not None
        assert _off_dot_deg(polls.more(0.5), DOTS[-1]) < 3 * NEAR_DEG  # the head nods, the eyes are not exact
        glasses.emulator.turn_head(8.0, 0.0)
        turned = polls.more(1.0)
        assert _off_dot_deg(turned, DOTS[-1]) > 3 * NEAR_DEG or np.isnan(turned.xy).all()
        assert turned.scene_px is not None
        mapper.recentre(np.nanmedian(turned.scene_px[:, -60:], axis=1), DOTS[-1])
        assert _off_dot_deg(polls.more(0.5), DOTS[-1]) < 3 * NEAR_DEG


def test_one_twin_wears_headset_and_glasses() -> None:
    twin = Twin("adhd", 3)
    glasses = open_gaze("neon:emulate?profile=child", time.monotonic, twin)
    assert isinstance(glasses, EmulatedNeon)
    assert glasses.twin is twin
    eyes = open_gaze("twin", time.monotonic, twin)
    assert isinstance(eyes, TwinEyes)
    assert eyes.twin is twin
    start_s = twin.begin(time.monotonic() - 1.5)
    with glasses:
        assert glasses.emulator.began_s == start_s
        wait_until(lambda: glasses.read().t_s.size > 0)


def _off_dot_deg(gaze: Gaze, dot: tuple[float, float]) -> float:
    x, y = (np.nanmedian(gaze.xy, axis=1) - dot) * DEG_PER_SCREEN
    return float(np.hypot(x, y))
