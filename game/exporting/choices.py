"""What can be asked of an export."""

from enum import StrEnum


class Format(StrEnum):
    """Kinds of files."""

    bids = "bids"
    edf = "edf"
    csv = "csv"
    parquet = "parquet"
    pupil = "pupil"


class Audience(StrEnum):
    """For whom an export is; what the player has to have agreed to."""

    player = "player"
    therapist = "therapist"
    research = "research"
