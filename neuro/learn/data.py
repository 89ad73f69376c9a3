"""People as the model sees them: tokens of half a second each, through the live front end, with what they did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.baseline import Baseline, Rest, Tension, away, own_power, shrunk, usual_at_rest
from neuro.errors import BadRecording
from neuro.pipeline import MIN_GOOD, Front, Moment
from neuro.scalp import places
from neuro.scorer import N_EYES
from neuro.sources.recorded import Recording
from neuro.sources.recording import load
from neuro.spectrum import mean_where, own_bins, shape_of
from neuro.tokens import OF_ROW, STEP_HOPS, STEPS
from neuro.types import HOP_HZ, Chunk
from neuro.unmix import covariance_at_rest, gains, unmixing

BASELINE_S = 60.0
WINDOW_S = 4.0
JUDGED_EVERY = 4  # steps: one window of 4 s every 2 s, neighbours overlap by half
STEP_S = STEP_HOPS / HOP_HZ


@dataclass(frozen=True, slots=True)
class Stretch:
    """A recording without a gap.

    moments: ten a second
    engaged: (n,) 1 on a task, 0 not; NaN where nobody knows
    eyes:    (n, N_EYES) as `EyeTokens` has them, NaN where they were not seen; None where nobody looked
    """

    moments: Sequence[Moment]
    engaged: NDArray[np.float64]
    eyes: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One person's tokens, two a second, and the windows that they make.

    bins:     (n, n_channels, 2, n_hz) float32 microvolts, as `neuro.tokens.Tokens.newest`
    good:     (n, n_channels) whether the channel carries a signal
    alpha_hz: where the own alpha is
    covariance: (N_BANDS, n_channels, n_channels) of the rest, as in `neuro.unmix`
    power:    (n, n_channels, n_bins) float32, of what is each channel's own, in bins that follow the own alpha
    clean:    (n, n_channels) whether the channel is good and those 2 s hold no blink, no jolt, no loss
    centre, spread: (n_channels, 2, N_NUMBERS) of clean rest as in `Baseline`, the spread as it is (see `shrunk`)
    rest_s:   how much clean rest that is
    ends:     (m,) the newest token of each window; a window is that and the STEPS - 1 before
    engaged:  (m,) 1 where the mind was on a task, 0 where it was not
    payable:  (m,) whether the live gates would have let it pay: head, no blink, no muscle, half the channels
    eyes:     (n, N_EYES) deviations of the eyes from rest; NaN where they were not seen
    sign:     that the deviations of the spectra from rest are multiplied with: -1 in a control, else 1
    """

    name: str
    channels: tuple[str, ...]
    bins: NDArray[np.float32]
    good: NDArray[np.bool_]
    alpha_hz: float
    covariance: NDArray[np.float64]
    power: NDArray[np.float32]
    clean: NDArray[np.bool_]
    centre: NDArray[np.float64]
    spread: NDArray[np.float64]
    rest_s: float
    ends: NDArray[np.intp]
    engaged: NDArray[np.float64]
    payable: NDArray[np.bool_]
    eyes: NDArray[np.float32]
    sign: float = 1.0

    @property
    def resting(self) -> slice:
        """The tokens of the baseline."""
        return slice(0, round(self.rest_s * HOP_HZ / STEP_HOPS))

    @property
    def gains(self) -> NDArray[np.float32]:
        """(n_bins, n_channels, n_channels) how much of each channel's power comes into which, were nothing shared."""
        of_hz = gains(unmixing(self.covariance, np.ones(len(self.channels), bool)))
        bins = own_bins(self.alpha_hz)
        return np.tensordot(bins / bins.sum(axis=0), of_hz, (0, 0)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Windows:
    """What a model judges.

    z:       (n, n_channels, ROWS, N_NUMBERS) float32 deviations from rest
    clean:   (n, n_channels, STEPS) which of them may be looked at
    places:  (n_channels, N_PLACE)
    eyes:    (n, STEPS, N_EYES), NaN where they were not seen
    engaged: (n,) 1 or 0
    weight:  (n,) a person's rest and task weigh the same, and every person the same
    t_s:     (n,) when they end, from the person's first token on, as if no time lay between recordings
    """

    z: NDArray[np.float32]
    clean: NDArray[np.bool_]
    places: NDArray[np.float32]
    eyes: NDArray[np.float32]
    engaged: NDArray[np.float64]
    weight: NDArray[np.float64]
    t_s: NDArray[np.float64]


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


def eegmat(
    recordings: list[tuple[Path, Path]],
    channels: tuple[str, ...] | None = None,
    baseline_s: float = BASELINE_S,
    exchanged: bool = False,
) -> Iterator[Person]:
    """Each person of EEGMAT, against the first seconds of the own rest. Source: Zyma et al. 2019, Data 4(1):14.

    exchanged: against the first seconds of the task, and the rest is all to be judged

    Raises: BadRecording: one cannot be read, or too little of the rest is clean.
    """
    for at_rest, at_task in recordings:
        rest, task = (_picked(path, channels) for path in (at_rest, at_task))
        yield of_recordings(at_rest.stem.removesuffix("_1"), rest, task, baseline_s, exchanged)


def of_recordings(
    name: str, rest: Recording, task: Recording, baseline_s: float = BASELINE_S, exchanged: bool = False
) -> Person:
    """Somebody at rest, of which the first seconds become the baseline, and on a task; exchanged, as in `eegmat`.

    Raises: BadRecording: the two do not fit together, or too little of the rest is clean.
    """
    for what, one, other in (
        ("samples a second", f"{rest.headset.rate_hz:g}", f"{task.headset.rate_hz:g}"),
        ("channels", ", ".join(rest.headset.channels), ", ".join(task.headset.channels)),
    ):
        if one != other:
            raise BadRecording(f"{name} has other {what} at rest ({one}) and on the task ({other}): leave it out.")
    stretches = [_labelled(rest, 0.0), _labelled(task, 1.0)]
    return person(name, rest.headset.channels, stretches[::-1] if exchanged else stretches, baseline_s)


def _picked(path: Path, channels: tuple[str, ...] | None) -> Recording:
    recording = load(path)
    return recording.pick(channels) if channels else recording


def _labelled(recording: Recording, engaged: float) -> Stretch:
    hops = Front(recording.headset)(Chunk(recording.uv, recording.t_s))
    moments = [hop for hop in hops if isinstance(hop, Moment)]
    return Stretch(moments, np.full(len(moments), engaged))


def person(name: str, channels: tuple[str, ...], stretches: Sequence[Stretch], baseline_s: float) -> Person:
    """Somebody's stretches, of which the first begins with so much rest.

    Raises: BadRecording: too little of the rest is clean.
    """
    baseline = _baseline(name, channels, stretches[0], baseline_s)
    first_s = [baseline_s + WINDOW_S] + [-np.inf] * (len(stretches) - 1)
    parts = [_steps(part, baseline, after_s) for part, after_s in zip(stretches, first_s, strict=True)]
    offsets = np.cumsum([0] + [len(part.power) for part in parts[:-1]])
    return Person(
        name=name,
        channels=channels,
        bins=np.concatenate([part.bins for part in parts]),
        good=np.concatenate([part.good for part in parts]),
        alpha_hz=baseline.alpha_hz,
        covariance=baseline.covariance,
        power=np.concatenate([part.power for part in parts]),
        clean=np.concatenate([part.clean for part in parts]),
        centre=baseline.centre,
        spread=baseline.spread,
        rest_s=baseline.seconds,
        ends=np.concatenate([part.ends + offset for part, offset in zip(parts, offsets, strict=True)]),
        engaged=np.concatenate([part.engaged for part in parts]),
        payable=np.concatenate([part.payable for part in parts]),
        eyes=np.concatenate([part.eyes for part in parts]),
    )


class _Steps(NamedTuple):
    """What a `Person` has of one stretch."""

    bins: NDArray[np.float32]
    good: NDArray[np.bool_]
    power: NDArray[np.float32]
    clean: NDArray[np.bool_]
    eyes: NDArray[np.float32]
    ends: NDArray[np.intp]
    engaged: NDArray[np.float64]
    payable: NDArray[np.bool_]


def _steps(part: Stretch, baseline: Baseline, after_s: float) -> _Steps:
    """Every fifth moment; windows end at those that are whole, labelled and later than after_s."""
    steps, engaged = part.moments[::STEP_HOPS], part.engaged[::STEP_HOPS]
    late = np.array([moment.t_s > after_s for moment in steps])
    late[: STEPS - 1] = False
    ends = np.flatnonzero(late & ~np.isnan(engaged))
    eyes = np.full((len(part.moments), N_EYES), np.nan) if part.eyes is None else baseline.eyes_z(part.eyes)
    bins = np.stack([moment.tokens.newest for moment in steps]).astype(np.float32)
    good = np.stack([moment.quality.good for moment in steps])
    return _Steps(
        bins=bins,
        good=good,
        power=(own_power(bins, baseline.covariance, good) @ own_bins(baseline.alpha_hz)).astype(np.float32),
        clean=np.stack([moment.quality.clean & moment.quality.good for moment in steps]),
        eyes=eyes[::STEP_HOPS].astype(np.float32),
        ends=ends,
        engaged=engaged[ends],
        payable=np.array(_payable(part.moments, baseline))[::STEP_HOPS][ends],
    )


def _baseline(name: str, channels: tuple[str, ...], first: Stretch, baseline_s: float) -> Baseline:
    """As it is, not drawn to what is usual: that depends on who else is learned from."""
    rest = Rest(channels, None)
    for i, moment in enumerate(first.moments):
        if moment.t_s <= baseline_s and moment.calm:
            eyes = None if first.eyes is None else first.eyes[i]
            quality = moment.quality
            rest.add(moment.tokens.newest, quality.clean, quality.good, quality.muscle_db, quality.sudden, eyes)
    baseline = rest.baseline()
    if baseline is None:
        raise BadRecording(f"{name}: too little of the first minute is clean enough for a baseline.")
    return baseline


def _payable(moments: Sequence[Moment], gate: Baseline) -> list[bool]:
    tension = Tension()
    pays = []
    for moment in moments:
        tense = tension(moment.t_s, gate.is_muscle(moment.quality.muscle_db))
        quiet = not tense and not gate.is_sudden(moment.quality.sudden, moment.quality.good)
        pays.append(moment.calm and quiet and bool(moment.usable.mean() >= MIN_GOOD))
    return pays


def windows(person: Person, usual_spread: NDArray[np.float64]) -> Windows:
    """One window of 4 s every 2 s, what could not have paid left out."""
    rest, task = (np.flatnonzero(person.engaged == label)[::JUDGED_EVERY] for label in (0.0, 1.0))
    rest, task = (chosen[person.payable[chosen]] for chosen in (rest, task))
    weight = np.repeat([0.5 / max(len(rest), 1), 0.5 / max(len(task), 1)], [len(rest), len(task)])
    return at_windows(person, np.concatenate([rest, task]), weight, usual_spread)


def at_windows(
    person: Person, chosen: NDArray[np.intp], weight: NDArray[np.float64], usual_spread: NDArray[np.float64]
) -> Windows:
    """These of somebody's windows, by their numbers in `Person.ends` (n,), which weigh so much (n,)."""
    rows = person.ends[chosen, None] + np.arange(1 - STEPS, 1)
    clean = person.clean[rows].swapaxes(1, 2)  # (n, n_channels, STEPS)
    tokens = person.power[rows].swapaxes(1, 2)  # (n, n_channels, STEPS, n_bins)
    shape = shape_of(np.concatenate([mean_where(tokens, clean)[:, :, None], tokens], axis=2))
    centre, spread = person.centre[:, OF_ROW], shrunk(person.spread, usual_spread, person.rest_s)[:, OF_ROW]
    return Windows(
        z=(person.sign * away(shape, centre, spread)).astype(np.float32),
        clean=clean,
        places=places(person.channels),
        eyes=person.eyes[rows],
        engaged=person.engaged[chosen],
        weight=weight,
        t_s=np.asarray(person.ends[chosen] * STEP_S, float),
    )


def refuse_empty(person: Person) -> None:
    """Say what is wrong before hours are spent.

    Raises: BadRecording: no clean window at rest or on a task, or something that is no number.
    """
    for label, words in ((0, "at rest"), (1, "on a task")):
        if not (person.payable & (person.engaged == label)).any():
            raise BadRecording(f"{person.name} has no clean window {words}: leave this recording out.")
    if not np.isfinite(person.power).all():
        raise BadRecording(f"{person.name} has samples that are no numbers: leave this recording out.")


def with_channels(person: Person, rows: Sequence[int]) -> Person:
    """The same person as if only these of the channels had been worn."""
    chosen, rest = list(rows), person.resting
    channels = tuple(person.channels[row] for row in chosen)
    bins, good, clean = person.bins[:, chosen], person.good[:, chosen], person.clean[:, chosen]
    covariance = covariance_at_rest(bins[rest], clean[rest], places(channels), person.rest_s)
    power = (own_power(bins, covariance, good) @ own_bins(person.alpha_hz)).astype(np.float32)
    centre, spread = usual_at_rest(power[rest].astype(float), clean[rest], 1)
    return replace(
        person,
        channels=channels,
        bins=bins,
        good=good,
        covariance=covariance,
        power=power,
        clean=clean,
        centre=centre,
        spread=spread,
    )


def usual_spread(people: Sequence[Person]) -> NDArray[np.float64]:
    """(2, N_NUMBERS) the typical spread at rest as in `Baseline`, over the channels of these people."""
    return np.asarray(np.median([np.median(person.spread, axis=0) for person in people], axis=0))
