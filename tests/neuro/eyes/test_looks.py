"""Facts about files of gaze: each kind is read in degrees, and what is wrong with one is said."""

from pathlib import Path

import numpy as np
import pytest

from neuro.errors import BadRecording
from neuro.sources.looks import load_look


def write(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def plain(folder: Path, *rows: str) -> Path:
    return write(folder / "gaze.csv", "t_s,x_deg,y_deg", *rows)


STEADY = [f"{i / 100:.3f},1.5,-2.0" for i in range(300)]


def test_plain_degrees_with_all_that_may_be_known(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "t_s,x_deg,y_deg,confidence,pupil_mm,aperture_mm",
        "0.0,1,2,.9,3.1,8",
        "0.01,1,2,,,",
        "0.02,,,.5,3,7",
    )
    looked = load_look(path)
    np.testing.assert_array_equal(looked.look.deg, [[1, 1, np.nan], [2, 2, np.nan]])
    np.testing.assert_array_equal(looked.look.confidence, [0.9, 0.0, 0.5])
    np.testing.assert_array_equal(looked.look.pupil_mm, [3.1, np.nan, 3])
    assert looked.look.aperture_mm is not None
    assert not looked.pupils
    assert looked.notes == ("1 samples of a.csv hold no gaze.",)


def test_a_good_file_has_nothing_said_of_it(tmp_path: Path) -> None:
    looked = load_look(plain(tmp_path, *STEADY))
    assert (looked.notes, looked.rate_hz, looked.look.t_s.size) == ((), pytest.approx(100), 300)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda rows: [*rows[:50], *rows[40:]], "10 samples of gaze.csv do not come after the one before"),
        (lambda rows: [*rows[:50], *rows[80:]], "1 gaps of up to 0.31 s"),
        (
            lambda rows: [*rows[:50], *(f"{row[:5]},0,0" for row in rows[50:60]), *rows[60:]],
            "10 samples of gaze.csv are 0, 0",
        ),
        (
            lambda rows: [*rows[:50], *(f"{row[:5]},nan,nan" for row in rows[50:60]), *rows[60:]],
            "10 samples of gaze.csv hold no gaze",
        ),
        (lambda rows: [*rows[:50], "a heron", *rows[50:]], "1 of 301 lines of gaze.csv could not be read"),
        (lambda rows: [*rows, *(f"{3 + i / 50:.3f},1,1" for i in range(150))], "changes between 50 and 100"),
    ],
    ids=["back", "gap", "zero", "nan", "torn", "rate"],
)
def test_what_is_wrong_is_said_and_the_rest_is_read(tmp_path: Path, spoil, words: str) -> None:  # type: ignore[no-untyped-def]
    looked = load_look(plain(tmp_path, *spoil(STEADY)))
    assert any(words in note for note in looked.notes), looked.notes
    assert np.all(np.diff(looked.look.t_s) > 0)
    assert looked.used.sum() == looked.look.t_s.size >= 250


def test_a_file_cut_in_mid_line_is_read_to_there(tmp_path: Path) -> None:
    path = plain(tmp_path, *STEADY)
    path.write_bytes(path.read_bytes()[:-8])
    looked = load_look(path)
    assert looked.look.t_s.size == 299
    assert looked.notes == ("The last line of gaze.csv has no end and was left out.",)


def test_the_export_of_pupil_cloud_with_its_tables(tmp_path: Path) -> None:
    ns = [1_700_000_000_000_000_000 + 5_000_000 * i for i in range(100)]
    head = "section id,recording id,timestamp [ns],gaze x [px],gaze y [px],worn,fixation id,blink id"
    head += ",azimuth [deg],elevation [deg]"
    path = write(tmp_path / "gaze.csv", head, *(f"a,b,{t},800,600,1,1,,3.5,-1.25" for t in ns))
    eyes = "section id,recording id,timestamp [ns],pupil diameter left [mm],pupil diameter right [mm]"
    eyes += ",eyelid aperture left [mm],eyelid aperture right [mm]"
    write(tmp_path / "3d_eye_states.csv", eyes, *(f"a,b,{t},3.0,3.4,7.5,8.5" for t in ns))
    imu = "section id,recording id,timestamp [ns],gyro x [deg/s],gyro y [deg/s],gyro z [deg/s]"
    write(tmp_path / "imu.csv", imu, *(f"a,b,{t},2.0,0.0,10.0" for t in ns[::2]))
    for given in (path, tmp_path):
        look = load_look(given).look
        assert look.deg[:, 0].tolist() == [3.5, 1.25]
        assert look.pupil_mm[0] == pytest.approx(3.2)
        assert look.aperture_mm is not None
        assert look.aperture_mm[0] == 8.5
        assert look.head_deg_per_s is not None
        np.testing.assert_allclose(look.head_deg_per_s[:, 0], [9.78, 2.0], atol=0.01)
        np.testing.assert_allclose(np.diff(look.t_s), 0.005, atol=1e-6)


def test_gaze_of_pupil_core_by_its_third_dimension_or_roughly_without(tmp_path: Path) -> None:
    head = "gaze_timestamp,world_index,confidence,norm_pos_x,norm_pos_y,base_data"
    deep = write(
        tmp_path / "deep.csv",
        f"{head},gaze_point_3d_x,gaze_point_3d_y,gaze_point_3d_z",
        *(f"{10 + i / 120},1,0.9,0.5,0.5,b,100,0,100" for i in range(50)),
    )
    assert load_look(deep).look.deg[:, 0] == pytest.approx([45.0, 0.0])
    flat = load_look(write(tmp_path / "flat.csv", head, *(f"{10 + i / 120},1,0.9,0.5,0.25,b" for i in range(50))))
    assert flat.look.deg[:, 0] == pytest.approx([45.0, 39.0])
    assert "rough" in flat.notes[0]


def test_an_eye_camera_of_pupil_core_is_the_better_eye_once_a_stamp(tmp_path: Path) -> None:
    head = "pupil_timestamp,world_index,eye_id,confidence,norm_pos_x,norm_pos_y,diameter,method,diameter_3d"
    rows = []
    for i in range(50):
        rows += [f"{5 + i / 200},1,0,0.3,0.1,0.1,20,2d c++,", f"{5 + i / 200},1,1,0.9,0.4,0.3,20,2d c++,"]
        rows += [f"{5 + i / 200},1,1,0.9,0.4,0.3,20,pye3d,3.3"]
    looked = load_look(write(tmp_path / "pupil_positions.csv", head, *rows))
    assert looked.pupils
    assert looked.look.t_s.size == 50
    assert looked.look.deg[:, 0] == pytest.approx([40.0, 70.0])
    assert "not calibrated" in looked.notes[0]


def test_a_neon_recording_has_lids_pupils_and_a_turning_head(heron_data: Path) -> None:
    look = load_look(heron_data / "neon_native" / "demo_recording").look
    assert look.aperture_mm is not None
    assert look.head_deg_per_s is not None
    assert np.abs(look.deg).max() < 60
    assert 0.01 < np.mean(look.aperture_mm < 1.5) < 0.1
    assert 10 < np.nanstd(look.head_deg_per_s[0]) < 60
    parts = load_look(heron_data / "neon_native" / "multi_part")
    assert any("3 gaps of up to 18.86 s" in note for note in parts.notes)
    assert (parts.look.confidence == 1).all()  # each part begins with 80 samples that the app calls not worn


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("t_s,x_deg,y_deg\n0.0,1,1\n", "too few samples"),
        ("t_s,x_deg,y_deg\n" + "1.0,1,1\n" * 40, "does not rise"),
        ("time,left,right\n0,1,1\n0.1,1,1\n", "no table of gaze"),
        ("\0\0\0\1", "no recording that Heron knows"),
        ("", "is empty"),
    ],
)
def test_what_is_no_gaze_is_one_sentence_with_what_to_do(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(BadRecording, match=words):
        load_look(tmp_path / "x.csv")


def test_a_folder_or_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match="holds no gaze"):
        load_look(tmp_path)
    with pytest.raises(BadRecording, match="There is no file"):
        load_look(tmp_path / "nothing.csv")
