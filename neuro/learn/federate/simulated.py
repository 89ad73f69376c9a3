"""Simulated players in place of a home's own: to try a federation out, and to say in which directions to learn."""

from collections.abc import Sequence

import numpy as np

from neuro.errors import BadRecording
from neuro.learn.data import BASELINE_S, Stretch, person
from neuro.learn.lessons import Lesson
from neuro.learn.twins import PROFILES, SEATED_S, moments_of, truth
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS


def sat(number: int, sitting: int, seconds: float = SEATED_S) -> Lesson | None:
    """A person's sitting without eyes, labelled by the hidden attention; None where too little of the rest is clean.

    Persons of one kind differ in rhythms and in what attention does to them (neuro.twin.people).
    """
    twin = Twin(PROFILES[number % len(PROFILES)], 400_000 + 100 * number + sitting, number, sitting)
    moments = moments_of(twin, seconds)
    engaged = truth(twin.zone, np.array([moment.t_s for moment in moments]))
    try:
        someone = person(f"{number}, sitting {sitting}", CHANNELS, [Stretch(moments, engaged)], BASELINE_S)
    except BadRecording:
        return None
    return Lesson(someone, np.ones(len(someone.ends)))


def lessons(number: int, sittings: Sequence[int]) -> list[Lesson]:
    """Those of a person's sittings that teach."""
    return [one for one in (sat(number, sitting) for sitting in sittings) if one is not None]
