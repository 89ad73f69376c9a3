"""School of Fish, a flanker task: five little fish, and which way does the middle one swim?

It trains executive control: the answer is the middle fish's alone, whatever its neighbours suggest. Shadows gather,
then all five show at once (the stimulus onset), and the school waits for an answer until a deadline.
Source: Eriksen & Eriksen 1974, Percept Psychophys 16:143; with fish, as children are asked: Rueda et al. 2004,
Neuropsychologia 42:1029.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, linear
from engine.copies import replace
from engine.events import Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place, ticks_of
from engine.tasks.sight import LEAST_KNOWN, delay_s
from engine.tasks.task import Ask, Hand, Rules

SCHOOL = (0.5, 0.86)
"""Where the middle fish is, in screens."""
BANKS = (0.2, 0.8)
"""With gaze: who looks further out than this has answered. Own choice, 12 degrees from the middle."""

FIRST_GAP = 60  # ticks; own choices, as all that follow
GATHER_S = (0.5, 0.9)  # so that the onset cannot be counted out
ENDING_S = 0.7
GAP_JITTER = 0.25
EARLY_S, EARLY_CHILD_S = 0.15, 0.20
CHILD_TIME = 5 / 3
"""How much longer children have until a deadline: 2.0 s where a grown-up has 1.2."""

DECK = 20
NEUTRAL = 4
"""Schools of a deck whose neighbours swim no way: they face the player."""

Kind = Literal["congruent", "incongruent", "neutral"]
Phase = Literal["gap", "gather", "school", "ending"]
Side = Literal["left", "right"]

_Share = Annotated[float, Field(ge=0.1, le=0.7, strict=True)]
_Spacing = Annotated[float, Field(ge=0.07, le=0.12, strict=True)]  # nearer, and the fish would touch
_Deadline = Annotated[float, Field(ge=0.7, le=4, strict=True)]
_Gap = Annotated[float, Field(ge=0.4, le=5, strict=True)]


class Settings(BaseModel):
    """Of a level of School of Fish: pairs are gentlest, hardest."""

    model_config = STRICT

    task: Literal["flanker"]
    incongruent: Annotated[tuple[_Share, _Share], Rising] = Field(
        description="two shares of schools, the gentlest first, each .1 to .7"
    )
    spacing: Annotated[tuple[_Spacing, _Spacing], Falling] = Field(
        description="two widths in screens, the widest first, each .07 to .12"
    )
    deadline_s: Annotated[tuple[_Deadline, _Deadline], Falling] = Field(
        description="two times in seconds, the longest first, each .7 to 4 (children have 5/3 of it)"
    )
    gap_s: Annotated[tuple[_Gap, _Gap], Falling] = Field(
        description="two times in seconds, the longest first, each .4 to 5"
    )


@dataclass(frozen=True, slots=True)
class Flanker:
    """The school as it is.

    phase_tick:  ticks since the phase began
    phase_ticks: how long it lasts; of a school, until its deadline
    kind, side:  what the neighbours do, and which way the middle fish swims; None in the gap
    spacing:     screens between neighbours
    deadline_s:  as this school was given
    onset_tick:  when the fish show; None in the gap
    known:       ticks of the school in which it was known where the player looks
    home:        whether the eyes have been off the banks since the onset
    valid:       whether the running trial will count
    void:        the running trial is to end as void
    """

    phase: Phase = "gap"
    phase_tick: int = 0
    phase_ticks: int = FIRST_GAP
    trial: int = 0
    kind: Kind | None = None
    side: Side | None = None
    spacing: float = 0.0
    deadline_s: float = 0.0
    difficulty: float = 0.0
    distractors: int = 0
    onset_tick: int | None = None
    outcome: Outcome | None = None
    known: int = 0
    home: bool = False
    valid: bool = True
    void: bool = False

    @property
    def between_trials(self) -> bool:
        return self.phase == "gap"

    @property
    def sight(self) -> Place | None:
        return SCHOOL if self.kind else None

    def voided(self) -> "Flanker":
        return replace(self, void=True, valid=False) if self.phase in ("gather", "school") else self

    def rested(self) -> "Flanker":
        return Flanker(trial=self.trial)

    def renewed(self) -> "Flanker":
        return Flanker(trial=self.trial)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["Flanker", tuple[Event, ...]]:
        moved = replace(self, phase_tick=self.phase_tick + 1, valid=self.valid and ask.judged)
        if moved.phase in ("gap", "ending"):
            return _between(rules, moved, hand, tick, ask)
        if moved.void:
            return _end(rules, moved, "void", None, ask)
        if moved.phase == "gather":
            return _gather(rules, moved, hand, tick, ask)
        return _school(rules, moved, hand, tick, ask)


def _between(
    rules: Rules[Settings], now: Flanker, hand: Hand, tick: int, ask: Ask
) -> tuple[Flanker, tuple[Event, ...]]:
    events = (IdlePress(now.trial),) if _pressed(rules, hand) else ()
    if now.phase_tick < now.phase_ticks:
        return now, events
    return (_gap(rules, now, ask) if now.phase == "ending" else _come(rules, now, tick, ask)), events


def _gap(rules: Rules[Settings], now: Flanker, ask: Ask) -> Flanker:
    jitter = dice.between(1 - GAP_JITTER, 1 + GAP_JITTER, rules.seed, "flanker gap", now.trial)
    gap_s = linear(ask.difficulty, rules.settings.gap_s) * jitter
    return Flanker(trial=now.trial, phase_ticks=ticks_of(gap_s))


def _come(rules: Rules[Settings], now: Flanker, tick: int, ask: Ask) -> Flanker:
    """Shadows gather; all that will happen by chance is settled here."""
    trial, settings = now.trial + 1, rules.settings
    gather = ticks_of(dice.between(*GATHER_S, rules.seed, "gather", trial))
    kind, side = _dealt(rules.seed, trial, linear(ask.difficulty, settings.incongruent))
    return Flanker(
        phase="gather",
        phase_ticks=gather,
        trial=trial,
        kind=kind,
        side=side,
        spacing=linear(ask.difficulty, settings.spacing),
        deadline_s=linear(ask.difficulty, settings.deadline_s) * (CHILD_TIME if rules.child else 1),
        difficulty=ask.difficulty,
        distractors=ask.distractors,
        onset_tick=tick + gather,
        valid=ask.judged,
    )


def _dealt(seed: int, trial: int, incongruent: float) -> tuple[Kind, Side]:
    """The trial's card of its deck of DECK, whose order is drawn by lot; half of each kind swim left."""
    deck, card = divmod(trial, DECK)
    lots = [dice.roll(seed, "school", deck, place) for place in range(DECK)]
    rank = sorted(lots).index(lots[card])
    side: Side = "left" if rank % 2 else "right"
    if rank < NEUTRAL:
        return "neutral", side
    return ("incongruent" if rank < NEUTRAL + round(incongruent * DECK) else "congruent"), side


def _gather(
    rules: Rules[Settings], now: Flanker, hand: Hand, tick: int, ask: Ask
) -> tuple[Flanker, tuple[Event, ...]]:
    if _pressed(rules, hand):
        return _end(rules, now, "early", tick, ask)
    if now.phase_tick < now.phase_ticks:
        return now, ()
    assert now.kind is not None
    shown = StimulusShown(now.trial, "flanker", now.kind, now.difficulty, tick, _detail(now))
    until = ticks_of(now.deadline_s + delay_s(rules.by))
    return replace(now, phase="school", phase_tick=0, phase_ticks=until, onset_tick=tick), (shown,)


def _school(
    rules: Rules[Settings], now: Flanker, hand: Hand, tick: int, ask: Ask
) -> tuple[Flanker, tuple[Event, ...]]:
    bank = _bank(hand)
    late = now.phase_tick * TICK_S > delay_s(rules.by)
    now = replace(now, known=now.known + (hand.at is not None), home=now.home or (late and bank == "middle"))
    if rules.by == "gaze":
        sides: tuple[str, ...] = (bank,) if bank in ("left", "right") and now.home else ()
    else:
        sides = _pressed(rules, hand)
    if sides:
        return _end(rules, now, _judged(rules, now, sides), tick, ask)
    return (now, ()) if now.phase_tick < now.phase_ticks else _end(rules, now, "miss", None, ask)


def _pressed(rules: Rules[Settings], hand: Hand) -> tuple[str, ...]:
    """The sides that keys or a click name in this tick; eyes press nothing."""
    if rules.by == "gaze":
        return ()
    keys = tuple(action for action in hand.pressed if action in ("left", "right"))
    if not hand.clicked or hand.at is None:
        return keys
    return (*keys, "left" if hand.at[0] < SCHOOL[0] else "right")


def _bank(hand: Hand) -> Literal["left", "middle", "right"] | None:
    if hand.at is None:
        return None
    return "left" if hand.at[0] < BANKS[0] else "right" if hand.at[0] > BANKS[1] else "middle"


def _judged(rules: Rules[Settings], now: Flanker, sides: tuple[str, ...]) -> Outcome:
    """Both at once is no answer to which."""
    if now.phase_tick * TICK_S - delay_s(rules.by) < (EARLY_CHILD_S if rules.child else EARLY_S):
        return "early"
    return "hit" if set(sides) == {now.side} else "wrong"


def _end(
    rules: Rules[Settings], now: Flanker, outcome: Outcome, tick: int | None, ask: Ask
) -> tuple[Flanker, tuple[Event, ...]]:
    assert now.kind is not None
    assert now.onset_tick is not None
    seen = rules.by != "gaze" or now.known >= LEAST_KNOWN * now.phase_tick
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task="flanker",
        kind=now.kind,
        outcome=outcome,
        success=outcome == "hit",
        valid=now.valid and seen,
        practice=ask.practice,
        onset_tick=now.onset_tick,
        reaction_s=None if tick is None else (tick - now.onset_tick) * TICK_S - delay_s(rules.by),
        difficulty=now.difficulty,
        distractors=now.distractors,
        detail=_detail(now),
    )
    return replace(now, phase="ending", phase_tick=0, phase_ticks=ticks_of(ENDING_S), outcome=outcome, void=False), (
        done,
    )


def _detail(now: Flanker) -> dict[str, float]:
    """side: where the middle fish swims, -1 left and 1 right; spacing: screens between neighbours."""
    return {"side": -1.0 if now.side == "left" else 1.0, "spacing": now.spacing, "deadline_s": now.deadline_s}
