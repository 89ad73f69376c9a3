"""EEG with its marks as EDF+ of 16 bits, or as BDF+ of 24."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import edfio
import numpy as np
from numpy.typing import NDArray

from game.errors import GameError
from game.exporting.even import Even, even
from game.exporting.marks import marks
from game.exporting.sitting import Sitting


def write(sitting: Sitting, path: Path) -> Even:
    """The EEG of a sitting and what happened in it; .bdf keeps more digits than .edf.

    Raises: GameError: there is no EEG in it.
    """
    headset, eeg = sitting.headset, sitting.eeg
    if headset is None or eeg is None:
        raise GameError(f"Sitting {sitting.session.id} has no EEG that is kept: export it with --format csv.")
    laid = even(eeg.data, eeg.t_s, headset.rate_hz)
    kind, signal = (edfio.Bdf, edfio.BdfSignal) if path.suffix == ".bdf" else (edfio.Edf, edfio.EdfSignal)
    signals: list[Any] = [
        signal(uv.astype(np.float64), laid.rate_hz, label=name, physical_dimension="uV", physical_range=_range(uv))
        for name, uv in zip(headset.channels, laid.uv, strict=True)
    ]
    began = sitting.began
    file = kind(
        signals,
        patient=edfio.Patient(code=sitting.pseudonym),
        recording=edfio.Recording(startdate=began.date(), equipment_code=_word(headset.name)),
        starttime=began.time(),
        data_record_duration=laid.record_s,
        annotations=_annotations(sitting, laid),
    )
    file.write(path)
    return laid


def _annotations(sitting: Sitting, laid: Even) -> Iterator[edfio.EdfAnnotation]:
    """What happened while EEG was recorded, and what of it was lost."""
    for mark in marks(sitting, laid):
        if mark.onset_s >= 0:
            yield edfio.EdfAnnotation(mark.onset_s, mark.duration_s or None, mark.text)


def _range(uv: NDArray[np.float32]) -> tuple[float, float]:
    """Whole microvolts round all that a channel has: they fit into the header's eight characters."""
    low, high = float(np.floor(uv.min())), float(np.ceil(uv.max()))
    return (low, high) if low < high else (low - 1, high + 1)


def _word(name: str) -> str:
    """As EDF+ wants it: no blanks, nothing but ASCII."""
    return "_".join(name.encode("ascii", "ignore").decode().split()) or "X"
