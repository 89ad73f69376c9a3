"""The sounds of events, all from sines and soft noise: water, wood and glass, nothing sharp and nothing sudden."""

import numpy as np
from scipy.signal import butter, sosfiltfilt
from studio.brush import Chance
from studio.loudness import Sound, momentary
from studio.tape import RATE_HZ

LOUDNESS = -22.0
"""LUFS, momentary, of what answers the player; what has nothing to do with the task is softer."""
SOFTER = {"wood": -2.0, "tap": -8.0, "croak": -3.0, "hush": -3.0, "rustle": -2.0}
"""LU below that."""


def chimes(chance: Chance) -> dict[str, Sound]:
    made = {
        "plip": _plip(),
        "splash": _splash(chance),
        "glint": _glint(),
        "rustle": _rustle(chance),
        "wood": _wood(392.0),
        "tap": _wood(587.33),
        "reward": _bells(((587.33, 0.0), (880.0, 0.09)), 1.5),  # D5 A5
        "star": _bells(((587.33, 0.0), (739.99, 0.11), (880.0, 0.22), (1174.66, 0.33)), 2.0),  # D F# A D
        "grow": _bells(((293.66, 0.0), (440.0, 0.16), (587.33, 0.32), (659.26, 0.48)), 2.2),  # D4 A4 D5 E5
        "hush": _hush(),
        "croak": _croak(),
    }
    return {name: _as_loud(sound, LOUDNESS + SOFTER.get(name, 0.0)) for name, sound in made.items()}


def _as_loud(sound: Sound, lufs: float) -> Sound:
    return np.asarray(sound * 10 ** ((lufs - momentary(sound, RATE_HZ)) / 20))


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE_HZ)) / RATE_HZ


def _rise(s: Sound, seconds: float) -> Sound:
    """0 before s = 0, then up to 1 without a corner."""
    return np.asarray(np.sin(np.pi / 2 * np.clip(s / seconds, 0, 1)) ** 2)


def _faded(sound: Sound, seconds: float = 0.03) -> Sound:
    n = round(seconds * RATE_HZ)
    out = sound.copy()
    out[-n:] *= np.cos(np.pi / 2 * np.linspace(0, 1, n)) ** 2
    return out


def _drop(t: Sound, start_s: float, low_hz: float, rise_hz: float) -> Sound:
    """A sine that glides up as its bubble closes (as Minnaert's bubble rings)."""
    s = np.clip(t - start_s, 0, None)
    phase = 2 * np.pi * (low_hz * s + rise_hz * (s + (np.exp(-s * 28) - 1) / 28))
    return np.asarray(np.sin(phase) * np.exp(-s * 17) * _rise(s, 0.012))


def _plip() -> Sound:
    """A drop, and a smaller one after it."""
    t = _time(0.42)
    return _faded(_drop(t, 0.0, 520, 900) + 0.44 * _drop(t, 0.11, 760, 1100))


def _splash(chance: Chance) -> Sound:
    """A fish leaves the water: a soft rush, and three drops that fall back."""
    t = _time(0.7)
    rush = _noise(len(t), 350, 1600, chance) * _rise(t, 0.02) * np.exp(-t * 13)
    drops = _drop(t, 0.05, 430, 700) + 0.6 * _drop(t, 0.17, 600, 800) + 0.35 * _drop(t, 0.27, 740, 900)
    return _faded(0.5 * rush + drops)


def _rustle(chance: Chance) -> Sound:
    """Reeds that part."""
    t = _time(0.5)
    out = np.zeros_like(t)
    for start_s, loud in ((0.0, 1.0), (0.13, 0.7), (0.24, 0.45)):
        s = t - start_s
        out += loud * _rise(s, 0.03) * np.exp(-np.clip(s, 0, None) * 16) * _noise(len(t), 700, 2600, chance)
    return _faded(out)


def _glint() -> Sound:
    """A glass rim that is touched: it swells and is gone."""
    t = _time(0.8)
    tone = np.sin(2 * np.pi * 880 * t) + 0.25 * np.sin(2 * np.pi * 1760 * t) + 0.5 * np.sin(2 * np.pi * 440 * t)
    return _faded(tone * _rise(t, 0.05) * np.exp(-t * 5.5))


def _wood(tone_hz: float) -> Sound:
    """A tock: the second partial of a free bar lies 2.76 times as high as the first."""
    t = _time(0.2)
    body = np.sin(2 * np.pi * tone_hz * t) * np.exp(-t * 40)
    return _faded((body + 0.3 * np.sin(2 * np.pi * 2.76 * tone_hz * t) * np.exp(-t * 80)) * _rise(t, 0.009))


def _bells(notes: tuple[tuple[float, float], ...], seconds: float) -> Sound:
    """(Hz, start in s) of soft bells with a slow attack."""
    t = _time(seconds)
    out = np.zeros_like(t)
    for note_hz, start_s in notes:
        s = np.clip(t - start_s, 0, None)
        for ratio, share, decay in ((1.0, 1.0, 3.0), (2.0, 0.28, 5.0), (3.01, 0.08, 8.0)):
            out += share * np.sin(2 * np.pi * note_hz * ratio * s) * np.exp(-s * decay) * _rise(s, 0.025)
    return _faded(out, 0.3)


def _hush() -> Sound:
    """Two low hollow notes that swell, as wind over a reed: somebody calls kindly."""
    t = _time(1.6)
    out = np.zeros_like(t)
    for note_hz, start_s in ((293.66, 0.0), (440.0, 0.45)):
        s = t - start_s
        swell = np.sin(np.pi * np.clip(s / 1.1, 0, 1)) ** 2
        out += swell * (np.sin(2 * np.pi * note_hz * s) + 0.2 * np.sin(6 * np.pi * note_hz * s))
    return out


def _croak() -> Sound:
    """A small frog in the reeds: two short trills, as a reed frog's, low and soft."""
    t = _time(0.62)
    out = np.zeros_like(t)
    for start_s in (0.0, 0.27):
        s = t - start_s
        trill = np.clip(np.sin(2 * np.pi * 34 * s), 0, 1) ** 2  # pulses of the throat
        swell = np.sin(np.pi * np.clip(s, 0, 0.2) / 0.2)
        out += swell * trill * (np.sin(2 * np.pi * 620 * s) + 0.4 * np.sin(2 * np.pi * 1240 * s))
    return _faded(out)


def _noise(n: int, low_hz: float, high_hz: float, chance: Chance) -> Sound:
    white = np.array([chance.normal(0, 1) for _ in range(n)])
    band = sosfiltfilt(butter(2, (low_hz, high_hz), "band", fs=RATE_HZ, output="sos"), white)
    return np.asarray(band / np.abs(band).max())
