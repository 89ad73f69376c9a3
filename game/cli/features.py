"""What `heron score --features` adds: one row a second of EEG features, and what they come to."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli.tables import write_csv

if TYPE_CHECKING:
    from neuro.sources.recorded import Recording


def write_features(
    out: Path, recorded: "Recording", rest: "Recording | None", rest_s: float
) -> dict[str, float | None]:
    """Write `t_s` and every feature once a second; the own alpha at rest and the median of each feature.

    Args:   rest: where the own alpha is looked for; without it the first rest_s seconds are the rest.
    Raises: BadRecording: the recording is too short, or nothing in it is clean.
    """
    import numpy as np  # noqa: PLC0415 -- `heron --help` needs no rooms

    from neuro.features import COLUMNS, alpha_at_rest, seconds_of  # noqa: PLC0415
    from neuro.types import Chunk  # noqa: PLC0415

    resting = rest or recorded
    n = len(resting.t_s) if rest else int(np.searchsorted(recorded.t_s, rest_s))
    alpha = alpha_at_rest(resting.headset, Chunk(resting.uv[:, :n], resting.t_s[:n]))
    seconds = seconds_of(recorded.headset, Chunk(recorded.uv, recorded.t_s), alpha)
    values = np.array([[second.values[name] for name in COLUMNS] for second in seconds])
    rows = ([f"{second.t_s:.4f}", *map(_cell, row)] for second, row in zip(seconds, values, strict=True))
    write_csv(out, ("t_s", *COLUMNS), rows)
    said = np.isfinite(values).any(axis=0)
    if not said.all():
        unsaid = [name for name, is_said in zip(COLUMNS, said, strict=True) if not is_said]
        print(f"Empty, for want of the channels, the rest or the 20 s: {', '.join(unsaid)}.", file=sys.stderr)
    own = {
        "own_alpha_hz": round(alpha.centre_hz, 2) if alpha else None,
        "own_alpha_peak_hz": round(alpha.peak_hz, 2) if alpha else None,
    }
    usual = zip(COLUMNS, values.T, said, strict=True)
    return own | {name: round(float(np.nanmedian(each)), 4) if is_said else None for name, each, is_said in usual}


def _cell(value: float) -> str:
    return f"{value:.6g}" if value == value else ""  # noqa: PLR0124 -- NaN, which equals nothing, is left empty
