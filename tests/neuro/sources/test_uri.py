"""Facts about addresses."""

import time
from pathlib import Path

import pytest

from neuro.errors import BadAddress, BadRecording, DeviceUnavailable
from neuro.sources.mouse import MouseGaze
from neuro.sources.playback import PlaybackSource
from neuro.sources.recording import RecordingSource
from neuro.sources.uri import Address, eyes, open_eeg, open_gaze, parse
from tests.neuro.sources.live import collect


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("board:Muse_2", Address("board", "Muse_2", {})),
        ("BOARD:cyton?serial_port=/dev/ttyUSB0", Address("board", "cyton", {"serial_port": "/dev/ttyUSB0"})),
        ("playback:C:/eeg/rest.edf?loop=1", Address("playback", "C:/eeg/rest.edf", {"loop": "1"})),
        ("twin?seed=3", Address("twin", "", {"seed": "3"})),
        ("none", Address("none", "", {})),
    ],
)
def test_an_address_has_parts(address: str, parts: Address) -> None:
    assert parse(address) == parts


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("bord:cyton", "did you mean board"),
        ("", "use twin:adult"),
        ("board", "board:muse_2"),
        ("recording:", r"recording:rest\.edf"),
        ("board:muze_2", "try muse_2"),
        ("board:cyton?serial_prt=x", "did you mean serial_port"),
        ("board:cyton?ip_port=x", "whole number for ip_port"),
        ("board:cyton?serial_port", "has no value"),
        ("board:streaming?ip_port=1", "master=cyton"),
        ("board:cyton?channels=Fp1,Fp2", "8 channels"),
        ("twin:adult?seed=x", "whole number"),
        ("twin:adult?speed=2", "use seed"),
        ("board:muse_2?emulate=1", "write board:cyton"),
        ("board:cyton?emulate=1&serial_port=x", "write board:cyton"),
        ("none?x=1", "leave it out"),
        ("mouse", "no headset"),
    ],
)
def test_a_bad_address_is_told_what_would_work(address: str, sentence: str) -> None:
    with pytest.raises(BadAddress, match=sentence):
        open_eeg(address, time.monotonic)


def test_a_board_without_eeg_and_a_missing_file_are_said_before_anything_opens() -> None:
    with pytest.raises(DeviceUnavailable, match="measures no EEG"):
        open_eeg("board:gforce_pro", time.monotonic)
    with pytest.raises(BadRecording, match="There is no file"):
        open_eeg("playback:nowhere.edf", time.monotonic)


def test_none_opens_nothing() -> None:
    assert open_eeg("none", time.monotonic) is None
    assert open_gaze("none", time.monotonic) is None


def test_each_scheme_opens_its_source(tmp_path: Path) -> None:
    path = tmp_path / "rest.csv"
    path.write_text("t_s,Fp1\n" + "".join(f"{k / 250},{k}\n" for k in range(500)), encoding="utf-8")
    assert isinstance(open_eeg(f"recording:{path}", time.monotonic), RecordingSource)
    assert isinstance(open_eeg(f"playback:{path}", time.monotonic), PlaybackSource)
    assert isinstance(open_gaze("mouse", time.monotonic), MouseGaze)
    with pytest.raises(BadAddress, match="no eye tracker"):
        open_gaze("board:cyton", time.monotonic)


def test_an_emulated_neon_has_the_eyes_of_a_simulated_player_or_of_a_recording(heron_data: Path) -> None:
    played = eyes("twin:child?seed=2")(40)
    assert (played.t_s[-1], played.scene_px) == (pytest.approx(39 / 200), None)
    assert played.xy == pytest.approx(0.5, abs=0.3)
    recorded = eyes(f"recording:{heron_data / 'neon_native' / 'demo_recording'}")(40)
    assert recorded.t_s[0] == 0.0
    assert recorded.scene_px is not None
    with pytest.raises(BadAddress, match="use twin:adult or recording:FOLDER"):
        eyes("mouse")


def test_the_synthetic_board_opens_by_its_address_with_names_of_ones_own() -> None:
    names = ",".join(f"S{k}" for k in range(16))
    source = open_eeg(f"board:synthetic?channels={names}", time.monotonic)
    assert source is not None
    with source:
        assert source.headset.channels[0] == "S0"
        assert collect(source, 25).uv.shape[0] == 16


def test_real_eeg_plays_through_brainflow_at_its_true_rate(heron_data: Path) -> None:
    source = open_eeg(f"playback:{heron_data / 'eegmat' / 'Subject05_2.edf'}", time.monotonic)
    assert source is not None
    with source:
        chunk = collect(source, 500)
    assert source.headset.rate_hz == 500.0
    assert len(source.headset.channels) == 19
    assert (chunk.t_s.size - 1) / (chunk.t_s[-1] - chunk.t_s[0]) == pytest.approx(500, rel=0.2)
