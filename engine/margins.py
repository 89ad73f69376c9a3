"""How far above or below its reward threshold a stored sitting's attention was, estimate by estimate."""

import json
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from engine.session.listening import MIN_TRUST


class Estimate(Protocol):
    """A stored estimate, and the first tick that saw it; None where none did."""

    @property
    def t_s(self) -> float: ...
    @property
    def score(self) -> float: ...
    @property
    def trust(self) -> float: ...
    @property
    def state(self) -> str: ...
    @property
    def tick(self) -> int | None: ...


class Event(Protocol):
    """What happened in a tick: the name of a class of `engine.events`, and its fields."""

    @property
    def tick(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def data_json(self) -> str: ...


class Margin(NamedTuple):
    """z: SD of the player's own calibration above the threshold; None while the signal was not good"""

    t_s: float
    block: int
    z: float | None


def margins(estimates: Sequence[Estimate], events: Sequence[Event]) -> list[Margin]:
    """Of the blocks, from the first threshold on."""
    stages = [(row.tick, json.loads(row.data_json)) for row in events if row.kind == "stage_started"]
    thresholds = [(row.tick, json.loads(row.data_json)) for row in events if row.kind == "threshold_set"]
    found = []
    for estimate in estimates:
        if estimate.tick is None:
            continue
        stage = next((stage for tick, stage in reversed(stages) if tick < estimate.tick), None)
        now = next((values for tick, values in reversed(thresholds) if tick < estimate.tick), None)
        if stage is None or stage["stage"] != "block" or now is None:
            continue
        is_good = estimate.state == "good" and estimate.trust >= MIN_TRUST
        z = (estimate.score - now["centre"]) / now["spread"] - now["threshold_z"]
        found.append(Margin(estimate.t_s, stage["block"], z if is_good else None))
    return found
