"""What every reader of files makes: EEG with its stamps in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.sources.montage import same_site
from neuro.sources.timeline import rate_hz, repaired
from neuro.types import Headset


class Mark(NamedTuple):
    """What a file says happened: seconds since its first sample, how long (None: a moment), and what."""

    onset_s: float
    duration_s: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Recording:
    """EEG from a file.

    uv:    (n_channels, n) float32 microvolts; NaN where a packet was lost
    t_s:   (n,) float64 seconds since the first sample, strictly increasing; gaps are kept
    notes: one sentence for each thing that was wrong with the file and could be helped
    marks: what the file says happened
    began_unix_s: when the first sample was, by the file; None where it does not say
    """

    headset: Headset
    uv: NDArray[np.float32]
    t_s: NDArray[np.float64]
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    began_unix_s: float | None = None

    @staticmethod
    def of(
        name: str,
        channels: Sequence[str],
        uv: NDArray[np.float32],
        t_s: NDArray[np.float64],
        *,
        full_scale_uv: float | None = None,
        notes: Sequence[str] = (),
    ) -> "Recording":
        """A recording whose stamps are put in order and whose rate is taken from them.

        Args:   t_s: (n,) seconds from any zero; may repeat and step back. Of channels of one name the first is kept.
        Raises: BadRecording: there are no two samples that follow one another, or no channel.
        """
        rows = [i for i, channel in enumerate(channels) if channel not in channels[:i]]
        if not rows:
            raise BadRecording(f"{name} holds no EEG channel: choose a recording of EEG.")
        try:
            t_s = repaired(t_s - t_s[0])
            headset = Headset(name, tuple(channels[i] for i in rows), rate_hz(t_s), full_scale_uv)
        except (ValueError, IndexError) as error:
            raise BadRecording(f"{name} holds too few samples to be EEG: choose a longer recording.") from error
        return Recording(headset, uv[rows], t_s, tuple(notes))

    def pick(self, channels: Sequence[str]) -> "Recording":
        """These channels only, in this order; case does not count, and T3 T4 T5 T6 are T7 T8 P7 P8.

        Raises: BadRecording: one of them is not there, or is asked for twice.
        """
        row = {same_site(name): i for i, name in enumerate(self.headset.channels)}
        wanted = [same_site(name.strip()) for name in channels]
        missing = [name for name, key in zip(channels, wanted, strict=True) if key not in row]
        if missing or not wanted or len(set(wanted)) != len(wanted):
            what = f"has no channel {', '.join(missing)}" if missing else "can give each channel once"
            raise BadRecording(f"{self.headset.name} {what}: choose from {', '.join(self.headset.channels)}.")
        rows = [row[key] for key in wanted]
        names = tuple(self.headset.channels[i] for i in rows)
        return replace(self, headset=replace(self.headset, channels=names), uv=self.uv[rows])
