"""What all tests share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def heron_data() -> Path:
    """The folder of real recordings; see HERON_DATA in the guide for developers."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HERON_DATA", beside))
    if not folder.is_dir():
        pytest.skip(
            f"there are no recordings in {folder}: set HERON_DATA to the folder that holds eegmat and neon_native"
        )
    return folder
