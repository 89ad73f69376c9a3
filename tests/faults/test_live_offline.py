"""A recording that comes live, through a board, gives the estimates that the file gives."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly

import assets
from neuro import offline
from neuro.baseline import Baseline
from neuro.emulators.board.feed import Replay, Resampled, on_eight
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.scorer import load as load_model
from neuro.sources.board import layout
from neuro.sources.playback import PlaybackSource
from neuro.sources.recording import load
from neuro.sources.twin import Twin
from neuro.sources.uri import EegSource, open_eeg
from neuro.twin.eeg import RATE_HZ as TWIN_HZ
from neuro.types import Chunk, Estimate, Headset
from tests.neuro.sources.live import collect, join

if sys.platform != "win32":
    from neuro.emulators.board.cyton import CytonEmulator

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX systems"),
    pytest.mark.real_time,
]

RATE_HZ = 250.0
REST_S, LIVE_S = 40.0, 9.0
COUNT_UV = 187_500 / (2**23 - 1)  # of the Cyton
EIGHT = ("Fp1", "Fp2", "C3", "C4", "T5", "T6", "O1", "O2")


def twin_uv(_: pytest.FixtureRequest) -> NDArray[np.float64]:
    n = round((REST_S + LIVE_S + 4.0) * RATE_HZ)
    return on_eight(Resampled(Twin("adult", 10).brain.samples, TWIN_HZ, RATE_HZ))(n).astype(float)


def person_uv(request: pytest.FixtureRequest) -> NDArray[np.float64]:
    """Somebody of EEGMAT at the rate of the board."""
    folder: Path = request.getfixturevalue("heron_data")
    head = load(folder / "eegmat" / "Subject05_1.edf").pick(EIGHT)
    n = round((REST_S + LIVE_S + 4.0) * head.headset.rate_hz)
    return np.asarray(resample_poly(head.uv[:, :n].astype(float), 1, 2, axis=1))


@pytest.fixture(scope="module", params=[twin_uv, person_uv], ids=["twin", "person"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording as a person has it: a table of seconds and microvolts."""
    make: Callable[[pytest.FixtureRequest], NDArray[np.float64]] = request.param
    uv = make(request)
    path = tmp_path_factory.mktemp("recorded") / "head.csv"
    table = np.vstack([np.arange(uv.shape[1]) / RATE_HZ, uv]).T
    np.savetxt(
        path, table, "%.6f", ",", header=",".join(("seconds", *layout("cyton").headset().channels)), comments=""
    )
    return path


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return load_model(assets.model())


class Head(NamedTuple):
    """Somebody's rest, and what came after it; both from the file."""

    headset: Headset
    baseline: Baseline
    later: Chunk


@pytest.fixture(scope="module")
def head(file: Path, scorer: Scorer) -> Head:
    recorded, n = load(file), round(REST_S * RATE_HZ)
    rest = Chunk(recorded.uv[:, :n], recorded.t_s[:n])
    later = Chunk(recorded.uv[:, n:], recorded.t_s[n:] - recorded.t_s[n])
    return Head(recorded.headset, offline.rest_of(recorded.headset, rest, scorer), later)


def live(source: EegSource, pipeline: Pipeline) -> tuple[Chunk, list[Estimate]]:
    """All that comes in LIVE_S, and what is said of it as it comes."""
    chunks, said = [Chunk.empty(8)], list[Estimate]()
    with source:
        while sum(chunk.t_s.size for chunk in chunks) < LIVE_S * RATE_HZ:
            chunks.append(collect(source, 1))
            said += pipeline.step(float(chunks[-1].t_s[-1]), "play", chunks[-1])
    return join(chunks), said


def from_file(head: Head, scorer: Scorer, first: int, n_estimates: int) -> list[Estimate]:
    """What is said of the file from its sample number `first` on."""
    some = Chunk(head.later.uv[:, first:], head.later.t_s[first:])
    said = [each for _, piece in offline.score(head.headset, some, scorer, head.baseline, 0.0) for each in piece]
    return said[:n_estimates]


def farthest(one: list[Estimate], other: list[Estimate]) -> float:
    """The largest difference of two scores or trusts; states and channels must be the same."""
    assert [(a.state, a.channels) for a in one] == [(b.state, b.channels) for b in other]
    assert sum(each.state == "good" for each in one) > 20
    return max(max(abs(a.score - b.score), abs(a.trust - b.trust)) for a, b in zip(one, other, strict=True))


def test_a_recording_comes_through_the_playback_board_as_it_is_in_the_file(head: Head, scorer: Scorer) -> None:
    source = PlaybackSource(head.headset, head.later, time.monotonic)
    came, said = live(source, Pipeline(source.headset, scorer, head.baseline))
    np.testing.assert_allclose(came.uv, head.later.uv[:, : came.t_s.size], atol=1e-4)
    assert farthest(said, from_file(head, scorer, 0, len(said))) < 1e-4


def test_a_recording_comes_through_the_cyton_in_its_counts(head: Head, scorer: Scorer) -> None:
    with CytonEmulator(Replay(head.later.uv)) as cyton:
        source = open_eeg(cyton.address, time.monotonic)
        assert source is not None
        came, said = live(source, Pipeline(source.headset, scorer, head.baseline))
    first = int(np.abs(head.later.uv[:, :500] - came.uv[:, :1]).max(axis=0).argmin())
    sent = head.later.uv[:, first : first + came.t_s.size]
    np.testing.assert_allclose(came.uv, sent, atol=0.51 * COUNT_UV)
    # up to 9e-4: half a count of noise, in bins near 45 Hz of somebody whose recording was cleaned
    assert farthest(said, from_file(head, scorer, first, len(said))) < 3e-3
    counts = np.round(head.later.uv.astype(float) / COUNT_UV) * COUNT_UV
    counted = head._replace(later=Chunk(counts.astype(np.float32), head.later.t_s))
    assert farthest(said, from_file(counted, scorer, first, len(said))) < 1e-5
