"""How far labels agree with other labels of the same gaze: `python -m tests.neuro.eyes.agree WHAT [FOLDER]`.

hmr:     the net against people, one person left out after the other; FOLDER is HERON_DATA/hmr
neon:    each method against the detector in Neon's app; FOLDER is HERON_DATA/neon_native
crossed: the same, with the numbers of `NEON` chosen on one recording and tested on the other
made:    the rules, and saccades by I-VT, against the truth of made gaze, by rate and noise
"""

import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neuro.eyes import learning
from neuro.eyes.events import EyeEvents
from neuro.eyes.look import BLINK, FIXATION, KINDS, LOST, PURSUIT, SACCADE, Look
from neuro.eyes.offline import Stage, labelled
from neuro.eyes.pupil_events import PupilEvents
from neuro.eyes.velocity import IVT, NEON, VelocityEvents
from neuro.sources.neon import native
from tests.neuro.eyes.made import kappa, made

_SHOWN = (FIXATION, SACCADE, PURSUIT, BLINK)
_METHODS: dict[str, Callable[[], Stage]] = {
    "rules": EyeEvents,
    "ivt": lambda: VelocityEvents(IVT),
    "neon": lambda: VelocityEvents(NEON),
}


def f1(said: NDArray[np.int8], true: NDArray[np.int8]) -> list[float]:
    """Of _SHOWN in turn."""
    return [
        float(2 * ((said == k) & (true == k)).sum() / max((said == k).sum() + (true == k).sum(), 1)) for k in _SHOWN
    ]


def left_out(eyes: list[learning.Eye], person: int) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """What a net of all others says of a person's samples, through the live stage, and what was labelled."""
    net = learning.train([eye for eye in eyes if eye.person != person], np.random.default_rng(person))
    mine = [eye for eye in eyes if eye.person == person]
    said = [labelled(look_of(eye), PupilEvents(net))[0].kind for eye in mine]
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
    """Over all samples that Neon's app calls one or the other, and over those that are no blink to us."""
    judged = {path.name: Judged.of(path) for path in sorted(folder.iterdir()) if path.is_dir()}
    yield "| method | recording | samples | kappa as labelled | blinks left out |\n|---|---|---|---|---|"
    for name, new in _METHODS.items():
        said = [(each.theirs, labelled(each.look, new())[0].kind[each.known]) for each in judged.values()]
        rows = dict(zip(judged, said, strict=True))
        rows["both"] = (np.concatenate([theirs for theirs, _ in said]), np.concatenate([ours for _, ours in said]))
        for recording, (theirs, ours) in rows.items():
            shown = ~np.isin(ours, (BLINK, LOST))
            plain, open_eyed = kappa(ours == SACCADE, theirs), kappa((ours == SACCADE)[shown], theirs[shown])
            yield f"| {name} | {recording} | {theirs.size} | {plain:.3f} | {open_eyed:.3f} |"


def crossed(folder: Path) -> Iterator[str]:
    """The numbers of NEON that no paper has, chosen on one recording, tested on the other."""
    judged = [Judged.of(path) for path in sorted(folder.iterdir()) if path.is_dir()]
    grid = [
        replace(NEON, fast_deg_per_s=fast, small_s=small_s, small_deg=small_deg, rest_s=rest_s)
        for fast in np.arange(42.0, 55.0, 1.0).tolist()
        for small_s in (0.0075, 0.0125, 0.0175, 0.0225)
        for small_deg in (1.0, 1.5, 2.0, 2.5)
        for rest_s in (0.0625, 0.0675, 0.0725, 0.0775)
    ]
    scores = np.array([[each.agrees(VelocityEvents(rule)) for each in judged] for rule in grid])
    for chosen, tested in ((0, 1), (1, 0)):
        best = int(scores[:, chosen].argmax())
        yield f"chosen on {judged[chosen].name}: {grid[best]}"
        yield f"there {scores[best, chosen]:.3f}, on {judged[tested].name} {scores[best, tested]:.3f}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A recording, and what Neon's app says of it.

    known:  (n,) whether it says anything; theirs: as many as known, whether that is a saccade
    """

    name: str
    look: Look
    known: NDArray[np.bool_]
    theirs: NDArray[np.bool_]

    @staticmethod
    def of(path: Path) -> "Judged":
        from pupil_labs.neon_recording import NeonRecording  # noqa: PLC0415

        look = native.look(path)
        with warnings.catch_warnings(action="ignore", category=ResourceWarning), NeonRecording(path) as recording:
            start_ns = np.array(recording.gaze.time)[0]
            saccade, fixation = (
                _during(look.t_s, each, start_ns) for each in (recording.saccades, recording.fixations)
            )
        known = saccade | fixation
        return Judged(path.name, look, known, saccade[known])

    def agrees(self, stage: Stage) -> float:
        """Kappa of saccades, over all samples that the app calls one or the other."""
        return kappa((labelled(self.look, stage)[0].kind == SACCADE)[self.known], self.theirs)


def _during(t_s: NDArray[np.float64], events: object, start_ns: int) -> NDArray[np.bool_]:
    inside = np.zeros(t_s.size, bool)
    starts, stops = np.array(events.start_time), np.array(events.stop_time)  # type: ignore[attr-defined]
    for first_s, last_s in zip((starts - start_ns) / 1e9, (stops - start_ns) / 1e9, strict=True):
        inside |= (t_s > first_s - 1e-4) & (t_s < last_s - 1e-4)
    return inside


def made_gaze(_: Path) -> Iterator[str]:
    yield (
        "| rate Hz | noise deg | follows | fixation | saccade | pso | pursuit | blink | saccade, ivt |\n"
        + "|---" * 9
        + "|"
    )
    for rate_hz in (30, 60, 120, 200, 300, 500, 1000):
        for noise_deg in (0.01, 0.05, 0.2, 0.5):
            for follows in (0.0, 0.6):
                truth = made(rate_hz, 60, 1, noise_deg, follows)
                kind, ivt = (labelled(truth.look, _METHODS[each]())[0].kind for each in ("rules", "ivt"))
                cells = [
                    f"{kappa(kind == k, truth.kind == k):.2f}" if (truth.kind == k).any() else ""
                    for k in range(len(KINDS) - 1)
                ]
                cells.append(f"{kappa(ivt == SACCADE, truth.kind == SACCADE):.2f}")
                yield f"| {rate_hz} | {noise_deg} | {follows} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    which = {"hmr": hmr, "neon": neon, "crossed": crossed, "made": made_gaze}[sys.argv[1]]
    for line in which(Path(sys.argv[2] if len(sys.argv) > 2 else ".")):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
