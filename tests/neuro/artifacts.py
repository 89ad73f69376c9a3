"""How surely and how soon blinks and bursts of muscle are seen: `python -m tests.neuro.artifacts [EEGMAT]`."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import assets
from neuro import offline
from neuro.emulators.board.feed import Resampled
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.scorer import load as load_model
from neuro.sources.recording import load
from neuro.twin.attention import Zone
from neuro.twin.eeg import CHANNELS, RATE_HZ, Brain
from neuro.twin.happenings import never
from neuro.twin.noise import Noise, band
from neuro.twin.profiles import PROFILES
from neuro.types import Chunk, Headset

Uv = NDArray[np.float64]
Rng = np.random.Generator
Event = Callable[[Rng, float, float], Uv]
"""Chance, samples a second and microvolts to (4, n) microvolts that are added to the head."""

REST_S = 60.0
EVERY_S = 7.0  # muscle is heeded for four seconds after it ends
SOON_S = 0.5

_EYES = np.array([[0.2], [1.0], [1.0], [0.2]])  # TP9 AF7 AF8 TP10, as the twin blinks, frowns and chews
_BROW = np.array([[0.2], [1.0], [0.9], [0.2]])
_JAW = np.array([[1.0], [0.3], [0.3], [0.9]])


def blink(rng: Rng, rate_hz: float, uv: float) -> Uv:
    return uv * _EYES * np.hanning(round(rng.uniform(0.20, 0.25) * rate_hz))


def burst(rng: Rng, rate_hz: float, uv: float, where: Uv) -> Uv:
    """A second of muscle; it tightens and relaxes within 50 ms."""
    n = round(rate_hz)
    ramp = np.minimum(1.0, np.minimum(np.arange(n), np.arange(n)[::-1]) / (0.05 * rate_hz))
    noise = Noise(band(20.0, min(120.0, 0.45 * rate_hz), rate_hz), len(CHANNELS), rate_hz, rng).next(n)
    lost = np.sqrt((min(120.0, 0.45 * rate_hz) - 20.0) / 100.0)  # what a slow board does not see of 20-120 Hz
    return uv * lost * where * ramp * noise


def frown(rng: Rng, rate_hz: float, uv: float) -> Uv:
    return burst(rng, rate_hz, uv, _BROW)


def clench(rng: Rng, rate_hz: float, uv: float) -> Uv:
    return burst(rng, rate_hz, uv, _JAW)


def still_head(seed: int, seconds: float, rate_hz: float) -> Uv:
    """A simulated adult who neither blinks nor tightens a muscle: (4, n)."""
    adult = PROFILES["adult"]
    adult = replace(adult, rhythms=replace(adult.rhythms, muscle_per_min=1e-9))
    zone, brain = np.random.default_rng(seed).spawn(2)
    supply = Brain(adult, Zone(adult.attention, zone), never(), brain).samples
    return Resampled(supply, RATE_HZ, rate_hz)(round(seconds * rate_hz)).astype(float)


def seen(
    scorer: Scorer, event: Event, uv: float, rate_hz: float, n_events: int, seed: int = 1
) -> tuple[float, float]:
    """Shares of events called an artifact within half a second, and of the moments far from any called so."""
    rng = np.random.default_rng([seed, round(uv)])
    samples = still_head(seed, REST_S + EVERY_S * (n_events + 1), rate_hz)
    onsets = [round((REST_S + EVERY_S * (i + 0.5) + rng.random()) * rate_hz) for i in range(n_events)]
    for onset in onsets:
        some = event(rng, rate_hz, uv)
        samples[:, onset : onset + some.shape[1]] += some
    headset = Headset("Twin", CHANNELS, rate_hz)
    chunk = Chunk(samples.astype(np.float32), np.arange(samples.shape[1]) / rate_hz)
    said = [each for _, piece in offline.score(headset, chunk, scorer, None, REST_S) for each in piece]
    t_s = np.array([each.t_s for each in said])
    is_artifact = np.array([each.state == "artifact" for each in said])
    after_s = t_s - np.array(onsets)[:, None] / rate_hz
    found = (is_artifact & (after_s > 0) & (after_s <= SOON_S)).any(axis=1)
    calm = (t_s > REST_S) & ~((after_s > -1) & (after_s < 6)).any(axis=0)
    return float(found.mean()), float(is_artifact[calm].mean())


def false_alarms(folder: Path, scorer: Scorer, channels: tuple[str, ...]) -> tuple[float, float]:
    """After each person's own minute of rest: mean and largest share of what follows that is called an artifact."""
    shares = []
    for path in sorted(folder.glob("Subject*_1.edf")):
        head = load(path).pick(channels)
        n = round(REST_S * head.headset.rate_hz)
        pipeline = Pipeline(head.headset, scorer)
        pipeline.step(REST_S, "rest", Chunk(head.uv[:, :n], head.t_s[:n]))
        said = pipeline.step(float(head.t_s[-1]), "play", Chunk(head.uv[:, n:], head.t_s[n:]))
        shares.append(np.mean([each.state == "artifact" for each in said]))
    return float(np.mean(shares)), float(np.max(shares))


def _lines(scorer: Scorer, eegmat: Path | None) -> Iterator[str]:
    rates_hz = (125.0, 200.0, 250.0, 500.0)
    yield f"| seen within 0.5 s | {' | '.join(f'{rate_hz:g} Hz' for rate_hz in rates_hz)} |"
    yield "|---|---|---|---|---|"
    for event, sizes in ((blink, (70, 100, 150)), (frown, (5, 10, 15, 20)), (clench, (5, 10, 15, 20))):
        for uv in sizes:
            shares = [seen(scorer, event, uv, rate_hz, 100)[0] for rate_hz in rates_hz]
            yield f"| {event.__name__}, {uv} uV | {' | '.join(f'{share:.2f}' for share in shares)} |"
    yield f"false alarms of the twin: {[round(seen(scorer, blink, 100, rate_hz, 100)[1], 4) for rate_hz in rates_hz]}"
    for channels in (("Fp1", "Fp2", "T5", "T6"), ("Fp1", "Fp2")):
        if eegmat is not None:
            mean, most = false_alarms(eegmat, scorer, channels)
            yield f"false alarms of EEGMAT, {', '.join(channels)}: {mean:.3f}, the most of one person {most:.3f}"


if __name__ == "__main__":
    for line in _lines(load_model(assets.model()), Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
