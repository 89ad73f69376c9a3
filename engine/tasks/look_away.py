"""Look Away, the antisaccade task: a light shines up on one side, and the eyes are to go to the other.

A mark in the middle is looked at; its shape says what will be asked: a ring for away, a disc for towards, with which
beginners start. It may go out 200 ms before the light (the stimulus onset) comes. Eyes answer by their first
movement of more than two degrees, a pointer by its own, hands with the arrow keys. Distances in degrees of view.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, Share, linear
from engine.copies import replace
from engine.events import Event, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place, ticks_of
from engine.tasks.sight import DEG_PER_SCREEN, LEAST_KNOWN, apart, delay_s
from engine.tasks.task import Ask, Hand, Rules

MIDDLE: Place = (0.5, 0.63)
"""On the water, where neither side is brighter than the other."""
GAP_S = 0.6
MARK_S = (0.9, 1.5)  # jittered, so that the light cannot be counted out
WAIT_S = 1.5  # how much longer the mark waits for eyes that have not come
CENTRED_DEG = 4.0
ENDING_S = 0.9
MEND_S = 0.6  # after an error, in which it can be put right
LEAST_DEG = 2.0
EARLY_S, LATEST_S = 0.080, 0.600
"""What comes sooner was not for this light; what comes later is no saccade to it any more."""
EARLY_KEY_S, LATEST_KEY_S, CHILD_KEY_S = 0.150, 1.2, 2.0
"""Hands are slower; children's are given until the last (own choice)."""

Kind = Literal["anti", "pro"]
Phase = Literal["gap", "mark", "dark", "cue", "mend", "ending"]
Side = Literal[-1, 1]
"""Left, right."""

_Far = Annotated[float, Field(ge=4, le=12, strict=True)]  # further out stand the reeds
_Gap = Annotated[float, Field(ge=0, le=0.4, strict=True)]


class Settings(BaseModel):
    """Of a level of Look Away: pairs are gentlest, hardest; descriptions say what a mistake is told to expect."""

    model_config = STRICT

    task: Literal["look-away"]
    far_deg: Annotated[tuple[_Far, _Far], Rising] = Field(
        description="two distances of the light in degrees of view, the nearest first, each 4 to 12"
    )
    dark_s: Annotated[tuple[_Gap, _Gap], Rising] = Field(
        description="two times in seconds without a mark before the light, the shortest first, each 0 to 0.4"
    )
    towards: Annotated[tuple[Share, Share], Falling] = Field(
        description="two shares of trials that ask to look at the light itself, the largest first, each 0 to 1"
    )
    salience: Annotated[tuple[Share, Share], Rising] = Field(
        description="two shares of how strongly the light shines, the faintest first, each 0 to 1"
    )


@dataclass(frozen=True, slots=True)
class LookAway:
    """The trial as it is.

    kind:       what the mark asks for
    side:       where the light comes
    rest:       where the eyes or the pointer were before it, a running mean; None while that is not known
    known:      how many places it is a mean of, up to 8
    answer:     the side that was answered first; None before
    answer_s:   from the light to the answer
    mended:     whether a wrong answer was put right
    lost:       ticks since the light came in which nobody knew where the eyes or the pointer were
    onset_tick: when the light comes; None in the gap
    """

    phase: Phase = "gap"
    phase_tick: int = 0
    phase_ticks: int = 60
    trial: int = 0
    kind: Kind = "anti"
    side: Side = 1
    far_deg: float = 0.0
    dark_ticks: int = 0
    salience: float = 0.0
    rest: Place | None = None
    known: int = 0
    answer: Side | None = None
    answer_s: float | None = None
    mended: bool = False
    lost: int = 0
    difficulty: float = 0.0
    distractors: int = 0
    onset_tick: int | None = None
    outcome: Outcome | None = None
    valid: bool = True
    void: bool = False

    @property
    def between_trials(self) -> bool:
        return self.phase == "gap"

    @property
    def right(self) -> Side:
        """The side that is asked for."""
        return self.side if self.kind == "pro" else -self.side

    @property
    def sight(self) -> Place | None:
        """The mark; where the eyes are to go from it nothing is to be seen."""
        return MIDDLE if self.phase in ("mark", "dark") else None

    def beside(self, side: Side) -> Place:
        """As far from the middle as the light, on either side."""
        return MIDDLE[0] + side * self.far_deg / DEG_PER_SCREEN[0], MIDDLE[1]

    def voided(self) -> "LookAway":
        return self if self.phase in ("gap", "ending") else replace(self, void=True, valid=False)

    def rested(self) -> "LookAway":
        return replace(self, phase="gap", phase_tick=0, phase_ticks=60, outcome=None)

    def renewed(self) -> "LookAway":
        return LookAway(trial=self.trial)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["LookAway", tuple[Event, ...]]:
        now = replace(self, phase_tick=self.phase_tick + 1, valid=self.valid and ask.judged)
        if now.phase in ("gap", "ending"):
            return _between(rules, now, tick, ask), ()
        if now.void:
            return _end(now, "void", ask)
        if now.phase == "mark":
            return _marked(rules, now, hand, tick), ()
        if now.phase == "dark":
            return _dark(rules, now, hand, tick)
        return _answering(rules, now, hand, tick, ask)


def _between(rules: Rules[Settings], now: LookAway, tick: int, ask: Ask) -> LookAway:
    if now.phase_tick < now.phase_ticks:
        return now
    if now.phase == "ending":
        return replace(now, phase="gap", phase_tick=0, phase_ticks=ticks_of(GAP_S), onset_tick=None, outcome=None)
    return _settle(rules, now, tick, ask)


def _settle(rules: Rules[Settings], now: LookAway, tick: int, ask: Ask) -> LookAway:
    trial, settings = now.trial + 1, rules.settings
    mark = ticks_of(dice.between(*MARK_S, rules.seed, "mark", trial))
    dark = ticks_of(linear(ask.difficulty, settings.dark_s))
    towards = dice.roll(rules.seed, "towards", trial) < linear(ask.difficulty, settings.towards)
    return LookAway(
        phase="mark",
        phase_ticks=mark,
        trial=trial,
        kind="pro" if towards else "anti",
        side=1 if dice.roll(rules.seed, "side", trial) < 0.5 else -1,
        far_deg=linear(ask.difficulty, settings.far_deg),
        dark_ticks=dark,
        salience=linear(ask.difficulty, settings.salience),
        difficulty=ask.difficulty,
        distractors=ask.distractors,
        onset_tick=tick + mark + dark,
        valid=ask.judged,
    )


def _marked(rules: Rules[Settings], now: LookAway, hand: Hand, tick: int) -> LookAway:
    """The mark waits for eyes that have not come, and then no longer."""
    now = _rested(now, hand.at)
    waits = rules.by != "keys" and not _centred(now) and now.phase_tick < now.phase_ticks + ticks_of(WAIT_S)
    if now.phase_tick < now.phase_ticks or waits:
        return now
    return replace(now, phase="dark", phase_tick=0, phase_ticks=now.dark_ticks, onset_tick=tick + now.dark_ticks + 1)


def _rested(now: LookAway, at: Place | None) -> LookAway:
    """Where the eyes rest; a place more than two degrees away is a new one to rest at."""
    if at is None:
        return replace(now, rest=None, known=0)
    if now.rest is None or apart(at, now.rest) > LEAST_DEG:
        return replace(now, rest=at, known=1)
    n, (x, y) = min(now.known + 1, 8), now.rest
    return replace(now, rest=(x + (at[0] - x) / n, y + (at[1] - y) / n), known=n)


def _centred(now: LookAway) -> bool:
    return now.rest is not None and now.known >= 4 and apart(now.rest, MIDDLE) <= CENTRED_DEG


def _dark(rules: Rules[Settings], now: LookAway, hand: Hand, tick: int) -> tuple[LookAway, tuple[Event, ...]]:
    now = _rested(now, hand.at)
    if now.phase_tick <= now.phase_ticks:
        return now, ()
    shown = StimulusShown(
        now.trial,
        "look-away",
        now.kind,
        now.difficulty,
        tick,
        {"side": float(now.side), "far_deg": now.far_deg, "dark_s": now.dark_ticks * TICK_S},
    )
    valid = now.valid and (rules.by == "keys" or _centred(now))
    return replace(now, phase="cue", phase_tick=0, onset_tick=tick, valid=valid), (shown,)


def _answering(
    rules: Rules[Settings], now: LookAway, hand: Hand, tick: int, ask: Ask
) -> tuple[LookAway, tuple[Event, ...]]:
    assert now.onset_tick is not None
    side = _side(now, hand)
    since_s = (tick - now.onset_tick) * TICK_S - delay_s(rules.by)
    if now.phase == "mend":
        now = replace(now, mended=now.mended or side == now.right)
        return _end(now, "wrong", ask) if now.mended or now.phase_tick * TICK_S >= MEND_S else (now, ())
    early_s, latest_s = _window(rules)
    if side is None:
        now = replace(now, lost=now.lost + (rules.by != "keys" and hand.at is None))
        seen = now.lost <= (1 - LEAST_KNOWN) * now.phase_tick
        return _end(replace(now, valid=now.valid and seen), "miss", ask) if since_s >= latest_s else (now, ())
    now = replace(now, answer=side, answer_s=since_s)
    if since_s < early_s:
        return _end(now, "early", ask)
    if side == now.right:
        return _end(now, "hit", ask)
    return replace(now, phase="mend", phase_tick=0), ()


def _window(rules: Rules[Settings]) -> tuple[float, float]:
    if rules.by == "gaze":
        return EARLY_S, LATEST_S
    return EARLY_KEY_S, CHILD_KEY_S if rules.child else LATEST_KEY_S


def _side(now: LookAway, hand: Hand) -> Side | None:
    """To which side of where they rested the eyes have moved, or which arrow was pressed."""
    if "left" in hand.pressed or "right" in hand.pressed:
        return -1 if "left" in hand.pressed else 1
    if hand.at is None or now.rest is None:
        return None
    moved_deg = (hand.at[0] - now.rest[0]) * DEG_PER_SCREEN[0]
    if abs(moved_deg) <= LEAST_DEG:
        return None
    return 1 if moved_deg > 0 else -1


def _end(now: LookAway, outcome: Outcome, ask: Ask) -> tuple[LookAway, tuple[Event, ...]]:
    assert now.onset_tick is not None
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task="look-away",
        kind=now.kind,
        outcome=outcome,
        success=outcome == "hit",
        valid=now.valid,
        practice=ask.practice,
        onset_tick=now.onset_tick,
        reaction_s=now.answer_s,
        difficulty=now.difficulty,
        distractors=now.distractors,
        detail={"side": float(now.side), "far_deg": now.far_deg, "mended": float(now.mended)},
    )
    after = replace(now, phase="ending", phase_tick=0, phase_ticks=ticks_of(ENDING_S), outcome=outcome, void=False)
    return after, (done,)
