"""Who sings in Marsh Chorus: as loud as one another to ears, each with its own height, rhythm and tone."""

import numpy as np
from studio.loudness import Sound, momentary
from studio.tape import RATE_HZ

CALL_S = 0.46
LOUDNESS = -22.0
"""LUFS, momentary; peaks stay below .5."""


def calls() -> dict[str, Sound]:
    cuckoo = (659.26, 523.25)  # E5 C5
    notes = {"cuckoo": 0, "odd_2": -7, "odd_3": -4, "odd_4": -2}  # semitones: nearer and nearer to the cuckoo
    sung = {name: _flute([note_hz * 2 ** (by / 12) for note_hz in cuckoo]) for name, by in notes.items()}
    sung |= {"odd_1": _sweep(), "frog": _quack(), "warbler": _trill(), "bittern": _boom(), "cricket": _chirp()}
    return {name: _as_loud(call) for name, call in sung.items()}


def _as_loud(call: Sound) -> Sound:
    call[-200:] *= np.linspace(1, 0, 200)
    return np.asarray(call * 10 ** ((LOUDNESS - momentary(call, RATE_HZ)) / 20))


def _time() -> Sound:
    return np.arange(round(CALL_S * RATE_HZ)) / RATE_HZ


def _swell(s: Sound, seconds: float, shape: float = 1.0) -> Sound:
    """From silence and back to it within so many seconds, from s = 0."""
    return np.asarray(np.sin(np.pi * np.clip(s / seconds, 0, 1)) ** shape)


def _flute(notes_hz: list[float]) -> Sound:
    """Notes one after the other, hollow as a cuckoo's."""
    t = _time()
    each_s = CALL_S / len(notes_hz)
    out = np.zeros_like(t)
    for i, note_hz in enumerate(notes_hz):
        s = t - i * each_s
        tone = np.sin(2 * np.pi * note_hz * s) + 0.18 * np.sin(6 * np.pi * note_hz * s)
        out += _swell(s, each_s, 0.7) * tone
    return out


def _sweep() -> Sound:
    """One long note that climbs, as a plover's."""
    t = _time()
    phase = 2 * np.pi * (820 * t + 560 * t**2)
    return np.asarray(_swell(t, CALL_S) * (np.sin(phase) + 0.1 * np.sin(2 * phase)))


def _quack() -> Sound:
    """Two low throaty pulses, as a tree frog's."""
    t = _time()
    out = np.zeros_like(t)
    for start_s in (0.0, 0.24):
        s = t - start_s
        throat = 0.55 + 0.45 * np.sin(2 * np.pi * 52 * s)
        out += _swell(s, 0.2, 0.6) * throat * (np.sin(2 * np.pi * 294 * s) + 0.5 * np.sin(2 * np.pi * 588 * s))
    return out


def _trill() -> Sound:
    """Six quick notes up and down, as a reed warbler's."""
    t = _time()
    out = np.zeros_like(t)
    each_s = CALL_S / 6
    for i, note_hz in enumerate((1174.66, 1396.91, 1174.66, 1567.98, 1174.66, 1396.91)):
        s = t - i * each_s
        out += _swell(s, each_s) * np.sin(2 * np.pi * note_hz * s)
    return out


def _boom() -> Sound:
    """One deep breath into a bottle, as a bittern's; its overtones carry it through small speakers."""
    t = _time()
    tones = ((147, 1), (294, 0.4), (441, 0.15))
    return np.asarray(_swell(t, CALL_S, 1.2) * sum(share * np.sin(2 * np.pi * hz * t) for hz, share in tones))


def _chirp() -> Sound:
    """Four high grains, as a cricket's."""
    t = _time()
    out = np.zeros_like(t)
    for start_s in (0.02, 0.12, 0.22, 0.32):
        s = t - start_s
        out += _swell(s, 0.06, 2) * np.sin(2 * np.pi * 2489 * s)
    return out
