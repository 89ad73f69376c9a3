"""Tests of game.evaluation."""
