"""Sound, with a sound card that is not there."""

import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.manner import Volumes
from game.sound import LOST, SILENT, Sounds, Tune
from game.sound.levels import DUCK
from game.sound.speech import GAP_FRAMES
from game.windows.sdl import polite_pygame

Files = Callable[[str], Path]

DAWN, DUSK = Tune("dawn", "shallows"), Tune("dusk", "willow")
FULL = Volumes(1.0, 1.0, 1.0)
VOICE, TONE = 8, 9


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A fifth of a second of a soft tone under any name, which the dummy card takes as long to play."""

    def file(name: str) -> Path:
        path = tmp_path / f"{name}.wav"
        if not path.exists():
            tone = (3000 * np.sin(np.arange(4410) / 20)).astype("<i2")
            with wave.open(str(path), "wb") as out:
                out.setparams((1, 2, 22050, 0, "NONE", ""))
                out.writeframes(tone.tobytes())
        return path

    return file


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def sounds(files: Files, told: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Sounds]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    opened = Sounds(files, told.append)
    yield opened
    opened.close()


def channel(number: int) -> Any:
    return polite_pygame().mixer.Channel(number)


def volumes(deck: int = 0) -> list[float]:
    """Of the loops of a deck, from the ground up."""
    return [channel(4 * deck + i).get_volume() for i in range(4)]


def until(happens: Callable[[], bool], each: Callable[[], None] = lambda: None, limit_s: float = 10.0) -> None:
    """Frames, a little apart, until something is so."""
    pause, deadline = threading.Event(), time.monotonic() + limit_s
    while not happens():
        assert time.monotonic() < deadline
        each()
        pause.wait(0.002)


def play(sounds: Sounds, tune: Tune | None, fullness: float = 1.0, frames: int = 400, bus: Volumes = FULL) -> None:
    for _ in range(frames):
        sounds.frame(tune, fullness, bus)


def begin(sounds: Sounds, tune: Tune) -> None:
    """Its music, read from its files and faded in."""
    until(lambda: channel(0).get_busy(), lambda: sounds.frame(tune, 1.0, FULL))
    play(sounds, tune)


def test_without_a_sound_card_it_says_so_and_is_silent(
    files: Files, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such driver")
    sounds = Sounds(files, told.append)
    assert told == [SILENT] == ["No sound card was found; Heron plays silently."]
    sounds.play("plip")
    sounds.say([files("hello")])
    sounds.frame(DAWN, 0.5, FULL)
    sounds.close()


def test_a_card_that_works_needs_no_word(sounds: Sounds, told: list[str]) -> None:
    play(sounds, DAWN, frames=5)
    assert told == []


def test_a_card_that_vanishes_in_mid_play_is_said_once_and_all_goes_on(sounds: Sounds, told: list[str]) -> None:
    begin(sounds, DAWN)
    polite_pygame().mixer.quit()
    for _ in range(3):
        sounds.frame(DAWN, 0.5, FULL)
        sounds.play("plip")
        sounds.say([])
    assert told == [LOST]


def test_music_follows_attention_in_small_steps(sounds: Sounds) -> None:
    begin(sounds, DAWN)
    play(sounds, DAWN, 0.0)
    heard = [volumes()]
    assert heard[0][0] > 0.5
    assert heard[0][1:3] == [0.0, 0.0]
    for _ in range(200):
        sounds.frame(DAWN, 1.0, FULL)
        heard.append(volumes())
    assert heard[-1] == pytest.approx([1.0, 1.0, 1.0, 1.0], abs=0.02)
    assert np.abs(np.diff(heard, axis=0)).max() < 0.1


@pytest.mark.parametrize("fullness", [7.0, -7.0])
def test_nonsense_is_kept_in_bounds(sounds: Sounds, fullness: float) -> None:
    begin(sounds, DAWN)
    play(sounds, DAWN, fullness)
    assert all(0.0 <= volume <= 1.0 for volume in volumes())


def test_one_tune_fades_into_the_next(sounds: Sounds) -> None:
    begin(sounds, DAWN)
    until(lambda: channel(4).get_busy(), lambda: sounds.frame(DUSK, 1.0, FULL))
    before = volumes()[0]
    play(sounds, DUSK, frames=20)
    assert 0.0 < volumes()[0] < before
    assert volumes(1)[0] > 0.0
    play(sounds, DUSK)
    assert not channel(0).get_busy()
    assert volumes(1)[0] == pytest.approx(1.0, abs=0.02)


def test_music_leaves_and_comes_back(sounds: Sounds) -> None:
    begin(sounds, DAWN)
    play(sounds, None, frames=5)
    assert volumes()[0] > 0.5
    play(sounds, None)
    assert not channel(0).get_busy()
    until(lambda: channel(0).get_busy(), lambda: sounds.frame(DAWN, 1.0, FULL))


def test_music_without_volume_is_not_even_read(sounds: Sounds) -> None:
    play(sounds, DAWN, bus=Volumes(music=0.0), frames=200)
    assert not channel(0).get_busy()


def test_music_makes_room_for_a_tone_that_is_asked_about_and_comes_back(sounds: Sounds) -> None:
    begin(sounds, DAWN)
    until(lambda: channel(TONE).get_busy(), lambda: sounds.play("cuckoo", tone=True))
    until(
        lambda: volumes()[0] < DUCK + 0.1,
        lambda: (sounds.play("cuckoo", tone=True), sounds.frame(DAWN, 1.0, FULL))[-1],
    )
    until(lambda: volumes()[0] > 0.97, lambda: sounds.frame(DAWN, 1.0, FULL))


def test_sounds_of_events_leave_music_and_voice_their_channels(sounds: Sounds) -> None:
    sounds.frame(None, 0.0, FULL)
    until(polite_pygame().mixer.get_busy, lambda: sounds.play("plip"))
    for _ in range(40):
        sounds.play("plip")
    assert not any(channel(number).get_busy() for number in range(TONE + 1))


def test_each_bus_has_its_own_volume(sounds: Sounds, files: Files) -> None:
    quiet = Volumes(music=0.5, effects=0.0, voice=0.25)
    begin(sounds, DAWN)
    play(sounds, DAWN, bus=quiet)
    assert volumes()[0] == pytest.approx(0.5, abs=0.02)
    sounds.play("plip")
    assert not channel(10).get_busy()
    sounds.say([files("hello")])
    until(lambda: channel(VOICE).get_busy(), lambda: sounds.frame(DAWN, 1.0, quiet))
    assert channel(VOICE).get_volume() == pytest.approx(0.25, abs=0.02)


def test_sentences_are_spoken_one_after_the_other(sounds: Sounds, files: Files) -> None:
    sounds.say([files("one"), files("two")])
    spoken, was = 0, False
    for _ in range(2000):
        sounds.frame(None, 0.0, FULL)
        now = bool(channel(VOICE).get_busy())
        spoken, was = spoken + (now and not was), now
        if spoken == 2:
            break
        threading.Event().wait(0.002)
    assert spoken == 2


def test_a_new_screen_takes_the_word_at_once(sounds: Sounds, files: Files) -> None:
    sounds.say([files("one"), files("two"), files("three")])
    until(lambda: channel(VOICE).get_busy(), lambda: sounds.frame(None, 0.0, FULL))
    sounds.say([])
    until(lambda: not channel(VOICE).get_busy(), lambda: sounds.frame(None, 0.0, FULL))
    play(sounds, None, frames=2 * GAP_FRAMES)
    assert not channel(VOICE).get_busy()
