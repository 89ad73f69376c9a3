"""One row a second of what the EEG is like: what `heron score --features` writes."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.bands import BANDS
from neuro.errors import BadRecording
from neuro.features.alpha import Alpha, individual_alpha
from neuro.features.aperiodic import aperiodic
from neuro.features.powers import ALL_BANDS, band_powers, band_shares, engagement, theta_beta
from neuro.features.regions import posterior_rows, rows_in
from neuro.features.segments import SEGMENT_S, STEP_S, Segment, Segments, mean_density
from neuro.features.texture import Texture, Textures
from neuro.features.wavelet import WAVELET_HZ, Morlet
from neuro.types import Chunk, Headset

NOW_S = 4.0
LATELY_S = 30.0
LATELY_LEAST_S = 20.0  # over 4 s the ratios and the aperiodic line are mostly chance
CLEAN_LEAST = 0.5  # of the segments of a channel, for what is said of the last 30 s
REST_LEAST_S = 10.0  # of clean rest, for the own alpha

COLUMNS: tuple[str, ...] = (
    "kept",
    *(f"{band}_uv2" for band in ALL_BANDS),
    *(f"{band}_share" for band in ALL_BANDS),
    *(f"own_{band}_share" for band in BANDS),
    "frontal_theta_share",
    "posterior_alpha_share",
    "theta_beta",
    "engagement",
    "aperiodic_exponent",
    "aperiodic_offset",
    "entropy",
    "hjorth_activity_uv2",
    "hjorth_mobility_hz",
    "hjorth_complexity",
    *(f"wavelet_{hz:.0f}_hz_uv2" for hz in WAVELET_HZ),
)
"""The names of the features in their order; docs/features.md has the formula, unit and window of each."""


@dataclass(frozen=True, slots=True)
class Second:
    """The features at one moment.

    t_s:    the newest sample that they rest on
    values: COLUMNS, NaN where one cannot be said
    """

    t_s: float
    values: Mapping[str, float]


class _Part(NamedTuple):
    """A segment, as far as later rows need it; energy is (n_channels, n_hz)."""

    density: NDArray[np.float64]
    clean: NDArray[np.bool_]
    energy: NDArray[np.float64]


class Features:
    """The features of one headset, once a second from the fourth second after the start or a gap on.

    Causal, and the same in any chunks. The own alpha comes from the rest before, where there was one.
    """

    def __init__(self, headset: Headset, alpha: Alpha | None = None) -> None:
        self._segments = Segments(headset)
        self._textures = Textures(headset)
        self._coming: deque[Texture] = deque()
        self._morlet = Morlet(headset.rate_hz)
        self._own = alpha.bands if alpha else {}
        self._frontal = rows_in(headset.channels, "frontal")
        self._posterior = posterior_rows(headset.channels)
        self._parts: deque[_Part] = deque(maxlen=_segments_in(LATELY_S))
        self._since = 0

    def __call__(self, chunk: Chunk) -> Iterator[Second]:
        """Every second that the chunk completes, oldest first."""
        self._coming.extend(self._textures(chunk))
        for segment in self._segments(chunk):
            if segment.begins:
                self._parts.clear()
                self._since = 0
            self._parts.append(self._part(segment))
            self._since += 1
            since_full = self._since - _segments_in(NOW_S)
            if since_full >= 0 and since_full % round(1 / STEP_S) == 0:
                texture = self._texture_at(segment.t_s)
                yield Second(segment.t_s, self._now() | self._lately() | _rough(texture, segment.clean))

    def _texture_at(self, t_s: float) -> Texture:
        """The newest one that looks no further than t_s."""
        newest = self._coming.popleft()
        while self._coming and self._coming[0].t_s <= t_s:
            newest = self._coming.popleft()
        return newest

    def _part(self, segment: Segment) -> _Part:
        energy = self._morlet(segment.uv)[:, :, 1:]  # the first frame was the last of the segment before
        return _Part(segment.density, segment.clean, energy.mean(axis=2))

    def _now(self) -> dict[str, float]:
        parts = list(self._parts)[-_segments_in(NOW_S) :]
        clean = np.stack([part.clean for part in parts])
        density = mean_density(np.stack([part.density for part in parts]), clean)
        hz = self._segments.hz
        shares = band_shares(hz, density, ALL_BANDS)
        own = {band: _median(share) for band, share in band_shares(hz, density, self._own).items()}
        energy = mean_density(np.stack([part.energy for part in parts[-2:]]), clean[-2:])
        return {
            "kept": float(clean.mean()),
            **{f"{band}_uv2": _median(power) for band, power in band_powers(hz, density, ALL_BANDS).items()},
            **{f"{band}_share": _median(share) for band, share in shares.items()},
            **{f"own_{band}_share": own.get(band, np.nan) for band in BANDS},
            "frontal_theta_share": _mean(shares["theta"][self._frontal]),
            "posterior_alpha_share": _mean(shares["alpha"][self._posterior]),
            **{f"wavelet_{f:.0f}_hz_uv2": _median(each) for f, each in zip(WAVELET_HZ, energy.T, strict=True)},
        }

    def _lately(self) -> dict[str, float]:
        hz, density = self._segments.hz, self._clean_lately()
        line = aperiodic(hz, density)
        return {
            "theta_beta": _median(theta_beta(hz, density)),
            "engagement": _median(engagement(hz, density)),
            "aperiodic_exponent": _median(line.exponent),
            "aperiodic_offset": _median(line.offset),
        }

    def _clean_lately(self) -> NDArray[np.float64]:
        """(n_channels, n_bins) over up to 30 s; NaN for channels that were too little clean, all before 20 s."""
        clean = np.stack([part.clean for part in self._parts])
        enough = (clean.mean(axis=0) >= CLEAN_LEAST) & (len(clean) >= _segments_in(LATELY_LEAST_S))
        return mean_density(np.stack([part.density for part in self._parts]), clean & enough)


def alpha_at_rest(headset: Headset, rest: Chunk) -> Alpha | None:
    """The own alpha of a recording of rest, best with eyes closed, at the back of the head where the montage has it.

    None where no peak stands out, or less than ten seconds of every channel are clean.
    """
    segments = Segments(headset)
    found = list(segments(rest))
    rows = posterior_rows(headset.channels) or list(range(len(headset.channels)))
    clean = np.array([segment.clean[rows] for segment in found]).reshape(-1, len(rows))
    enough = clean.sum(axis=0) >= _segments_in(REST_LEAST_S)
    if not enough.any():
        return None
    density = np.stack([segment.density[rows] for segment in found])
    return individual_alpha(segments.hz, mean_density(density, clean & enough))


def seconds_of(headset: Headset, recorded: Chunk, alpha: Alpha | None) -> tuple[Second, ...]:
    """The features of a whole recording.

    Raises: BadRecording: it is too short, broken into too short pieces, or nothing in it is clean.
    """
    seconds = tuple(Features(headset, alpha)(recorded))
    if not seconds:
        raise BadRecording(
            f"{headset.name} has no {NOW_S:g} seconds without a pause: features need a longer recording."
        )
    if not any(second.values["kept"] for second in seconds):
        raise BadRecording(
            f"{headset.name} has no clean signal for features, its samples are lost, flat or too loud: "
            "fit the headset again, or choose other channels."
        )
    return seconds


def _rough(texture: Texture, clean: NDArray[np.bool_]) -> dict[str, float]:
    return {
        "entropy": _median(texture.entropy[clean]),
        "hjorth_activity_uv2": _median(texture.activity_uv2[clean]),
        "hjorth_mobility_hz": _median(texture.mobility_hz[clean]),
        "hjorth_complexity": _median(texture.complexity[clean]),
    }


def _segments_in(seconds: float) -> int:
    return round((seconds - SEGMENT_S) / STEP_S) + 1


def _median(values: NDArray[np.float64]) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else np.nan


def _mean(values: NDArray[np.float64]) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else np.nan
