# Everything that a change must pass: `just check`.
check: lint types contracts test

# Format in place.
format:
    ruff format .
    ruff check --fix .

lint:
    ruff format --check .
    ruff check .

types:
    mypy

contracts:
    lint-imports

test:
    pytest

# Paint every picture and make every sound again.
assets:
    python assets/build.py

# Train the shipped model again (extra `train`, EEGMAT under HERON_DATA).
model:
    heron train
