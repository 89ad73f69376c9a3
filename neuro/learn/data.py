"""EEGMAT as the model sees it: band powers of rest and of mental arithmetic, through the live front end."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neuro.baseline import Baseline, Rest, Tension
from neuro.errors import BadRecording
from neuro.pipeline import Front, Moment
from neuro.sources.recorded import Recording
from neuro.sources.recording import load
from neuro.types import Chunk

BASELINE_S = 60.0
WINDOW_S = 4.0
STEP_HOPS = 20  # one window of 4 s every 2 s: neighbours overlap by half


@dataclass(frozen=True, slots=True)
class Person:
    """One person's moments, ten a second.

    resting: the first minute of the recording at rest, which becomes the baseline
    rest:    what follows it, from the first window that shares nothing with it
    task:    the recording under mental arithmetic
    """

    name: str
    channels: tuple[str, ...]
    resting: tuple[Moment, ...]
    rest: tuple[Moment, ...]
    task: tuple[Moment, ...]

    def baseline(self, usual_spread: NDArray[np.float64]) -> Baseline:
        """What is usual for this person.

        Raises: BadRecording: too little of the first minute is clean.
        """
        rest = Rest(self.channels, usual_spread)
        for moment in self.resting:
            if moment.calm:
                rest.add(moment.powers.steady, moment.quality.muscle_db, moment.quality.sudden)
        baseline = rest.baseline()
        if baseline is None:
            raise BadRecording(f"{self.name}: too little of the first minute is clean enough for a baseline.")
        return baseline

    def spread(self) -> NDArray[np.float64]:
        """(n_bands,) the median spread over channels at rest."""
        calm = np.stack([moment.powers.steady for moment in self.resting if moment.calm])
        deviation = np.median(np.abs(calm - np.median(calm, axis=0)), axis=0)
        return np.asarray(np.median(1.4826 * deviation, axis=0))


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """The recordings at rest and under mental arithmetic of each person who has both, in the order of their names.

    Raises: BadRecording: the folder holds no such pair.
    """
    at_rest = sorted(folder.glob("Subject*_1.edf"))
    found = [(rest, task) for rest in at_rest if (task := rest.with_name(rest.name.replace("_1.", "_2."))).exists()]
    if not found:
        raise BadRecording(
            f"{folder} holds no pair SubjectNN_1.edf and SubjectNN_2.edf; --data names another folder."
        )
    return found


def eegmat(recordings: list[tuple[Path, Path]], channels: tuple[str, ...] | None = None) -> Iterator[Person]:
    """Each person of EEGMAT. Source: Zyma et al. 2019, Data 4(1):14."""
    for at_rest, at_task in recordings:
        rest, task = _picked(at_rest, channels), _picked(at_task, channels)
        moments = _moments(rest)
        yield Person(
            name=at_rest.stem.removesuffix("_1"),
            channels=rest.headset.channels,
            resting=tuple(moment for moment in moments if moment.t_s <= BASELINE_S),
            rest=tuple(moment for moment in moments if moment.t_s > BASELINE_S + WINDOW_S),
            task=_moments(task),
        )


def _picked(path: Path, channels: tuple[str, ...] | None) -> Recording:
    recording = load(path)
    return recording.pick(channels) if channels else recording


def _moments(recording: Recording) -> tuple[Moment, ...]:
    hops = Front(recording.headset)(Chunk(recording.uv, recording.t_s))
    return tuple(hop for hop in hops if isinstance(hop, Moment))


@dataclass(frozen=True, slots=True)
class Windows:
    """What a model learns from: deviations from rest, and what the person did.

    z:      (n, n_bands)
    task:   (n,) 1 under mental arithmetic, 0 at rest
    weight: (n,) a person's rest and task weigh the same, and every person the same
    """

    z: NDArray[np.float64]
    task: NDArray[np.float64]
    weight: NDArray[np.float64]


def windows(person: Person, usual_spread: NDArray[np.float64]) -> Windows:
    """One window of 4 s every 2 s, muscle and blinks left out, as in play."""
    baseline = person.baseline(usual_spread)
    rest, task = (
        np.stack([baseline.z(moment.powers.steady, moment.usable) for moment in _kept(moments, baseline)])
        for moments in (person.rest, person.task)
    )
    return Windows(
        z=np.concatenate([rest, task]),
        task=np.repeat([0.0, 1.0], [len(rest), len(task)]),
        weight=np.repeat([0.5 / len(rest), 0.5 / len(task)], [len(rest), len(task)]),
    )


def _kept(moments: tuple[Moment, ...], baseline: Baseline) -> list[Moment]:
    tension = Tension()
    tense = [tension(moment.t_s, baseline.is_muscle(moment.quality.muscle_db)) for moment in moments]
    kept = zip(moments[::STEP_HOPS], tense[::STEP_HOPS], strict=True)
    return [moment for moment, is_tense in kept if moment.calm and not is_tense]


def usual_spread(people: list[Person]) -> NDArray[np.float64]:
    """(n_bands,) the typical spread at rest of these people."""
    return np.asarray(np.median([person.spread() for person in people], axis=0))
