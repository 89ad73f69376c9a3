"""What a task is: rules that go from tick to tick, and say what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, Self, TypeVar

from engine.events import Event, Outcome
from engine.ports import Action, Inputs, Place

By = Literal["gaze", "pointer", "keys"]
"""What the player answers with."""

Settings = TypeVar("Settings")
"""The `[game]` of a level: the task's own settings."""


@dataclass(frozen=True, slots=True)
class Rules(Generic[Settings]):
    """What stays the same for a block.

    child:    whose anticipations take longer
    by:       what `Hand.at` is; None with keys
    settings: from the level
    error_deg: how far off gaze is known to be; 0 where it is not known
    """

    seed: int
    child: bool
    by: By
    settings: Settings
    error_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Hand:
    """What the player does in one tick.

    pressed: actions that went down in it, "strike" also for a click or a touch
    at:      where the player looks or points, in screens; None while it is not known, and with keys
    clicked: whether the pointer was pressed in it
    """

    pressed: tuple[Action, ...] = ()
    at: Place | None = None
    clicked: bool = False

    @property
    def struck(self) -> bool:
        return "strike" in self.pressed


@dataclass(frozen=True, slots=True)
class Ask:
    """What the sitting asks of the next trial; a trial keeps what it began with.

    difficulty:  logits, `engine.anchors`
    second:      of what is done at the same time, by its own staircase; of a task that is but one thing, the same
    block:       0 in practice before the first
    distractors: how many are about
    judged:      False in a tick whose trial must not count, as while the headset is off
    """

    difficulty: float
    second: float = 0.0
    block: int = 0
    practice: bool = False
    distractors: int = 0
    judged: bool = True


class Game(Protocol):
    """The state of one task; each is a frozen dataclass, and each method gives another."""

    @property
    def trial(self) -> int:
        """Number of the newest trial, from 1; 0 before the first. It counts on for the whole sitting."""
        ...

    @property
    def between_trials(self) -> bool:
        """Whether the task may be left here and now without cutting anything short."""
        ...

    @property
    def sight(self) -> Place | None:
        """Where there is something to look at, in screens; None where there is nothing."""
        ...

    def step(self, rules: Rules[Any], hand: Hand, tick: int, ask: Ask) -> tuple[Self, tuple[Event, ...]]:
        """One tick later, which is tick `tick`; `ask` is heeded by the next trial."""
        ...

    def voided(self) -> Self:
        """After a pause: a running trial will end as void in the next step."""
        ...

    def rested(self) -> Self:
        """After a break: an empty scene, and all goes on where it was."""
        ...

    def renewed(self) -> Self:
        """After practice: as at the beginning, but the trials are counted on."""
        ...


class Trial(Protocol):
    """As much of a finished trial as measures need; `TrialDone` and the store's rows are ones."""

    @property
    def kind(self) -> str: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def success(self) -> bool: ...
    @property
    def valid(self) -> bool: ...
    @property
    def practice(self) -> bool: ...
    @property
    def block(self) -> int: ...
    @property
    def onset_tick(self) -> int: ...
    @property
    def reaction_s(self) -> float | None: ...
    @property
    def difficulty(self) -> float: ...
    @property
    def detail(self) -> Mapping[str, float]: ...


AnyTrial = TypeVar("AnyTrial", bound=Trial)


def counted(trials: Iterable[AnyTrial]) -> list[AnyTrial]:
    """Those that measures are made of: valid, no practice, not void."""
    return [trial for trial in trials if trial.valid and not trial.practice and trial.outcome != "void"]


def hand(inputs: Inputs, by: By) -> Hand:
    """What a tick's inputs are to a task; the picture's 1280 x 720 become screens."""
    clicked: tuple[Action, ...] = ("strike",) if inputs.clicked and "strike" not in inputs.pressed else ()
    at = {"gaze": inputs.gaze, "pointer": inputs.pointer, "keys": None}[by]
    return Hand((*inputs.pressed, *clicked), None if at is None else (at[0] / 1280, at[1] / 720), inputs.clicked)
