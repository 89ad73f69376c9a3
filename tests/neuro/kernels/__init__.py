"""Tests of neuro.kernels."""
