"""The sounds that Heron ships with are soft, even and seamless, and have their captions and recordings."""

import ast
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import butter, hilbert, sosfilt

import assets
from assets.studio.loudness import lasting, momentary
from engine.level import USUAL
from engine.tasks.task import By
from game.captions import SAID
from game.cues import MUSIC
from game.manner import Manner, worn
from game.scenes.games.catalogue import LOOKS
from game.sound.card import BUFFER_FRAMES, RATE_HZ
from game.sound.levels import Tune, layers
from game.windows.sdl import polite_pygame
from game.words import say

HERE = Path(assets.__file__).parent
EVENTS = sorted(name for name in SAID if name != MUSIC.name)
TUNES = [Tune(hour, place) for place, hour in USUAL.items()]
LOOPS = sorted({name for tune in TUNES for name in tune.loops})
CALLS = ("cuckoo", "odd_1", "odd_2", "odd_3", "odd_4", "frog", "warbler", "bittern", "cricket")
PROMPTS = tomllib.loads((HERE / "voice" / "prompts.toml").read_text("utf-8"))

Sound = NDArray[np.float64]
Played = Callable[[Path], Sound]


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    """What the mixer makes of a file: (n, 2) -1..1."""
    with pytest.MonkeyPatch.context() as env:
        env.setenv("SDL_AUDIODRIVER", "dummy")
        pygame = polite_pygame()
        pygame.mixer.init(RATE_HZ, -16, 2, BUFFER_FRAMES, allowedchanges=0)
        yield cache(lambda path: np.frombuffer(pygame.mixer.Sound(path).get_raw(), "<i2").reshape(-1, 2) / 32768)
        pygame.mixer.quit()


def mixed(tune: Tune, fullness: float, played: Played) -> Sound:
    """A tune as loud as it is played there, as long as its shortest loop."""
    loops = [level * played(assets.sound(name)) for name, level in zip(tune.loops, layers(fullness), strict=True)]
    n = min(len(loop) for loop in loops)
    return np.asarray(sum(loop[:n] for loop in loops))


def below_hz(sound: Sound, share: float) -> float:
    """Under which frequency such a share of the energy lies."""
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    at = int(np.searchsorted(np.cumsum(power) / power.sum(), share))
    return float(np.fft.rfftfreq(len(sound), 1 / RATE_HZ)[at])


def rise_ms(sound: Sound) -> float:
    """From a tenth of the loudest to nine tenths."""
    envelope = np.abs(hilbert(sound[:, 0]))
    low, high = (int(np.argmax(envelope > share * envelope.max())) for share in (0.1, 0.9))
    return 1000 * (high - low) / RATE_HZ


def test_the_measure_of_loudness_is_the_standards() -> None:
    """ITU-R BS.1770-4: a sine of 997 Hz at full scale in one channel is -3.01 LKFS; lower tones count less."""
    t = np.arange(RATE_HZ) / RATE_HZ
    by_hz = {hz: lasting(np.sin(2 * np.pi * hz * t), RATE_HZ) for hz in (40, 997, 4000)}
    assert by_hz[997] == pytest.approx(-3.01, abs=0.05)
    assert by_hz[40] < by_hz[997] - 4
    assert by_hz[4000] == pytest.approx(by_hz[997] + 3.3, abs=0.4)
    assert momentary(np.sin(2 * np.pi * 997 * t[: RATE_HZ // 5]), RATE_HZ) == pytest.approx(-3.01 - 3.01, abs=0.1)


def test_every_sound_has_a_caption_and_every_caption_a_sound() -> None:
    files = {path.stem for path in (HERE / "sounds").iterdir()}
    assert files == {*EVENTS, *LOOPS}
    assert len(set(SAID.values())) == len(SAID)


def test_sounds_and_voice_stay_small() -> None:
    for folder, most in (("sounds", 4_000_000), ("voice", 3_000_000)):
        assert sum(path.stat().st_size for path in (HERE / folder).rglob("*.*")) < most


@pytest.mark.parametrize("name", EVENTS)
def test_a_sound_of_an_event_is_neither_sudden_nor_shrill(name: str, played: Played) -> None:
    sound = played(assets.sound(name))
    assert 0.05 < np.abs(sound).max() < 0.7
    assert np.abs(sound[-3:]).max() < 1e-3
    assert rise_ms(sound) >= 4.9
    assert below_hz(sound, 0.99) < 3500


def test_sounds_of_events_are_as_loud_as_one_another(played: Played) -> None:
    """In LU of the loudest .4 s; a tap and what has nothing to do with the game are softer."""
    loud = {name: momentary(played(assets.sound(name))[:, 0], RATE_HZ) for name in EVENTS}
    answers = [loud[name] for name in ("plip", "splash", "glint", "rustle", "reward", "star", "grow", "wood")]
    assert max(answers) - min(answers) <= 2.1
    assert max(loud[name] for name in ("croak", "tap", "hush")) <= min(answers)


def test_all_who_call_are_as_loud_as_one_another(played: Played) -> None:
    calls = [momentary(played(assets.sound(name))[:, 0], RATE_HZ) for name in CALLS]
    assert max(calls) - min(calls) < 0.2


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_has_no_seam(name: str, played: Played) -> None:
    """Neither a step in level, nor a corner in slope, nor a click: what is sharp there is softer than elsewhere, or
    under -60 dB of full scale."""
    loop = played(assets.sound(name))
    assert len(loop) in (24 * RATE_HZ, 32 * RATE_HZ)
    around = np.concatenate([loop[-5 * RATE_HZ :], loop[: 5 * RATE_HZ]])[:, 0]
    seam = 5 * RATE_HZ
    step, corner = np.abs(np.diff(around)), np.abs(np.diff(around, 2))
    assert step[seam - 1] <= step[: seam - 1].max()
    assert corner[seam - 2 : seam].max() <= max(corner[: seam - 2].max(), 0.003)
    sharp = np.abs(sosfilt(butter(4, 3000, "high", fs=RATE_HZ, output="sos"), around))
    assert sharp[seam - 50 : seam + 300].max() <= max(sharp[5000 : seam - 5000].max(), 10 ** (-60 / 20))


@pytest.mark.parametrize("tune", TUNES, ids=lambda tune: f"{tune.place}-{tune.hour}")
def test_music_grows_with_attention_and_stays_beneath_the_game(tune: Tune, played: Played) -> None:
    loud = [lasting(mixed(tune, fullness, played), RATE_HZ) for fullness in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert loud == sorted(loud)
    assert 3.0 < loud[-1] - loud[0] < 8.0
    assert loud[0] > -40  # never quite silent
    assert loud[-1] < -27.5  # events are at -22, the voice at -20


@pytest.mark.parametrize("hour", ["dawn", "noon", "dusk", "night"])
@pytest.mark.parametrize("layer", ["ground", "warm", "light"])
def test_chords_do_not_pulse_where_the_score_listens(hour: str, layer: str, played: Played) -> None:
    """In no 4 s does loudness, in steps of 10 ms, change at 4 to 13 Hz (theta and alpha) by more than 5 % rms."""
    chords = played(assets.sound(f"{hour}_{layer}"))
    step, window = RATE_HZ // 100, np.hanning(400)
    level = np.sqrt((chords[: len(chords) // step * step, 0].reshape(-1, step) ** 2).mean(axis=1))
    hz = np.fft.rfftfreq(len(window), step / RATE_HZ)
    for start in range(0, len(level) - len(window), 100):
        here = level[start : start + len(window)]
        swing = 2 * np.abs(np.fft.rfft((here - here.mean()) * window)) / window.sum() / here.mean()
        power = swing[(hz >= 4) & (hz <= 13)] ** 2 / 2 / 1.5  # 1.5: what a Hann window spreads
        assert np.sqrt(power.sum()) < 0.05
    assert below_hz(chords, 0.99) < 3200


def test_nothing_clips_when_all_sounds_at_once(played: Played) -> None:
    peak = {path: np.abs(played(path)).max() for path in (HERE / "sounds").iterdir()}
    loops = max(sum(peak[assets.sound(name)] for name in tune.loops) for tune in TUNES)
    assert loops + max(peak[assets.sound(name)] for name in EVENTS) < 0.95


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_prompt_is_recorded_and_every_recording_is_a_prompt(language: str) -> None:
    assert {path.stem for path in (HERE / "voice" / language).iterdir()} == set(PROMPTS)
    assert set(assets.voice(language)) == {words["en"] for words in PROMPTS.values()}
    assert assets.voice("qps") == {}


def test_every_prompt_is_a_sentence_of_a_page() -> None:
    pages = (HERE.parent / "game" / "scenes").rglob("*.py")
    written = {
        node.value
        for page in pages
        for node in ast.walk(ast.parse(page.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert {words["en"] for words in PROMPTS.values()} <= written


def test_the_instructions_of_every_game_are_recorded() -> None:
    for task, look in LOOKS.items():
        for by in get_args(By):
            for reminder in look.reminders(by):
                assert reminder.words in assets.voice("en"), task


def test_what_is_spoken_is_what_is_written() -> None:
    """In Chinese as the catalogue has it, wherever it has it."""
    with worn(Manner(language="zh_CN")):
        for words in PROMPTS.values():
            assert say(words["en"]) in (words["zh_CN"], words["en"])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_voice_is_calm_and_even(language: str, played: Played) -> None:
    recordings = [played(path) for path in assets.voice(language).values()]
    loud = [momentary(sound[:, 0], RATE_HZ) for sound in recordings]
    assert max(loud) - min(loud) < 0.5
    assert all(0.4 < len(sound) / RATE_HZ < 9 for sound in recordings)
    assert max(float(np.abs(sound).max()) for sound in recordings) < 0.95
    assert all(below_hz(sound, 0.99) < 7000 for sound in recordings)
