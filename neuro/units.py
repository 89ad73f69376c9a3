"""Is the EEG in microvolts? A factor of a thousand looks like a headset that nobody wears."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from neuro.filters import band_pass
from neuro.kernels.plain import without_gaps
from neuro.pipeline import Front, Moment
from neuro.ring import Ring
from neuro.types import Chunk, Headset

_WRONG_UV = 0.1, 5000.0
"""No head and no amplifier is below or above, rms in 1-45 Hz (own choice: EEGMAT has 2 to 25)."""
_LIKELY_UV = 1.5, 150.0
_UNITS = {"volts": 1e6, "millivolts": 1e3, "nanovolts": 1e-3}
_UNITS_S = 8.0  # the windows take 4 s to fill, and a head 3 more to be known


class UnitsCheck:
    """Finds EEG that is a head's, but for a factor of a thousand or a million."""

    def __init__(self, headset: Headset) -> None:
        self._headset = replace(headset, full_scale_uv=None)  # in whatever unit that is
        self._n = round(_UNITS_S * headset.rate_hz)
        self._ring = Ring(len(headset.channels), self._n)
        self._new = 0
        self._sentence: str | None = None

    def take(self, chunk: Chunk) -> None:
        """What is to be judged, when somebody asks."""
        self._ring.push(chunk.uv.astype(float))
        self._new += chunk.t_s.size

    def sentence(self) -> str | None:
        """What unit it is in, while that is wrong; looks at the last eight seconds, at most once a second."""
        if self._new >= self._headset.rate_hz and len(self._ring) == self._n:
            self._new = 0
            self._sentence = self._judged(self._ring.last(self._n).copy())
        return self._sentence

    def _judged(self, uv: NDArray[np.float64]) -> str | None:
        rms_uv = self._rms(uv)
        if _WRONG_UV[0] <= rms_uv <= _WRONG_UV[1]:
            return None
        for unit, factor in _UNITS.items():
            if _LIKELY_UV[0] <= rms_uv * factor <= _LIKELY_UV[1] and self._is_head(uv * factor):
                return f"The numbers look like {unit}: have {self._headset.name} send microvolts instead."
        return None

    def _rms(self, uv: NDArray[np.float64]) -> float:
        """Of most channels, in 1-45 Hz, the settling of the filter left out."""
        whole, _ = without_gaps(uv, np.zeros(len(uv)))
        settled = band_pass(self._headset.rate_hz)(whole)[:, self._n // 4 :]
        return float(np.median(np.sqrt(np.mean(settled**2, axis=1))))

    def _is_head(self, uv: NDArray[np.float64]) -> bool:
        t_s = np.arange(self._n) / self._headset.rate_hz
        *_, newest = Front(self._headset)(Chunk(uv.astype(np.float32), t_s))
        return isinstance(newest, Moment) and newest.quality.is_head
