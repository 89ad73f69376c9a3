"""LSL streams of one's own for tests: on this computer only, quiet, and named apart from any other run's."""

import os
from typing import Any

import pytest

from neuro.errors import DeviceUnavailable
from neuro.sources.lsl import load_pylsl


def pylsl() -> Any:
    """The module; skips the tests of the file that asks where there is none."""
    try:
        found = load_pylsl()
    except DeviceUnavailable as error:
        pytest.skip(str(error), allow_module_level=True)
    found.set_config_content("[multicast]\nResolveScope = machine\n[log]\nlevel = -2\n")
    return found


def named(name: str) -> str:
    return f"{name} {os.getpid()}"
