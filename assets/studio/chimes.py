"""The sounds of the marsh, all from sines: soft pads, water and wood, nothing sharp."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt
from studio.brush import Chance

RATE_HZ = 22050
LOOP_S = 8.0
CALL_S = 0.46
CALL_LOUDNESS = 0.09
"""Root mean square of a call, whose peaks stay below .5."""

Sound = NDArray[np.float64]
"""(n,) -1..1"""


def sounds(chance: Chance) -> dict[str, Sound]:
    return {
        "pad_low": _pad((73.42, 110.0, 146.83, 220.0), (0.5, 0.32, 0.26, 0.1), chance) * 0.4,  # D2 A2 D3 A3
        "pad_high": _pad((293.66, 369.99, 440.0, 659.26, 880.0), (0.3, 0.24, 0.22, 0.1, 0.05), chance)
        * 0.3,  # D4 F#4 A4 E5 A5
        "plip": _plip(),
        "wood": _wood(),
        "reward": _bells(((587.33, 0.0), (880.0, 0.09)), 1.5) * 0.34,  # D5 A5
        "star": _bells(((587.33, 0.0), (739.99, 0.11), (880.0, 0.22), (1174.66, 0.33)), 2.0) * 0.3,  # D F# A D
        "breath": _breath(chance),
        "croak": _croak(),
        **_calls(),
    }


def _calls() -> dict[str, Sound]:
    """Who sings in Marsh Chorus: as loud as one another, each with its own height, rhythm and tone from the start."""
    cuckoo = (659.26, 523.25)  # E5 C5
    notes = {"cuckoo": 0, "odd_2": -7, "odd_3": -4, "odd_4": -2}  # semitones: nearer and nearer to the cuckoo
    calls = {name: _flute([note_hz * 2 ** (by / 12) for note_hz in cuckoo]) for name, by in notes.items()}
    calls |= {
        "odd_1": _sweep(),
        "frog": _quack(),
        "warbler": _trill(),
        "bittern": _boom(),
        "cricket": _chirp(),
    }
    return {name: _faded(CALL_LOUDNESS * call / np.sqrt(np.mean(call**2))) for name, call in calls.items()}


def _time(seconds: float) -> Sound:
    return np.arange(int(seconds * RATE_HZ)) / RATE_HZ


def _pad(notes_hz: tuple[float, ...], loudness: tuple[float, ...], chance: Chance) -> Sound:
    """Seamless: every partial and every swell makes a whole number of turns in the loop."""
    t = _time(LOOP_S)
    out = np.zeros_like(t)
    for note_hz, loud in zip(notes_hz, loudness, strict=True):
        swell = loud / 3 * (1 + 0.35 * np.sin(2 * np.pi * (t / LOOP_S + chance.uniform(0, 1))))
        for harmonic, share in ((1, 1.0), (2, 0.22), (3, 0.07)):
            for detune in (-1, 0, 1):  # neighbours one turn apart drift against each other
                turns = round(note_hz * harmonic * LOOP_S) + detune
                out += swell * share * np.sin(2 * np.pi * (turns * t / LOOP_S + chance.uniform(0, 1)))
    return np.asarray(out / np.abs(out).max())


def _plip() -> Sound:
    """A drop: a sine that glides up as its bubble closes (as Minnaert's bubble rings), and a smaller one after it."""
    t = _time(0.42)
    out = np.zeros_like(t)
    for start_s, low_hz, rise_hz, loud in ((0.0, 520.0, 900.0, 0.5), (0.11, 760.0, 1100.0, 0.22)):
        s = np.clip(t - start_s, 0, None)
        phase = 2 * np.pi * (low_hz * s + rise_hz * (s + (np.exp(-s * 28) - 1) / 28))
        out += loud * np.sin(phase) * np.exp(-s * 17) * np.clip(s / 0.006, 0, 1)
    return _faded(out)


def _wood() -> Sound:
    t = _time(0.16)
    out = 0.5 * np.sin(2 * np.pi * 392 * t) * np.exp(-t * 42) + 0.18 * np.sin(2 * np.pi * 1048 * t) * np.exp(-t * 80)
    return _faded(out * np.clip(t / 0.003, 0, 1))


def _bells(notes: tuple[tuple[float, float], ...], seconds: float) -> Sound:
    """(Hz, start in s) of soft bells with a slow attack."""
    t = _time(seconds)
    out = np.zeros_like(t)
    for note_hz, start_s in notes:
        s = np.clip(t - start_s, 0, None)
        for ratio, share, decay in ((1.0, 1.0, 3.0), (2.0, 0.28, 5.0), (3.01, 0.08, 8.0)):
            out += share * np.sin(2 * np.pi * note_hz * ratio * s) * np.exp(-s * decay) * np.clip(s / 0.018, 0, 1)
    return _faded(out / np.abs(out).max())


def _croak() -> Sound:
    """A small frog in the reeds: two short trills, as a reed frog's, low and soft."""
    t = _time(0.62)
    out = np.zeros_like(t)
    for start_s in (0.0, 0.27):
        s = t - start_s
        trill = np.clip(np.sin(2 * np.pi * 34 * s), 0, 1) ** 2  # pulses of the throat
        swell = np.where((s > 0) & (s < 0.2), np.sin(np.pi * np.clip(s, 0, 0.2) / 0.2), 0)
        out += swell * trill * (np.sin(2 * np.pi * 620 * s) + 0.4 * np.sin(2 * np.pi * 1240 * s))
    return _faded(0.35 * out / np.abs(out).max())


def _flute(notes_hz: list[float]) -> Sound:
    """Notes one after the other, hollow as a cuckoo's."""
    t = _time(CALL_S)
    each_s = CALL_S / len(notes_hz)
    out = np.zeros_like(t)
    for i, note_hz in enumerate(notes_hz):
        s = t - i * each_s
        swell = np.where((s > 0) & (s < each_s), np.sin(np.pi * np.clip(s / each_s, 0, 1)) ** 0.7, 0)
        out += swell * (np.sin(2 * np.pi * note_hz * s) + 0.18 * np.sin(6 * np.pi * note_hz * s))
    return out


def _sweep() -> Sound:
    """One long note that climbs, as a plover's."""
    t = _time(CALL_S)
    phase = 2 * np.pi * (820 * t + 560 * t**2)
    return np.asarray(np.sin(np.pi * t / CALL_S) * (np.sin(phase) + 0.1 * np.sin(2 * phase)))


def _quack() -> Sound:
    """Two low throaty pulses, as a tree frog's."""
    t = _time(CALL_S)
    out = np.zeros_like(t)
    for start_s in (0.0, 0.24):
        s = t - start_s
        swell = np.where((s > 0) & (s < 0.2), np.sin(np.pi * np.clip(s, 0, 0.2) / 0.2) ** 0.6, 0)
        throat = 0.55 + 0.45 * np.sin(2 * np.pi * 52 * s)
        out += swell * throat * (np.sin(2 * np.pi * 294 * s) + 0.5 * np.sin(2 * np.pi * 588 * s))
    return out


def _trill() -> Sound:
    """Six quick notes up and down, as a reed warbler's."""
    t = _time(CALL_S)
    out = np.zeros_like(t)
    each_s = CALL_S / 6
    for i, note_hz in enumerate((1174.66, 1396.91, 1174.66, 1567.98, 1174.66, 1396.91)):
        s = t - i * each_s
        swell = np.where((s > 0) & (s < each_s), np.sin(np.pi * np.clip(s / each_s, 0, 1)), 0)
        out += swell * np.sin(2 * np.pi * note_hz * s)
    return out


def _boom() -> Sound:
    """One deep breath into a bottle, as a bittern's; its overtones carry it through small speakers."""
    t = _time(CALL_S)
    swell = np.sin(np.pi * np.clip(t / CALL_S, 0, 1)) ** 1.2
    return np.asarray(
        swell * sum(share * np.sin(2 * np.pi * hz * t) for hz, share in ((147, 1), (294, 0.4), (441, 0.15)))
    )


def _chirp() -> Sound:
    """Four high grains, as a cricket's."""
    t = _time(CALL_S)
    out = np.zeros_like(t)
    for start_s in (0.02, 0.12, 0.22, 0.32):
        s = t - start_s
        swell = np.where((s > 0) & (s < 0.06), np.sin(np.pi * np.clip(s, 0, 0.06) / 0.06) ** 2, 0)
        out += swell * np.sin(2 * np.pi * 2489 * s)
    return out


def _breath(chance: Chance) -> Sound:
    """Air in for two seconds, out for three: low-passed noise that swells and sinks."""
    t = _time(5.0)
    noise = np.array([chance.normal(0, 1) for _ in range(len(t))])
    air = sosfilt(butter(2, (180, 900), "band", fs=RATE_HZ, output="sos"), noise)
    swell = np.where(t < 2, np.sin(np.pi * t / 4) ** 2, np.cos(np.pi * np.clip(t - 2, 0, 3) / 6) ** 2)
    return _faded(0.22 * air / np.abs(air).max() * swell)


def _faded(sound: Sound, seconds: float = 0.03) -> Sound:
    n = int(seconds * RATE_HZ)
    out = sound.copy()
    out[-n:] *= np.linspace(1, 0, n)
    return out
