"""Levels: commented TOML that a therapist can read, as checked data; every mistake is listed at once."""

import json
import re
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from engine.errors import BadLevel

MOST_DISTRACTORS = 5
"""Rungs of the ladder in engine.distractors."""


def _ordered(rising: bool) -> Callable[[tuple[float, ...]], tuple[float, ...]]:
    def check(values: tuple[float, ...]) -> tuple[float, ...]:
        if list(values) != sorted(values, reverse=not rising):
            raise ValueError("out of order")
        return values

    return check


_Rising, _Falling = AfterValidator(_ordered(rising=True)), AfterValidator(_ordered(rising=False))
_Words = Annotated[str, Field(min_length=1, max_length=200, strict=True)]
_Speed = Annotated[
    float, Field(ge=0.02, le=0.5, strict=True)
]  # faster, and the shadow would have to back into the pool
_Share = Annotated[float, Field(ge=0, le=1, strict=True)]
_FrogShare = Annotated[float, Field(ge=0.05, le=0.5, strict=True)]
_Gap = Annotated[float, Field(ge=0.6, le=10, strict=True)]
_Age = Annotated[int, Field(ge=3, le=120, strict=True)]


class DistractorPlan(BaseModel):
    """How far the ladder of distractors may be climbed; each description says what a mistake is told to expect."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["dragonfly"] = Field(description='"dragonfly"')
    most: int = Field(
        ge=0, le=MOST_DISTRACTORS, strict=True, description=f"a whole number from 0 to {MOST_DISTRACTORS}"
    )


class Level(BaseModel):
    """One level of Strike; pairs are gentlest, hardest. Each description says what a mistake is told to expect."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", strict=True)] = Field(
        description='small letters, digits and hyphens, as in "strike-01"'
    )
    title: _Words = Field(description="words, at most 200 letters")
    story: _Words = Field(description="words, at most 200 letters")
    trains: _Words = Field(description="words, at most 200 letters")
    task: Literal["strike"] = Field(description='"strike"')
    minutes: float = Field(gt=0, le=30, strict=True, description="minutes of play, above 0, at most 30")
    block_s: float = Field(ge=10, le=300, strict=True, description="seconds, 10 to 300")
    speed: Annotated[tuple[_Speed, _Speed], _Rising] = Field(
        description="two speeds in screen widths per second, the gentlest first, each .02 to .5"
    )
    frogs: Annotated[tuple[_FrogShare, _FrogShare], _Rising] = Field(
        description="two shares, the gentlest first, each .05 to .5"
    )
    gap_s: Annotated[tuple[_Gap, _Gap], _Falling] = Field(
        description="two times in seconds, the longest first, each .6 to 10"
    )
    success_target: float = Field(ge=0.6, le=0.95, strict=True, description="a share, .6 to .95")
    stars: Annotated[tuple[_Share, _Share, _Share], _Rising] = Field(
        description="three shares of success, the smallest first, each 0 to 1"
    )
    luminance: float = Field(ge=0.12, le=0.30, strict=True, description="mean relative luminance, .12 to .30")
    ages: Annotated[tuple[_Age, _Age], _Rising] = Field(
        description="the youngest and the oldest player's age, each 3 to 120"
    )
    distractors: DistractorPlan = Field(description="a table with kind and most")


def ids() -> tuple[str, ...]:
    """The levels that Heron brings, in alphabetical order."""
    names = (entry.name for entry in files("levels").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def text(level_id: str) -> str:
    """A level's TOML as it stands. Raises BadLevel for an unknown id."""
    if level_id not in ids():
        near = get_close_matches(level_id, ids(), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(ids())}."
        raise BadLevel(f"There is no level {level_id}; {hint}")
    return files("levels").joinpath(f"{level_id}.toml").read_text(encoding="utf-8")


def find(level_id: str) -> Level:
    """A level that Heron brings. Raises BadLevel."""
    return parse(text(level_id), f"{level_id}.toml")


def load(path: Path) -> Level:
    """A level from any file. Raises BadLevel."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"), path.name)
    except OSError as error:
        raise BadLevel(
            f"{path}: this file could not be read ({error.strerror}); check its name and place."
        ) from error
    except UnicodeDecodeError as error:
        raise BadLevel(f"{path}: this is not a text file; save the level as UTF-8 text.") from error


def parse(toml: str, file: str) -> Level:
    """A level from its text; `file` is the name that mistakes are told with. Raises BadLevel."""
    try:
        document = tomllib.loads(toml)
    except ValueError as error:  # also a number of too many digits
        raise BadLevel(_broken(str(error), file)) from error
    try:
        return Level.model_validate(document)
    except ValidationError as error:
        raise BadLevel("\n".join(_mistakes(error, document, file))) from error


def _broken(message: str, file: str) -> str:
    line = re.search(r"\(at line (\d+), column \d+\)", message)
    where = f"line {line[1]}" if line else "the last line"
    what = re.sub(r" \(at .*\)$", "", message)
    return f"{file}: {where}: this is not TOML ({what[:1].lower()}{what[1:]}); write each setting as key = value."


def _mistakes(error: ValidationError, document: dict[str, Any], file: str) -> list[str]:
    lines = []
    for mistake in error.errors():
        place, fields = _place(mistake["loc"])
        expected = _expected(place[-1], fields, mistake["type"])
        lines.append(f"{file}: {'.'.join(place)}: expected {expected}, found {_found(document, place)}")
    return list(dict.fromkeys(lines))  # a pair with two bad numbers is one mistake


def _place(loc: tuple[int | str, ...]) -> tuple[list[str], dict[str, Any]]:
    """The key as a person writes it, and the fields among which it stands."""
    if loc[0] == "distractors" and len(loc) > 1:
        return ["distractors", str(loc[1])], dict(DistractorPlan.model_fields)
    return [str(loc[0])], dict(Level.model_fields)


def _expected(key: str, fields: dict[str, Any], kind: str) -> str:
    if kind != "extra_forbidden":
        return str(fields[key].description)
    near = get_close_matches(key, fields, n=1)
    return f"a known key (did you mean {near[0]}?)" if near else f"one of the keys {', '.join(fields)}"


def _found(document: dict[str, Any], place: list[str]) -> str:
    value: Any = document
    for key in place:
        if key not in value:
            return "nothing"
        value = value[key]
    return json.dumps(value, ensure_ascii=False, default=str)
