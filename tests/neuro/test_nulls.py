"""What is no head never pays: a score travels with its state, and the state of these is never good."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from neuro import offline
from neuro.baseline import Baseline
from neuro.scorer import Scorer
from neuro.sources.recording import load
from neuro.types import Chunk, Estimate, Headset
from tests.neuro.nulls import NULLS, Signal, white

CHANNELS = ("TP9", "AF7", "AF8", "TP10")
RATES_HZ = (125.0, 250.0, 500.0)


def scored(scorer: Scorer, uv: Signal, rate_hz: float, baseline: Baseline | None) -> list[Estimate]:
    """With a minute of the signal itself for the baseline, or with that of a head."""
    headset = Headset("Null", tuple(f"Ch{i}" for i in range(len(uv))), rate_hz)
    chunk = Chunk(uv.astype(np.float32), np.arange(uv.shape[1]) / rate_hz)
    return [each for _, some in offline.score(headset, chunk, scorer, baseline, 60.0) for each in some]


def states(said: list[Estimate]) -> set[str]:
    return {each.state for each in said}


@cache
def signal(name: str, rate_hz: float) -> Signal:
    return NULLS[name](np.random.default_rng(11), 4, int(90 * rate_hz), rate_hz)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("name", NULLS)
def test_no_null_is_good_against_itself(scorer: Scorer, name: str, rate_hz: float) -> None:
    assert states(scored(scorer, signal(name, rate_hz), rate_hz, None)) <= {"poor", "not_worn"}


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("name", NULLS)
def test_no_null_is_good_against_the_rest_of_a_head(
    scorer: Scorer, baseline: Baseline, name: str, rate_hz: float
) -> None:
    assert states(scored(scorer, signal(name, rate_hz)[:, : int(40 * rate_hz)], rate_hz, baseline)) <= {
        "poor",
        "not_worn",
    }


@pytest.mark.parametrize("name", NULLS)
def test_no_null_is_good_against_the_rest_of_a_person(scorer: Scorer, heron_data: Path, name: str) -> None:
    recorded = load(heron_data / "eegmat" / "Subject05_1.edf").pick(("Fp1", "Fp2", "T5", "T6"))
    rest = Chunk(recorded.uv[:, : 500 * 60], recorded.t_s[: 500 * 60])
    baseline = offline.rest_of(recorded.headset, rest, scorer)
    assert states(scored(scorer, signal(name, 250.0)[:, : 250 * 30], 250.0, baseline)) <= {"poor", "not_worn"}


@pytest.mark.parametrize("uv", [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0])
@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_white_noise_is_never_good_however_strong(
    scorer: Scorer, baseline: Baseline, uv: float, rate_hz: float
) -> None:
    noise = white(np.random.default_rng(12), 4, int(30 * rate_hz), rate_hz, uv)
    assert "good" not in states(scored(scorer, noise, rate_hz, baseline))


@pytest.mark.parametrize("n_channels", [2, 8, 32])
@pytest.mark.parametrize("name", ["pink", "brown", "desk", "copied"])
def test_no_null_is_good_on_few_channels_or_many(scorer: Scorer, name: str, n_channels: int) -> None:
    uv = NULLS[name](np.random.default_rng(13), n_channels, 250 * 60, 250.0)
    assert "good" not in states(scored(scorer, uv, 250.0, None))


def test_muscle_over_a_head_is_never_good(scorer: Scorer, baseline: Baseline) -> None:
    from neuro.sources.twin import Twin  # noqa: PLC0415

    eeg = Twin("adult", 1).brain.samples(256 * 30)
    for uv in (15.0, 40.0, 120.0):
        tight = eeg + NULLS["muscle"](np.random.default_rng(14), 4, 256 * 30, 256.0) * (uv / 40)
        assert "good" not in states(scored(scorer, tight, 256.0, baseline))
