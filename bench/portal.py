"""`python -m bench.portal FILE`: readers and live sittings at once, on a clinic that `heron simulate --into` made."""

import asyncio
import os
import secrets
import socket
import threading
import time
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated

import httpx
import numpy as np
import psutil
import typer

from bench.kills import NEW
from engine.store import Journal, Store
from engine.store.clinic import Asker
from engine.store.rows import PollRow, Role
from game.cli.portal import Served, serve
from game.portal.doors import COOKIE

Reader = tuple[str, list[str]]
"""A browser's token, and the pages that are read in turn."""


def main(
    db: Annotated[Path, typer.Argument(help="A clinic of simulated players; accounts and sittings are added to it.")],
    readers: Annotated[int, typer.Option(min=1)] = 50,
    live: Annotated[int, typer.Option(min=0)] = 10,
    seconds: Annotated[float, typer.Option(min=5)] = 60.0,
    processes: Annotated[int, typer.Option(min=1, help="As of heron portal.")] = os.cpu_count() or 1,
    rest: Annotated[float, typer.Option(help="Seconds that a reader looks at a page.")] = 2.0,
) -> None:
    """Times and sizes of pages: first one reader alone, then all of them while sittings are played."""
    with Store.open(db) as store:
        people = _readers(store, readers)
        players = [player.id for player in store.players.all()[:live]]
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    started = get_context("spawn")  # as its own processes do, so that nothing of this one is in them
    served = Served(db, secrets.token_urlsafe(12), secrets.token_hex(32))
    server = started.Process(target=serve, args=(served, listening, processes))
    server.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    print("| page, one reader alone | median ms | kB |\n|---|---:|---:|")
    asyncio.run(_alone(address, people))
    over = started.Event()
    sittings = started.Process(target=_sittings, args=(db, players, over))
    sittings.start()
    before_s = _used_s(server.pid)
    times_ms, errors = asyncio.run(_crowd(address, people, seconds, rest))
    used_ms = 1000 * (_used_s(server.pid) - before_s) / len(times_ms)
    over.set()
    sittings.join()
    server.terminate()
    server.join()
    p95 = quantiles(times_ms, n=20)[-1]
    print(f"\n{readers} readers, {live} sittings, {processes} processes, {seconds:.0f} s: ", end="")
    print(
        f"{len(times_ms)} pages, {errors} errors, ",
        end="",
    )
    print(f"median {median(times_ms):.0f} ms, p95 {p95:.0f} ms, longest {max(times_ms):.0f} ms")
    print(
        f"The server used {used_ms:.0f} ms of processor a page; the computer had a load of {os.getloadavg()[0]:.1f}."
    )
    if errors:
        raise typer.Exit(1)


def _used_s(pid: int | None) -> float:
    """Processor time of the server and all its processes."""
    server = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:2]) for one in (server, *server.children(recursive=True)))


def _readers(store: Store, n: int) -> list[Reader]:
    """An administrator, then a therapist and a parent by turns, as many as the clinic has; then they come again."""
    administrator = store.people.named("Load", "administrator")
    known = [one for one in store.people.all() if one.role in ("therapist", "parent")]
    by_turns = sorted(known, key=lambda one: (sum(o.role == one.role and o.id < one.id for o in known[:400]), one.id))
    now_s, found = time.time(), []
    for person in ([administrator, *by_turns] * n)[:n]:
        store.accounts.open(person.id, f"load {person.id}", "nobody signs in with this")
        found.append((store.accounts.enter(person.id, now_s), _pages(store, person.id, person.role)))
    return found


def _pages(store: Store, person_id: int, role: Role) -> list[str]:
    if role == "administrator":
        return ["/house", "/health", "/keeping", "/log", "/metrics"]
    found = store.clinic.glance(Asker(person_id, role), datetime.now().astimezone())
    ones = [one.pseudonym for one in found if one.shared][:5]
    room = "/clients" if role == "therapist" else "/children"
    return [room, *(f"{room}/{pseudonym}" for pseudonym in ones)]


async def _alone(address: str, people: list[Reader]) -> None:
    seen: set[str] = set()
    async with httpx.AsyncClient(base_url=address, timeout=30) as browser:
        for token, pages in people:
            for page in pages:
                kind = "/".join("*" if part.startswith("P-") else part for part in page.split("/"))
                if kind in seen:
                    continue
                seen.add(kind)
                answers = [await _read(browser, token, page) for _ in range(7)]
                print(f"| {kind} | {median(ms for ms, _, _ in answers):.0f} | {answers[0][2] / 1000:.0f} |")


async def _crowd(address: str, people: list[Reader], seconds: float, rest: float) -> tuple[list[float], int]:
    """Times of all pages in milliseconds, and how many were not what was asked for."""
    until_s = time.monotonic() + seconds
    times_ms: list[float] = []
    wrong: dict[int, int] = defaultdict(int)

    async def reads(n: int, token: str, pages: list[str]) -> None:
        await asyncio.sleep(rest * n / len(people))
        while time.monotonic() < until_s:
            for page in pages:
                ms, status, _ = await _read(browser, token, page)
                times_ms.append(ms)
                wrong[status] += status != 200
                await asyncio.sleep(rest)

    async with httpx.AsyncClient(base_url=address, timeout=30, limits=httpx.Limits(max_connections=None)) as browser:
        await asyncio.gather(*(reads(n, *one) for n, one in enumerate(people)))
    return times_ms, sum(wrong.values())


async def _read(browser: httpx.AsyncClient, token: str, page: str) -> tuple[float, int, int]:
    """Milliseconds, status, bytes."""
    began_s = time.perf_counter()
    answer = await browser.get(page, headers={"cookie": f"{COOKIE}={token}", "accept": "text/html"})
    return 1000 * (time.perf_counter() - began_s), answer.status_code, len(answer.content)


def _sittings(db: Path, players: list[int], over: Event) -> None:
    """One a player, side by side, until it is over."""
    each = [threading.Thread(target=_sitting, args=(db, player, over)) for player in players]
    for one in each:
        one.start()
    for one in each:
        one.join()


def _sitting(db: Path, player_id: int, over: Event) -> None:
    """As much as play writes: eight channels at 250 samples a second, one transaction a second."""
    with Store.open(db) as store:
        session = store.sessions.begin(replace(NEW, player_id=player_id, anchor_unix_s=time.time()))
    chance = np.random.default_rng(player_id)
    with Journal(db, session) as journal:
        while not over.wait(0.25):
            now_s = time.monotonic()
            t_s = now_s - np.arange(63, 0, -1) / 250
            journal.put(PollRow("eeg", now_s, "play", t_s, chance.normal(0, 20, (8, 63)).astype(np.float32)))


if __name__ == "__main__":
    typer.run(main)
