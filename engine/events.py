"""What happened in a tick, as facts; the loop stamps each with the tick it happened in."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from engine.ports import GazeMap

Stage = Literal["fit", "gaze", "rest", "warmup", "ready", "block", "break", "done"]
Kind = Literal["fish", "frog"]
Outcome = Literal["hit", "miss", "false_strike", "held", "early", "void"]
CueKind = Literal["re-engage", "novelty", "offer_break"]
Situation = Literal["flow", "boredom", "too_hard", "lapse", "tired"]
Remedy = Literal["more_distractors", "fewer_distractors", "easier", "novelty", "re-engage", "offer_break"]

GazePurpose = Literal["check", "map", "centre"]


@dataclass(frozen=True, slots=True)
class StageStarted:
    """block: 0 before the first block, then 1, 2, ..."""

    stage: Stage
    block: int


@dataclass(frozen=True, slots=True)
class CreatureShown:
    """A shadow became a fish or a frog: the stimulus onset.

    trial:      number in the sitting, practice included, from 1
    speed:      screen widths a second
    difficulty: logits, as presented
    onset_tick: the tick of this event
    """

    trial: int
    kind: Kind
    speed: float
    difficulty: float
    onset_tick: int


@dataclass(frozen=True, slots=True)
class TrialDone:
    """One creature, start to end.

    valid:      whether it says anything about skill: no pause, and the headset was on and sending
    onset_tick: when the creature became (or would have become) recognisable
    reaction_s: from onset to the press, negative before the onset; None without a press
    speed:      screen widths a second
    difficulty: logits, as presented
    distractors: how many were about when the creature came
    """

    trial: int
    block: int
    kind: Kind
    outcome: Outcome
    success: bool
    valid: bool
    practice: bool
    onset_tick: int
    reaction_s: float | None
    speed: float
    difficulty: float
    distractors: int


@dataclass(frozen=True, slots=True)
class EmptyStrike:
    """A press with nothing in the water; trial: the last one, 0 before the first."""

    trial: int


@dataclass(frozen=True, slots=True)
class RewardPaid:
    """z, threshold_z: in SD of the player's own warm-up."""

    block: int
    z: float
    threshold_z: float


@dataclass(frozen=True, slots=True)
class ThresholdSet:
    """The reward threshold from `block` on, which after the last block is the next sitting's first.

    z = (score - centre) / spread
    """

    block: int
    threshold_z: float
    centre: float
    spread: float
    reason: str


@dataclass(frozen=True, slots=True)
class DifficultyChanged:
    """difficulty: logits, for the creatures to come."""

    difficulty: float
    reason: str


@dataclass(frozen=True, slots=True)
class DistractorsChanged:
    level: int
    reason: str


@dataclass(frozen=True, slots=True)
class DistractorCalled:
    """Something called that has nothing to do with the task."""

    level: int


@dataclass(frozen=True, slots=True)
class Cue:
    """Something kind to see and hear; nothing is lost by it."""

    kind: CueKind
    reason: str


@dataclass(frozen=True, slots=True)
class SupervisorActed:
    """What the supervisor did, and all that it knew: one line of the trace.

    rules:     version of the rules that decided
    success:   recent share of successes, EWMA
    target:    the share that the skill loop aims at
    attention: recent z, EWMA; None without a headset
    fatigue:   index in SD; None in the first minutes
    """

    action: Remedy
    situation: Situation
    reason: str
    success: float
    target: float
    attention: float | None
    difficulty: float
    distractors: int
    fatigue: float | None = None
    rules: str = ""


@dataclass(frozen=True, slots=True)
class DotRested:
    """Until this tick a dot rested at x, y (screens), to be looked at."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GazeChecked:
    """How well gaze meets the screen, by dots that were looked at.

    block:     the last that was played, 0 before the first
    mapping:   by what gaze found the screen
    n_steady:  dots that were looked at steadily, of n_targets
    error_deg: mean angle between gaze and dots. Of a map: what is left of the dots that made it. Of centring: how far
               off it was before. None where it cannot be said
    drift_deg: how far gaze lay to the right of the dots and below them, on average
    good:      whether that is enough to go by
    """

    block: int
    purpose: GazePurpose
    mapping: GazeMap
    n_targets: int
    n_steady: int
    error_deg: float | None
    drift_deg: tuple[float, float] | None
    good: bool


@dataclass(frozen=True, slots=True)
class BlockDone:
    """One block in numbers; None where there is nothing to divide by.

    success_rate: of valid trials
    reward_share: of the time with a good signal, how much was above the threshold
    good_share:   of all the time, how much had a good signal; None without a headset
    threshold_z:  as it was in this block
    difficulty:   logits, at the end
    """

    block: int
    seconds: float
    trials: int
    success_rate: float | None
    rewards: int
    reward_share: float | None
    good_share: float | None
    threshold_z: float | None
    difficulty: float
    distractors: int
    stars: int


@dataclass(frozen=True, slots=True)
class SittingDone:
    """The whole sitting; threshold_z and difficulty are where it ended."""

    stars: int
    trials: int
    success_rate: float | None
    rewards: int
    threshold_z: float | None
    difficulty: float


Event = (
    StageStarted
    | CreatureShown
    | TrialDone
    | EmptyStrike
    | RewardPaid
    | ThresholdSet
    | DifficultyChanged
    | DistractorsChanged
    | DistractorCalled
    | Cue
    | SupervisorActed
    | DotRested
    | GazeChecked
    | BlockDone
    | SittingDone
)


def name(event: Event) -> str:
    """The event's name where it is stored: trial_done for TrialDone."""
    return _snake(type(event).__name__)


@cache
def _snake(words: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", words).lower()
