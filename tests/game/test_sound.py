"""Sound, with a sound card that is not there."""

import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.sound import SILENT, Sounds

Files = Callable[[str], Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A second of a soft tone under any name."""

    def file(name: str) -> Path:
        path = tmp_path / f"{name}.wav"
        tone = (3000 * np.sin(np.arange(22050) / 20)).astype("<i2")
        with wave.open(str(path), "wb") as out:
            out.setparams((1, 2, 22050, 0, "NONE", ""))
            out.writeframes(tone.tobytes())
        return path

    return file


@pytest.fixture
def sounds(files: Files, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sounds]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    opened = Sounds(files)
    yield opened
    opened.close()


def volumes() -> tuple[float, float]:
    """Of the pad's low and high layer."""
    return pygame.mixer.Channel(0).get_volume(), pygame.mixer.Channel(1).get_volume()


def test_without_a_sound_card_it_says_so_and_is_silent(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such driver")
    sounds = Sounds(files)
    assert sounds.note == SILENT == "No sound card was found; Heron plays silently."
    sounds.play("plip")
    sounds.pad(0.5)
    sounds.close()


def test_a_driver_that_works_needs_no_note(sounds: Sounds) -> None:
    assert sounds.note is None


def test_sounds_of_events_leave_the_pad_its_channels(sounds: Sounds) -> None:
    for _ in range(10):
        sounds.play("plip")
    assert not pygame.mixer.Channel(0).get_busy()
    sounds.pad(0.5)
    assert pygame.mixer.Channel(0).get_busy()
    assert pygame.mixer.Channel(1).get_busy()


def test_the_pad_follows_attention_in_small_steps(sounds: Sounds) -> None:
    sounds.pad(0)
    empty = volumes()
    heard = [empty]
    for _ in range(200):
        sounds.pad(1)
        heard.append(volumes())
    assert heard[-1] > empty
    assert heard[-1][1] == pytest.approx(0.35, abs=0.02)
    assert np.abs(np.diff(heard, axis=0)).max() < 0.03
    assert max(max(pair) for pair in heard) < 0.5


def test_nonsense_is_kept_in_bounds(sounds: Sounds) -> None:
    for fullness in (7.0, -7.0):
        for _ in range(300):
            sounds.pad(fullness)
        assert 0 <= volumes()[1] <= 0.36


def test_the_pad_rests_and_starts_again(sounds: Sounds) -> None:
    sounds.pad(1)
    sounds.rest()
    faded, deadline = threading.Event(), time.monotonic() + 10
    while pygame.mixer.Channel(0).get_busy() and time.monotonic() < deadline:
        faded.wait(0.02)
    assert not pygame.mixer.Channel(0).get_busy()
    sounds.pad(1)
    assert pygame.mixer.Channel(0).get_busy()
