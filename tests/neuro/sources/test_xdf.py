"""Recordings of LabRecorder: EEG, gaze and markers, on the clock of the computer that recorded."""

from pathlib import Path

import numpy as np
import pytest

from neuro.errors import BadRecording
from neuro.sources import xdf
from neuro.sources.recording import load
from tests.neuro.sources.xdf import Stream, write

T_S = 5000 + np.arange(512) / 256
VOLTS = np.random.default_rng(1).normal(0, 30e-6, (512, 3)).astype(np.float32)
EEG = Stream(
    "Muse", "EEG", 256, T_S, VOLTS, (("TP9", "EEG", "volts"), ("AUX", "AUX", "volts"), ("AF7", "EEG", "volts"))
)
MARKERS = Stream("Heron Markers", "Markers", 0, np.array([5001.5, 5000.25]), ["state:good", "block_done"])
GAZE = Stream(
    "Neon",
    "Gaze",
    0,
    5000.1 + np.arange(300) / 200,
    np.random.default_rng(2).uniform(0, 1200, (300, 3)).astype(np.float32),
    (("xpos x", "", "pixels"), ("ypos y", "", "pixels"), ("PupilDiameterLeft", "", "mm")),
)


def test_eeg_is_in_microvolts_and_without_what_is_no_eeg(tmp_path: Path) -> None:
    path = tmp_path / "sub.xdf"
    write(path, MARKERS, EEG)
    recorded = load(path)
    assert recorded.headset.channels == ("TP9", "AF7")
    assert recorded.headset.rate_hz == 256
    np.testing.assert_allclose(recorded.uv, 1e6 * VOLTS[:, [0, 2]].T, rtol=1e-6)
    np.testing.assert_allclose(recorded.t_s, T_S - 5000, atol=1e-4)
    assert recorded.notes == ()


def test_markers_and_gaze_lie_on_the_timeline_of_the_eeg(tmp_path: Path) -> None:
    path = tmp_path / "sub.xdf"
    ahead = Stream(
        GAZE.name, GAZE.kind, 0, GAZE.t_s - 100, GAZE.values, GAZE.channels, ((4900.0, 100.0), (4902.0, 100.0))
    )
    write(path, MARKERS, EEG, ahead)
    recorded, gaze = xdf.read(path)
    assert [mark.text for mark in recorded.marks] == ["block_done", "state:good"]
    assert [mark.onset_s for mark in recorded.marks] == pytest.approx([0.25, 1.5])
    assert gaze is not None
    np.testing.assert_allclose(gaze.t_s, 0.1 + np.arange(300) / 200, atol=1e-3)
    np.testing.assert_allclose(gaze.xy[0] * 1600, np.asarray(GAZE.values)[:, 0], rtol=1e-5)


def test_of_a_torn_file_what_is_whole_is_used(tmp_path: Path) -> None:
    path = tmp_path / "sub.xdf"
    write(path, EEG)
    path.write_bytes(path.read_bytes()[:-100])
    recorded = load(path)
    assert recorded.notes == ("sub.xdf is torn or damaged: what is whole of it is used.",)
    assert recorded.t_s.size == 500


def test_a_file_without_eeg_says_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "sub.xdf"
    write(path, GAZE, MARKERS)
    with pytest.raises(BadRecording, match=r"^sub.xdf holds gaze, markers and no EEG: choose another recording\.$"):
        load(path)


@pytest.mark.parametrize("content", [b"XDF:", b"XDF:\x04\xff\xff", b"not at all", b"XDF:" + bytes(200)])
def test_what_is_no_recording_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sub.xdf"
    path.write_bytes(content)
    with pytest.raises(BadRecording, match=r"^sub.xdf .*: (choose another|copy it again).*\.$"):
        load(path)
