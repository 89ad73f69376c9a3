"""`heron doctor`: whether everything is well with the database, the models, the disk and the devices."""

import json
import shutil
import sys
import time  # noqa: TID251 -- by this computer's calendar
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import BrokenSeal, StoreError
from engine.store import Store
from engine.store.keys import is_locked
from game.cli.options import Database, Json, database

SITTING_BYTES = 15_000_000
"""At most, of 25 minutes with eight channels and gaze (docs/store.md)."""

LEAST_SITTINGS = 20
"""For fewer the disk counts as nearly full (own choice)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, in one sentence."""

    what: str
    well: bool
    sentence: str


def doctor(
    context: typer.Context,
    tidy: Annotated[
        bool, typer.Option("--tidy", help="Delete raw signals and features that have had their time.")
    ] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Look whether everything is well; exit status 1 where something is not."""
    path = database(context, db)
    now_s = time.time()
    findings = list(_findings(path, now_s, tidy))
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{'well' if finding.well else 'LOOK'}  {finding.what}: {finding.sentence}")
    if not all(finding.well for finding in findings):
        sys.exit(1)


def _findings(path: Path, now_s: float, tidy: bool) -> Iterator[Finding]:
    yield _disk(path)
    try:
        with Store.open(path, read_only=not tidy) as store:
            if tidy:
                store.privacy.tidy(now_s)
            for look in (_file, _audit, _models, _own_models, _cut_off, _devices):
                yield look(store, now_s)
            yield _retention(store, now_s)
    except StoreError as error:
        yield Finding("database", False, str(error))
    yield _shipped()


def _disk(path: Path) -> Finding:
    folder = next(folder for folder in (path, *path.absolute().parents) if folder.is_dir())
    sittings = shutil.disk_usage(folder).free // SITTING_BYTES
    sentence = f"room for about {sittings} more sittings" + ("; free some." if sittings < LEAST_SITTINGS else ".")
    return Finding("disk", sittings >= LEAST_SITTINGS, sentence)


def _file(store: Store, _now_s: float) -> Finding:
    damage = store.health.damage()
    if damage:
        return Finding(
            "database", False, f"{store.path} is damaged ({damage[0]}): restore a backup with heron restore."
        )
    locked = "encrypted" if is_locked(store.path) else "not encrypted (heron lock)"
    return Finding("database", True, f"{store.path} is sound, {locked}.")


def _audit(store: Store, _now_s: float) -> Finding:
    try:
        return Finding("audit log", True, f"{store.audit.check()} lines, none changed.")
    except BrokenSeal as error:
        return Finding("audit log", False, str(error))


def _models(store: Store, _now_s: float) -> Finding:
    changed = store.models.check()
    if changed:
        return Finding("models", False, f"{changed[0][:12]} is not what was added: restore a backup.")
    return Finding("models", True, "all are what was added.")


def _own_models(store: Store, _now_s: float) -> Finding:
    """Not having what only learning needs is no trouble of the game's."""
    from game.personal.between import can_learn  # noqa: PLC0415

    agreed = [player for player in store.players.all() if store.consents.holds(player.id, "personalise")]
    if agreed and not can_learn():
        sentence = (
            f"{len(agreed)} players agreed to a model of their own, and learning needs more packages: "
            'python3 -m pip install "heron-focus[train]".'
        )
        return Finding("own models", True, sentence)
    at_work = [one for player in agreed for one in store.models.own(player.id) if one.role == "champion"]
    in_use = sum(one.withdrawn_utc is None for one in at_work)
    return Finding("own models", True, f"{len(agreed)} players agreed to one, {in_use} play with one.")


def _cut_off(store: Store, now_s: float) -> Finding:
    found = store.health.cut_off(now_s)
    if not found:
        return Finding("sittings", True, "none was cut off.")
    told = ", ".join(f"{number} of {pseudonym}" for number, pseudonym in found)
    return Finding(
        "sittings", True, f"cut off: {told}; heron play keeps them, heron erase PLAYER --sitting N discards one."
    )


def _devices(store: Store, _now_s: float) -> Finding:
    told = []
    for one in store.health.devices():
        loss = "" if one.loss_per_minute is None else f", {one.loss_per_minute:.1f} samples lost a minute"
        told.append(f"{one.name} on {one.started_utc[:10]}{loss}")
    return Finding("devices", True, f"{'; '.join(told) or 'none was used yet'} (heron devices looks at them now).")


def _retention(store: Store, now_s: float) -> Finding:
    due = store.privacy.due(now_s)
    if not due.raw and not due.features:
        return Finding("retention", True, "nothing has had its time.")
    return Finding(
        "retention",
        True,
        f"raw signals of {len(due.raw)} sittings and features of {len(due.features)} have had their time: "
        "heron doctor --tidy deletes them.",
    )


def _shipped() -> Finding:
    import assets  # noqa: PLC0415 -- `heron --help` needs no rooms
    from neuro.errors import NeuroError  # noqa: PLC0415
    from neuro.scorer import load  # noqa: PLC0415

    try:
        load(assets.model())
    except NeuroError as error:
        return Finding("shipped model", False, str(error))
    return Finding("shipped model", True, "it loads.")
