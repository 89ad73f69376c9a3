"""Facts about recordings in text files."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from neuro.errors import BadAddress, BadRecording
from neuro.sources.board import layout
from neuro.sources.recording import load

N = 512
UV = np.round(20 * np.sin(np.arange(N) / 5), 3)
START_S = 1_700_000_000.0


def write(
    folder: Path, header: str, rows: Iterable[Sequence[object]], mark: str = ",", name: str = "rest.csv"
) -> Path:
    path = folder / name
    lines = ([header] if header else []) + [mark.join(map(str, row)) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def brainflow(folder: Path, board: str, rate_hz: float, kept: np.ndarray, mark: str = "\t") -> Path:
    """What BrainFlow's file streamer writes for samples with these running numbers."""
    shape = layout(board)
    rows = np.zeros((kept.size, shape.n_rows))
    rows[:, shape.number_row] = kept % 256
    rows[:, shape.stamp_row] = START_S + kept / rate_hz
    rows[:, shape.eeg_rows] = UV[kept % N, None]
    return write(folder, "", [[f"{value:.6f}" for value in row] for row in rows], mark)


def test_a_muse_lsl_file_is_read(tmp_path: Path) -> None:
    rows = [(f"{START_S + k / 256:.3f}", uv, uv, uv, uv, 0.0) for k, uv in enumerate(UV)]
    recorded = load(write(tmp_path, "timestamps,TP9,AF7,AF8,TP10,Right AUX", rows))
    assert recorded.headset.channels == ("TP9", "AF7", "AF8", "TP10")
    assert recorded.headset.rate_hz == 256.0
    np.testing.assert_allclose(recorded.uv[1], UV, atol=1e-3)
    assert recorded.t_s[0] == 0.0
    assert np.all(np.diff(recorded.t_s) > 0)


def test_a_mind_monitor_file_is_read_and_its_events_are_left_aside(tmp_path: Path) -> None:
    header = "TimeStamp,Delta_TP9,RAW_TP9,RAW_AF7,RAW_AF8,RAW_TP10,AUX_RIGHT,Accelerometer_X,Battery,Elements"
    rows: list[Sequence[object]] = []
    for k, uv in enumerate(UV):
        stamp = datetime.fromtimestamp(START_S + k / 256, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
        rows.append((stamp, 0.5, 800 + uv, 800 + uv, 800 + uv, 800 + uv, 0, 0.1, 80, ""))
        if k == 100:
            rows.append((stamp, "", "", "", "", "", "", "", "", "/muse/elements/blink"))
    recorded = load(write(tmp_path, header, rows))
    assert recorded.headset.channels == ("TP9", "AF7", "AF8", "TP10")
    assert recorded.headset.rate_hz == 256.0
    assert recorded.uv.shape == (4, N)
    assert recorded.notes == ()


def test_an_openbci_file_is_read(tmp_path: Path) -> None:
    header = (
        "%OpenBCI Raw EXG Data\n%Number of channels = 2\n%Sample Rate = 250 Hz\n"
        "Sample Index, EXG Channel 0, EXG Channel 1, Accel Channel 0, Timestamp, Other, Timestamp (Formatted)"
    )
    rows = [(k % 256, uv, uv, 0.1, START_S + k / 250, 0.0, "2026-01-01 10:00:00.000") for k, uv in enumerate(UV)]
    path = write(tmp_path, header, rows, ", ", "OpenBCI-RAW.txt")
    assert load(path).headset.channels == ("Ch1", "Ch2")
    recorded = load(path, channels=("Fp1", "Fp2"))
    assert recorded.headset.channels == ("Fp1", "Fp2")
    assert recorded.headset.rate_hz == 250.0
    np.testing.assert_allclose(recorded.uv[0], UV, atol=1e-3)


@pytest.mark.parametrize(
    ("header", "unit"),
    [("t_s,Fp1,Fp2", 1), ("Time (s);Fp1;Fp2", 1), ("time,Fp1,Fp2", 1e3), ("timestamp_us,Fp1,Fp2", 1e6)],
)
def test_a_plain_file_may_count_time_in_any_unit(tmp_path: Path, header: str, unit: float) -> None:
    rows = [(f"{k / 250 * unit:.3f}", uv, uv) for k, uv in enumerate(UV)]
    recorded = load(write(tmp_path, header, rows, ";" if ";" in header else ","))
    assert recorded.headset.channels == ("Fp1", "Fp2")
    assert recorded.headset.rate_hz == 250.0


def test_a_brainflow_file_is_known_by_its_columns_and_that_is_said(tmp_path: Path) -> None:
    recorded = load(brainflow(tmp_path, "cyton", 250.0, np.arange(N)))
    assert recorded.headset.channels[:2] == ("Fp1", "Fp2")
    assert recorded.headset.full_scale_uv == 187_500.0
    np.testing.assert_allclose(recorded.uv[7], UV, atol=1e-3)
    assert "taken for a file of Cyton" in recorded.notes[0]


@pytest.mark.parametrize(("board", "rate_hz"), [("cyton_daisy", 125.0), ("synthetic", 250.0), ("muse_2", 256.0)])
def test_boards_with_equal_columns_are_told_apart_by_their_rate(tmp_path: Path, board: str, rate_hz: float) -> None:
    kept = np.arange(0, N, 2) if board == "cyton_daisy" else np.arange(N)
    path = brainflow(tmp_path, board, rate_hz * (2 if board == "cyton_daisy" else 1), kept, ",")
    recorded = load(path)
    assert (recorded.headset.rate_hz, len(recorded.headset.channels)) == (rate_hz, len(layout(board).eeg_rows))


def test_a_brainflow_file_is_filled_where_packets_were_lost(tmp_path: Path) -> None:
    recorded = load(brainflow(tmp_path, "cyton", 250.0, np.delete(np.arange(N), [100, 101, 102])), board="cyton")
    assert np.flatnonzero(np.isnan(recorded.uv[0])).tolist() == [100, 101, 102]
    assert recorded.t_s.size == N
    assert recorded.notes == ()


def test_the_wrong_board_is_refused(tmp_path: Path) -> None:
    path = brainflow(tmp_path, "cyton", 250.0, np.arange(N))
    with pytest.raises(BadRecording, match="24 columns and Muse2 writes 8"):
        load(path, board="muse_2")
    with pytest.raises(BadAddress, match="no board 'citon'"):
        load(path, board="citon")


def test_a_file_cut_in_mid_line_loses_that_line_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "t_s,Fp1", [(k / 250, uv) for k, uv in enumerate(UV)])
    path.write_bytes(path.read_bytes()[:-4])
    recorded = load(path)
    assert recorded.t_s.size == N - 1
    assert recorded.notes == ("The last line of rest.csv has no end and was left out.",)


def test_lines_that_cannot_be_read_are_left_out_and_counted(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [(k / 250, uv) for k, uv in enumerate(UV)]
    rows[10], rows[20] = ("oops",), ("x", "y")
    recorded = load(write(tmp_path, "t_s,Fp1", rows))
    assert recorded.t_s.size == N - 2
    assert recorded.notes == (f"2 of {N} lines of rest.csv could not be read and were left out.",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Fp1,Fp2\n1,2\n3,4\n", "no time column"),
        ("t_s,ECG\n0,2\n0.004,4\n", "no column that could be EEG"),
        ("t_s,Fp1\n", "too few samples"),
        ("t_s,Fp1\n0,1\n", "too few samples"),
        ("t_s,Fp1\n0,1\n60,1\n120,1\n", "too few samples"),
        ("Dear diary\ntoday I slept\n", "no table of EEG"),
        ("1,2,3\n4,5,6\n7,8,9\n", "no header"),
        ("t_s,Fp1\nthe,end\nof,it\n", "no table of numbers"),
    ],
)
def test_a_file_that_is_no_eeg_is_refused_in_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "rest.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadRecording, match=sentence):
        load(path)
