"""Filters as second-order sections, designed and run without SciPy: importing its signals takes 60 MB.

A section is a row of six: b0, b1, b2 over 1, a1, a2. Rows are kept in SciPy's order, and steps taken in its order, so
that both give the same numbers.
"""

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from neuro.compiled import compiled

Floats = NDArray[np.float64]


def band(order: int, low_hz: float, high_hz: float, rate_hz: float) -> Floats:
    """Butterworth band-pass, (order, 6); 0 < low_hz < high_hz < rate_hz / 2.

    Source: Oppenheim and Schafer 2010, Discrete-Time Signal Processing, ch. 7 (bilinear transform, edges bent back).
    """
    low, high = (4 * np.tan(np.pi * hz / rate_hz) for hz in (low_hz, high_hz))
    width, middle = high - low, np.sqrt(low * high)
    around = -np.exp(1j * np.pi * np.arange(-order + 1, order, 2) / (2 * order)) * (width / 2)
    apart = np.sqrt(around**2 - middle**2)
    poles = np.concatenate([around + apart, around - apart])
    gain = width**order * (4.0**order / np.prod(4 - poles)).real
    poles = (4 + poles) / (4 - poles)
    pairs = [(pole, pole.conjugate()) for pole in poles[poles.imag > 0]]
    return paired(np.repeat([1.0, -1.0], order), pairs, float(gain))


def notch(hz: float, rate_hz: float, quality: float) -> Floats:
    """A notch at `hz` whose width at half power is hz / quality, (1, 6).

    Source: Orfanidis 1996, Introduction to Signal Processing, sec. 11.3.
    """
    angle = 2 * np.pi * hz / rate_hz
    gain = 1 / (1 + np.tan(angle / quality / 2))
    turned = -2 * np.cos(angle)
    return np.array([[gain, gain * turned, gain, 1.0, gain * turned, 2 * gain - 1]])


def paired(zeros: Floats, pairs: Sequence[tuple[complex, complex]], gain: float) -> Floats:
    """Sections of pairs of poles, each with the two real zeros that are nearest; what rings longest comes last."""
    zeros, left = zeros.copy(), sorted(pairs, key=lambda pair: abs(1 - abs(pair[0])))
    sections = []
    for first, second in left:
        chosen = []
        for _ in range(2):
            nearest = int(np.argmin(np.abs(zeros - first)))
            chosen.append(zeros[nearest])
            zeros = np.delete(zeros, nearest)
        sections.append(np.concatenate([np.poly(chosen), np.poly([first, second]).real]))
    sos = np.array(sections[::-1])
    sos[0, :3] *= gain
    return sos


def gains(sos: Floats, hz: Floats, rate_hz: float) -> NDArray[np.complex128]:
    """What becomes of a wave of each frequency: (n,)."""
    back = np.exp(-1j * (2 * np.pi * hz / rate_hz))
    whole = np.ones(len(hz), complex)
    for b0, b1, b2, a0, a1, a2 in sos:
        whole *= (b0 + (b1 + b2 * back) * back) / (a0 + (a1 + a2 * back) * back)
    return whole


def at_rest(sos: Floats) -> tuple[Floats, float]:
    """What the sections remember of an endless 1, (n_sections, 2), and what they make of it."""
    level, remembered = 1.0, []
    for b0, b1, b2, _, a1, a2 in sos:
        out = level * (b0 + b1 + b2) / (1 + a1 + a2)
        second = b2 * level - a2 * out
        remembered.append((b1 * level - a1 * out + second, second))
        level = out
    return np.array(remembered), float(level)


def through(sos: Floats, samples: Floats, state: Floats) -> tuple[Floats, Floats]:
    """Filter rows of samples (n_rows, n); state (n_sections, n_rows, 2) is what is remembered, before and after."""
    if find_spec("numba") is None:
        from scipy.signal import sosfilt  # noqa: PLC0415 -- Python alone would be a hundred times slower

        filtered, state = sosfilt(sos, samples, zi=state)
        return np.asarray(filtered), state
    filtered, state = np.array(samples, float, order="C"), np.array(state, float, order="C")
    _run(np.ascontiguousarray(sos, float), filtered, state)
    return filtered, state


@compiled
def _run(sos: Floats, rows: Floats, state: Floats) -> None:
    for row in range(rows.shape[0]):
        for at in range(rows.shape[1]):
            value = rows[row, at]
            for section in range(sos.shape[0]):
                came = value
                value = sos[section, 0] * came + state[section, row, 0]
                state[section, row, 0] = sos[section, 1] * came - sos[section, 4] * value + state[section, row, 1]
                state[section, row, 1] = sos[section, 2] * came - sos[section, 5] * value
            rows[row, at] = value
