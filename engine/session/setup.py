"""What is known before a sitting begins, and how long each of its stages lasts."""

from dataclasses import dataclass
from math import ceil

from engine.anchors import X_MAX, X_MIN, Anchors
from engine.control import Arm
from engine.events import Stage
from engine.level import Level
from engine.safety import LOOK_FAR_S, Rest, rest
from engine.skill import FIRST_X, target_for

READY_S, BREAK_S, BREAK_LEAST_S = 3.0, 10.0, 3.0
PRACTICE_TRIAL_S = 4.0  # about
GAZE_S = 10.0  # a greeting, five dots, one of them again, and a word of thanks


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a sitting.

    seconds:  of play; a running trial is never cut short
    first_x:  difficulty to begin with, logits (`skill.warm_start`); second_x: of a second staircase
    practice: trials without a score before it, 0 for whoever knows the game
    bounds:   within which difficulty stays, logits
    plain:    a part of a check-up: nothing adapts, nothing pays, nothing distracts
    """

    level: Level
    seconds: float
    first_x: float = FIRST_X
    second_x: float = FIRST_X
    practice: int = 0
    bounds: Anchors = (X_MIN, X_MAX)
    plain: bool = False

    @property
    def task(self) -> str:
        return self.level.game.task


@dataclass(frozen=True, slots=True)
class Setup:
    """What is known before a sitting begins.

    parts:          the blocks, in order
    rest_s, closed_s, light_s, warmup_s: the calibration: eyes open, eyes closed, grey steps for the pupil, a task
                    whose answers are known; 0 for none
    break_s:        between blocks, at least
    last_threshold: where the reward threshold ended last time, SD; None the first time
    goal:           share of the time to reward, where a plan says it; None for what the course of sittings says
    sitting_number: the player's first is 1
    has_camera:     whether there are glasses with a camera, whose gaze has to find the screen first
    has_gaze:       whether there is an eye tracker
    usual:          centre and spread of the last sitting's calibration, in scores; None the first time
    arm:            what the loops see of attention; tape: another sitting's margins, for the yoked arm alone
    """

    parts: tuple[Part, ...]
    seed: int
    rest_s: float = 60.0
    closed_s: float = 0.0
    light_s: float = 0.0
    warmup_s: float = 60.0
    break_s: float = BREAK_S
    last_threshold: float | None = None
    goal: float | None = None
    sitting_number: int = 1
    child: bool = False
    has_headset: bool = True
    has_camera: bool = False
    has_gaze: bool = False
    usual: tuple[float, float] | None = None
    arm: Arm = "live"
    tape: tuple[float, ...] = ()

    def rest(self, block: int) -> Rest:
        """The break after a block."""
        before_s = sum(part.seconds for part in self.parts[: max(0, block - 1)])
        return rest(self.break_s, before_s, before_s + self.part(block).seconds, self.play_s, self.has_headset)

    @property
    def play_s(self) -> float:
        return sum(part.seconds for part in self.parts)

    def part(self, block: int) -> Part:
        """That of a block, which counts from 1; before the first it is the first's."""
        return self.parts[max(0, block - 1)]

    def target(self, block: int) -> float:
        """The share of success that difficulty settles at."""
        return target_for(self.part(block).level.success_target, self.child, self.sitting_number)


def alike(level: Level, play_s: float, first_x: float = FIRST_X, practice: int = 0) -> tuple[Part, ...]:
    """One level for so long: as few equal blocks as fill the time."""
    n = max(1, ceil(play_s / level.block_s))
    return tuple(Part(level, play_s / n, first_x, first_x, 0 if block else practice) for block in range(n))


def stage_s(setup: Setup, stage: Stage, block: int = 1) -> float | None:
    """How long a stage lasts; None for those that wait for the player or for trials."""
    match stage:
        case "block":
            return setup.part(block).seconds
        case "warmup":
            return setup.warmup_s
        case "rest":
            return setup.rest_s if setup.has_headset else 0.0
        case "closed":
            return setup.closed_s if setup.has_headset else 0.0
        case "light":
            return setup.light_s if setup.has_gaze else 0.0
        case "practice":
            return None if setup.part(block).practice else 0.0
        case "ready":
            return READY_S
        case "break":
            return setup.rest(block).seconds
        case _:
            return None


def prelude_s(setup: Setup) -> float:
    """About how long all takes that is neither play nor break: calibration, gaze checks, practice."""
    stages: tuple[Stage, ...] = ("light", "rest", "closed", "warmup", "ready")
    calibration_s = sum(stage_s(setup, stage) or 0.0 for stage in stages)
    return calibration_s + gaze_s(setup) + PRACTICE_TRIAL_S * sum(part.practice for part in setup.parts)


def least_break_s(setup: Setup, block: int) -> float:
    """How long a break lasts even for whoever would go on at once."""
    return LOOK_FAR_S if setup.rest(block).look_far else BREAK_LEAST_S


def gaze_s(setup: Setup) -> float:
    """About how long the gaze checks of a sitting take together."""
    return (len(setup.parts) + 1) * GAZE_S if setup.has_camera else 0.0
