"""What is done with one recording, one person or one fold; given and kept in ways that travel."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from neuro import offline
from neuro.errors import BadModel
from neuro.kernels.ready import compile_now
from neuro.learn.cohort import Piece
from neuro.learn.config import Config
from neuro.learn.data import BASELINE_S, Person, eegmat, refuse_empty
from neuro.learn.metrics import Judged
from neuro.learn.twins import PROFILES, SEATED_S, twin
from neuro.scorer import Scorer, load
from neuro.sources.recorded import Recording
from neuro.sources.recording import load as load_recording
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.types import Chunk, Estimate, Headset

SUFFIXES = frozenset((".edf", ".bdf", ".xdf", ".xdfz", ".csv", ".txt"))
"""Of files that may be recordings."""

MINUTE_S = 60.0

Channels = tuple[str, ...] | None
Stamp = tuple[str, int, int]
"""A file as it is now: where, how large, and when it was changed, in nanoseconds."""


def stamp(path: Path) -> Stamp:
    """Raises: OSError: the file is not there."""
    found = path.stat()
    return str(path.resolve()), found.st_size, found.st_mtime_ns


def recordings(folder: Path, beside: Path) -> list[Path]:
    """All files in a folder and its folders that may be recordings, but those in `beside`."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in found if not path.resolve().is_relative_to(beside.resolve()))


def to_score(path: Path, name: str, channels: Channels, baseline_s: float, model: Scorer, at: Path) -> Piece:
    """A recording, scored by the model that lies at a path."""
    return Piece(name, scored_file, (stamp(path), channels, baseline_s, model.sha256), (str(at.resolve()),))


def scored_file(file: Stamp, channels: Channels, baseline_s: float, sha256: str, model: str) -> bytes:
    """`told` of a file. Raises: BadRecording, BadModel, BadAddress."""
    compile_now()
    recorded = load_recording(file[0])
    return _scored(recorded.pick(channels) if channels else recorded, baseline_s, _scorer(model, sha256))


def twin_to_score(seed: int, seconds: float, baseline_s: float, model: Scorer, at: Path) -> Piece:
    """A simulated player's recording, of each kind of player in turn."""
    profile = PROFILES[seed % len(PROFILES)]
    given = (profile, seed, seconds, baseline_s, model.sha256)
    return Piece(f"{profile} {seed}", scored_twin, given, (str(at.resolve()),))


def scored_twin(profile: str, seed: int, seconds: float, baseline_s: float, sha256: str, model: str) -> bytes:
    """`told` of a simulated player's head."""
    compile_now()
    n = round(seconds * RATE_HZ)
    uv = Twin(profile, seed).brain.samples(n)
    recorded = Recording(Headset(f"{profile} {seed}", CHANNELS, RATE_HZ), uv, np.arange(n) / RATE_HZ)
    return _scored(recorded, baseline_s, _scorer(model, sha256))


def _scored(recorded: Recording, baseline_s: float, scorer: Scorer) -> bytes:
    pieces = offline.score(recorded.headset, Chunk(recorded.uv, recorded.t_s), scorer, None, baseline_s)
    return told([estimate for _, some in pieces for estimate in some], recorded.notes)


def told(estimates: Sequence[Estimate], notes: Sequence[str] = ()) -> bytes:
    """Figures of a recording and of each of its minutes, as JSON."""
    first_s = estimates[0].t_s if estimates else 0.0
    minutes: dict[int, list[Estimate]] = {}
    for estimate in estimates:
        minutes.setdefault(int((estimate.t_s - first_s) / MINUTE_S), []).append(estimate)
    figures = offline.summed(estimates) | {
        "minutes": [
            {name: offline.summed(some)[name] for name in ("mean_score_while_good", "good_share")}
            for some in minutes.values()
        ],
        "notes": list(notes),
    }
    return json.dumps(figures, sort_keys=True).encode()


@lru_cache(maxsize=1)
def _scorer(model: str, sha256: str) -> Scorer:
    """Raises: BadModel: it is another one than was asked for."""
    scorer = load(Path(model))
    if scorer.sha256 != sha256:
        raise BadModel(f"{model} has changed since the work began: start again.")
    return scorer


def pair_to_read(rest: Path, task: Path, channels: Channels) -> Piece:
    """Somebody of EEGMAT, with these channels."""
    named = f"{rest.stem.removesuffix('_1')} {','.join(channels) if channels else 'all'}"
    return Piece(named, read_pair, (stamp(rest), stamp(task), channels, BASELINE_S))


def read_pair(rest: Stamp, task: Stamp, channels: Channels, baseline_s: float) -> bytes:
    """Somebody's tokens. Raises: BadRecording."""
    compile_now()
    (person,) = eegmat([(Path(rest[0]), Path(task[0]))], channels, baseline_s)
    return to_bytes(person)


def twin_to_read(seed: int, profile: str, seconds: float = SEATED_S) -> Piece:
    """A simulated player."""
    return Piece(f"{profile} {seed}", read_twin, (profile, seed, seconds))


def read_twin(profile: str, seed: int, seconds: float) -> bytes:
    """A simulated player's tokens. Raises: BadRecording: one who never was in the zone, or never out of it."""
    compile_now()
    return to_bytes(twin(profile, seed, seconds))


def to_bytes(person: Person) -> bytes:
    """The same bytes for the same person. Raises: BadRecording: one of whom nothing can be learned."""
    refuse_empty(person)
    file = io.BytesIO()
    parts: dict[str, Any] = {field.name: np.asarray(getattr(person, field.name)) for field in fields(Person)}
    np.savez(file, **parts)
    return file.getvalue()


def person_of(path: Path) -> Person:
    """Somebody who was kept by `to_bytes`."""
    with np.load(path) as kept:
        found: dict[str, Any] = {name: kept[name] for name in kept.files}
    plain = {"name": str(found["name"]), "channels": tuple(map(str, found["channels"]))}
    numbers = {name: float(found[name]) for name in ("rest_s", "alpha_hz", "sign")}
    return Person(**found | plain | numbers)


def fold_to_judge(name: str, teachers: Sequence[Path], judged: Path, recipe: Config, seed: int) -> Piece:
    """Somebody, judged by a model of the others; all kept in one folder, under names that say what they are."""
    folder = str(judged.resolve().parent)
    told = json.dumps(asdict(recipe), sort_keys=True)
    return Piece(name, judged_fold, (tuple(path.name for path in teachers), judged.name, told, seed), (folder,))


def judged_fold(teachers: Sequence[str], judged: str, recipe: str, seed: int, folder: str) -> bytes:
    """What a model of the others says of somebody, as JSON."""
    from neuro.learn import evaluate  # noqa: PLC0415 -- scoring needs no torch
    from neuro.learn.train import fit  # noqa: PLC0415

    model = fit([person_of(Path(folder, name)) for name in teachers], Config(**json.loads(recipe)), seed)
    found = evaluate.judged(model, 0, model.windows(person_of(Path(folder, judged))))
    return json.dumps({name: getattr(found, name).tolist() for name in _JUDGED}).encode()


_JUDGED = ("t_s", "task", "score", "variance", "weight")


def fold_of(path: Path, number: int) -> Judged:
    """A fold that was kept, as the one with this number."""
    kept = json.loads(path.read_bytes())
    arrays = {name: np.array(kept[name], float) for name in _JUDGED}
    return Judged(person=np.full(len(arrays["t_s"]), number), **arrays)
