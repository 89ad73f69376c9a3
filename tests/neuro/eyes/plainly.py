"""Runs what is compiled as the lines stand."""

from collections.abc import Callable
from typing import Any

import pytest


def plainly(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compiled in a module, as it runs where nothing is compiled."""
    for name, value in vars(module).items():
        inside: Callable[..., Any] | None = getattr(value, "py_func", None)
        if inside is not None:
            monkeypatch.setattr(module, name, inside)
