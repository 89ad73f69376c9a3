"""Levels: commented TOML that a therapist can read, as checked data; every mistake is listed at once."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.anchors import STRICT, Rising, Share
from engine.errors import BadLevel
from engine.tasks.catalogue import AnySettings
from engine.toml import Shelf

MOST_DISTRACTORS = 5
"""Rungs of the ladder in engine.distractors."""

Place = Literal["shallows", "reedbed", "lake", "willow", "night"]
"""Where in the marsh."""

Hour = Literal["dawn", "noon", "dusk", "night"]

USUAL: dict[Place, Hour] = {
    "shallows": "dawn",
    "reedbed": "dawn",
    "lake": "noon",
    "willow": "dusk",
    "night": "night",
}
"""The time of day at which a place is seen where a level says none."""

_Words = Annotated[str, Field(min_length=1, max_length=200, strict=True)]
_Age = Annotated[int, Field(ge=3, le=120, strict=True)]


class DistractorPlan(BaseModel):
    """How far the ladder of distractors may be climbed; each description says what a mistake is told to expect."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["dragonfly"] = Field(description='"dragonfly"')
    most: int = Field(
        ge=0, le=MOST_DISTRACTORS, strict=True, description=f"a whole number from 0 to {MOST_DISTRACTORS}"
    )


class Level(BaseModel):
    """One level; what its game needs is in `game`. Each description says what a mistake is told to expect."""

    model_config = STRICT

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", strict=True)] = Field(
        description='small letters, digits and hyphens, as in "strike-01"'
    )
    title: _Words = Field(description="words, at most 200 letters")
    story: _Words = Field(description="words, at most 200 letters")
    trains: _Words = Field(description="words, at most 200 letters")
    goal: _Words = Field(description="words, at most 200 letters")
    place: Place = Field(description='"shallows", "reedbed", "lake", "willow" or "night"')
    time: Hour | None = Field(default=None, description='"dawn", "noon", "dusk" or "night"')
    step: int = Field(ge=1, le=99, strict=True, description="a whole number from 1 to 99, its turn at that place")
    minutes: float = Field(gt=0, le=30, strict=True, description="minutes of play, above 0, at most 30")
    block_s: float = Field(ge=10, le=400, strict=True, description="seconds, 10 to 400")
    success_target: float = Field(ge=0.6, le=0.95, strict=True, description="a share, .6 to .95")
    stars: Annotated[tuple[Share, Share, Share], Rising] = Field(
        description="three shares of success, the smallest first, each 0 to 1"
    )
    luminance: float = Field(ge=0.12, le=0.30, strict=True, description="mean relative luminance, .12 to .30")
    ages: Annotated[tuple[_Age, _Age], Rising] = Field(
        description="the youngest and the oldest player's age, each 3 to 120"
    )
    game: AnySettings = Field(description="a table with the task and its settings")
    distractors: DistractorPlan = Field(description="a table with kind and most")

    @property
    def hour(self) -> Hour:
        """Its time of day, or that of its place."""
        return self.time or USUAL[self.place]


LEVELS = Shelf("level", "", Level, BadLevel)
"""Those that Heron brings, one a file in levels/."""
