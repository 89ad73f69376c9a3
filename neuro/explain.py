"""Why a moment was scored as it was: where the model looked, and what was there."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neuro.spectrum import BINS_HZ
from neuro.tokens import STEP_HOPS
from neuro.types import HOP_HZ

if TYPE_CHECKING:
    from neuro.scorer import Verdict  # who only reads what was said needs no ONNX Runtime

BANDS_HZ = {
    "slow waves": (1.0, 4.0),
    "theta": (4.0, 8.0),
    "alpha": (8.0, 13.0),
    "beta": (13.0, 20.0),
    "fast waves": (20.0, 45.0),
}
"""A bin belongs to the band that its middle lies in."""

MOST = 0.5  # of the attention: so many channels are named as it takes to reach this
CLEAR = 0.5  # spreads from rest; what is nearer is as at rest

_MIDDLES_HZ = np.array(BINS_HZ).mean(axis=1)


@dataclass(frozen=True, slots=True)
class Why:
    """What a score rested on. Attention says where the model looked, not what would have changed its mind.

    t_s:      of the score
    score:    0..1
    channels: by name, the share of the attention to the brain
    eyes:     share of the attention that went to the eyes
    ago_s:    how long ago that was, on average by attention
    bands:    by name, how far from rest in spreads, where the model looked
    """

    t_s: float
    score: float
    channels: dict[str, float]
    eyes: float
    ago_s: float
    bands: dict[str, float]

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        looked = " and ".join(self.looked) or "the eyes"
        return f"Score {self.score:.2f}: the model looked most at {looked}, {self.ago_s:.1f} s back; {self._there()}."

    @property
    def looked(self) -> tuple[str, ...]:
        """Channels that had most of the attention, the first most; none where the eyes had it."""
        if self.eyes > MOST:
            return ()
        names = sorted(self.channels, key=lambda name: -self.channels[name])
        shares = np.cumsum([self.channels[name] for name in names])
        return tuple(names[: int(np.searchsorted(shares, MOST)) + 1])

    @property
    def away(self) -> tuple[str, float] | None:
        """The band that was farthest from rest, and by how many spreads; None where all was as at rest."""
        name = max(self.bands, key=lambda band: abs(self.bands[band]))
        return None if abs(self.bands[name]) < CLEAR else (name, self.bands[name])

    def to_json(self) -> dict[str, object]:
        """Plain numbers, rounded, and the sentence."""
        plain = {
            name: {key: round(each, 3) for key, each in value.items()} if isinstance(value, dict) else round(value, 4)
            for name, value in asdict(self).items()
        }
        return plain | {"sentence": self.sentence}

    def _there(self) -> str:
        if self.away is None:
            return "the brain was as at rest there"
        name, away = self.away
        return f"{name} had {'more' if away > 0 else 'less'} than its usual share there, by {abs(away):.1f} spreads"


def in_band(low_hz: float, high_hz: float) -> NDArray[np.bool_]:
    """(n_bins,) which bins belong to a band."""
    return np.asarray((low_hz <= _MIDDLES_HZ) & (high_hz > _MIDDLES_HZ))


def why(t_s: float, verdict: "Verdict", z: NDArray[np.float64], channels: Sequence[str]) -> Why:
    """What the verdict of a moment rested on. z: (n_channels, ROWS, N_NUMBERS) deviations from rest."""
    brain, eyes = verdict.moments.astype(float)
    tokens = z[:, 1:]
    steps = tokens.shape[1]
    age_s = (steps - 1 - np.arange(steps)) * STEP_HOPS / HOP_HZ
    looked = np.outer(verdict.channels, brain)  # (n_channels, n_steps)
    there = np.einsum("ct,ctf->f", looked / max(looked.sum(), 1e-9), tokens[..., : len(BINS_HZ)])
    return Why(
        t_s=t_s,
        score=verdict.score,
        channels=dict(zip(channels, verdict.channels.astype(float).tolist(), strict=True)),
        eyes=float(eyes.sum()),
        ago_s=float((age_s * (brain + eyes)).sum()),
        bands={name: float(there[in_band(*hz)].mean()) for name, hz in BANDS_HZ.items()},
    )
