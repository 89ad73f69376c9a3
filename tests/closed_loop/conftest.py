"""Simulated sittings that several tests look at; seeds are fixed, so nothing here is left to luck."""

from collections.abc import Callable

import pytest

from game.simulation.course import Job, course
from game.simulation.figures import Figures

Play = Callable[[Job], list[Figures]]


@pytest.fixture(scope="session")
def played() -> Play:
    """A job's figures; each job is played once."""
    known: dict[Job, list[Figures]] = {}

    def play(job: Job) -> list[Figures]:
        if job not in known:
            known[job] = course(job)
        return known[job]

    return play
