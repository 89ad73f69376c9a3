"""Signals: from a device to one estimate of attention. Knows no game and no database."""
