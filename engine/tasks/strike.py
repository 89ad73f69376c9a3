"""Strike, a go/no-go task in the marsh: strike the fish, let the frogs be, and stop where a hawk's shadow falls.

A shadow swims left towards the heron. In the clear pool it becomes recognisable (the stimulus onset) and stays
within reach until it has crossed the pool. Positions are in screen widths from the left. In the stop-signal mode
(Verbruggen et al. 2019, eLife 8:e46323) a hawk's shadow crosses some of the fish a while after their onset.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, geometric, linear
from engine.copies import replace
from engine.events import Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place, ticks_of
from engine.tasks import deck
from engine.tasks.strike_stopping import FIRST_DELAY_TICKS, next_delay_ticks
from engine.tasks.task import Ask, Hand, Rules

ENTRY, REVEAL, EXIT = 0.92, 0.61, 0.40
"""Where the shadow comes in, where it becomes recognisable, and where it is out of reach."""

APPROACH_S = (0.7, 1.1)  # own choice: long enough to prepare, jittered so that the onset cannot be counted out
ENDING_S = 0.7
NECK_S = 0.5  # a heron strikes at nothing again only when its neck is back
EARLY_S, EARLY_CHILD_S = 0.150, 0.200  # faster than this is anticipation
GAP_JITTER = 0.25
FIRST_GAP = 90  # ticks
MOST_FROGS_IN_A_ROW = 2

LANE_Y = 0.87
"""Where creatures swim, in screens."""

STOP_BEFORE_EXIT = 9
"""Ticks that a stop signal comes before the fish is out of reach, at the latest."""

Kind = Literal["fish", "frog", "stop"]
"""stop: a fish on which the signal falls."""
STOP = "s"
_KINDS: dict[str, Kind] = {deck.COMMON: "fish", deck.RARE: "frog", STOP: "stop"}
Phase = Literal["gap", "approach", "reach", "ending"]

_Speed = Annotated[
    float, Field(ge=0.02, le=0.5, strict=True)
]  # faster, and the shadow would have to back into the pool
_FrogShare = Annotated[float, Field(ge=0.05, le=0.5, strict=True)]
_Gap = Annotated[float, Field(ge=0.6, le=10, strict=True)]
_StopShare = Annotated[float, Field(ge=0.1, le=0.4, strict=True)]


class Settings(BaseModel):
    """Of a level of Strike: pairs are gentlest, hardest. Each description says what a mistake is told to expect."""

    model_config = STRICT

    task: Literal["strike"]
    speed: Annotated[tuple[_Speed, _Speed], Rising] = Field(
        description="two speeds in screen widths per second, the gentlest first, each .02 to .5"
    )
    frogs: Annotated[tuple[_FrogShare, _FrogShare], Rising] = Field(
        description="two shares, the gentlest first, each .05 to .5"
    )
    gap_s: Annotated[tuple[_Gap, _Gap], Falling] = Field(
        description="two times in seconds, the longest first, each .6 to 10"
    )
    stop: Annotated[tuple[_StopShare, _StopShare], Rising] | None = Field(
        default=None, description="none, or two shares of fish, the gentlest first, each .1 to .4"
    )


@dataclass(frozen=True, slots=True)
class Strike:
    """The water as it is.

    phase_tick:  ticks since the phase began
    phase_ticks: how long the phase lasts; 0 where the crossing decides
    trial:       number of the creature, from 1; 0 before the first
    kind:        what the creature is, also while it cannot be told yet; None in the gap
    x:           where it is, screen widths; meaningless in the gap
    onset_tick:  when it becomes recognisable; None in the gap
    strike_tick: when the heron struck last
    stop_delay_ticks: from onset to the next stop signal, which the last ones have set
    stop_ticks:  since the hawk's shadow came, in that tick 1; 0 without one
    deck, decks: cards still to come, one letter each, and how many decks were dealt
    frogs_in_a_row: up to now; begins full, so that the first creature is a fish
    valid:       whether the running trial will count
    void:        the running trial is to end as void
    """

    phase: Phase = "gap"
    phase_tick: int = 0
    phase_ticks: int = FIRST_GAP
    trial: int = 0
    kind: Kind | None = None
    x: float = ENTRY
    speed: float = 0.0
    difficulty: float = 0.0
    distractors: int = 0
    onset_tick: int | None = None
    outcome: Outcome | None = None
    strike_tick: int | None = None
    stop_delay_ticks: int = FIRST_DELAY_TICKS
    stop_ticks: int = 0
    deck: str = ""
    decks: int = 0
    frogs_in_a_row: int = MOST_FROGS_IN_A_ROW
    valid: bool = True
    void: bool = False

    @property
    def between_trials(self) -> bool:
        return self.phase == "gap"

    @property
    def creature(self) -> Literal["fish", "frog"] | None:
        """What can be seen of its kind."""
        return "fish" if self.kind == "stop" else self.kind

    @property
    def sight(self) -> Place | None:
        return (self.x, LANE_Y) if self.kind else None

    def voided(self) -> "Strike":
        return replace(self, void=True, valid=False) if self.phase in ("approach", "reach") else self

    def rested(self) -> "Strike":
        """The deck lies as it lay."""
        return replace(self, phase="gap", phase_tick=0, phase_ticks=FIRST_GAP)

    def renewed(self) -> "Strike":
        """The cards are dealt anew."""
        return Strike(trial=self.trial, decks=self.decks)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["Strike", tuple[Event, ...]]:
        hawk = self.stop_ticks + 1 if self.stop_ticks else 0
        moved = replace(self, phase_tick=self.phase_tick + 1, stop_ticks=hawk, valid=self.valid and ask.judged)
        if moved.phase in ("gap", "ending"):
            return _between(rules, moved, hand.struck, tick, ask)
        if moved.void:
            return _end(moved, "void", None, ask)
        if moved.phase == "approach":
            return _approach(moved, hand.struck, tick, ask)
        return _reach(rules, moved, hand.struck, tick, ask)


def _between(
    rules: Rules[Settings], now: Strike, pressed: bool, tick: int, ask: Ask
) -> tuple[Strike, tuple[Event, ...]]:
    events: tuple[Event, ...] = ()
    if pressed:
        events = (IdlePress(now.trial),)
        back = now.strike_tick is None or (tick - now.strike_tick) * TICK_S >= NECK_S
        now = replace(now, strike_tick=tick) if back else now
    if now.phase == "ending" and now.outcome in ("miss", "held"):
        now = replace(now, x=now.x - now.speed * TICK_S)
    if now.phase_tick < now.phase_ticks:
        return now, events
    return (_gap(rules, now, ask) if now.phase == "ending" else _come(rules, now, tick, ask)), events


def _gap(rules: Rules[Settings], now: Strike, ask: Ask) -> Strike:
    gap_s = linear(ask.difficulty, rules.settings.gap_s) * dice.between(
        1 - GAP_JITTER, 1 + GAP_JITTER, rules.seed, "gap", now.trial
    )
    return replace(
        now, phase="gap", phase_tick=0, phase_ticks=ticks_of(gap_s), kind=None, onset_tick=None, outcome=None
    )


def _come(rules: Rules[Settings], now: Strike, tick: int, ask: Ask) -> Strike:
    """A shadow enters; all that will happen to it by chance is settled here."""
    dealt = now if now.deck else replace(now, deck=_deal(rules, now, ask), decks=now.decks + 1)
    trial = now.trial + 1
    approach = ticks_of(dice.between(*APPROACH_S, rules.seed, "approach", trial))
    return replace(
        dealt,
        phase="approach",
        phase_tick=0,
        phase_ticks=approach,
        trial=trial,
        kind=_KINDS[dealt.deck[0]],
        deck=dealt.deck[1:],
        frogs_in_a_row=now.frogs_in_a_row + 1 if dealt.deck[0] == deck.RARE else 0,
        x=ENTRY,
        speed=geometric(ask.difficulty, rules.settings.speed),
        difficulty=ask.difficulty,
        distractors=ask.distractors,
        onset_tick=tick + approach,
        outcome=None,
        stop_ticks=0,
        valid=ask.judged,
        void=False,
    )


def _approach(now: Strike, pressed: bool, tick: int, ask: Ask) -> tuple[Strike, tuple[Event, ...]]:
    if pressed:
        return _end(replace(now, strike_tick=tick), "early", tick, ask)
    if now.phase_tick < now.phase_ticks:
        return replace(now, x=_glide(now)), ()
    assert now.creature is not None
    shown = StimulusShown(now.trial, "strike", now.creature, now.difficulty, tick, {"speed": now.speed})
    return replace(now, phase="reach", phase_tick=0, phase_ticks=0, x=REVEAL, onset_tick=tick), (shown,)


def _glide(now: Strike) -> float:
    """From the entry to the pool in the time given, arriving at its own speed."""
    done = now.phase_tick / now.phase_ticks
    bend = 2 - now.speed * now.phase_ticks * TICK_S / (ENTRY - REVEAL)
    return ENTRY - (ENTRY - REVEAL) * done * (bend + (1 - bend) * done)


def _reach(
    rules: Rules[Settings], now: Strike, pressed: bool, tick: int, ask: Ask
) -> tuple[Strike, tuple[Event, ...]]:
    x = REVEAL - now.speed * TICK_S * now.phase_tick
    here = replace(now, x=x)
    if pressed:
        struck = replace(here, strike_tick=tick)
        if now.phase_tick * TICK_S < (EARLY_CHILD_S if rules.child else EARLY_S):
            return _end(struck, "early", tick, ask)
        return _end(struck, "hit" if now.kind == "fish" else "false_alarm", tick, ask)
    if x <= EXIT:
        return _end(here, "miss" if now.kind == "fish" else "held", None, ask)
    if now.kind == "stop" and now.phase_tick == _delay_ticks(now):
        return replace(here, stop_ticks=1), (
            StimulusShown(now.trial, "strike", "stop", now.difficulty, tick, _detail(now)),
        )
    return here, ()


def _end(now: Strike, outcome: Outcome, press_tick: int | None, ask: Ask) -> tuple[Strike, tuple[Event, ...]]:
    assert now.kind is not None
    assert now.onset_tick is not None
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task="strike",
        kind=now.kind,
        outcome=outcome,
        success=outcome in ("hit", "held"),
        valid=now.valid,
        practice=ask.practice,
        onset_tick=now.onset_tick,
        reaction_s=None if press_tick is None else (press_tick - now.onset_tick) * TICK_S,
        difficulty=now.difficulty,
        distractors=now.distractors,
        strand="second" if now.kind == "stop" else "first",  # whose own staircase aims at one half
        detail=_detail(now),
    )
    after = replace(now, phase="ending", phase_tick=0, phase_ticks=ticks_of(ENDING_S), outcome=outcome, void=False)
    if now.kind == "stop" and now.phase == "reach" and now.valid:
        after = replace(after, stop_delay_ticks=next_delay_ticks(_delay_ticks(now), done.success))
    return after, (done,)


def _delay_ticks(now: Strike) -> int:
    """From onset to the stop signal, which has to come while the fish is within reach."""
    reach_ticks = int((REVEAL - EXIT) / (now.speed * TICK_S))
    return max(1, min(now.stop_delay_ticks, reach_ticks - STOP_BEFORE_EXIT))


def _detail(now: Strike) -> dict[str, float]:
    """speed: screen widths a second; ssd_s: of a stop trial, from onset to the signal."""
    delay = {"ssd_s": _delay_ticks(now) * TICK_S} if now.kind == "stop" else {}
    return {"speed": now.speed, **delay}


def _deal(rules: Rules[Settings], now: Strike, ask: Ask) -> str:
    """A deck of fish and frogs; the stop signal falls on some fish, at first on the third: practice has it."""
    frogs = linear(ask.difficulty, rules.settings.frogs)
    cards = deck.deal(rules.seed, "strike", now.decks, frogs, MOST_FROGS_IN_A_ROW, now.frogs_in_a_row)
    if rules.settings.stop is None:
        return cards
    fish = [place for place, card in enumerate(cards) if card == deck.COMMON]
    share = linear(ask.difficulty, rules.settings.stop)
    stops = int(len(fish) * share + dice.roll(rules.seed, "stops", now.decks))
    lots = sorted(fish, key=lambda place: dice.roll(rules.seed, "stop", now.decks, place))
    if not now.decks:
        lots = [fish[2], *(place for place in lots if place not in fish[:3])]
    return "".join(STOP if place in lots[:stops] else card for place, card in enumerate(cards))
