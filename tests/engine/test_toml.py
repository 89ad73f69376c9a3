"""Every mistake of a document is one sentence: file, key, what was expected, what was found."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from engine.errors import BadLevel
from engine.toml import Shelf, read

STRICT = ConfigDict(frozen=True, extra="forbid")


class Pond(BaseModel):
    model_config = STRICT

    kind: Literal["pond"]
    depth: tuple[float, float] = Field(description="two depths in metres")


class River(BaseModel):
    model_config = STRICT

    kind: Literal["river"]
    speed: float = Field(strict=True, description="metres a second")


class Birds(BaseModel):
    model_config = STRICT

    most: int = Field(strict=True, description="a whole number")


class Marsh(BaseModel):
    model_config = STRICT

    title: str = Field(description="words")
    water: Annotated[Pond | River, Field(discriminator="kind")] = Field(description="a table with kind")
    birds: Birds | None = Field(default=None, description="a table with most")


MARSHES = Shelf("marsh", "", Marsh, BadLevel)


def complaint(toml: str) -> list[str]:
    with pytest.raises(BadLevel) as caught:
        read(toml, "mine.toml", Marsh, BadLevel)
    return str(caught.value).splitlines()


def test_a_good_document_is_the_model_with_the_table_that_its_kind_names() -> None:
    marsh = read('title = "a"\n[water]\nkind = "river"\nspeed = 0.2', "mine.toml", Marsh, BadLevel)
    assert marsh.water == River(kind="river", speed=0.2)
    assert marsh.birds is None


def test_every_mistake_is_told_at_once_by_its_whole_key() -> None:
    toml = '[water]\nkind = "pond"\ndepth = ["a", "b"]\ndept = 1\n[birds]\nmost = 1.5\n'
    assert complaint(toml) == [
        "mine.toml: title: expected words, found nothing",
        'mine.toml: water.depth: expected two depths in metres, found ["a", "b"]',
        "mine.toml: water.dept: expected a known key (did you mean depth?), found 1",
        "mine.toml: birds.most: expected a whole number, found 1.5",
    ]


def test_a_missing_key_of_a_chosen_table_is_told_as_that_tables() -> None:
    assert complaint('title = "a"\n[water]\nkind = "river"') == [
        "mine.toml: water.speed: expected metres a second, found nothing"
    ]


@pytest.mark.parametrize(("kind", "found"), [('kind = "lake"', '"lake"'), ("", "nothing")])
def test_a_kind_that_is_none_is_told_which_there_are(kind: str, found: str) -> None:
    assert complaint(f'title = "a"\n[water]\n{kind}\n') == [
        f'mine.toml: water.kind: expected one of "pond", "river", found {found}'
    ]


@pytest.mark.parametrize("key", ["water", "birds"])
def test_a_number_where_a_table_belongs_is_a_mistake(key: str) -> None:
    lines = complaint(f'title = "a"\n{key} = 3\n')
    assert f"mine.toml: {key}: expected {Marsh.model_fields[key].description}, found 3" in lines


def test_a_key_that_is_like_no_other_is_told_the_keys_there_are() -> None:
    assert "mine.toml: zzz: expected one of the keys title, water, birds, found 1" in complaint("zzz = 1")


def test_broken_toml_is_one_sentence_with_its_line() -> None:
    lines = complaint('title = "a"\nwater = pond\n')
    assert len(lines) == 1
    assert lines[0].startswith("mine.toml: line 2: this is not TOML")


def test_a_file_that_cannot_be_read_says_so_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadLevel, match="could not be read"):
        MARSHES.load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadLevel, match="save the marsh as UTF-8 text"):
        MARSHES.load(tmp_path / "bytes.toml")


def test_a_near_miss_of_an_id_is_offered_the_right_one() -> None:
    first = MARSHES.ids()[0]
    with pytest.raises(BadLevel, match=f"There is no marsh {first}x; did you mean {first}"):
        MARSHES.text(f"{first}x")
    with pytest.raises(BadLevel, match="there are: "):
        MARSHES.find("zzz")
