"""How well the features find what was put in: `python -m tests.neuro.features.measure [EEGMAT]`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from neuro.features.alpha import Alpha, individual_alpha
from neuro.features.aperiodic import aperiodic
from neuro.features.erp import evoked, p300
from neuro.features.seconds import alpha_at_rest
from neuro.sources.recorded import Recording
from neuro.sources.recording import load
from neuro.types import Chunk
from tests.neuro.features.signals import RATE_HZ, Samples, chunk, headset, power_law, rhythm, spectra


def specparam(hz: Samples, density: Samples) -> Samples | None:
    """Exponents (n,) by the package specparam, 2-30 Hz, no knee; None where it is not installed."""
    try:
        from specparam import SpectralModel  # noqa: PLC0415
    except ImportError:
        return None
    model = SpectralModel(peak_width_limits=(1, 8), max_n_peaks=4, min_peak_height=0.1, verbose=False)
    found = []
    for each in density:
        model.fit(hz, each, (2, 30))
        found.append(model.get_params("aperiodic")[1])
    return np.array(found)


def bias_and_spread(off: Samples | None) -> str:
    return "not installed" if off is None else f"{off.mean():+.3f}, {off.std():.3f}"


def aperiodic_lines() -> Iterator[str]:
    yield "| alpha, theta, beta (uV) | exponent | Heron: bias, SD | specparam: bias, SD |"
    yield "|---|---|---|---|"
    for alpha, theta, beta in ((0, 0, 0), (4, 0, 0), (8, 0, 0), (4, 3, 1.5), (8, 3, 1.5)):
        for exponent in (0.7, 1.1, 1.6):
            rng, n = np.random.default_rng(7), 100
            uv = power_law(exponent, 30, rng, n) + alpha * rhythm(9, 11, 30, rng, n)
            uv += theta * rhythm(5, 7, 30, rng, n) + beta * rhythm(13, 25, 30, rng, n)
            hz, density = spectra(uv)
            ours, theirs = aperiodic(hz, density).exponent - exponent, specparam(hz, density)
            said = bias_and_spread(ours), bias_and_spread(None if theirs is None else theirs - exponent)
            yield f"| {alpha}, {theta}, {beta} | {exponent} | {said[0]} | {said[1]} |"


def alpha_lines() -> Iterator[str]:
    yield "| alpha at (Hz) | uV in 9 uV of 1/f | found | peak: bias, SD | centre: bias, SD |"
    yield "|---|---|---|---|---|"
    for hz in (7.0, 8.5, 10.0, 11.5):
        for uv in (0, 1, 2, 4):
            found: list[Alpha] = []
            for seed in range(60):
                rng = np.random.default_rng(seed)
                head = power_law(1.1, 60, rng, 4) + uv * rhythm(hz - 0.7, hz + 0.7, 60, rng)
                found += [alpha] if (alpha := individual_alpha(*spectra(head))) else []
            off = np.array([(alpha.peak_hz - hz, alpha.centre_hz - hz) for alpha in found]).reshape(-1, 2)
            said = [bias_and_spread(each) if len(each) else "" for each in off.T]
            yield f"| {hz:g} | {uv} | {len(found)} of 60 | {said[0]} | {said[1]} |"
    noises = (power_law(1.1, 60, np.random.default_rng(seed)) for seed in range(500))
    false = sum(individual_alpha(*spectra(noise)) is not None for noise in noises)
    yield f"found in one channel of 1/f noise of a minute: {false} of 500"


def p300_lines() -> Iterator[str]:
    peak_s, width_s, height_uv = 0.38, 0.06, 8.0
    yield "| targets | height: bias, SD (uV) | latency: bias, SD (ms) |"
    yield "|---|---|---|"
    for n in (10, 20, 40, 80):
        found = []
        for seed in range(200):
            rng = np.random.default_rng(seed)
            events_s = 2 + 1.5 * np.arange(n) + rng.uniform(0, 0.3, n)
            seconds = 1.5 * n + 5
            after_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ - events_s[:, None] - peak_s
            wave = height_uv * np.exp(-((after_s / width_s) ** 2) / 2).sum(axis=0)
            average = evoked(headset(("Pz",)), chunk(power_law(1.1, seconds, rng) + wave), events_s)
            found.append(np.concatenate(p300(average)))
        height, latency = np.array(found).T
        yield f"| {n} | {bias_and_spread(height - height_uv)} | {bias_and_spread(1000 * (latency - peak_s))} |"


def resting_alpha(rest: Recording, part: slice = slice(None)) -> Alpha | None:
    return alpha_at_rest(rest.headset, Chunk(rest.uv[:, part], rest.t_s[part]))


def eegmat_lines(folder: Path) -> Iterator[str]:
    everyone = [load(path) for path in sorted(folder.glob("Subject*_1.edf"))]
    yield "| channels | with a peak | centre: mean, SD (Hz) | peak: from, to (Hz) | halves: median apart (Hz) | r |"
    yield "|---|---|---|---|---|---|"
    for channels in (None, ("O1", "O2"), ("Fp1", "Fp2", "T5", "T6"), ("Fp1", "Fp2")):
        rests = [rest.pick(channels) if channels else rest for rest in everyone]
        found = [alpha for rest in rests if (alpha := resting_alpha(rest))]
        centre, peak = np.array([(alpha.centre_hz, alpha.peak_hz) for alpha in found]).T
        halves = []
        for rest in rests:
            middle = len(rest.t_s) // 2
            first, second = resting_alpha(rest, slice(middle)), resting_alpha(rest, slice(middle, None))
            halves += [(first.centre_hz, second.centre_hz)] if first and second else []
        one, other = np.array(halves).T
        yield (
            f"| {', '.join(channels) if channels else 'all 19'} | {len(found)} of {len(rests)} "
            f"| {centre.mean():.2f}, {centre.std():.2f} | {peak.min():.1f}, {peak.max():.1f} "
            f"| {np.median(np.abs(one - other)):.2f} ({len(halves)}) | {np.corrcoef(one, other)[0, 1]:.2f} |"
        )
    yield from _exponents_of(everyone)


def _exponents_of(everyone: list[Recording]) -> Iterator[str]:
    ours, theirs = [], []
    for rest in everyone:
        hz, density = spectra(rest.uv, rest.headset.rate_hz)
        ours.append(np.median(aperiodic(hz, density).exponent))
        exponents = specparam(hz, density)
        theirs.append(np.nan if exponents is None else np.median(exponents))
    yield f"EEGMAT at rest, exponents: Heron {np.mean(ours):.2f}, specparam {np.mean(theirs):.2f}; " + (
        f"r {np.corrcoef(ours, theirs)[0, 1]:.2f}"
    )


def _lines(eegmat: Path | None) -> Iterator[str]:
    yield from aperiodic_lines()
    yield from alpha_lines()
    yield from p300_lines()
    if eegmat:
        yield from eegmat_lines(eegmat)


if __name__ == "__main__":
    for line in _lines(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
