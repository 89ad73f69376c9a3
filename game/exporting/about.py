"""What every kind of file says of a sitting beside its numbers: versions, the timeline and how sure it is."""

from typing import Any

from engine.store.rows import Stream
from game.exporting.sitting import Sitting

PRIVACY = "Pseudonymous: whoever keeps the database can tell who it is; nobody's name is in these files."


def about(sitting: Sitting) -> dict[str, Any]:
    """Plain JSON."""
    session = sitting.session
    return {
        "player": sitting.pseudonym,
        "sitting": sitting.stamp,
        "began_utc": sitting.began.isoformat(timespec="microseconds"),
        "level": session.level_id,
        "kind": session.kind,
        "ending": session.ending,
        "heron_version": session.version,
        "adaptation": adaptation(sitting),
        "attention_model": model(sitting),
        "timeline": timeline(sitting),
        "privacy": PRIVACY,
    }


def adaptation(sitting: Sitting) -> dict[str, Any]:
    """Which rules adapted the game: those of a Heron, begun with a seed, in a mode."""
    session = sitting.session
    return {
        "version": session.version,
        "mode": sitting.mode,
        "seed": session.seed,
        "level_toml": session.level_toml,
        "study": session.study,
    }


def model(sitting: Sitting) -> dict[str, Any] | None:
    """Which model scored it; what it is, is in its own words."""
    if sitting.model is None:
        return None
    papers = sitting.model.metadata
    return {
        "name": sitting.model.name,
        "sha256": sitting.model.sha256,
        "version": papers.get("version"),
        "what": papers.get("what"),
        "trained_on": papers.get("data"),
    }


def timeline(sitting: Sitting) -> dict[str, Any]:
    """Second 0, and for each device by how much its stamps are likely to be wrong; null where nobody knows."""
    session = sitting.session
    return {
        "unit": "s",
        "zero": "first sample of EEG; of gaze, or the start of the sitting, where there is none",
        "zero_host_monotonic_s": sitting.zero_s,
        "zero_unix_s": round(session.anchor_unix_s + sitting.zero_s - session.anchor_mono_s, 6),
        "uncertainty_s": {device: _unsure_s(sitting, device) for device in ("eeg", "gaze")},
    }


def _unsure_s(sitting: Sitting, device: Stream) -> float | None:
    """The largest uncertainty of the device's clock in any stretch."""
    known = (each.clock_uncertainty_s for each in sitting.segments if each.device == device)
    return max((unsure for unsure in known if unsure is not None), default=None)
