"""Plans: which games, how long and how often, within which bounds; one commented TOML that a therapist can read."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from engine import reward
from engine.anchors import STRICT, X_MAX, X_MIN, Rising
from engine.control import Arm
from engine.errors import BadPlan
from engine.level import MOST_DISTRACTORS
from engine.toml import Shelf

DAYS_IN_SEVEN = 5
"""As often as anybody should play (engine.safety)."""

Aim = Literal["any", "speed", "evenness", "telling_apart", "restraint"]
"""Any, or one of engine.traits.Trait (which takes longer to load than a plan)."""

_Words = Annotated[str, Field(min_length=1, max_length=200, strict=True)]
_Logits = Annotated[float, Field(ge=X_MIN, le=X_MAX, strict=True)]
_Share = Annotated[float, Field(ge=0.55, le=0.85, strict=True)]


class Sharing(BaseModel):
    """What the plan asks consent for, beyond playing; no consent follows from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    raw: bool = Field(strict=True, description="true or false: to keep raw signals")
    own_model: bool = Field(strict=True, description="true or false: to fit a model to the player's own data")
    research: bool = Field(strict=True, description="true or false: to pool data for research")
    therapist: bool = Field(strict=True, description="true or false: to show results to a therapist")


class Plan(BaseModel):
    """A course of sittings. Each description says what a mistake is told to expect."""

    model_config = STRICT

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", strict=True)] = Field(
        description='small letters, digits and hyphens, as in "focus"'
    )
    title: _Words = Field(description="words, at most 200 letters")
    says: _Words = Field(description="words, at most 200 letters")
    every_days: int = Field(ge=1, le=31, strict=True, description="a whole number of days, 1 to 31, mostly 7")
    sittings: int = Field(
        ge=1, le=31, strict=True, description="sittings in so many days: a whole number, at most five in seven days"
    )
    times: int = Field(ge=1, le=60, strict=True, description="how often that comes: a whole number, 1 to 60")
    minutes: float = Field(ge=3, le=30, strict=True, description="minutes of play a sitting, 3 to 30")
    games: Annotated[tuple[_Words, ...], Field(min_length=1, max_length=60)] = Field(
        description="a list of tasks and levels, in the order in which they come in"
    )
    first_games: int = Field(ge=1, le=60, strict=True, description="how many games the first sitting has, 1 to 60")
    new_game_every: int = Field(
        ge=1, le=60, strict=True, description="sittings from one new game to the next, 1 to 60"
    )
    difficulty: Annotated[tuple[_Logits, _Logits], Rising] = Field(
        description=f"the least and the greatest difficulty in logits, each {X_MIN:g} to {X_MAX:g}"
    )
    distractors: int = Field(
        ge=0, le=MOST_DISTRACTORS, strict=True, description=f"a whole number from 0 to {MOST_DISTRACTORS}"
    )
    reward: Annotated[tuple[_Share, _Share], Rising] = Field(
        description="the least and the greatest share of good time to reward, each .55 to .85"
    )
    arm: Arm = Field(description='"live", "yoked_replay", "performance_only" or "fixed"')
    checkup_days: int = Field(ge=7, le=90, strict=True, description="days from one check-up to the next, 7 to 90")
    checkups_alone: int = Field(
        0,  # plans that were given before there were any
        ge=0,
        le=10,
        strict=True,
        description="sittings with a check-up alone, before the first games and again after the last, 0 to 10",
    )
    aim: Aim = Field(
        "any",  # plans that were given before there were aims
        description="of what check-ups measure what is to change above all: "
        '"speed", "evenness", "telling_apart", "restraint" or "any"',
    )
    sharing: Sharing = Field(description="a table with raw, own_model, research and therapist")

    @field_validator("sittings")
    @classmethod
    def _seldom_enough(cls, sittings: int, others: ValidationInfo) -> int:
        if sittings > 1 and sittings * 7 > others.data.get("every_days", 31) * DAYS_IN_SEVEN:
            raise ValueError("too often")
        return sittings

    @property
    def all_sittings(self) -> int:
        return self.sittings * self.times


def written(plan: Plan) -> str:
    """The plan as TOML that says of each setting what it is; `PLANS.parse` makes the same plan of it."""
    lines = [
        f"{name} = {_toml(getattr(plan, name))}  # {about(name)}" for name in Plan.model_fields if name != "sharing"
    ]
    shared = [f"{name} = {_toml(value)}" for name, value in plan.sharing]
    return "\n".join([*lines, "", "[sharing]", *shared, ""])


def about(name: str) -> str:
    """What a setting of a plan is expected to be."""
    return str(Plan.model_fields[name].description)


def _toml(value: object) -> str:
    """What JSON writes is TOML too, but for the one sign that TOML wants told by its number."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


PLANS = Shelf("plan", "plans", Plan, BadPlan)
"""The templates that Heron brings, one a file in levels/plans/."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A plan and its first day."""

    plan: Plan
    since: date

    @property
    def until(self) -> date:
        """Its last day."""
        return self.since + timedelta(days=self.plan.every_days * self.plan.times - 1)

    def turn(self, day: date) -> int:
        """In which of the plan's stretches of days a day is, from 0; below 0 before its first day."""
        return (day - self.since).days // self.plan.every_days

    def begins(self, turn: int) -> date:
        return self.since + timedelta(days=self.plan.every_days * turn)


def goal(plan: Plan, sitting: int) -> float:
    """The share of good time to reward in a sitting, which counts from 1: thinned slowly, within the plan's range."""
    least, most = plan.reward
    return min(most, max(least, reward.goal(sitting)))
