"""The music of the marsh: four slow chords for each time of day, in three layers, each a loop without a seam.

Nothing in it is struck and nothing sings: bells would sound like a reward, voices like who calls in Marsh Chorus.
All four moods stay in D major, so that the sounds of events are at home in each.
"""

from typing import NamedTuple

import numpy as np
from studio.brush import Chance
from studio.loudness import Sound, lasting
from studio.tape import RATE_HZ

CHORD_S = 8.0
LOOP_S = 4 * CHORD_S
COMES_S, GOES_S = 3.0, 3.5
"""How slowly a note begins, and how long it fades into the next chord's."""
LOUDNESS = {"ground": -33.0, "warm": -33.5, "light": -36.0}
"""LUFS of each layer as it is where it is fullest: some 9 below what answers the player."""
HIGHEST_HZ = 3200.0
COPIES = ((0.5, 1.0, 0.0), (0.2, 0.4, -0.19), (0.8, 0.4, 0.27))
"""Where each copy of a note stands from left to right, how loud, and how many Hz off: they beat every four or five
seconds, far below any rhythm of the brain."""
FALL = {"ground": 1.4, "warm": 1.9, "light": 2.8}
"""How fast the overtones of each layer grow softer, as a power of their number."""

_STEPS = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}


class Chord(NamedTuple):
    """Notes of each layer by name; within a layer they lie at least a third apart, so that none grate."""

    ground: str
    warm: str
    light: str


LAYERS = Chord._fields

TUNES: dict[str, tuple[Chord, Chord, Chord, Chord]] = {
    "dawn": (
        Chord("D2 A2", "A3 D4 F#4", "A4 E5"),
        Chord("D2 D3", "B3 D4 G4", "B4 D5"),
        Chord("B2 F#3", "A3 D4 F#4", "A4 D5"),
        Chord("A2 E3", "A3 C#4 E4", "B4 E5"),
    ),
    "noon": (
        Chord("D3 G3", "B3 D4 G4", "D5 G5"),
        Chord("D2 D3", "A3 D4 F#4", "D5 F#5"),
        Chord("B2 E3", "G3 B3 E4", "B4 E5"),
        Chord("A2 E3", "A3 C#4 E4", "C#5 E5"),
    ),
    "dusk": (
        Chord("B2 F#3", "B3 D4 F#4", "F#4 D5"),
        Chord("G2 D3", "B3 D4 G4", "G4 D5"),
        Chord("D2 D3", "A3 D4 F#4", "A4 D5"),
        Chord("F#2 F#3", "A3 C#4 F#4", "A4 C#5"),
    ),
    "night": (
        Chord("B2 E3", "G3 B3", "B4"),
        Chord("D2 A2", "A3 D4", "A4"),
        Chord("D3 G3", "G3 B3", "B4"),
        Chord("D2 A2", "A3 F#4", "A4"),
    ),
}
"""By time of day. While one chord fades into the next, notes of both sound: no two that differ lie nearer than 13 Hz,
where they would beat in theta or alpha, which the score listens to (own choice; tests/test_sounds.py measures it)."""


def music(chance: Chance) -> dict[str, Sound]:
    """(n, 2) of each time of day and layer, as `dawn_warm`."""
    return {
        f"{time}_{layer}": _layer([getattr(chord, layer) for chord in chords], layer, chance)
        for time, chords in TUNES.items()
        for layer in LAYERS
    }


def hz(note: str) -> float:
    """440 for A4."""
    octave = int(note[-1])
    steps = _STEPS[note[0]] + note.count("#") + 12 * (octave - 4)
    return float(440.0 * 2 ** (steps / 12))


def _layer(chords: list[str], layer: str, chance: Chance) -> Sound:
    out = np.zeros((round(LOOP_S * RATE_HZ), 2))
    for number, notes in enumerate(chords):
        for note in notes.split():
            _put(out, _note(hz(note), layer, chance), CHORD_S * number - COMES_S / 2)
    return out * 10 ** ((LOUDNESS[layer] - lasting(out, RATE_HZ)) / 20)


def _put(loop: Sound, note: Sound, start_s: float) -> None:
    """What rings on past the end of the loop rings at its beginning."""
    where = (round(start_s * RATE_HZ) + np.arange(len(note))) % len(loop)
    loop[where] += note


def _note(note_hz: float, layer: str, chance: Chance) -> Sound:
    """Three copies, a little apart in pitch and place; the higher the layer, the purer."""
    t = np.arange(round((CHORD_S + COMES_S / 2 + GOES_S / 2) * RATE_HZ)) / RATE_HZ
    left, right = np.zeros_like(t), np.zeros_like(t)
    for pan, loud, off_hz in COPIES:
        voice = loud * _voice(note_hz + off_hz, FALL[layer], t, chance)
        left += np.cos(pan * np.pi / 2) * voice
        right += np.sin(pan * np.pi / 2) * voice
    rise = np.sin(np.pi / 2 * np.clip(t / COMES_S, 0, 1)) ** 2
    fade = np.sin(np.pi / 2 * np.clip((t[-1] - t) / GOES_S, 0, 1)) ** 2
    weight = (rise * fade)[:, None] / note_hz**0.5  # the higher, the softer
    return np.asarray(weight * np.stack([left, right], axis=1))


def _voice(voice_hz: float, fall: float, t: Sound, chance: Chance) -> Sound:
    """A tone and its overtones up to HIGHEST_HZ, each from a phase of its own."""
    turn = np.exp(2j * np.pi * voice_hz * t)
    out, turned = np.zeros_like(t), turn.copy()
    for overtone in range(1, int(HIGHEST_HZ / voice_hz) + 1):
        out += overtone**-fall * (np.exp(2j * np.pi * chance.uniform(0, 1)) * turned).imag
        turned *= turn
    return out
