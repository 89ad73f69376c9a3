"""Tests of neuro.clock."""
