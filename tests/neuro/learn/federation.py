"""What docs/federated.md says of `heron federate`, done and measured: a server and three homes over TLS on loopback.

    python -m tests.neuro.learn.federation FOLDER

Each home is a process with six simulated players of its own; the server is Flower's processes. One home's connection
leads through a wire tap that ends its TLS and writes down all that it sends.
"""

import io
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.optimize import minimize
from scipy.special import expit

import assets
from neuro.learn import evaluate, metrics
from neuro.learn.config import Config
from neuro.learn.federate import simulated
from neuro.learn.federate.certificates import make
from neuro.learn.federate.home import Answers, join
from neuro.learn.federate.learning import Recipe, along, directions, of_home, wrong
from neuro.learn.federate.line import Seen, applied, features, seen
from neuro.learn.federate.link import serve
from neuro.learn.federate.privacy import epsilon
from neuro.learn.federate.silence import SILENCE
from neuro.learn.lessons import Lesson, contrast
from neuro.learn.pieces import person_of, to_bytes
from neuro.learn.running import Running
from neuro.learn.twins import PROFILES
from neuro.scorer import Scorer, load
from neuro.sources.twin import Twin
from neuro.twin.eeg import RATE_HZ

AGAIN = (sys.executable, "-m", "tests.neuro.learn.federation")
RECIPE = Recipe(noise=0.0)
HOMES, PLAYERS, FIRST = 3, 6, 5000
SAMPLES = round(240 * RATE_HZ)
TAUGHT, LATER = range(1, 5), range(5, 7)
NOISES = (0.0, 0.5, 1.0, 2.0, 4.0)
CROWDS = (1, 10, 100)
DRAWS = 10


class Tap:
    """Ends a home's TLS, writes down what it sends, and passes it on."""

    def __init__(self, folder: Path, server: tuple[str, int], authority: Path) -> None:
        self.authority = make(folder, "127.0.0.1", datetime.now(UTC))
        self.sent: list[bytes] = []
        self._server = server
        self._there = ssl.create_default_context(cafile=str(authority))
        self._here = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._here.load_cert_chain(folder / "server.pem", folder / "server.key")
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            raw, _ = self._listening.accept()
            threading.Thread(target=self._relay, args=(raw,), daemon=True).start()

    def _relay(self, raw: socket.socket) -> None:
        with suppress(OSError):
            home = self._here.wrap_socket(raw, server_side=True)
            server = self._there.wrap_socket(socket.create_connection(self._server), server_hostname="127.0.0.1")
            threading.Thread(target=self._pump, args=(server, home, None), daemon=True).start()
            self._pump(home, server, self.sent)

    def _pump(self, one: ssl.SSLSocket, other: ssl.SSLSocket, kept: list[bytes] | None) -> None:
        with suppress(OSError):
            while some := one.recv(65536):
                if kept is not None:
                    kept.append(some)
                other.sendall(some)
        with suppress(OSError):
            other.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def sat(folder: Path, number: int, sitting: int) -> Lesson | None:
    """A simulated sitting; kept, for simulating takes longer than all the rest."""
    path = folder / "sittings" / f"{number}-{sitting}"
    path.parent.mkdir(exist_ok=True, parents=True)
    if not path.exists():
        one = simulated.sat(number, sitting)
        path.write_bytes(to_bytes(one.person) if one and contrast(one).any() else b"")
    person = person_of(path) if path.stat().st_size else None
    return None if person is None else Lesson(person, np.ones(len(person.ends)))


def taught(folder: Path, numbers: range, sittings: range) -> list[list[Lesson]]:
    """Of each of these players, the sittings that teach."""
    some = [[sat(folder, number, sitting) for sitting in sittings] for number in numbers]
    return [[one for one in lessons if one is not None] for lessons in some]


def players_of(folder: Path, numbers: range) -> list[Seen]:
    base = load(assets.model())
    some = zip(numbers, taught(folder, numbers, TAUGHT), strict=True)
    found = [seen(base, lessons, Config(), number) for number, lessons in some]
    return [one for one in found if one is not None]


def home(folder: Path, first: int, port: int, authority: Path) -> None:
    """What a home's process does: `heron federate join` with kept players."""
    players = players_of(folder, range(first, first + PLAYERS))
    join(f"127.0.0.1:{port}", authority, Answers(players, RECIPE, np.random.default_rng()), lambda _share: None)


def federated(folder: Path, basis: np.ndarray) -> tuple[np.ndarray, bytes]:
    """A whole federation as processes: the change of the line, and what the first home sent."""
    port, papers = free_port(), folder / "server"
    authority = make(papers, "127.0.0.1", datetime.now(UTC))
    tap = Tap(folder / "tap", ("127.0.0.1", port), authority)
    ways = [(tap.port, tap.authority)] + [(port, authority)] * (HOMES - 1)
    homes = []
    for number, (at, paper) in enumerate(ways):
        told = [str(folder), "home", str(FIRST + number * PLAYERS), str(at), str(paper)]
        homes.append(subprocess.Popen([*AGAIN, *told], env=os.environ | SILENCE))
    change = serve(papers, "127.0.0.1", port, HOMES, RECIPE, basis)
    if any(process.wait() for process in homes):
        raise SystemExit("a home failed")
    return change, b"".join(tap.sent)


def arrays(sent: bytes) -> list[np.ndarray]:
    """Every array that is written in what was sent."""
    found, at = [], sent.find(b"\x93NUMPY")
    while at >= 0:
        with suppress(ValueError, EOFError):
            found.append(np.load(io.BytesIO(sent[at : at + 100_000]), allow_pickle=False))
        at = sent.find(b"\x93NUMPY", at + 1)
    return found


def of_wire(sent: bytes, rounds: int) -> dict[str, Any]:
    """How much a home sent, and whether any of it is signal."""
    raw = [
        Twin(PROFILES[number % 5], 400_000 + 100 * number + sitting, number, sitting).brain.samples(SAMPLES)
        for number in range(FIRST, FIRST + PLAYERS)
        for sitting in TAUGHT
    ]
    run = np.frombuffer(sent, np.uint8)
    windows = np.lib.stride_tricks.sliding_window_view(run, 8).copy().view(np.int64).ravel()
    pairs = np.concatenate(
        [np.ascontiguousarray(one[:, : one.shape[1] // 2 * 2]).view(np.int64).ravel() for one in raw]
    )
    rng = np.random.default_rng(1)
    found = [one.ravel().astype(float) for one in arrays(sent) if one.size > 2]
    spans = [rng.integers(0, raw[0].shape[1] - 64, 3000) for _ in raw]

    def nearest(numbers: np.ndarray) -> float:
        some = np.concatenate(
            [one[0][s[:, None] + np.arange(len(numbers))] for one, s in zip(raw, spans, strict=True)]
        )
        some = some - some.mean(axis=1, keepdims=True)
        own = numbers - numbers.mean()
        size = np.linalg.norm(some, axis=1) * np.linalg.norm(own)
        return float(np.max(np.abs(some @ own) / np.maximum(size, 1e-12)))

    chance = [nearest(rng.random(len(found[0]))) for _ in range(200)] if found else []
    return {
        "bytes": len(sent),
        "bytes_a_round": len(sent) // rounds,
        "signal_bytes_at_home": sum(one.nbytes for one in raw),
        "samples_found": int(np.isin(windows, pairs[pairs != 0]).sum()),
        "arrays": len(found),
        "numbers_an_array": sorted({len(one) for one in found}),
        "are_integers": all((one == np.round(one)).all() for one in found),
        "least_mean_most": [float(each(found)) for each in (np.min, np.mean, np.max)] if found else None,
        "nearest_window": [round(nearest(one), 3) for one in found],
        "nearest_window_by_chance": [round(float(q), 3) for q in np.quantile(chance, (0.025, 0.975))]
        if chance
        else None,
    }


def auc(model: Scorer, later: list[Lesson]) -> float:
    """The mean over sittings, as the model runs in play."""
    found = [evaluate.judged(Running(model), 0, Running(model).windows(one.person)) for one in later]
    return float(np.mean([metrics.auc(one) for one in found if len(one.score)]))


def reckoned(base: Scorer, later: list[Lesson]) -> Callable[[np.ndarray], float]:
    """The same for many changes (N_LINE,), without a model file for each: odds and what a change adds to them."""
    known = []
    for one in later:
        some = Running(base).windows(one.person)
        if 0 < some.engaged.sum() < len(some.engaged):
            odds, _ = Running(base).predict(some)
            at = torch.from_numpy(some.places).expand(len(some.z), -1, -1)
            numbers = features(torch.from_numpy(some.z), torch.from_numpy(some.clean).float(), at)
            known.append(
                (metrics.Judged(np.zeros(len(odds), int), some.t_s, some.engaged, odds, odds, some.weight), numbers)
            )

    def mean(change: np.ndarray) -> float:
        return float(np.mean([metrics.auc(replace(was, score=expit(was.score + x @ change))) for was, x in known]))

    return mean


def pooled(players: list[Seen], recipe: Recipe) -> np.ndarray:
    """Where somebody would go who has everybody's signals: the least mean cost there is."""

    def mean(at: np.ndarray) -> tuple[float, np.ndarray]:
        costs = [wrong(at, player, recipe) for player in players]
        return float(np.mean([cost for cost, _ in costs])), np.mean([slope for _, slope in costs], axis=0)

    return np.asarray(minimize(mean, np.zeros(recipe.directions), jac=True, method="L-BFGS-B").x)


def rounds_of(players: list[Seen], recipe: Recipe, seed: int) -> np.ndarray:
    """The same rounds without processes."""
    at, chance = np.zeros(recipe.directions), np.random.default_rng(seed)
    homes = [players[home * PLAYERS : (home + 1) * PLAYERS] for home in range(HOMES)]
    for _ in range(recipe.rounds):
        at = np.mean([of_home(at, home, recipe, chance) for home in homes], axis=0)
    return at


def main() -> None:
    folder = Path(sys.argv[1])
    numbers, public = range(FIRST, FIRST + HOMES * PLAYERS), range(FIRST + HOMES * PLAYERS, FIRST + 30)
    basis = directions(players_of(folder, public), RECIPE.directions)
    players = [along(one, basis) for one in players_of(folder, numbers)]
    later = [one for lessons in taught(folder, numbers, LATER) for one in lessons]
    began_s = time.perf_counter()
    change, sent = federated(folder, basis)
    took_s = time.perf_counter() - began_s
    base = load(assets.model())
    before, quickly = auc(base, later), reckoned(base, later)

    def gain(at: np.ndarray) -> float:
        return quickly(basis @ at) - before

    best = auc(Scorer(applied(base.onnx, basis @ pooled(players, RECIPE), {})), later) - before
    real = auc(Scorer(applied(base.onnx, change, {})), later) - before
    told: dict[str, Any] = {
        "players": len(players),
        "later_sittings": len(later),
        "seconds": round(took_s),
        "base_auc": round(before, 4),
        "pooled_gain": round(best, 4),
        "federated_gain": round(real, 4),
        "share": round(real / best, 3),
        "without_processes_gain": round(gain(rounds_of(players, RECIPE, 1)), 4),
        "one_home_gain": [
            round(gain(pooled(players[home * PLAYERS : (home + 1) * PLAYERS], RECIPE)), 4) for home in range(HOMES)
        ],
        "wire": of_wire(sent, RECIPE.rounds),
        "noise": [
            {
                "noise": noise,
                "epsilon": round(epsilon(noise, RECIPE.rounds, RECIPE.delta), 2) if noise else None,
                "gain": {
                    str(len(players) * crowd): [
                        round(float(each), 4)
                        for each in np.quantile(
                            [
                                gain(rounds_of(players, Recipe(noise=noise / crowd), seed))
                                for seed in range(DRAWS if noise else 1)
                            ],
                            (0.1, 0.5, 0.9),
                        )
                    ]
                    for crowd in CROWDS
                },
            }
            for noise in NOISES
        ],
    }
    print(json.dumps(told, indent=1))  # noqa: T201 -- what it is for


if __name__ == "__main__":
    if len(sys.argv) > 2:
        home(Path(sys.argv[1]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
    else:
        main()
