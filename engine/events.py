"""What happened in a tick, as facts; the loop stamps each with the tick it happened in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from engine.ports import GazeMap, Override

Stage = Literal["fit", "gaze", "light", "rest", "closed", "warmup", "practice", "ready", "block", "break", "done"]
Outcome = Literal["hit", "miss", "false_alarm", "held", "wrong", "early", "void"]
"""hit and held succeed. wrong: an answer, but another than the right one; early: before it could be known."""

Strand = Literal["first", "second"]
"""Which of two staircases a trial belongs to, where two things are done at once."""

Detail = Mapping[str, float]
"""What else a task has to say of a trial, by name; the task's file says what in which unit."""
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
class StimulusShown:
    """From this tick on the player can know what the trial asks: the stimulus onset.

    trial:      number in the sitting, practice included, from 1
    kind:       what appeared, in the task's own words
    difficulty: logits, as presented
    onset_tick: the tick of this event
    """

    trial: int
    task: str
    kind: str
    difficulty: float
    onset_tick: int
    detail: Detail = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrialDone:
    """One trial, start to end.

    valid:      whether it says anything about skill: no pause, and the devices that it needs were there
    onset_tick: when the player could know (or could have known) what was asked
    reaction_s: from onset to the answer, negative before the onset; None without an answer
    difficulty: logits, as presented
    distractors: how many were about when the trial began
    """

    trial: int
    block: int
    task: str
    kind: str
    outcome: Outcome
    success: bool
    valid: bool
    practice: bool
    onset_tick: int
    reaction_s: float | None
    difficulty: float
    distractors: int
    strand: Strand = "first"
    detail: Detail = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IdlePress:
    """A press with nothing to answer; trial: the last one, 0 before the first."""

    trial: int


@dataclass(frozen=True, slots=True)
class Called:
    """A sound that belongs to the task, by its name in assets/sounds."""

    sound: str


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
    """difficulty: logits, for the trials to come; strand: of which staircase."""

    difficulty: float
    reason: str
    strand: Strand = "first"


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
class Overridden:
    """A therapist asked for something. number: of the wish; applied: whether it could be done just then"""

    number: int
    what: Override
    reason: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Tired:
    """index: of fatigue at the end of the block, SD"""

    block: int
    index: float


@dataclass(frozen=True, slots=True)
class LightShown:
    """From here on the whole picture has this relative luminance, until the next begins to come."""

    luminance: float


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

    task, level:  what was played; by: and with what the player answered: gaze, pointer or keys
    success_rate: of valid trials
    reward_share: of the time with a good signal, how much was above the threshold
    good_share:   of all the time, how much had a good signal; None without a headset
    threshold_z:  as it was in this block
    difficulty:   logits, at the end
    """

    block: int
    task: str
    level: str
    by: str
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


Answer = Literal["yes", "no", "skipped"]

Complaint = Literal["headache", "dizzy", "eyes", "sad_or_angry", "other"]


@dataclass(frozen=True, slots=True)
class Screened:
    """Whether the player, or who answers for one, ever had these: asked before the first sitting."""

    seizure: Answer
    migraine: Answer
    eyes: Answer


@dataclass(frozen=True, slots=True)
class Unwell:
    """The player said so."""

    kind: Complaint


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """How the player felt after the sitting; no validated test. None where skipped.

    mood, fun:     1 to 5, the best
    tired, effort: 1 to 5, the most
    """

    mood: int | None
    tired: int | None
    fun: int | None
    effort: int | None
    headache: bool | None
    eyes: bool | None


@dataclass(frozen=True, slots=True)
class Grew:
    """What the player chose to let grow in the marsh, by its name there."""

    what: str


Event = (
    StageStarted
    | StimulusShown
    | TrialDone
    | IdlePress
    | Called
    | RewardPaid
    | ThresholdSet
    | DifficultyChanged
    | DistractorsChanged
    | DistractorCalled
    | Cue
    | SupervisorActed
    | Overridden
    | Tired
    | LightShown
    | DotRested
    | GazeChecked
    | BlockDone
    | SittingDone
    | Screened
    | Unwell
    | CheckedIn
    | Grew
)


def name(event: Event) -> str:
    """The event's name where it is stored: trial_done for TrialDone."""
    return _snake(type(event).__name__)


@cache
def _snake(words: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", words).lower()
