"""A sitting travels from home to clinic: whole or not at all, once, and for nobody else's eyes."""

import io
import json
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import BadBundle, NewerSchema, StoreError
from engine.safety import Screening
from engine.store import Store, contents, envelope
from engine.store.bundles import continued
from engine.store.rows import EstimateRow, EventRow, TickRow
from tests.engine.store.sittings import BLOCK, TRIAL, begin, play, poll

ROWS = (
    TRIAL,
    BLOCK,
    EstimateRow(13.0, 0.6, 0.9, "good", ("good",) * 4, 3),
    EventRow(0, "screened", '{"seizure":"no","migraine":"yes","eyes":"no"}'),
    EventRow(5, "unwell", '{"kind":"headache"}'),
    EventRow(9, "checked_in", '{"mood":4}'),
    EventRow(9, "grew", '{"what":"reed"}'),
    *(TickRow(tick, "[[],null,false,null,13.0]", bytes([tick] * 8)) for tick in range(60)),
    *(poll(13.0 + i / 25, 10) for i in range(25)),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """home.sqlite, where Ana has played a sitting after one that says nothing; clinic.sqlite, where others play."""
    folder = tmp_path_factory.mktemp("made")
    path = folder / "home.sqlite"
    play(path)
    with Store.open(path) as store:
        sha = store.models.add(b"an onnx file", "attention", {"version": "1"})
        store.players.born(1, 2015)
    play(path, *ROWS, model_sha=sha, anchor_unix_s=1_750_003_600.0)
    for name in ("Ben", "Cleo", "Ben"):
        begin(folder / "clinic.sqlite", name)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(Path(copy(made / "home.sqlite", tmp_path))) as store:
        yield store


@pytest.fixture
def clinic(made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(Path(copy(made / "clinic.sqlite", tmp_path))) as store:
        yield store


@pytest.fixture
def bundle(home: Store, clinic: Store) -> bytes:
    return home.bundles.write(2, clinic.bundles.own()[0])


def merged(home: Store, clinic: Store, bundle: bytes) -> int:
    """The number of the sitting at the clinic, which trusts that home from now on."""
    told = clinic.bundles.merge(bundle, trust=home.bundles.own()[1])
    assert not told.known
    assert told.session_id is not None
    return told.session_id


def everything(path: Path) -> list[str]:
    """The whole database, as SQL."""
    with sqlite3.connect(path) as opened:
        return list(opened.iterdump())


def test_a_sitting_arrives_as_it_was(home: Store, clinic: Store, bundle: bytes) -> None:
    session = merged(home, clinic, bundle)
    sent, came = home.sessions, clinic.sessions
    assert session == 4
    assert came.trials(session) == sent.trials(2)
    assert came.blocks(session) == sent.blocks(2)
    assert came.events(session) == sent.events(2)
    assert came.estimates(session) == sent.estimates(2)
    assert list(came.ticks(session)) == list(sent.ticks(2))
    for one, other in zip(clinic.signals.polls(session, "eeg"), home.signals.polls(2, "eeg"), strict=True):
        np.testing.assert_array_equal(one.data, other.data)
        np.testing.assert_array_equal(one.t_s, other.t_s)
    there, here = astuple(sent.get(2)), astuple(came.get(session))
    assert [a for a, b in zip(there, here, strict=True) if a != b] == [2, 1]  # its own number, and the player's
    assert clinic.models.get(came.get(session).model_sha or "").onnx == b"an onnx file"


def test_the_player_is_known_by_the_pseudonym_alone(home: Store, clinic: Store, bundle: bytes) -> None:
    arrived = clinic.players.get(clinic.sessions.get(merged(home, clinic, bundle)).player_id)
    ana = home.players.known("Ana")
    assert (arrived.pseudonym, arrived.name, arrived.birth_year) == (ana.pseudonym, ana.pseudonym, 2015)
    again = home.bundles.write(1, clinic.bundles.own()[0])
    assert clinic.sessions.get(merged(home, clinic, again)).player_id == arrived.id


def test_what_a_sitting_brings_about_comes_about_there_too(home: Store, clinic: Store, bundle: bytes) -> None:
    player = clinic.sessions.get(merged(home, clinic, bundle)).player_id
    assert [one.kind for one in clinic.wellbeing.complaints(player)] == ["headache"]
    assert clinic.wellbeing.screening(player) == Screening("no", "yes", "no")
    assert list(clinic.wellbeing.check_ins(player).values()) == list(home.wellbeing.check_ins(1).values())
    assert clinic.bundles.verify(bundle).known


def test_old_answers_do_not_come_before_newer_ones(home: Store, clinic: Store, bundle: bytes) -> None:
    first = home.bundles.write(1, clinic.bundles.own()[0])
    player = clinic.sessions.get(merged(home, clinic, first)).player_id
    clinic.wellbeing.screen(player, Screening("yes", "no", "no"))
    merged(home, clinic, bundle)
    assert clinic.wellbeing.screening(player) == Screening("yes", "no", "no")


def test_the_same_bundle_again_changes_nothing(home: Store, clinic: Store, bundle: bytes) -> None:
    session = merged(home, clinic, bundle)
    before = everything(clinic.path)
    again = clinic.bundles.merge(bundle)
    assert (again.session_id, again.known, again.trusted) == (session, True, True)
    assert everything(clinic.path) == before


def test_a_sitting_that_came_home_again_is_not_there_twice(home: Store, clinic: Store, bundle: bytes) -> None:
    back = clinic.bundles.write(merged(home, clinic, bundle), home.bundles.own()[0])
    before = home.sessions.recent(1)
    assert home.bundles.merge(back, trust=clinic.bundles.own()[1]).session_id == 2
    assert home.sessions.recent(1) == before


def test_a_sitting_that_was_erased_does_not_come_back(home: Store, clinic: Store, bundle: bytes) -> None:
    session = merged(home, clinic, bundle)
    with sqlite3.connect(clinic.path) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        opened.execute("DELETE FROM sessions WHERE id = ?", (session,))
    again = clinic.bundles.merge(bundle)
    assert (again.session_id, again.known) == (None, True)


def test_nobody_takes_in_what_a_stranger_signed(home: Store, clinic: Store, bundle: bytes) -> None:
    before = everything(clinic.path)
    with pytest.raises(BadBundle, match=f"signed by {home.bundles.own()[1]}, whom nobody here knows: ask at home"):
        clinic.bundles.merge(bundle)
    with pytest.raises(BadBundle, match="whom nobody here knows"):
        clinic.bundles.merge(bundle, trust=clinic.bundles.own()[1])
    assert everything(clinic.path) == before
    assert not clinic.bundles.verify(bundle).trusted


def test_one_home_cannot_add_to_another_homes_player(
    home: Store, clinic: Store, bundle: bytes, made: Path, tmp_path: Path
) -> None:
    merged(home, clinic, bundle)
    (tmp_path / "other").mkdir()
    with Store.open(Path(copy(made / "home.sqlite", tmp_path / "other"))) as other:  # it has keys of its own
        own = other.bundles.write(1, clinic.bundles.own()[0])
        before = everything(clinic.path)
        with pytest.raises(BadBundle, match=r"^P-[0-9a-f]{8} came here from another home: "):
            merged(other, clinic, own)
    assert everything(clinic.path) == before


def test_what_swells_beyond_measure_is_not_unpacked(
    home: Store, clinic: Store, bundle: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LARGEST", 1_000)
    with pytest.raises(BadBundle, match="makes no sense"):
        clinic.bundles.verify(bundle)


@pytest.mark.parametrize("bomb", ["bytes", "line", "lines", "nested", "parts", "lie"])
def test_a_bomb_is_put_out_long_before_it_has_swollen(
    home: Store, clinic: Store, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    monkeypatch.setattr(contents, "LARGEST", 2**24)
    monkeypatch.setattr(contents, "MOST", 10_000)
    content = envelope.sealed(_bomb(bomb), home.bundles.keys(), clinic.bundles.own()[0])
    assert len(content) < 2**21
    tracemalloc.start()
    try:
        with pytest.raises(BadBundle, match="makes no sense"):
            clinic.bundles.verify(content)
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()


def test_only_the_clinic_can_open_it(home: Store, bundle: bytes) -> None:
    with pytest.raises(BadBundle, match=r"^It is for .*, and this is "):
        home.bundles.verify(bundle)
    assert b"strike" not in bundle
    assert home.players.known("Ana").pseudonym.encode() not in bundle


def test_nobodys_name_is_inside(home: Store, clinic: Store, bundle: bytes) -> None:
    plain = envelope.opened(bundle, clinic.bundles.keys())
    with zipfile.ZipFile(io.BytesIO(plain)) as inside:
        assert all(b"Ana" not in inside.read(name) for name in inside.namelist())
        assert b"strike" in inside.read("trials.jsonl")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_bundle_that_was_changed_anywhere_is_refused_in_one_sentence(
    home: Store, clinic: Store, bundle: bytes, data: st.DataObject
) -> None:
    at, bit = data.draw(st.integers(0, len(bundle) - 1)), data.draw(st.integers(0, 7))
    changed = bundle[:at] + bytes([bundle[at] ^ 1 << bit]) + bundle[at + 1 :]
    with pytest.raises(BadBundle, match=r"^[^.]+[:,] [^.]*\.$"):
        clinic.bundles.merge(changed, trust=home.bundles.own()[1])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(share=st.floats(0.003, 0.999))
def test_half_a_bundle_says_what_is_missing(clinic: Store, bundle: bytes, share: float) -> None:
    there = max(500, int(share * len(bundle)))
    with pytest.raises(
        BadBundle, match=f"^{len(bundle) - there} of its {len(bundle)} bytes are missing: copy it again"
    ):
        clinic.bundles.verify(bundle[:there])


def test_half_a_bundle_is_continued_where_it_stopped(
    home: Store, clinic: Store, bundle: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "stick" / "bundle.heron"
    path.parent.mkdir()
    path.write_bytes(bundle[:3000])
    continued(path, home.bundles.write(2, clinic.bundles.own()[0]))
    assert path.read_bytes() == bundle
    continued(path, bundle)
    assert path.read_bytes() == bundle
    with pytest.raises(StoreError, match="is there and is another bundle: remove it"):
        continued(path, home.bundles.write(1, clinic.bundles.own()[0]))


def test_what_a_trusted_sender_packed_wrongly_is_refused_too(home: Store, clinic: Store, bundle: bytes) -> None:
    merged(home, clinic, home.bundles.write(1, clinic.bundles.own()[0]))
    plain = envelope.opened(bundle, clinic.bundles.keys())
    before = everything(clinic.path)
    for part, old, new in [
        ("trials.jsonl", b"difficulty", b"difficulty) --"),
        ("session.jsonl", b"1750003600.0", b"1750003601.0"),
        ("model.jsonl", b"YW4g", b"YW5g"),
    ]:
        for hashed in (False, True):
            forged = envelope.sealed(
                _forged(plain, part, old, new, hashed), home.bundles.keys(), clinic.bundles.own()[0]
            )
            with pytest.raises(BadBundle, match=r"ask the sender to write it again\.$"):
                clinic.bundles.merge(forged)
    assert everything(clinic.path) == before


def test_a_bundle_of_a_newer_heron_waits_for_the_update(home: Store, clinic: Store, bundle: bytes) -> None:
    plain = envelope.opened(bundle, clinic.bundles.keys())
    newer = _forged(plain, "manifest.json", b'"step": "m0', b'"step": "m9', hashed=False)
    content = envelope.sealed(newer, home.bundles.keys(), clinic.bundles.own()[0])
    with pytest.raises(NewerSchema, match="written by a newer Heron: update Heron here, then merge it"):
        clinic.bundles.merge(content, trust=home.bundles.own()[1])


def test_a_sitting_that_runs_is_not_bundled(home: Store, clinic: Store) -> None:
    running = begin(home.path)
    with pytest.raises(StoreError, match=f"^Sitting {running} is not over: "):
        home.bundles.write(running, clinic.bundles.own()[0])
    with pytest.raises(BadBundle, match="'nonsense' is no address: give what heron bundle key prints"):
        home.bundles.write(2, "nonsense")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("after", [1, 6, 12])
def test_a_merge_that_is_killed_leaves_the_database_as_it_was(
    home: Store, clinic: Store, bundle: bytes, tmp_path: Path, after: int
) -> None:
    file = tmp_path / "bundle.heron"
    file.write_bytes(bundle)
    trust = home.bundles.own()[1]
    before = everything(clinic.path)
    died = subprocess.run([sys.executable, "-c", _DYING, clinic.path, file, trust, str(after)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert everything(clinic.path) == before
    assert merged(home, clinic, bundle) == 4


_DYING = """
import os, signal, sys
from pathlib import Path
from sqlite_utils import Database
from engine.store.bundles import Bundles
from engine.store.connection import Tables, connect

class Dying(Tables):
    left = int(sys.argv[4])
    def change(self, sql, *values):
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().change(sql, *values)

path = Path(sys.argv[1])
Bundles(Dying(Database(connect(path, "write")), path), None).merge(Path(sys.argv[2]).read_bytes(), sys.argv[3])
"""


def _bomb(kind: str) -> bytes:
    """A MB or less that becomes 300, a line without an end, a million lines, a tower of brackets, or many parts."""
    piece, times = {
        "bytes": (b'["' + b"x" * 2**20 + b'"]\n', 300),
        "lie": (b'["' + b"x" * 2**20 + b'"]\n', 300),
        "line": (b" " * 2**20, 300),
        "lines": (b"[0]\n" * 2**19, 2),
        "nested": (b"[" * 2**20, 1),
        "parts": (b"", 1),
    }[kind]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        names = [f"{n}.jsonl" for n in range(100 if kind == "parts" else 1)]
        file.writestr("manifest.json", json.dumps({"parts": dict.fromkeys(names, "0" * 64)}))
        for name in names:
            with file.open(name, "w") as part:
                for _ in range(times):
                    part.write(piece)
    size = (len(piece) * times).to_bytes(4, "little")
    return out.getvalue().replace(size, (1000).to_bytes(4, "little")) if kind == "lie" else out.getvalue()


def _forged(plain: bytes, part: str, old: bytes, new: bytes, hashed: bool = False) -> bytes:
    """The same zip with one part changed, and its hash in the list too where the forger thought of it."""
    with zipfile.ZipFile(io.BytesIO(plain)) as inside:
        parts = {name: inside.read(name) for name in inside.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    if hashed:
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"][part] = sha256(parts[part]).hexdigest()
        parts["manifest.json"] = json.dumps(manifest).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()
