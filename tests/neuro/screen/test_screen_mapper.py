"""Glasses' gaze on the screen: by marks while they are seen, by nine dots where they are not, and never a guess."""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.screen import detector
from neuro.screen.lens import NEON_PINHOLE, Calibration
from neuro.screen.mapper import HOLD_S, MOST_TURN_RAD_S, Picture, SceneCamera, ScreenMapper
from neuro.screen.points import PointMap, point_map
from neuro.types import Gaze
from tests.neuro.screen.nine_dots import TARGETS, looked_at
from tests.neuro.screen.scene_camera import AHEAD, GRID, NEON, PLACES, Pose, seen_ahead
from tests.neuro.sources.live import wait_until


@dataclass
class Camera:
    """Sees what it is given."""

    calibration: Calibration = NEON
    head_motion_rad_s: float | None = None
    wanted: bool = False
    seen: list[Picture] = field(default_factory=list)

    def watch(self, wanted: bool) -> None:
        self.wanted = wanted

    def picture(self) -> Picture | None:
        return self.seen.pop() if self.seen else None


def gaze(px: NDArray[np.floating], t_s: float = 5.0) -> Gaze:
    n = px.shape[1]
    nowhere = np.full((2, n), np.nan, np.float32)
    once = np.ones(n, np.float32)
    return Gaze(np.full(n, t_s), nowhere, once, once, scene_px=px.astype(np.float32))


def points() -> PointMap:
    made = point_map(*looked_at(AHEAD), TARGETS, NEON)
    assert made is not None
    return made


def until_marks(mapper: ScreenMapper, looked: Gaze) -> Gaze:
    """The gaze as soon as the process has found the marks."""
    found: list[Gaze] = []

    def mapped() -> bool:
        found.append(mapper(looked))
        return mapper.mapped.by == "marks"

    wait_until(mapped, 30.0)
    return found[-1]


def test_marks_in_the_video_bring_gaze_onto_the_screen() -> None:
    camera = Camera(seen=[Picture(seen_ahead(), 5.0)])
    assert isinstance(camera, SceneCamera)
    with ScreenMapper(camera, PLACES) as mapper:
        assert camera.wanted
        assert until_marks(mapper, gaze(AHEAD.pixels(GRID))).xy == pytest.approx(GRID, abs=0.002)
        assert mapper.mapped.error_deg is not None
        assert mapper.mapped.error_deg < 0.1
        assert mapper.span_deg == pytest.approx((44, 26), abs=2)
    assert not camera.wanted
    assert not multiprocessing.active_children()


def test_where_the_marks_are_out_of_sight_the_dots_take_over_and_without_dots_nobody_guesses() -> None:
    with ScreenMapper(Camera(seen=[Picture(seen_ahead(), 5.0)]), PLACES) as mapper:
        until_marks(mapper, gaze(AHEAD.pixels(GRID)))
        later = gaze(AHEAD.pixels(GRID), 5.0 + HOLD_S + 0.01)
        assert np.isnan(mapper(later).xy).all()
        assert mapper.mapped.by == "none"
        mapper.points = points()
        assert mapper(later).xy == pytest.approx(GRID, abs=0.01)
        assert mapper.mapped.by == "points"
        across = replace(later, t_s=np.linspace(5.0, 6.0, 49))
        assert np.isfinite(mapper(across).xy).all()


def test_while_the_head_turns_fast_nobody_guesses_by_marks_or_by_points() -> None:
    camera = Camera(seen=[Picture(seen_ahead(), 5.0)])
    with ScreenMapper(camera, PLACES) as mapper:
        mapper.points = points()
        looked = gaze(AHEAD.pixels(GRID))
        until_marks(mapper, looked)
        camera.head_motion_rad_s = MOST_TURN_RAD_S + 0.01
        assert np.isnan(mapper(looked).xy).all()
        assert mapper.mapped.by == "none"
        camera.head_motion_rad_s = MOST_TURN_RAD_S - 0.01
        assert np.isfinite(mapper(looked).xy).all()


def test_other_glasses_are_looked_through_with_their_own_lens() -> None:
    camera = Camera(NEON_PINHOLE)
    with ScreenMapper(camera, PLACES) as mapper:
        camera.calibration = NEON
        camera.seen.append(Picture(seen_ahead(), 5.0))
        assert until_marks(mapper, gaze(AHEAD.pixels(GRID))).xy == pytest.approx(GRID, abs=0.002)
        assert mapper.calibration is NEON
        assert len(multiprocessing.active_children()) == 1


def test_when_the_search_dies_the_dots_go_on_and_somebody_is_told() -> None:
    camera = Camera()
    with ScreenMapper(camera, PLACES) as mapper:
        mapper.points = points()
        (process,) = multiprocessing.active_children()
        process.kill()
        looked = gaze(AHEAD.pixels(GRID))
        wait_until(lambda: mapper(looked).xy.size > 0 and mapper.trouble is not None)
        assert mapper(looked).xy == pytest.approx(GRID, abs=0.01)
        assert not camera.wanted


def test_without_opencv_there_is_no_video_but_there_are_the_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detector, "find_spec", lambda _name: None)
    camera = Camera()
    with ScreenMapper(camera, PLACES) as mapper:
        assert not camera.wanted
        assert mapper.trouble is not None
        assert "heron-focus[screen]" in mapper.trouble
        mapper.points = points()
        assert mapper(gaze(AHEAD.pixels(GRID))).xy == pytest.approx(GRID, abs=0.01)
        assert mapper.mapped.error_deg == pytest.approx(mapper.points.residual_deg)


def test_one_dot_recentres_by_points_after_the_head_turned() -> None:
    turned = Pose(0.45, right=0.06)
    with ScreenMapper(None, PLACES) as mapper:
        mapper.recentre(turned.pixels(np.array([[0.5], [0.5]]))[:, 0], (0.5, 0.5))
        assert mapper.points is None
        mapper.points = replace(points())
        mapper.recentre(turned.pixels(np.array([[0.5], [0.5]]))[:, 0], (0.5, 0.5))
        middle = mapper(gaze(turned.pixels(np.array([[0.5], [0.5]])))).xy
    assert middle == pytest.approx(np.full((2, 1), 0.5), abs=0.005)


@pytest.mark.parametrize("make", [Gaze.empty, lambda: replace(gaze(GRID), scene_px=None)])
def test_gaze_that_needs_no_mapping_stays_as_it_is(make: Callable[[], Gaze]) -> None:
    as_it_came = make()
    with ScreenMapper(None, PLACES) as mapper:
        assert mapper(as_it_came) is as_it_came
        assert mapper.span_deg is None
