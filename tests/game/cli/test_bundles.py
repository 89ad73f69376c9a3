"""A family sends a sitting to its clinic, as it is typed."""

import json
from pathlib import Path

import pytest

from engine.store import Store
from tests.engine.store.sittings import TRIAL, begin, play
from tests.game.exporting.sittings import agree, pseudonym
from tests.game.heron import Heron
from tests.test_docs import keys_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Ana has played twice, and shares with her therapist."""
    home = tmp_path / "home.sqlite"
    play(home, TRIAL)
    play(home, TRIAL, anchor_unix_s=1_750_003_600.0)
    agree(home, "share")
    return home


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    clinic = tmp_path / "clinic.sqlite"
    begin(clinic, "Ben")
    return clinic


def test_from_home_to_clinic_and_once_more(heron: Heron, home: Path, clinic: Path, tmp_path: Path) -> None:
    own = heron("bundle", "key", "--db", clinic, "--json")
    assert set(json.loads(own.out)) == keys_of("bundle key")
    (tmp_path / "clinic.txt").write_text(heron("bundle", "key", "--db", clinic).out)
    sent = heron("bundle", "write", "Ana", "--to", tmp_path / "clinic.txt", "--db", home, "--json")
    assert set(json.loads(sent.out)) == keys_of("bundle write")
    files = json.loads(sent.out)["written"]
    assert [Path(file).name for file in files] == [
        f"{pseudonym(home)}_20250615T150640.heron",
        f"{pseudonym(home)}_20250615T160640.heron",
    ]
    assert Path(files[0]).parent == tmp_path / "bundles"

    stranger = heron("bundle", "merge", *files, "--db", clinic)
    assert stranger.status == 1
    assert stranger.err.count("whom nobody here knows") == 2
    fingerprint = heron("bundle", "key", "--db", home).out.split()[-1]
    assert (
        f"signed by {fingerprint} (not trusted yet); it is not here"
        in heron("bundle", "verify", files[0], "--db", clinic).out
    )
    first = heron("bundle", "merge", files[0], "--trust", fingerprint, "--db", clinic, "--json")
    (told,) = json.loads(first.out)
    assert set(told) == keys_of("bundle verify")
    assert heron("bundle", "merge", *files, "--db", clinic).status == 0
    again = json.loads(heron("bundle", "merge", *files, "--db", clinic, "--json").out)
    assert [each["session_id"] for each in again] == [2, 3]
    with Store.open(clinic, read_only=True) as store:
        assert [entry.action for entry in store.audit.page()] == ["merged"] * 5


def test_one_bad_file_holds_up_no_other(heron: Heron, home: Path, clinic: Path, tmp_path: Path) -> None:
    address = json.loads(heron("bundle", "key", "--db", clinic, "--json").out)["address"]
    written = heron("bundle", "write", "Ana", "--to", address, "--out", tmp_path, "--db", home, "--json")
    torn, whole = map(Path, json.loads(written.out)["written"])
    torn.write_bytes(torn.read_bytes()[:2000])
    fingerprint = heron("bundle", "key", "--db", home).out.split()[-1]
    said = heron("bundle", "merge", torn, tmp_path / "none.heron", whole, "--trust", fingerprint, "--db", clinic)
    assert said.status == 1
    assert "bytes are missing: copy it again" in said.err
    assert "none.heron: it cannot be read (No such file or directory)" in said.err
    assert "it is sitting 2 here" in said.out
    assert heron("bundle", "write", 1, "--to", address, "--out", tmp_path, "--db", home).status == 0
    assert heron("bundle", "merge", torn, "--db", clinic).status == 0


def test_what_is_not_shared_is_not_bundled(heron: Heron, tmp_path: Path, clinic: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    play(mine)
    address = json.loads(heron("bundle", "key", "--db", clinic, "--json").out)["address"]
    said = heron("bundle", "write", 1, "--to", address, "--db", mine)
    assert said.status == 1
    assert "has not agreed to sharing with a therapist" in said.err
    assert not (tmp_path / "bundles").exists()
