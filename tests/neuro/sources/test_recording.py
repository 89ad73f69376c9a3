"""Facts about recordings: EDF, Neon, and playing them on a clock."""

from pathlib import Path

import edfio
import numpy as np
import pytest

from neuro.errors import BadRecording, DeviceLost
from neuro.sources.recorded import Recording
from neuro.sources.recording import GazeRecordingSource, RecordingSource, load, load_gaze
from neuro.types import Gaze, Headset

RATE_HZ, SECONDS = 250, 8


def signal(label: str, *, unit: str = "uV", rate_hz: int = RATE_HZ, amplitude: float = 50.0) -> edfio.EdfSignal:
    t_s = np.arange(rate_hz * SECONDS) / rate_hz
    limits = (-2 * amplitude, 2 * amplitude)
    return edfio.EdfSignal(
        amplitude * np.sin(20 * np.pi * t_s), rate_hz, label=label, physical_dimension=unit, physical_range=limits
    )


def edf(folder: Path, *signals: edfio.EdfSignal) -> Path:
    path = folder / "rest.edf"
    edfio.Edf(signals).write(path)
    return path


def test_an_edf_gives_its_eeg_in_microvolts(tmp_path: Path) -> None:
    path = edf(
        tmp_path,
        signal("EEG Fp1-Ref"),
        signal("EEG Fp2", unit="mV", amplitude=0.05),
        signal("EEG Cz", unit="V", amplitude=0.00005),
        signal("EEG A2-A1"),
        signal("ECG ECG", unit="mV"),
        signal("Resp", rate_hz=50),
        signal("SaO2", unit="%"),
    )
    recorded = load(path)
    assert recorded.headset == Headset("rest.edf", ("Fp1", "Fp2", "Cz"), 250.0)
    assert recorded.uv.dtype == np.float32
    np.testing.assert_allclose(recorded.uv.max(axis=1), 50.0, rtol=0.01)
    np.testing.assert_allclose(recorded.t_s, np.arange(RATE_HZ * SECONDS) / RATE_HZ)
    assert recorded.notes == ()


def test_of_several_rates_the_one_of_most_channels_is_kept(tmp_path: Path) -> None:
    path = edf(tmp_path, signal("Fp1"), signal("Fp2"), signal("Cz", rate_hz=100))
    assert load(path).headset.channels == ("Fp1", "Fp2")


def test_a_bdf_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "rest.bdf"
    data = 50 * np.sin(np.arange(2048) / 10)
    edfio.Bdf([edfio.BdfSignal(data, 256, label="Fp1", physical_dimension="uV")]).write(path)
    recorded = load(path)
    assert recorded.headset.rate_hz == 256.0
    np.testing.assert_allclose(recorded.uv[0], data, atol=1e-3)


def test_a_paused_edf_keeps_its_gap(tmp_path: Path) -> None:
    path = tmp_path / "paused.edf"
    edfio.Edf([signal("Fp1")], annotations=[edfio.EdfAnnotation(1, None, "eyes closed")]).write(path)
    content = path.read_bytes()
    for second in range(4, SECONDS):  # the last four seconds come a minute later
        content = content.replace(b"+%d\x14\x14\x00\x00" % second, b"+%d\x14\x14\x00" % (second + 60), 1)
    path.write_bytes(content)
    recorded = load(path)
    assert recorded.t_s[4 * RATE_HZ] - recorded.t_s[4 * RATE_HZ - 1] == pytest.approx(60 + 1 / RATE_HZ)
    assert recorded.headset.rate_hz == RATE_HZ


def test_of_a_torn_edf_the_whole_seconds_are_kept_and_that_is_said(tmp_path: Path) -> None:
    path = edf(tmp_path, signal("Fp1"))
    path.write_bytes(path.read_bytes()[:-700])
    recorded = load(path)
    assert recorded.t_s.size == 6 * RATE_HZ
    assert recorded.notes == ("rest.edf is torn: its first 6 seconds are whole and are used.",)


@pytest.mark.parametrize("keep", [10, 200, 300, 600])
def test_an_edf_without_a_whole_header_or_data_is_refused(tmp_path: Path, keep: int) -> None:
    path = edf(tmp_path, signal("Fp1"))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BadRecording, match="damaged"):
        load(path)


def test_noise_with_the_name_of_an_edf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.edf"
    path.write_bytes(np.random.default_rng(1).bytes(5000))
    with pytest.raises(BadRecording, match=r"noise\.edf cannot be read"):
        load(path)


def test_an_edf_without_eeg_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match=r"rest\.edf"):
        load(edf(tmp_path, signal("ECG", unit="mV")))


def test_missing_empty_and_misnamed_files_are_each_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.edf").touch()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    for name, sentence in [("none.edf", "There is no file"), ("empty.edf", "is empty"), (".", "is a folder")]:
        with pytest.raises(BadRecording, match=sentence):
            load(tmp_path / name)
    with pytest.raises(BadRecording, match="no recording that Heron knows"):
        load(tmp_path / "picture.png")


def ramp(n: int = 100) -> Recording:
    t_s = np.arange(n) / 100
    return Recording(Headset("ramp", ("T3", "Fp1"), 100.0), np.stack([t_s, -t_s]).astype(np.float32), t_s)


def test_channels_are_picked_by_any_of_their_names_in_the_order_asked() -> None:
    picked = ramp().pick(["fp1", "T7"])
    assert picked.headset.channels == ("Fp1", "T3")
    np.testing.assert_array_equal(picked.uv, ramp().uv[::-1])


def test_a_channel_that_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(BadRecording, match="ramp has no channel Oz: choose from T3, Fp1"):
        ramp().pick(["Fp1", "Oz"])


def test_a_recording_plays_on_the_clock_that_it_is_given() -> None:
    now_s = 1000.0
    with RecordingSource(ramp(), lambda: now_s) as source:
        assert source.read().t_s.tolist() == [1000.0]
        now_s = 1000.105
        chunk = source.read()
        np.testing.assert_allclose(chunk.t_s, 1000 + np.arange(1, 11) / 100)
        np.testing.assert_allclose(chunk.uv[0], np.arange(1, 11) / 100, rtol=1e-6)
        assert source.read().t_s.size == 0


def test_a_recording_that_was_read_to_its_end_has_ended() -> None:
    now_s = 0.0
    with RecordingSource(ramp(), lambda: now_s) as source:
        now_s = 5.0
        assert source.read().t_s.size == 100
        with pytest.raises(DeviceLost, match="ramp has ended"):
            source.read()


def test_gaze_plays_on_the_clock_that_it_is_given() -> None:
    t_s, ones = np.arange(10) / 200, np.ones(10, np.float32)
    now_s = 50.0
    with GazeRecordingSource(
        Gaze(t_s, np.stack([t_s, t_s]).astype(np.float32), 3 * ones, ones), lambda: now_s
    ) as source:
        now_s = 50.0201
        assert source.read().t_s.tolist() == pytest.approx([50.0, 50.005, 50.01, 50.015, 50.02])
        now_s = 51.0
        assert source.read().xy.shape == (2, 5)
        with pytest.raises(DeviceLost, match="has ended"):
            source.read()


def test_real_eeg_of_mental_arithmetic_is_read(heron_data: Path) -> None:
    recorded = load(heron_data / "eegmat" / "Subject05_2.edf")
    assert recorded.headset.rate_hz == 500.0
    assert len(recorded.headset.channels) == 19
    assert recorded.pick(["Fp1", "Fp2", "T5", "T6"]).uv.shape == (4, 31_000)
    assert 5 < np.median(recorded.uv.std(axis=1)) < 50


def test_real_gaze_of_neon_glasses_is_read(heron_data: Path) -> None:
    gaze = load_gaze(heron_data / "neon_native" / "demo_recording")
    assert gaze.t_s[0] == 0.0
    assert 1 / np.median(np.diff(gaze.t_s)) == pytest.approx(200, rel=0.01)
    assert gaze.scene_px is not None
    assert np.all((gaze.scene_px > 0) & (gaze.scene_px < [[1600], [1200]]))
    assert np.isnan(gaze.xy).all()
    assert np.all((gaze.pupil_mm > 1) & (gaze.pupil_mm < 8))
    assert set(gaze.confidence) == {1.0}


def test_real_gaze_in_parts_keeps_its_gaps_and_when_the_glasses_were_off(heron_data: Path) -> None:
    gaze = load_gaze(heron_data / "neon_native" / "multi_part")
    assert np.diff(gaze.t_s).max() > 10
    assert 0.9 < gaze.confidence.mean() < 1.0


def test_a_folder_that_is_no_neon_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match=r"info\.json"):
        load_gaze(tmp_path)
    (tmp_path / "info.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BadRecording, match="without readable gaze"):
        load_gaze(tmp_path)
