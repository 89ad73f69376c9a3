"""Tests of what people see and hear."""
