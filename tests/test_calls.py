"""The voices of Marsh Chorus: as loud as one another, plainly different, and the odd ones nearer and nearer."""

import wave
from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

import assets
from assets.studio.loudness import momentary
from engine.tasks.chorus import ODD_CALLS, SINGERS

FRAME = 1024


def samples(name: str) -> NDArray[np.float64]:
    with wave.open(str(assets.sound(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


def spectrum(name: str) -> NDArray[np.float64]:
    """Energy of the whole call by third-octave bands from 100 Hz on, of length 1."""
    sound = samples(name)
    power = np.abs(np.fft.rfft(sound)) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / 22050)
    edges = 100 * 2 ** (np.arange(16) / 3)
    bands = np.array([power[(hz >= low) & (hz < high)].sum() for low, high in pairwise(edges)])
    return np.asarray(bands / np.linalg.norm(bands))


def first_note_hz(name: str) -> float:
    sound = samples(name)[: FRAME * 4]
    return float(np.argmax(np.abs(np.fft.rfft(sound * np.hanning(len(sound))))) * 22050 / len(sound))


def test_the_five_singers_are_as_loud_and_as_long_as_one_another() -> None:
    loudness = [momentary(samples(name), 22050) for name in (*SINGERS, *ODD_CALLS)]
    assert max(loudness) - min(loudness) < 0.3  # LU: nobody hears less than one
    assert len({len(samples(name)) for name in (*SINGERS, *ODD_CALLS)}) == 1


@pytest.mark.parametrize(("one", "other"), [*combinations(SINGERS, 2)])
def test_every_two_singers_sing_in_other_bands(one: str, other: str) -> None:
    assert float(spectrum(one) @ spectrum(other)) < 0.5


def test_the_odd_voices_come_nearer_to_the_cuckoo_and_stay_two_semitones_away() -> None:
    away = [12 * np.log2(first_note_hz("cuckoo") / first_note_hz(name)) for name in ODD_CALLS[1:]]
    assert away == pytest.approx([7, 4, 2], abs=0.3)
