"""The process that looks for the marks: it starts, answers, skips what is old, dies and is put away."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

import numpy as np
import pytest

from neuro.errors import DeviceUnavailable
from neuro.screen import detector
from neuro.screen.mapper import TagMapper
from neuro.screen.plane import Homography
from neuro.screen.watcher import EVERY_S, TagWatcher
from tests.neuro.screen.scene_camera import AHEAD, GRID, NEON, PLACES, seen_ahead
from tests.neuro.sources.live import wait_until

pytestmark = pytest.mark.real_time


@pytest.fixture
def watcher() -> Iterator[TagWatcher]:
    with TagWatcher(PLACES, NEON) as watcher:
        yield watcher


def processes() -> list[BaseProcess]:
    return [child for child in multiprocessing.active_children() if child.name == "heron-screen"]


def next_sight(watcher: TagWatcher) -> Homography:
    sights: list[Homography] = []

    def seen() -> bool:
        sights.extend(filter(None, [watcher.read()]))
        return bool(sights)

    wait_until(seen, 30.0)
    return sights[0]


def test_a_picture_comes_back_as_a_sight_of_the_screen(watcher: TagWatcher) -> None:
    assert watcher.state == "starting"
    watcher.offer(seen_ahead(), 5.0)
    sight = next_sight(watcher)
    assert watcher.state == "watching"
    assert watcher.trouble is None
    mapper = TagMapper(NEON)
    mapper.see(sight)
    assert mapper(np.full(49, 5.1), AHEAD.pixels(GRID)) == pytest.approx(GRID, abs=0.002)


def test_only_the_newest_picture_is_looked_at(watcher: TagWatcher) -> None:
    for i in range(30):  # the process is still starting
        watcher.offer(seen_ahead(), 5.0 + i / 30)
    assert next_sight(watcher).t_s == 5.0 + 29 / 30
    assert watcher.read() is None


def test_it_looks_at_most_at_every_third_picture(watcher: TagWatcher) -> None:
    watcher.offer(seen_ahead(), 5.0)
    t_s = [next_sight(watcher).t_s]
    for i in range(1, 13):
        watcher.offer(seen_ahead(), 5.0 + i / 30)
        if (i / 30) - (t_s[-1] - 5.0) >= EVERY_S:
            t_s.append(next_sight(watcher).t_s)
    assert np.diff(t_s) == pytest.approx(np.full(4, 0.1))


def test_a_process_that_dies_is_a_state_and_no_exception(watcher: TagWatcher) -> None:
    watcher.offer(seen_ahead(), 5.0)
    next_sight(watcher)
    (process,) = processes()
    process.kill()
    wait_until(lambda: watcher.read() is None and watcher.state == "lost")
    watcher.offer(seen_ahead(), 6.0)
    assert watcher.read() is None
    assert watcher.trouble is not None


def test_dying_at_work_is_no_exception_either(watcher: TagWatcher) -> None:
    (process,) = processes()
    process.kill()
    process.join(10)
    watcher.offer(seen_ahead(), 5.0)
    wait_until(lambda: watcher.read() is None and watcher.state == "lost")


def test_after_a_death_another_watcher_takes_over(watcher: TagWatcher) -> None:
    (process,) = processes()
    process.kill()
    wait_until(lambda: watcher.read() is None and watcher.state == "lost")
    with TagWatcher(PLACES, NEON) as another:
        another.offer(seen_ahead(), 5.0)
        assert next_sight(another).t_s == 5.0


def test_no_process_is_left_behind() -> None:
    with TagWatcher(PLACES, NEON) as watcher:
        watcher.offer(seen_ahead(), 5.0)
        next_sight(watcher)
        assert len(processes()) == 1
    assert processes() == []
    assert watcher.state == "closed"
    assert watcher.trouble is None


def test_a_watcher_may_be_closed_before_it_has_started() -> None:
    with TagWatcher(PLACES, NEON):
        pass
    assert processes() == []


def test_a_picture_of_another_size_is_refused(watcher: TagWatcher) -> None:
    with pytest.raises(ValueError, match="1600, 1200"):
        watcher.offer(seen_ahead()[:600], 5.0)


def test_a_missing_opencv_is_said_before_a_process_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detector, "find_spec", lambda _name: None)
    with pytest.raises(DeviceUnavailable, match=r"heron-focus\[screen\]"), TagWatcher(PLACES, NEON):
        pass
    assert processes() == []
