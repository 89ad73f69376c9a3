"""Causal filters with carried state: what is kept of the raw signal."""

import numpy as np
from numpy.typing import NDArray

from neuro.sections import at_rest, band, notch, through

MAINS_HZ = (50.0, 60.0)


class Causal:
    """Second-order sections (n_sections, 6) that remember where they were: chunking never changes the output.

    Started settled on the first sample: an electrode offset of millivolts leaves no step behind.
    """

    def __init__(self, sos: NDArray[np.float64]) -> None:
        self.sos = sos
        self._zi: NDArray[np.float64] | None = None

    def __call__(self, samples: NDArray[np.float64]) -> NDArray[np.float64]:
        """Filter (n_channels, n) finite samples; n is at least 1."""
        if self._zi is None:
            self._zi = at_rest(self.sos)[0][:, None, :] * samples[None, :, :1]
        filtered, self._zi = through(self.sos, samples, self._zi)
        return filtered


def band_pass(rate_hz: float, low_hz: float = 1.0, high_hz: float = 45.0) -> Causal:
    """Butterworth band-pass of fourth order; the upper edge gives way on slow boards.

    Raises: ValueError: the band does not fit under half the rate.
    Source: Widmann et al. 2015, J Neurosci Methods 250:34 (why causal, why this order).
    """
    high_hz = min(high_hz, 0.45 * rate_hz)
    if not 0 < low_hz < high_hz:
        raise ValueError(f"a band from {low_hz} Hz does not fit into a signal of {rate_hz} samples a second")
    return Causal(band(4, low_hz, high_hz, rate_hz))


def mains_notch(rate_hz: float, line_hz: float | None = None) -> Causal:
    """Notches of quality 30 at the mains: at `line_hz`, or at 50 and 60 Hz where nobody said which.

    Both lie above the band that is kept, so removing the wrong one costs nothing. A board too slow to carry
    the mains gets a filter that does nothing.
    """
    wanted = MAINS_HZ if line_hz is None else (line_hz,)
    notches = [notch(hz, rate_hz, 30.0) for hz in wanted if hz < 0.45 * rate_hz]
    return Causal(np.vstack(notches) if notches else np.array([[1.0, 0, 0, 1, 0, 0]]))
