"""A stored sitting as a video and as pictures: opened again, they hold what was to be seen."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydantic_core import to_json

import assets
from engine import session
from engine.level import LEVELS
from engine.ports import TICK_S, Inputs
from engine.store import Journal, Store
from game import video
from game.draw import DrawList, flatten
from game.errors import NotWritten
from game.loop import Loop, Ticked
from game.recorder import Recorder
from game.scenes.scene import Show
from game.scenes.start import begin
from game.strip import HEIGHT as STRIP
from game.strip import Moment, strip
from game.video import film, still, thumbnails
from game.windows import open_window
from tests.engine.store.sittings import NEW
from tests.game.heron import Heron, Played

TICKS, PRESSED = 60, 20
SHOW = Show(session.Setup(session.alike(LEVELS.find("strike-01"), 10.0), seed=1, has_headset=False), "Ada")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Ticked]]:
    """The first screen and the way to the next, a second in all: stored, and as it was."""
    db = tmp_path_factory.mktemp("video") / "heron.sqlite"
    seen = []
    with Store.open(db) as store:
        player = store.players.named("Ada")
        number = store.sessions.begin(replace(NEW, player_id=player.id, setup_json=to_json(SHOW).decode()))
        with Journal(db, number) as journal:
            recorder, loop = Recorder(journal, None, None), Loop(begin(SHOW))
            for tick in range(1, TICKS + 1):
                for ticked in loop.advance(TICK_S, Inputs(("confirm",) if tick == PRESSED else ())):
                    recorder.played(ticked, ticked.number * TICK_S)
                    seen.append(ticked)
        store.sessions.end(number, "left", 1.0)
    return db, seen


@contextmanager
def stored(short: tuple[Path, list[Ticked]]) -> Iterator[Store]:
    with Store.open(short[0], read_only=True) as store:
        yield store


def small(picture: Image.Image) -> NDArray[np.float64]:
    """Means of 8 x 8 pixels: a codec keeps these, and loses what is finer."""
    return np.asarray(picture.convert("RGB").reduce(8)).astype(float)


def painted(ops: DrawList) -> Image.Image:
    window = open_window("memory", "Test", assets.picture)
    window.paint(ops)
    return window.screenshot().convert("RGB")


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "h264"), ("a.webm", "vp9")])
def test_a_video_opens_again_with_its_size_rate_length_and_pictures(
    name: str, codec: str, short: tuple[Path, list[Ticked]], tmp_path: Path
) -> None:
    shares: list[float] = []
    with stored(short) as store:
        film(store, store.sessions.get(1), tmp_path / name, shares.append)
    with av.open(str(tmp_path / name)) as opened:
        stream = opened.streams.video[0]
        frames = [Image.fromarray(frame.to_ndarray(format="rgb24")) for frame in opened.decode(stream)]
        assert stream.codec_context.name == codec
        assert stream.average_rate == 30
    assert len(frames) == TICKS // 2
    assert frames[0].size == (1280, 720 + STRIP)
    before, after = (small(painted(short[1][tick - 1].picture)) for tick in (PRESSED, 50))
    seen = small(frames[50 // 2 - 1].crop((0, 0, 1280, 720)))
    assert np.abs(seen - after).max() < 15
    assert np.abs(seen - before).max() > 30
    assert shares[-1] == 1.0
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_picture_is_the_one_that_was_to_be_seen_then(short: tuple[Path, list[Ticked]], tmp_path: Path) -> None:
    with stored(short) as store:
        still(store, store.sessions.get(1), tmp_path / "a.png", 0.5)
    assert_same(tmp_path / "a.png", short[1][29].picture)


def test_a_picture_after_the_end_is_the_last_and_without_a_time_that_of_the_middle(
    short: tuple[Path, list[Ticked]], tmp_path: Path
) -> None:
    with stored(short) as store:
        still(store, store.sessions.get(1), tmp_path / "last.png", 1e6)
        still(store, store.sessions.get(1), tmp_path / "middle.png")
    assert_same(tmp_path / "last.png", short[1][-1].picture)
    assert_same(tmp_path / "middle.png", short[1][TICKS // 2 - 1].picture)


def assert_same(file: Path, ops: DrawList) -> None:
    assert (np.asarray(Image.open(file).convert("RGB")) == np.asarray(painted(ops))).all()


def test_thumbnails_are_small_and_from_what_was_played(played: Played) -> None:
    with Store.open(played.db, read_only=True) as store:
        seen = thumbnails(store, played.outcome.session, 3)
    assert [each.size for _, each in seen] == [(320, 180)] * 3
    assert len({each.tobytes() for _, each in seen}) == 3
    assert sorted({at_s for at_s, _ in seen}) == [at_s for at_s, _ in seen]


def test_a_sitting_without_games_has_no_thumbnails(short: tuple[Path, list[Ticked]]) -> None:
    with stored(short) as store:
        assert thumbnails(store, 1, 3) == ()


@pytest.mark.parametrize("name", ["a.avi", "a", "a.mp3"])
def test_another_ending_than_mp4_or_webm_is_refused(
    name: str, short: tuple[Path, list[Ticked]], tmp_path: Path
) -> None:
    with stored(short) as store, pytest.raises(NotWritten, match=r"must end in \.mp4 or \.webm"):
        film(store, store.sessions.get(1), tmp_path / name)


def test_an_encoder_that_is_missing_is_named_with_another_way(
    short: tuple[Path, list[Ticked]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(video.ENCODERS, ".mp4", video.ENCODERS[".mp4"]._replace(name="libx264_of_another_computer"))
    with (
        stored(short) as store,
        pytest.raises(NotWritten, match=r"No libx264_of_another_computer .* \.webm instead\."),
    ):
        film(store, store.sessions.get(1), tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing_behind(short: tuple[Path, list[Ticked]], tmp_path: Path) -> None:
    with (
        stored(short) as store,
        pytest.raises(NotWritten, match=r"a\.mp4 cannot be written .* make room"),
        little_room(),
    ):
        film(store, store.sessions.get(1), tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


@contextmanager
def little_room() -> Iterator[None]:
    """No file may grow beyond a page."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_folder_that_is_not_there_is_said(short: tuple[Path, list[Ticked]], tmp_path: Path) -> None:
    with stored(short) as store, pytest.raises(NotWritten, match="cannot be written"):
        still(store, store.sessions.get(1), tmp_path / "nowhere" / "a.png")


def test_the_command_writes_a_video_and_a_picture(
    short: tuple[Path, list[Ticked]], tmp_path: Path, heron: Heron
) -> None:
    for option, name in (("--video", "a.mp4"), ("--picture", "a.jpg")):
        said = heron("replay", 1, option, tmp_path / name, "--db", short[0])
        assert said.status == 0
        assert name in said.out
        assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize("options", [("--check", "--video", "a.mp4"), ("--at", "3")])
def test_options_that_do_not_go_together_are_wrong_usage(
    options: tuple[str, ...], short: tuple[Path, list[Ticked]], heron: Heron
) -> None:
    assert heron("replay", 1, *options, "--db", short[0]).status == 2


def bars(*moments: Moment, t_s: float = 10.0) -> int:
    return len(list(flatten(strip(moments, t_s)))) - len(list(flatten(strip((), t_s))))


def test_the_strip_shows_what_was_heard_in_its_span_and_nothing_of_the_future() -> None:
    now = Moment(9.0, 9.0, 0.6, 0.9, "good", 0.5)
    assert bars(now) > bars() == 0
    assert bars(now, now._replace(t_s=11.0)) == bars(now)
    assert bars(now._replace(t_s=-11.0), t_s=10.0) == 0


def test_the_strip_says_score_trust_threshold_and_state() -> None:
    said = " ".join(getattr(op, "words", "") for op in strip((Moment(9.0, 9.0, 0.61, 0.87, "poor", 0.5),), 10.0))
    for figure in ("0.61", "0.87", "0.50", "poor"):
        assert figure in said
