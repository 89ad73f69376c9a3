"""What the surroundings say, read once."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Settings:
    """db: where sittings are kept (HERON_DB); data: recordings for training and tests (HERON_DATA)."""

    db: Path
    data: Path


def from_environment() -> Settings:
    """The settings of this start."""
    db = os.environ.get("HERON_DB")
    return Settings(
        db=Path(db) if db else user_data_path("heron", appauthor=False) / "heron.sqlite",
        data=Path(os.environ.get("HERON_DATA", "../shared/data")),
    )
