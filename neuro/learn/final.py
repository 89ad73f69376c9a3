"""The model that ships: when to stop and how sure to be, found on people held out; then everybody is learned from."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.random import default_rng  # noqa: TID251 -- seeded by the caller
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.learn.config import Config
from neuro.learn.data import Person, Windows, refuse_empty, windows, with_channels
from neuro.learn.metrics import Calibration, calibration
from neuro.learn.train import Model, Training, model_of, predicted

MONTAGES = 4
"""With how many other sets of sensors each person held out is judged."""

LEAST_PEOPLE = 3
"""Two to learn from while one is held out."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """What an epoch came to.

    turn, turns: which people are held out; in the last turn nobody is
    epoch, epochs: which of how many at most
    held_out:    cross-entropy over the people held out, in nats; None in the last turn
    """

    turn: int
    turns: int
    epoch: int
    epochs: int
    loss: float
    held_out: float | None

    @property
    def done(self) -> float:
        """The share 0..1 of all the work."""
        return (self.turn + self.epoch / self.epochs) / self.turns


Watch = Callable[[Epoch], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """Log odds (n,) of people held out after an epoch, what they did (n,), and how their windows weigh (n,)."""

    logit: NDArray[np.float64]
    engaged: NDArray[np.float64]
    weight: NDArray[np.float64]

    def entropy(self) -> float:
        """Cross-entropy in nats, once calibrated: how sure to be is found last, and must not say when to stop."""
        said = calibration(self.logit, self.engaged, self.weight)(self.logit)
        return float(np.average(np.logaddexp(0, said) - self.engaged * said, weights=self.weight))


def train(
    people: Sequence[Person],
    config: Config,
    seed: int,
    watch: Watch = lambda _epoch: None,
    saved: Path | None = None,
    beside: Sequence[Person] = (),
) -> Model:
    """A model of all these people.

    beside: simulated players, learned from and asked when to stop, but never how sure to be of people
    saved: where it is kept after each epoch how far it has come; killed, it goes on from there to the same weights
    Raises: BadRecording: these people cannot be learned from.
    """
    everybody = [*people, *beside]
    refuse(people)
    notes = _Notes(saved, _key(everybody, config, seed))
    course = _Course(config, seed, watch, notes, min(config.folds, len(people)))
    order, others = (default_rng(seed).permutation(len(some)).tolist() for some in (people, beside))
    courses = []
    for turn in range(course.n_folds):
        out = [people[i] for i in order[turn :: course.n_folds]], [beside[i] for i in others[turn :: course.n_folds]]
        learners = [one for one in everybody if not any(one is each for some in out for each in some)]
        _, judged = course.turn(turn, learners, out, config.epochs)
        courses.append(judged)
    epochs = 1 + int(np.mean([[_entropy(after) for after in judged] for judged in courses], axis=0).argmin())
    training, _ = course.turn(course.n_folds, everybody, (), epochs)
    return model_of(training, everybody, calibration_of([judged[epochs - 1][0] for judged in courses]))


def refuse(people: Sequence[Person]) -> None:
    """Say what is wrong before hours are spent.

    Raises: BadRecording: too few people, one without rest or without a task, or something that is no number.
    """
    if len(people) < LEAST_PEOPLE:
        raise BadRecording(
            f"Learning needs at least {LEAST_PEOPLE} people, and there are {len(people)}: give a folder with more."
        )
    for person in people:
        refuse_empty(person)


class _Course:
    """Turns of training, each with other people held out."""

    def __init__(self, config: Config, seed: int, watch: Watch, notes: "_Notes", n_folds: int) -> None:
        self.n_folds = n_folds
        self._config, self._seed, self._watch, self._notes = config, seed, watch, notes

    def turn(
        self, number: int, learners: Sequence[Person], held_out: Sequence[Sequence[Person]], epochs: int
    ) -> tuple[Training, list[list[Judged]]]:
        """Train so many epochs, and judge each kind of people held out after each."""
        training = Training(learners, self._config, self._seed + number)
        some = [
            [windows(part, training.usual_spread) for part in self._montages(number, kind)]
            for kind in held_out
            if kind
        ]
        judged: list[list[Judged]] = []
        if before := self._notes.turns.get(number):
            judged = [[Judged(**kind) for kind in each] for each in before["judged"]]
            training.go_on(before["training"])
        while training.epochs < epochs:
            loss = training.epoch()
            judged += [[_judged(training, kind) for kind in some]] if some else []
            told = [[asdict(kind) for kind in each] for each in judged]
            self._notes.put(number, {"judged": told, "training": training.state()})
            entropy = _entropy(judged[-1]) if judged else None
            self._watch(Epoch(number, self.n_folds + 1, training.epochs, epochs, loss, entropy))
        return training, judged

    def _montages(self, number: int, held_out: Sequence[Person]) -> list[Person]:
        """Everybody with sensors drawn as in training, several times: how sure to be must hold for any headset."""
        chance = default_rng([self._seed, number])
        found = []
        for person in held_out:
            n = len(person.channels)
            for _ in range(MONTAGES):
                several = chance.integers(1, min(n, self._config.most_channels) + 1)
                found.append(with_channels(person, chance.permutation(n)[:several].tolist()))
        return found


def _entropy(kinds: Sequence[Judged]) -> float:
    """The mean over kinds of people: eyes are learned from simulated players alone, and later than the brain."""
    return float(np.mean([kind.entropy() for kind in kinds]))


def _judged(training: Training, some: Sequence[Windows]) -> Judged:
    return Judged(
        logit=np.concatenate([predicted(training.averaged, part)[0] for part in some]),
        engaged=np.concatenate([part.engaged for part in some]),
        weight=np.concatenate([part.weight for part in some]),
    )


def calibration_of(judged: Sequence[Judged]) -> Calibration:
    """How sure to be on people never seen; every turn counts the same."""
    odds, engaged = (np.concatenate([getattr(part, name) for part in judged]) for name in ("logit", "engaged"))
    return calibration(odds, engaged, np.concatenate([part.weight / part.weight.sum() for part in judged]))


class _Notes:
    """How far a training has come, in a file that is of no use for any other."""

    def __init__(self, path: Path | None, key: str) -> None:
        self._path, self._key = path, key
        self.turns: dict[int, dict[str, Any]] = {}
        if path and path.exists():
            found = torch.load(path, weights_only=False)  # our own file; it holds arrays
            if found["key"] == key:
                self.turns = found["turns"]

    def put(self, turn: int, state: dict[str, Any]) -> None:
        """Remember a turn: the file is whole at any moment."""
        self.turns[turn] = state
        if self._path:
            beside = self._path.with_suffix(".new")
            torch.save({"key": self._key, "turns": self.turns}, beside)
            beside.replace(self._path)


def _key(people: Sequence[Person], config: Config, seed: int) -> str:
    """Of everything that decides what comes out."""
    whole = sha256(repr((config, seed)).encode())
    for person in people:
        whole.update(f"{person.name} {person.channels} {person.ends.size}".encode() + person.power.tobytes())
    return whole.hexdigest()
