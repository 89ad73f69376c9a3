"""Everything that is, in one tick of a sitting."""

from dataclasses import dataclass
from typing import Literal

from engine.copies import replace
from engine.distractors import Distractors
from engine.dots import Dots
from engine.events import Cue, Stage, TrialDone
from engine.reward import Reward
from engine.skill import Skill
from engine.supervisor import Supervisor
from engine.tasks.task import By, Game

Gaze = Literal["unasked", "good", "poor"]
"""Whether it can be said where on the screen the player looks."""

PLAYED: tuple[Stage, ...] = ("warmup", "practice", "block")
"""Stages in which a task is played."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What was played in blocks, by outcome, and rewards; a lost signal takes nobody's catch away."""

    hits: int = 0
    held: int = 0
    misses: int = 0
    false_alarms: int = 0
    wrong: int = 0
    early: int = 0
    rewards: int = 0

    @property
    def right(self) -> int:
        return self.hits + self.held

    @property
    def trials(self) -> int:
        return self.right + self.misses + self.false_alarms + self.wrong + self.early

    @property
    def success_rate(self) -> float | None:
        return self.right / self.trials if self.trials else None


_COUNTS = {
    "hit": "hits",
    "held": "held",
    "miss": "misses",
    "false_alarm": "false_alarms",
    "wrong": "wrong",
    "early": "early",
}


def counted(totals: Totals, trial: TrialDone) -> Totals:
    """With one more trial, which is not void."""
    field = _COUNTS[trial.outcome]
    return replace(totals, **{field: getattr(totals, field) + 1})


@dataclass(frozen=True, slots=True)
class Deed:
    """What came of one block, for the results: how many trials, and how many went right."""

    task: str
    right: int
    trials: int
    stars: int


@dataclass(frozen=True, slots=True)
class Staircases:
    """Difficulty of one task, and of what is done at the same time."""

    first: Skill
    second: Skill


@dataclass(frozen=True, slots=True)
class Sitting:
    """Everything that is, after `tick` ticks.

    stage_tick:   ticks since the stage began
    block:        0 before the first, then 1..blocks
    task, game:   what is played, by name, and its state; None before the warm-up
    by:           what the player answers with
    skill:        difficulty of the task that is played; second: of what is done at the same time
    known:        of the tasks that were played before, by name
    practised:    trials of this practice
    totals:       of the sitting; in_block: of this block; deeds: of the blocks before
    succeeded:    in the newest trial of a block; None before it
    stars:        earned so far, 0 before the first block is done
    tired:        blocks that ended with a tired player
    feedback:     clarity of the water, 0..1; rests while the signal is not good
    signal_state: the newest estimate's state, or absent, or stale
    signal_good:  whether that may pay
    good_heard:   good estimates in blocks, since there has been a threshold
    seen_s, seen_ticks: stamp of the newest estimate, and the ticks since it came
    cue:          the supervisor's last cue; cue_tick: when
    dots:         what there is to look at in the gaze check
    gaze:         what the last gaze check said; off_deg: how far off gaze was, 0 while nobody knows
    """

    tick: int
    stage: Stage
    stage_tick: int
    block: int
    blocks: int
    skill: Skill
    second: Skill
    reward: Reward
    supervisor: Supervisor
    distractors: Distractors
    task: str | None = None
    game: Game | None = None
    by: By = "keys"
    known: tuple[tuple[str, Staircases], ...] = ()
    practised: int = 0
    totals: Totals = Totals()
    in_block: Totals = Totals()
    deeds: tuple[Deed, ...] = ()
    succeeded: bool | None = None
    stars: int = 0
    tired: int = 0
    feedback: float = 0.5
    signal_state: str = "absent"
    signal_good: bool = False
    good_heard: int = 0
    seen_s: float | None = None
    seen_ticks: int = 0
    cue: Cue | None = None
    cue_tick: int | None = None
    dots: Dots | None = None
    gaze: Gaze = "unasked"
    off_deg: float = 0.0
