"""Every montage's electrodes fall into the same five regions."""

import pytest

from neuro.features.regions import posterior_rows, region_of, rows_in

MUSE = ("TP9", "AF7", "AF8", "TP10")
TEN_TWENTY = (
    *("Fp1", "Fp2", "F3", "F4", "F7", "F8", "Fz"),
    *("T3", "T4", "C3", "C4", "Cz"),
    *("T5", "T6", "P3", "P4", "Pz", "O1", "O2"),
)


@pytest.mark.parametrize(
    ("region", "channels"),
    [
        ("frontal", "Fp1 Fpz AFp1 AF7 AFz F3 F10 FC5 FCz Nz"),
        ("temporal", "T3 T4 T7 T8 FT9 FT10 TP7 TP10"),
        ("central", "C3 Cz CP1 CPz C5"),
        ("parietal", "P3 Pz P7 P8 T5 T6 P10"),
        ("occipital", "O1 Oz PO7 POz Iz"),
    ],
)
def test_names_tell_the_region(region: str, channels: str) -> None:
    assert {region_of(name) for name in channels.split()} == {region}


def test_case_does_not_count() -> None:
    assert region_of("FPZ") == region_of("fpz") == "frontal"
    assert region_of(" t5 ") == region_of("P7") == "parietal"


@pytest.mark.parametrize("name", ["A1", "M2", "Ch1", "", "Fp1-F7", "ECG", "X3", "T", "Pz2", "Fp123"])
def test_ears_and_unknown_names_are_nowhere(name: str) -> None:
    assert region_of(name) is None


def test_the_old_ten_twenty_system_falls_into_all_regions() -> None:
    rows = [rows_in(TEN_TWENTY, each) for each in ("frontal", "temporal", "central", "parietal", "occipital")]
    assert [len(each) for each in rows] == [7, 2, 3, 5, 2]
    assert [TEN_TWENTY[row] for row in rows_in(TEN_TWENTY, "temporal")] == ["T3", "T4"]
    assert rows_in(TEN_TWENTY, "parietal", "occipital") == [12, 13, 14, 15, 16, 17, 18]


def test_on_a_headband_the_electrodes_behind_the_ears_stand_in_for_the_back_of_the_head() -> None:
    assert posterior_rows(MUSE) == [0, 3]
    assert posterior_rows(("TP9", "O1")) == [1]
    assert posterior_rows(("Fp1", "Fp2")) == []
