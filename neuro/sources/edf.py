"""Reads EDF and BDF: their EEG signals in microvolts, whatever else they hold left aside."""

import warnings
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import edfio
import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.sources.montage import channel_name, is_site
from neuro.sources.recorded import Mark, Recording

_UV = {"uv": 1.0, "µv": 1.0, "μv": 1.0, "mv": 1e3, "v": 1e6, "nv": 1e-3}
LOST = "BAD_lost"
"""An annotation over samples that never came, as Heron's exports and MNE have it."""

_SAME_S = 1e-4
_BEFORE_SAMPLES = (
    16 + 80 + 8 * 5 + 80
)  # bytes a signal in the header before its number of samples (EDF specification)


def read(path: Path, content: bytes) -> Recording:
    """The EEG signals of an EDF or BDF file; of a torn one, the data records that are whole.

    Raises: BadRecording: header or data make no sense, or there is no EEG in it.
    """
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            file = _open(content)
            if file.num_data_records < 1:
                raise ValueError("there is no whole data record")
            signals = _eeg_of_one_rate(file)
            uv = np.array([signal.data * scale for _, signal, scale in signals], np.float32)
            t_s = _stamps(file, content, uv.shape[-1])
        except (ValueError, LookupError, ArithmeticError) as error:
            raise BadRecording(
                f"{path.name} cannot be read as EDF or BDF: its header is damaged or its data are missing; "
                "copy it again from where it came."
            ) from error
    seconds = file.num_data_records * file.data_record_duration
    torn = any("data record" in str(warning.message) for warning in said)
    notes = (f"{path.name} is torn: its first {seconds:g} seconds are whole and are used.",) if torn else ()
    marks = _marks(file)
    for onset_s, duration_s, text in marks:
        if text == LOST and duration_s:
            uv[:, (t_s > onset_s - _SAME_S) & (t_s < onset_s + duration_s - _SAME_S)] = np.nan
    known = np.flatnonzero(~np.isnan(uv).all(axis=0))
    until = known[-1] + 1 if known.size else 0  # the last data record may be filled up
    recorded = Recording.of(path.name, [name for name, _, _ in signals], uv[:, :until], t_s[:until], notes=notes)
    kept = tuple(mark for mark in marks if mark.text != LOST)  # what they say, the samples say now
    return replace(recorded, marks=kept, began_unix_s=_began_unix_s(file))


def _marks(file: edfio.Edf | edfio.Bdf) -> tuple[Mark, ...]:
    try:
        return tuple(Mark(each.onset, each.duration, each.text) for each in file.annotations)
    except (ValueError, LookupError):  # EEG is read all the same
        return ()


def _began_unix_s(file: edfio.Edf | edfio.Bdf) -> float | None:
    """EDF knows no time zone: as if it were UTC, as this program writes it; None where the date was taken out."""
    try:
        return datetime.combine(file.startdate, file.starttime, UTC).timestamp()
    except ValueError:
        return None


def _open(content: bytes) -> edfio.Edf | edfio.Bdf:
    reader = edfio.read_bdf if content[:1] == b"\xff" else edfio.read_edf
    return reader(content, header_encoding="latin-1")  # some makers write "µV"


def _eeg_of_one_rate(file: edfio.Edf | edfio.Bdf) -> list[tuple[str, edfio.EdfSignal | edfio.BdfSignal, float]]:
    """Name, signal and microvolts a unit of each EEG channel; of several rates the one that most channels have."""
    found = []
    for signal in file.signals:
        name, unit = channel_name(signal.label), signal.physical_dimension.strip().lower()
        if name and (unit in _UV or (not unit and is_site(name))):
            found.append((name, signal, _UV.get(unit, 1.0)))
    rates = Counter(signal.sampling_frequency for _, signal, _ in found)
    return [entry for entry in found if entry[1].sampling_frequency == rates.most_common(1)[0][0]]


def _stamps(file: edfio.Edf | edfio.Bdf, content: bytes, n: int) -> NDArray[np.float64]:
    """(n,) seconds; where an EDF+ file was paused, each data record starts when it says."""
    starts_s = np.arange(file.num_data_records) * file.data_record_duration
    if not file.is_continuous:
        starts_s = _record_onsets_s(content, file.num_data_records)
    a_record = n // file.num_data_records
    within_s = np.arange(a_record) * (file.data_record_duration / a_record)
    return np.asarray((starts_s[:, None] + within_s).ravel())


def _record_onsets_s(content: bytes, n_records: int) -> NDArray[np.float64]:
    """(n_records,) when each data record starts, from its first annotation (EDF+ specification, 2.2.4)."""
    n_signals, wide = int(content[252:256]), 3 if content[:1] == b"\xff" else 2
    labels = [content[256 + 16 * i : 272 + 16 * i].strip() for i in range(n_signals)]
    at = 256 + n_signals * _BEFORE_SAMPLES
    sizes = [wide * int(content[at + 8 * i : at + 8 * i + 8]) for i in range(n_signals)]
    timekeeping = next(i for i, label in enumerate(labels) if label.endswith(b"Annotations"))
    first = 256 * (n_signals + 1) + sum(sizes[:timekeeping])
    records = (content[first + sum(sizes) * k :][: sizes[timekeeping]] for k in range(n_records))
    return np.array([float(record.split(b"\x14", 1)[0].split(b"\x15")[0]) for record in records])
