"""Compiles the hot path for later, and gives way to whatever else the computer does."""

import os

from neuro.kernels.compiled import prepare

if hasattr(os, "nice"):
    os.nice(10)
prepare()
