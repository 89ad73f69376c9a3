"""Names of EEG channels: what the makers of files write, and the 10-20 site that they mean."""

import re

_FOREIGN = re.compile(
    r"(ECG|EKG|EOG|EMG|RESP|SPO2|PULSE|HEART|PPG|GSR|EDA|TEMP|ACC|GYR|MAG|BATT|AUX|ANALOG|STATUS|TRIG|STI|MARK|EVENT|ANNOT|LABEL"
    r"|ELEMENT|OTHER|SAMPLE|INDEX|COUNT|PACK|TIME|DATE|HSI|HEADBAND|DELTA_|THETA_|ALPHA_|BETA_|GAMMA_|OPTICS)|^(N|NR|NO|X|Y|Z)$",
    re.IGNORECASE,
)
_EAR = re.compile(r"^(A|M)[12]$")
_REFERENCE = re.compile(
    r"^(REF|LE|AR|AVG?|CAR|G2|A1|A2|M1|M2|A1\+?A2|M1\+?M2|LINKED.*|\(?A1\+A2\)?(/2)?)$", re.IGNORECASE
)
_SITE = re.compile(r"^(FP|AFP?|FT?|FC|FT|T|C|TP|CP|P|PO|O|I|N)(Z|\d{1,2}H?)$", re.IGNORECASE)
_OLD_NAMES = {"t3": "t7", "t4": "t8", "t5": "p7", "t6": "p8"}
"""The 10-20 system's first names of four sites (American Clinical Neurophysiology Society, guideline 2)."""


def channel_name(label: str) -> str | None:
    """The channel's name without "EEG" and its reference; None for what is no EEG channel.

    "EEG Fp1-Ref", "EEG Fp1" and "FP1-A2" are Fp1; "A2-A1", "ECG" and "Right AUX" are None; "Fp1-F7" stays as it is.
    """
    name = re.sub(r"^EEG[ _:.-]*", "", label.strip().strip('"').rstrip("."), flags=re.IGNORECASE).strip()
    first, dash, second = (part.strip() for part in name.partition("-"))
    if not name or _FOREIGN.search(name) or (dash and _EAR.match(first) and _EAR.match(second)):
        return None
    if dash and _REFERENCE.match(second):
        name = first
    return _spelled(name) if _SITE.match(name) else name


def is_site(name: str) -> bool:
    """Whether the name is a site of the 10-20 system or one of its extensions."""
    return bool(_SITE.match(name) or _EAR.match(name))


def same_site(name: str) -> str:
    """A key that is equal for all names of one site: case does not count, and T3 is T7."""
    return _OLD_NAMES.get(name.lower(), name.lower())


def _spelled(name: str) -> str:
    """FP1, fp1 -> Fp1; CZ -> Cz; tp9 -> TP9."""
    upper = name.upper()
    return ("Fp" + upper[2:] if upper.startswith("FP") else upper).replace("Z", "z").replace("H", "h")
