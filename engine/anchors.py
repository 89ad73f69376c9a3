"""Difficulty in logits, and what it comes to in the world: every setting of a task has an easy and a hard end."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

X_MIN, X_MAX = -3.0, 3.0
"""Difficulty in logits, gentlest and hardest."""

Anchors = tuple[float, float]
"""What a setting is at X_MIN and at X_MAX."""


def clip(x: float) -> float:
    return min(X_MAX, max(X_MIN, x))


def linear(x: float, anchors: Anchors) -> float:
    """A difficulty as something in the world: linear between its anchors."""
    easy, hard = anchors
    return easy + (hard - easy) * _share(x)


def geometric(x: float, anchors: Anchors) -> float:
    """The same for what counts by its ratios, as a speed does; both anchors are above 0."""
    easy, hard = anchors
    return float(easy * (hard / easy) ** _share(x))


def _share(x: float) -> float:
    return (clip(x) - X_MIN) / (X_MAX - X_MIN)


def _not_falling(values: tuple[float, ...]) -> tuple[float, ...]:
    if list(values) != sorted(values):
        raise ValueError("must not fall")
    return values


def _not_rising(values: tuple[float, ...]) -> tuple[float, ...]:
    if list(values) != sorted(values, reverse=True):
        raise ValueError("must not rise")
    return values


Rising = AfterValidator(_not_falling)
"""A setting that is harder the more there is of it."""

Falling = AfterValidator(_not_rising)
"""A setting that is harder the less there is of it."""

STRICT = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
"""Of every model that people write in TOML: no key that means nothing, no number that is none."""

Share = Annotated[float, Field(ge=0, le=1, strict=True)]
"""0 to 1."""
