"""`python -m bench.crashes`: real play in processes of its own, each killed by kill -9 at a random moment."""

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import StoreError
from engine.store import Store

PATIENCE_S = 120.0
LONGEST_S = 6.0
"""From the first event of a sitting to the latest kill."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of a sitting. unsaved_s: from its last heartbeat to the kill; recovered: by the next start."""

    events: int
    ticks: int
    unsaved_s: float
    sound: bool
    recovered: bool


def main(
    kills: Annotated[int, typer.Option(min=1)] = 100,
    at_once: Annotated[int, typer.Option(min=1)] = 4,
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    """Kill, look, and print what was left, as JSON; exit status 1 where a file is not sound or a sitting is gone."""
    dice = random.Random(seed)
    left: list[Kept] = []
    with tempfile.TemporaryDirectory() as folder:
        while len(left) < kills:
            n = min(at_once, kills - len(left))
            left += killed([Path(folder) / f"{len(left) + i}.sqlite" for i in range(n)], dice)
            print(f"{len(left)} of {kills}", file=sys.stderr)
    unsaved = sorted(one.unsaved_s for one in left)
    facts = {
        "kills": len(left),
        "sound": sum(one.sound for one in left),
        "recovered": sum(one.recovered for one in left),
        "ticks_kept": sum(one.ticks for one in left),
        "median_unsaved_s": round(unsaved[len(unsaved) // 2], 3),
        "longest_unsaved_s": round(unsaved[-1], 3),
    }
    print(json.dumps(facts))
    if not all(one.sound and one.recovered for one in left):
        print(json.dumps([asdict(one) for one in left]))
        raise typer.Exit(1)


def killed(paths: list[Path], dice: random.Random) -> list[Kept]:
    """What is left of a sitting in each file, killed at a moment of its own."""
    play = [sys.executable, "-m", "game", "demo", "--headless", "--realtime", "--seconds", "60", "--json", "--db"]
    children = [
        subprocess.Popen([*play, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for path in paths
    ]
    try:
        deadline_s = time.monotonic() + PATIENCE_S
        while not all(_events(path) for path in paths):
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"the sittings did not begin within {PATIENCE_S:g} s")
            time.sleep(0.2)
        left = []
        pauses_s = sorted(dice.uniform(0.0, LONGEST_S) for _ in paths)
        began_s = time.monotonic()
        for path, child, pause_s in zip(paths, children, pauses_s, strict=True):
            time.sleep(max(0.0, began_s + pause_s - time.monotonic()))
            child.send_signal(signal.SIGKILL)
            killed_unix_s = time.time()
            child.wait()
            left.append(_kept(path, killed_unix_s))
        return left
    finally:
        for child in children:
            child.kill()
            child.wait()


def _events(path: Path) -> int:
    with suppress(StoreError), Store.open(path, read_only=True) as store:
        return len(store.sessions.events(1))
    return 0


def _kept(path: Path, killed_unix_s: float) -> Kept:
    with Store.open(path) as store:
        (cut,) = store.sessions.recover(killed_unix_s + 60) or (None,)
        session = store.sessions.get(1)
        return Kept(
            events=len(store.sessions.events(1)),
            ticks=len(list(store.sessions.ticks(1))),
            unsaved_s=killed_unix_s - session.heartbeat_unix_s,
            sound=store.health.damage() == (),
            recovered=cut is not None and session.ending == "interrupted",
        )


if __name__ == "__main__":
    typer.run(main)
