"""Tests of neuro.learn."""
