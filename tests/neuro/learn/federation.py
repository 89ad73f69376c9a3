"""What docs/federated.md says of `heron federate`, done and measured: a server and three homes over TLS on loopback.

    python -m tests.neuro.learn.federation FOLDER

Each home is a process with six simulated players of its own, and so is the server. One home's connection leads
through a wire tap that ends its TLS and writes down all that it sends.
"""

import io
import json
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

import assets
from neuro.learn import evaluate, metrics
from neuro.learn.config import Config
from neuro.learn.federate.certificates import make
from neuro.learn.federate.learning import Recipe, along, of_home, wrong
from neuro.learn.federate.line import Seen, applied, seen
from neuro.learn.federate.privacy import epsilon
from neuro.learn.federate.simulated import lessons
from neuro.learn.lessons import Lesson
from neuro.learn.running import Running
from neuro.learn.twins import PROFILES
from neuro.scorer import Scorer, load
from neuro.sources.twin import Twin
from neuro.twin.eeg import RATE_HZ

HOMES, PLAYERS = 3, 6
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


def federated(folder: Path, noise: float) -> tuple[Path, bytes, dict[str, Any]]:
    """A whole federation as processes; the model, what the first home sent, and what the server said."""
    heron, port, out = [sys.executable, "-m", "game", "federate"], free_port(), folder / "together.onnx"
    papers = folder / "server"
    authority = make(papers, "127.0.0.1", datetime.now(UTC))
    told = ["--homes", str(HOMES), "--port", str(port), "--folder", str(papers), "--out", str(out)]
    alike = ["--noise", str(noise), "--json"]
    serving = subprocess.Popen([*heron, "serve", *told, *alike], stdout=subprocess.PIPE, text=True)
    tap = Tap(folder / "tap", ("127.0.0.1", port), authority)
    ways = [(tap.port, tap.authority)] + [(port, authority)] * (HOMES - 1)
    homes = []
    for home, (at, paper) in enumerate(ways):
        own = ["--authority", str(paper), "--simulated", str(PLAYERS), "--seed", str(home * PLAYERS)]
        homes.append(subprocess.Popen([*heron, "join", f"127.0.0.1:{at}", *own, *alike], stdout=subprocess.DEVNULL))
    said = json.loads(serving.communicate()[0])
    if serving.returncode or any(home.wait() for home in homes):
        raise SystemExit("a home or the server failed")
    return out, b"".join(tap.sent), said


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
        Twin(PROFILES[number % 5], number * 1_000 + sitting, number, sitting).brain.samples(round(240 * RATE_HZ))
        for number in range(PLAYERS)
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
        "nearest_window": [round(nearest(one), 3) for one in found],
        "nearest_window_by_chance": [round(float(q), 3) for q in np.quantile(chance, (0.025, 0.975))]
        if chance
        else None,
    }


def auc(model: Scorer, later: list[Lesson]) -> float:
    """The mean over sittings, as the model runs in play."""
    found = [evaluate.judged(Running(model), 0, Running(model).windows(one.person)) for one in later]
    return float(np.mean([metrics.auc(one) for one in found if len(one.score)]))


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
    folder.mkdir(parents=True, exist_ok=True)
    out, sent, said = federated(folder, 0.0)
    base, recipe = load(assets.model()), Recipe(noise=0.0)
    basis = np.load(folder / "server" / "job" / "basis.npy")
    numbers = range(HOMES * PLAYERS)
    found = [seen(base, lessons(number, TAUGHT), Config(), number) for number in numbers]
    players = [along(one, basis) for one in found if one is not None]
    later = [one for number in numbers for one in lessons(number, LATER)]
    before = auc(base, later)

    def gain(at: np.ndarray) -> float:
        return auc(Scorer(applied(base.onnx, basis @ at, {})), later) - before

    best = gain(pooled(players, recipe))
    real = auc(load(out), later) - before
    told: dict[str, Any] = {
        "players": len(players),
        "later_sittings": len(later),
        "base_auc": round(before, 4),
        "pooled_gain": round(best, 4),
        "federated_gain": round(real, 4),
        "share": round(real / best, 3),
        "without_processes_gain": round(gain(rounds_of(players, recipe, 1)), 4),
        "one_home_gain": [
            round(gain(pooled(players[home * PLAYERS : (home + 1) * PLAYERS], recipe)), 4) for home in range(HOMES)
        ],
        "said": said,
        "wire": of_wire(sent, recipe.rounds),
        "noise": [
            {
                "noise": noise,
                "epsilon": round(epsilon(noise, recipe.rounds, recipe.delta), 2) if noise else None,
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
    main()
