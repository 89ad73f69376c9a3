"""Commented TOML that people write, as checked data; every mistake is listed at once, each as one plain sentence."""

import json
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from engine.errors import EngineError

Model = TypeVar("Model", bound=BaseModel)


def read(text: str, file: str, model: type[Model], error: type[EngineError]) -> Model:
    """The document as `model`; `file` is the name that mistakes are told with.

    A key's description in the model finishes the sentence "expected ...". Tables may be models, or one of several
    models that a key of theirs tells apart.

    Raises: `error`: a sentence on each mistake, one a line.
    """
    try:
        document = tomllib.loads(text)
    except ValueError as broken:  # also a number of too many digits
        raise error(_broken(str(broken), file)) from broken
    try:
        return model.model_validate(document)
    except ValidationError as found:
        told = (
            f"{file}: {'.'.join(fault.place)}: expected {fault.expected}, found {fault.found}"
            for fault in _faults(found, document, model)
        )
        raise error("\n".join(told)) from found


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Model]):
    """The documents of one kind that Heron brings, one a file.

    kind:   what people call one, as "level"
    folder: in the package `levels`; empty for the package itself
    """

    kind: str
    folder: str
    model: type[Model]
    error: type[EngineError]

    def ids(self) -> tuple[str, ...]:
        """In alphabetical order."""
        return _ids(self.folder)

    def text(self, document_id: str) -> str:
        """The TOML as it stands. Raises: the shelf's error: there is none of that id."""
        if document_id not in self.ids():
            near = get_close_matches(document_id, self.ids(), n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(self.ids())}."
            raise self.error(f"There is no {self.kind} {document_id}; {hint}")
        return files("levels").joinpath(self.folder, f"{document_id}.toml").read_text(encoding="utf-8")

    def find(self, document_id: str) -> Model:
        """Raises: the shelf's error."""
        document: Model = _found(self, document_id)
        return document

    def load(self, path: Path) -> Model:
        """From any file. Raises: the shelf's error."""
        try:
            return self.parse(path.read_text(encoding="utf-8-sig"), path.name)
        except OSError as error:
            raise self.error(
                f"{path}: this file could not be read ({error.strerror}); check its name and place."
            ) from error
        except UnicodeDecodeError as error:
            raise self.error(f"{path}: this is not a text file; save the {self.kind} as UTF-8 text.") from error

    def parse(self, text: str, file: str) -> Model:
        """As `read`."""
        return read(text, file, self.model, self.error)


@cache
def _ids(folder: str) -> tuple[str, ...]:
    """Looked up once: what Heron brings changes with Heron alone."""
    names = (entry.name for entry in files("levels").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _found(shelf: Shelf[Model], document_id: str) -> Model:
    """Read once; a document is frozen."""
    return shelf.parse(shelf.text(document_id), f"{document_id}.toml")


class Fault(NamedTuple):
    """One mistake. place: the key as a person writes it, one word a table"""

    place: tuple[str, ...]
    expected: str
    found: str


def faults(document: dict[str, Any], model: type[BaseModel]) -> tuple[Fault, ...]:
    """Every mistake of a document as `model`, each place once; none where it is good."""
    try:
        model.model_validate(document)
    except ValidationError as found:
        return tuple(_faults(found, document, model))
    return ()


def _broken(message: str, file: str) -> str:
    line = re.search(r"\(at line (\d+), column \d+\)", message)
    where = f"line {line[1]}" if line else "the last line"
    what = re.sub(r" \(at .*\)$", "", message)
    return f"{file}: {where}: this is not TOML ({what[:1].lower()}{what[1:]}); write each setting as key = value."


def _faults(found: ValidationError, document: dict[str, Any], model: type[BaseModel]) -> list[Fault]:
    faults = []
    for mistake in found.errors():
        spot = _spot(mistake["loc"], model)
        if mistake["type"].startswith("union_tag_"):
            spot = _tag(spot)
        faults.append(Fault(spot.place, _expected(spot, mistake["type"]), _shown(document, spot.place)))
    return list(dict.fromkeys(faults))  # a pair with two bad numbers is one mistake


class _Spot(NamedTuple):
    """Where a mistake is.

    place:  the key as a person writes it, one word a table
    field:  what the key is in its model; None where it is no key of it
    beside: the keys that its table may have
    tables: what the key's own value may be, where that is a table
    """

    place: tuple[str, ...]
    field: FieldInfo | None
    beside: tuple[str, ...]
    tables: tuple[type[BaseModel], ...]


def _spot(loc: tuple[int | str, ...], model: type[BaseModel]) -> _Spot:
    """Follows a mistake down the tables; one within a list is told by the list's key."""
    spot = _Spot((), None, (), (model,))
    for step in loc:
        if spot.field is not None and spot.field.discriminator is not None and len(spot.tables) > 1:
            spot = spot._replace(tables=_chosen(spot, step))
        elif spot.tables:
            fields = spot.tables[0].model_fields
            field = fields.get(str(step))
            spot = _Spot((*spot.place, str(step)), field, tuple(fields), _tables(field))
        else:
            break
    return spot


def _tables(field: FieldInfo | None) -> tuple[type[BaseModel], ...]:
    """The models that a key's value may be."""
    kind = field.annotation if field else None
    options = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return tuple(option for option in options if isinstance(option, type) and issubclass(option, BaseModel))


def _chosen(spot: _Spot, tag: int | str) -> tuple[type[BaseModel], ...]:
    return tuple(table for table in spot.tables if tag in get_args(table.model_fields[_key(spot)].annotation))


def _tag(spot: _Spot) -> _Spot:
    """The key that tells several tables apart."""
    words = [str(word) for table in spot.tables for word in get_args(table.model_fields[_key(spot)].annotation)]
    field = FieldInfo(description="one of " + ", ".join(f'"{word}"' for word in words))
    return _Spot((*spot.place, _key(spot)), field, (), ())


def _key(spot: _Spot) -> str:
    assert spot.field is not None
    assert isinstance(spot.field.discriminator, str)
    return spot.field.discriminator


def _expected(spot: _Spot, kind: str) -> str:
    if kind != "extra_forbidden":
        assert spot.field is not None
        return str(spot.field.description)
    near = get_close_matches(spot.place[-1], spot.beside, n=1)
    return f"a known key (did you mean {near[0]}?)" if near else f"one of the keys {', '.join(spot.beside)}"


def _shown(document: dict[str, Any], place: tuple[str, ...]) -> str:
    value: Any = document
    for key in place:
        if not isinstance(value, dict) or key not in value:
            return "nothing"
        value = value[key]
    return json.dumps(value, ensure_ascii=False, default=str)
