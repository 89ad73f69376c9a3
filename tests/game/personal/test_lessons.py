"""What a sitting teaches: the tokens that live saw, and labels from what was asked and what was done."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic_core import to_json

import assets
from engine.store import Store
from game.personal.lessons import ASKED_TRUST, Taught, read
from game.replay import headset_of
from neuro.baseline import FARTHEST, shrunk
from neuro.learn.data import STEP_S, WINDOW_S
from neuro.learn.lessons import Lesson
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer, load
from neuro.spectrum import shape_of
from neuro.types import Chunk, Phase
from tests.engine.store.sittings import play as stored
from tests.engine.store.sittings import poll
from tests.game.personal.sat import HEADSET, REST_S, WARMUP_S, sit


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("taught") / "heron.sqlite"
    sit(path, "Ana", 1)
    return path


def taught(db: Path, session: int = 1) -> Taught:
    with Store.open(db) as store:
        return read(store, store.sessions.get(session))


@pytest.fixture(scope="module")
def lesson(db: Path) -> Lesson:
    found = taught(db).lesson
    assert found is not None
    return found


def scored_live(db: Path, scorer: Scorer) -> NDArray[np.float64]:
    """(n, n_channels, N_NUMBERS) what the scorer was shown in play, the newest token of each window."""
    shown = []
    with Store.open(db) as store:
        headset = headset_of(store.sessions.get(1).headset_json or "")
        pipeline = Pipeline(headset, scorer)
        for look in store.signals.polls(1, "eeg"):
            for piece in np.array_split(np.arange(len(look.t_s)), 5):  # a hop at a time, so that each is seen
                part = Chunk(look.data[:, piece], look.t_s[piece])
                pipeline.step(look.now_s, cast(Phase, look.phase), part)
                if pipeline.seen and look.phase == "play":
                    shown.append(pipeline.seen.z[:, -1])
    return np.array(shown)


def test_a_lesson_holds_the_very_tokens_that_were_scored_live(db: Path, lesson: Lesson) -> None:
    scorer = load(assets.model())
    someone, shown = lesson.person, scored_live(db, scorer)
    spread = shrunk(someone.spread, scorer.usual_spread, someone.rest_s)
    z = np.clip((shape_of(someone.power) - someone.centre[:, 1]) / spread[:, 1], -FARTHEST, FARTHEST)
    apart = [
        float(np.abs(shown - token).max(axis=(1, 2)).min()) for token in z[-100:][someone.clean[-100:].any(axis=1)]
    ]
    assert max(apart) < 1e-3
    assert len(apart) > 40
    assert len(shown) > 400


def test_what_was_asked_is_believed_little_and_what_was_done_more(lesson: Lesson) -> None:
    engaged, trust, ends = lesson.person.engaged, lesson.weight, lesson.person.ends
    asked = trust == ASKED_TRUST
    assert sorted(engaged[asked].tolist()) == engaged[asked].tolist()  # first the rest, then the warm-up
    assert np.bincount(engaged[asked].astype(int)).tolist() == pytest.approx(
        [(REST_S - WINDOW_S) / STEP_S, WARMUP_S / STEP_S], abs=5
    )
    assert ends[asked].max() < ends[~asked].min()
    done = ~asked & (trust > 0)
    assert set(engaged[done]) == {0.0, 1.0}
    assert trust[done].min() > ASKED_TRUST


def test_the_rest_judges_nothing_as_the_baseline_and_stands_once_more_in_its_place(lesson: Lesson) -> None:
    assert lesson.person.rest_s <= REST_S
    assert lesson.person.ends.min() * STEP_S > REST_S - 3


def test_a_sitting_without_signals_teaches_nothing_and_says_why(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    assert "without a headset" in str(taught(path, stored(path, headset_json=None)).why)
    muse = to_json(HEADSET).decode()
    assert "no raw signals are kept" in str(taught(path, stored(path, headset_json=muse)).why)
    rows = [replace(poll(s, 128, len(HEADSET.channels)), phase="play") for s in np.arange(0.5, 12.0, 0.5).tolist()]
    assert "no rest" in str(taught(path, stored(path, *rows, headset_json=muse)).why)


def test_who_came_back_at_once_is_compared_with_the_rest_of_before(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    for number in (1, 2):
        sit(path, "Ana", number, rests=number == 1)
    first, second = taught(path, 1).lesson, taught(path, 2).lesson
    assert first
    assert second
    assert second.person.centre.tolist() == first.person.centre.tolist()
    assert second.person.power[-100:].tolist() != first.person.power[-100:].tolist()


def test_where_the_signal_was_lost_no_window_reaches_over(lesson: Lesson, tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    sit(path, "Ana", 1, lost=(50.0, 55.0))
    broken = taught(path).lesson
    assert broken
    fewer = len(lesson.person.ends) - len(broken.person.ends)
    assert fewer * STEP_S == pytest.approx(5.0 + WINDOW_S, abs=4.0)
