"""Simulated players at single tasks."""
