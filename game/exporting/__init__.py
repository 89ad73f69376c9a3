"""Sittings as files for other programs: BIDS, EDF+, CSV, Parquet, and the way of Pupil Cloud."""
