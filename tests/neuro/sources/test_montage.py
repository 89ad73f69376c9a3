"""Facts about channel names."""

import pytest

from neuro.sources.montage import channel_name, same_site


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("EEG Fp1", "Fp1"),
        ("EEG Fp1-Ref", "Fp1"),
        ("FP1-A2", "Fp1"),
        ("Fz.", "Fz"),
        ("eeg CZ-LE", "Cz"),
        ("tp9", "TP9"),
        ("Fp1-F7", "Fp1-F7"),
        ("A1", "A1"),
        ("Ch3", "Ch3"),
    ],
)
def test_a_label_names_its_channel(label: str, name: str) -> None:
    assert channel_name(label) == name


@pytest.mark.parametrize(
    "label",
    [
        "EEG A2-A1",
        "ECG ECG",
        "EKG1",
        "EOG-L",
        "EMG chin",
        "Right AUX",
        "Status",
        "STI 014",
        "Accel Channel 0",
        "Battery",
        "",
    ],
)
def test_what_is_no_eeg_is_left_aside(label: str) -> None:
    assert channel_name(label) is None


def test_old_and_new_names_are_one_site() -> None:
    assert [same_site(name) for name in ("T3", "t4", "T5", "T6", "Fz")] == ["t7", "t8", "p7", "p8", "fz"]
