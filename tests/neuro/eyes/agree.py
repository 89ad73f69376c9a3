"""How far labels agree with other labels of the same gaze: `python -m tests.neuro.eyes.agree hmr|neon|made [FOLDER]`.

hmr:  the net against people, one person left out after the other; FOLDER is HERON_DATA/hmr
neon: the rules against the detector in Neon's app; FOLDER is HERON_DATA/neon_native
made: the rules against the truth of made gaze, by rate and noise
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neuro.eyes import learning
from neuro.eyes.look import BLINK, FIXATION, KINDS, LOST, PSO, PURSUIT, SACCADE, Look
from neuro.eyes.offline import labelled
from neuro.sources.neon import native
from tests.neuro.eyes.made import kappa, made

_SHOWN = (FIXATION, SACCADE, PURSUIT, BLINK)
_NEON_FIXATION_S = 0.07  # Neon has no shorter fixation: what is between two saccades is of them


def f1(said: NDArray[np.int8], true: NDArray[np.int8]) -> list[float]:
    """Of _SHOWN in turn."""
    return [
        float(2 * ((said == k) & (true == k)).sum() / max((said == k).sum() + (true == k).sum(), 1)) for k in _SHOWN
    ]


def left_out(eyes: list[learning.Eye], person: int) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """What a net of all others says of a person's samples, through the live stage, and what was labelled."""
    net = learning.train([eye for eye in eyes if eye.person != person], np.random.default_rng(person))
    mine = [eye for eye in eyes if eye.person == person]
    said = [labelled(look_of(eye), net)[0].kind for eye in mine]
    return np.concatenate(said), np.concatenate([eye.kind for eye in mine])


def look_of(eye: learning.Eye) -> Look:
    n = eye.confidence.size
    return Look(np.arange(n) / 200, eye.deg, eye.confidence, np.full(n, np.nan))


def hmr(folder: Path) -> Iterator[str]:
    eyes = learning.hmr(folder)
    yield "| person | fixation | saccade | pursuit | blink | macro |\n|---|---|---|---|---|---|"
    all_said, all_true = [], []
    for person in sorted({eye.person for eye in eyes}):
        said, true = left_out(eyes, person)
        all_said.append(said)
        all_true.append(true)
        yield _row(str(person), f1(said, true))
    yield _row("all, net", f1(np.concatenate(all_said), np.concatenate(all_true)))
    rules = np.concatenate([labelled(look_of(eye))[0].kind for eye in eyes])
    rules[rules == LOST] = BLINK
    yield _row("all, rules", f1(rules, np.concatenate([eye.kind for eye in eyes])))


def _row(name: str, scores: list[float]) -> str:
    return f"| {name} | " + " | ".join(f"{score:.3f}" for score in (*scores, float(np.mean(scores)))) + " |"


def neon(folder: Path) -> Iterator[str]:
    yield "| recording | samples | kappa as labelled | kappa in Neon's sense |\n|---|---|---|---|"
    both: list[list[NDArray[np.bool_]]] = []
    for path in sorted(each for each in folder.iterdir() if each.is_dir()):
        plain, sense, theirs = _neon(path)
        both.append([plain, sense, theirs])
        yield f"| {path.name} | {theirs.size} | {kappa(plain, theirs):.3f} | {kappa(sense, theirs):.3f} |"
    plain, sense, theirs = (np.concatenate(each) for each in zip(*both, strict=True))
    yield f"| both | {theirs.size} | {kappa(plain, theirs):.3f} | {kappa(sense, theirs):.3f} |"


def _neon(path: Path) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each sample that Neon calls one or the other is a saccade: to us, to us in Neon's sense, to Neon."""
    from pupil_labs.neon_recording import NeonRecording  # noqa: PLC0415

    look = native.look(path)
    with NeonRecording(path) as recording:
        start_ns = np.array(recording.gaze.time)[0]
        saccade, fixation = (_during(look.t_s, each, start_ns) for each in (recording.saccades, recording.fixations))
    kind = labelled(look)[0].kind
    judged = (saccade | fixation) & (look.confidence > 0)
    sense = _without_short_rests(look.t_s, np.isin(kind, (SACCADE, PSO, BLINK)))
    return (kind == SACCADE)[judged], sense[judged], saccade[judged]


def _during(t_s: NDArray[np.float64], events: object, start_ns: int) -> NDArray[np.bool_]:
    inside = np.zeros(t_s.size, bool)
    starts, stops = np.array(events.start_time), np.array(events.stop_time)  # type: ignore[attr-defined]
    for first_s, last_s in zip((starts - start_ns) / 1e9, (stops - start_ns) / 1e9, strict=True):
        inside |= (t_s > first_s - 1e-4) & (t_s < last_s - 1e-4)
    return inside


def _without_short_rests(t_s: NDArray[np.float64], moving: NDArray[np.bool_]) -> NDArray[np.bool_]:
    filled = moving.copy()
    edges = [0, *(np.flatnonzero(np.diff(moving)) + 1).tolist(), moving.size]
    for first, last in pairwise(edges[1:-1]):
        if not moving[first] and t_s[last] - t_s[first] < _NEON_FIXATION_S:
            filled[first:last] = True
    return filled


def made_gaze(_: Path) -> Iterator[str]:
    yield "| rate Hz | noise deg | follows | fixation | saccade | pso | pursuit | blink |\n" + "|---" * 8 + "|"
    for rate_hz in (30, 60, 120, 200, 300, 500, 1000):
        for noise_deg in (0.01, 0.05, 0.2, 0.5):
            for follows in (0.0, 0.6):
                truth = made(rate_hz, 60, 1, noise_deg, follows)
                kind = labelled(truth.look)[0].kind
                cells = [
                    f"{kappa(kind == k, truth.kind == k):.2f}" if (truth.kind == k).any() else ""
                    for k in range(len(KINDS) - 1)
                ]
                yield f"| {rate_hz} | {noise_deg} | {follows} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    which = {"hmr": hmr, "neon": neon, "made": made_gaze}[sys.argv[1]]
    for line in which(Path(sys.argv[2] if len(sys.argv) > 2 else ".")):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
