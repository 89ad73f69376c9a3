"""A reason names where the model looked and what was there, in one sentence."""

import json

import numpy as np
import pytest

from neuro.explain import why
from neuro.scorer import Verdict
from neuro.spectrum import BINS_HZ, N_NUMBERS
from neuro.tokens import ROWS, STEPS

CHANNELS = ("Fp1", "Fp2", "T5", "T6")


def verdict(channels: list[float], brain: list[float], eyes: list[float], score: float = 0.8) -> Verdict:
    moments = np.array([brain, eyes], np.float32)
    return Verdict(score, 0.1, 0.5, np.tile(np.array(channels, np.float32), (STEPS, 1)), moments)


def quiet() -> np.ndarray:
    return np.zeros((len(CHANNELS), ROWS, N_NUMBERS))


def test_the_channels_with_half_of_the_attention_are_named() -> None:
    told = why(7.0, verdict([0.1, 0.1, 0.45, 0.35], [0.2] * 5, [0.0] * 5), quiet(), CHANNELS)
    assert "looked most at T5 and T6, 1.0 s back" in told.sentence
    assert told.channels["T5"] == pytest.approx(0.45)
    alone = why(7.0, verdict([0.6, 0.1, 0.2, 0.1], [0.2] * 5, [0.0] * 5), quiet(), CHANNELS)
    assert "looked most at Fp1, " in alone.sentence


def test_where_all_is_as_at_rest_that_is_said() -> None:
    told = why(7.0, verdict([0.25] * 4, [0.2] * 5, [0.0] * 5), quiet(), CHANNELS)
    assert told.sentence.endswith("the brain was as at rest there.")
    assert set(told.bands.values()) == {0.0}


def test_what_deviates_where_it_looked_is_named_with_its_direction() -> None:
    z = quiet()
    alpha = [i for i, (low, high) in enumerate(BINS_HZ) if 8 <= (low + high) / 2 < 13]
    z[2, -1, alpha] = -2.0  # T5, the last half-second
    z[0, 1] = 5.0  # where and when it did not look
    told = why(7.0, verdict([0, 0, 1, 0], [0, 0, 0, 0, 1], [0.0] * 5), z, CHANNELS)
    assert told.bands["alpha"] == pytest.approx(-2.0)
    assert told.bands["beta"] == 0
    assert told.ago_s == 0
    assert told.sentence.startswith("Score 0.80: the model looked most at T5, 0.0 s back; ")
    assert told.sentence.endswith("; alpha had less than its usual share there, by 2.0 spreads.")


def test_attention_to_the_eyes_is_said() -> None:
    told = why(7.0, verdict([0.25] * 4, [0.0, 0.0, 0.0, 0.0, 0.2], [0.0, 0.0, 0.0, 0.0, 0.8]), quiet(), CHANNELS)
    assert told.eyes == pytest.approx(0.8)
    assert "looked most at the eyes" in told.sentence


def test_without_any_attention_to_the_brain_nothing_breaks() -> None:
    told = why(7.0, verdict([0.25] * 4, [0.0] * 5, [0.2] * 5), quiet(), CHANNELS)
    assert "as at rest" in told.sentence


def test_every_bin_belongs_to_one_band() -> None:
    z = quiet() + 1.0
    bands = why(0.0, verdict([0.25] * 4, [0.2] * 5, [0.0] * 5), z, CHANNELS).bands
    assert list(bands.values()) == pytest.approx([1.0] * 5)


def test_it_is_kept_as_plain_numbers_with_its_sentence() -> None:
    told = why(7.0, verdict([0.1, 0.1, 0.45, 0.35], [0.2] * 5, [0.0] * 5), quiet(), CHANNELS)
    again = json.loads(json.dumps(told.to_json()))
    assert again["sentence"] == told.sentence
    assert again["channels"]["T5"] == 0.45
    assert again["t_s"] == 7.0
