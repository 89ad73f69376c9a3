"""Which part of the head an electrode sits on, by its 10-20 name, so that features mean the same on any montage."""

import re
from collections.abc import Sequence
from typing import Literal

Region = Literal["frontal", "temporal", "central", "parietal", "occipital"]

_REGIONS: dict[str, Region] = {
    **dict.fromkeys(("N", "FP", "AFP", "AF", "F", "FC"), "frontal"),
    **dict.fromkeys(("FT", "T", "TP"), "temporal"),
    **dict.fromkeys(("C", "CP"), "central"),
    "P": "parietal",
    **dict.fromkeys(("PO", "O", "I"), "occipital"),
}
_SITE = re.compile(r"([A-Z]+)(Z|\d{1,2}H?)")
_OLD_PARIETAL = ("T5", "T6")  # today's P7 and P8; the other old names, T3 and T4, stay temporal as T7 and T8


def region_of(channel: str) -> Region | None:
    """The region by the letters of the name (Fp1, AF7, T3, TP9, POz ...); None for ears and unknown names.

    Source: letters of the 10-10 system, American Clinical Neurophysiology Society guideline 2; which letters make a
    region is our own choice.
    """
    name = channel.strip().upper()
    if name in _OLD_PARIETAL:
        return "parietal"
    site = _SITE.fullmatch(name)
    return _REGIONS.get(site[1]) if site else None


def rows_in(channels: Sequence[str], *regions: Region) -> list[int]:
    """The rows of the channels that sit in these regions."""
    return [row for row, channel in enumerate(channels) if region_of(channel) in regions]


def posterior_rows(channels: Sequence[str]) -> list[int]:
    """Where alpha is strongest: parietal and occipital channels; on a headband those behind the ears (TP9, TP10)."""
    behind_ears = [row for row, channel in enumerate(channels) if channel.strip().upper().startswith("TP")]
    return rows_in(channels, "parietal", "occipital") or behind_ears
