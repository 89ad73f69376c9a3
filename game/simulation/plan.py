"""A simulated player who keeps a plan, more or less: every sitting by its path of the day, through the real rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from engine import checkup, dice
from engine.events import TrialDone
from engine.path import Adherence, Day, Path, Stone, Walked, adherence
from engine.plan import Assigned, Plan
from engine.safety import dose
from engine.session import Part, Setup
from engine.skill import warm_start
from engine.tasks.catalogue import TASKS
from game.course import path
from game.preparing import CHILD_AGE, GROWN_AGE, PRACTICE
from game.simulation.sitting import Played, play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

FIRST_DAY = date(2026, 3, 2)
"""Any Monday."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One sitting of the plan.

    day:          of the plan, from 1; goal: share of the time to reward
    levels:       that were played, check-up included; blocks, planned: how many came to their end, of how many
    minutes:      of play
    success_rate: of the games' trials; reward_share: mean of the games' blocks; threshold_z: where it ended
    """

    sitting: int
    day: int
    goal: float
    levels: tuple[str, ...]
    blocks: int
    planned: int
    minutes: float
    success_rate: float | None
    reward_share: float | None
    threshold_z: float | None


class Course:
    """A player on a plan, who comes on a day with a chance.

    Args: seed: the same profile, seed and chance are the same course.
    """

    def __init__(self, plan: Plan, profile: str, seed: int, comes: float) -> None:
        self._assigned = Assigned(plan, FIRST_DAY)
        self._profile, self._seed, self._comes = PROFILES[profile], seed, comes
        self._age = CHILD_AGE if self._profile.child else GROWN_AGE
        self._history: list[Day] = []
        self._left: dict[str, float] = {}
        self._last: Played | None = None

    def sittings(self) -> Iterator[Kept]:
        """All that the plan asks for and the player comes to."""
        check = checkup.parts(self._profile.child, has_gaze=True)
        for number in range((self._assigned.until - FIRST_DAY).days + 1):
            day = FIRST_DAY + timedelta(days=number)
            asked = path(self._assigned, self._history, self._age, day, check)
            if asked.stones and dice.roll(self._seed, "comes", number) < self._comes:
                yield self._sit(asked, day, len(self._history) + 1)

    def kept(self) -> Adherence:
        """How much of the plan was, at its end."""
        return adherence(self._assigned, self._history, self._assigned.until + timedelta(days=1))

    def _sit(self, asked: Path, day: date, number: int) -> Kept:
        parts = tuple(self._part(stone) for stone in asked.stones)
        setup = Setup(
            parts=parts,
            seed=self._seed * 1000 + number,
            break_s=dose(self._age).break_s,
            last_threshold=self._last.done.threshold_z if self._last else None,
            goal=asked.goal,
            sitting_number=number,
            child=self._profile.child,
            has_gaze=True,
            usual=self._last.usual if self._last else None,
        )
        player = Player(self._profile, setup.seed, number)
        played = self._last = play(setup, player, Stream(player, Quality(), setup.seed))
        self._history.append(Day(day, tuple(Walked(b.level, b.seconds, b.stars) for b in played.blocks)))
        return self._kept(asked, number, (day - FIRST_DAY).days + 1, parts, played)

    def _part(self, stone: Stone) -> Part:
        if stone.is_checkup:
            return checkup.part(stone.level)
        task = stone.level.game.task
        is_new = task not in self._left and TASKS[task].has_trials
        x = warm_start(self._left.get(task))
        return Part(
            stone.level, stone.seconds, x, x, PRACTICE if is_new else 0, bounds=self._assigned.plan.difficulty
        )

    def _kept(self, asked: Path, number: int, day: int, parts: tuple[Part, ...], played: Played) -> Kept:
        games = [block for block in played.blocks if not parts[block.block - 1].plain]
        of_games = {block.block for block in games}
        tried = [t for t in played.trials if t.valid and t.strand == "first" and t.block in of_games]
        self._learn(tried)
        shares = [block.reward_share for block in games if block.reward_share is not None]
        return Kept(
            sitting=number,
            day=day,
            goal=asked.goal,
            levels=tuple(block.level for block in played.blocks),
            blocks=len(played.blocks),
            planned=len(parts),
            minutes=sum(block.seconds for block in played.blocks) / 60,
            success_rate=fmean(trial.success for trial in tried) if tried else None,
            reward_share=fmean(shares) if shares else None,
            threshold_z=played.done.threshold_z,
        )

    def _learn(self, tried: list[TrialDone]) -> None:
        """Where each game's difficulty was left: the mean of its final third."""
        for task in {trial.task for trial in tried}:
            xs = [trial.difficulty for trial in tried if trial.task == task]
            self._left[task] = fmean(xs[len(xs) * 2 // 3 :])
