"""Two Ponds: sort what comes by the rule that a light shows, or steer a boat and tap what belongs, or all of it.

It trains switching (of rules) and dividing attention (between steering and tapping). A sun says that the kind counts,
a moon that the size does. To sort is to send what comes to one of two ponds: fish or small ones left, frogs or large
ones right. To tap is to strike fish or small ones, and to let the others be. Play goes in rounds; some in each block
have but one rule, or but one thing to do, so that the costs of switching and of dividing can be told.
Source: Monsell 2003, Trends Cogn Sci 7:134 (switch and mixing costs); Anguera et al. 2013, Nature 501:97 (steering
with tapping, each with a staircase of its own).
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from engine import dice
from engine.anchors import geometric, linear
from engine.copies import replace
from engine.events import Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place, ticks_of
from engine.tasks import two_ponds_rounds as rounds
from engine.tasks.answer import EARLY_CHILD_S, EARLY_S
from engine.tasks.dwell import NOWHERE, Dwell, dwell_s
from engine.tasks.sight import LEAST_KNOWN, delay_s
from engine.tasks.task import Ask, Hand, Rules
from engine.tasks.two_ponds_boat import Bend, Boat, current, moored, sailed
from engine.tasks.two_ponds_rounds import Answer, Creature, Doing, Rule
from engine.tasks.two_ponds_rounds import Settings as Settings  # noqa: PLC0414 -- leaves by this door

NAME = "two-ponds"

GAP_S, ENDING_S = 0.4, 0.6  # own choice
LEAD_S = (0.4, 0.8)  # own choice: jittered so that the light cannot be counted out
SIDES = (0.35, 0.65)
"""Eyes further out than this look at a pond, in screens."""
IN_LANE = 0.75
"""Share of a round in the current that makes it a success. Own choice."""

HERE: Place = (0.5, 0.6)
"""Where creatures come up."""

Phase = Literal["gap", "lead", "cue", "reach", "ending"]


@dataclass(frozen=True, slots=True)
class TwoPonds:
    """The ponds as they are.

    phase_tick, phase_ticks: ticks since the phase began, and how long it lasts at most
    trial:       of the newest of creatures and bends
    block:       of the sitting; round: in it, from 1
    doing, was:  what this round asks, and what the one before asked
    rule:        what counts now; None before the first creature
    mixed:       whether the rule may change in this stretch
    switched:    whether it has just changed; None where it was not asked before in this stretch
    creature, creature_trial, onset_tick: what comes, its trial, and when; 0 and None in a round without one
    answer, outcome: what was done with it
    bend:        the boat's trial; None in a round without one
    lane, bends_per_min: half the width of the current, screens, and how it winds in this round
    dwell:       which pond the eyes rest on, 0 the left one and 1 the right one
    lost:        ticks without gaze since the onset
    valid:       whether what runs will count
    void:        what runs is to end as void
    """

    phase: Phase = "gap"
    phase_tick: int = 0
    phase_ticks: int = 60
    trial: int = 0
    block: int = -1
    round: int = 0
    doing: Doing = "sort"
    was: Doing = "sort"
    rule: Rule | None = None
    mixed: bool = False
    switched: bool | None = None
    creature: Creature | None = None
    creature_trial: int = 0
    onset_tick: int | None = None
    answer: Answer | None = None
    outcome: Outcome | None = None
    bend: Bend | None = None
    boat: Boat = Boat()  # noqa: RUF009 - frozen
    lane: float = 0.15
    bends_per_min: float = 0.0
    dwell: Dwell = NOWHERE
    lost: int = 0
    difficulty: float = 0.0
    second: float = 0.0
    distractors: int = 0
    valid: bool = True
    void: bool = False

    @property
    def between_trials(self) -> bool:
        return self.phase == "gap"

    @property
    def sight(self) -> Place | None:
        return HERE if self.creature and self.phase != "gap" else None

    @property
    def sails(self) -> bool:
        """Whether there is a boat to steer."""
        return self.doing in ("steer", "both")

    def voided(self) -> "TwoPonds":
        return replace(self, void=True, valid=False) if self.phase != "gap" else self

    def rested(self) -> "TwoPonds":
        boat = Boat(current(self.boat.way), way=self.boat.way)
        return TwoPonds(trial=self.trial, block=self.block, round=self.round, boat=boat)

    def renewed(self) -> "TwoPonds":
        return TwoPonds(trial=self.trial)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["TwoPonds", tuple[Event, ...]]:
        """One tick later; what is asked of a round is taken when it begins."""
        now = replace(self, phase_tick=self.phase_tick + 1, valid=self.valid and ask.judged)
        now = _sail(now, hand) if now.sails else replace(now, boat=moored(now.boat))
        if now.phase != "gap" and now.void:
            return _stop(now, tick, ask)
        if now.phase in ("cue", "reach") and now.creature:
            return _meet(rules, now, hand, tick, ask)
        events: tuple[Event, ...] = (IdlePress(now.trial),) if hand.struck else ()
        if now.phase_tick < now.phase_ticks:
            return now, events
        now, more = _next(rules, now, tick, ask)
        return now, (*events, *more)


def _next(rules: Rules[Settings], now: TwoPonds, tick: int, ask: Ask) -> tuple[TwoPonds, tuple[Event, ...]]:
    """The phase after one that is over and in which nothing had to be done."""
    match now.phase:
        case "gap":
            return _begin(rules, now, tick, ask)
        case "lead":
            return _enter(now, "cue", linear(now.difficulty, rules.settings.cue_s)), ()
        case "cue":
            limit_s = linear(now.difficulty, rules.settings.limit_s)
            return _enter(now, "reach", limit_s + (dwell_s(rules.child) if _looks(rules, now) else 0.0)), ()
        case "reach":
            return _enter(now, "ending", ENDING_S), ()
        case "ending":
            return _close(rules, now, tick, ask)


def _enter(now: TwoPonds, phase: Phase, seconds: float) -> TwoPonds:
    return replace(now, phase=phase, phase_tick=0, phase_ticks=ticks_of(seconds))


def _sail(now: TwoPonds, hand: Hand) -> TwoPonds:
    boat = sailed(now.boat, hand, now.bends_per_min)
    bend = now.bend.after(boat.off, now.lane, hand.at is not None) if now.bend else None
    return replace(now, boat=boat, bend=bend)


def _begin(rules: Rules[Settings], now: TwoPonds, tick: int, ask: Ask) -> tuple[TwoPonds, tuple[Event, ...]]:
    """A round; all that will happen in it by chance is settled here."""
    asked, fresh = rules.settings, ask.block != now.block
    number = 1 if fresh else now.round + 1
    doing, mixed = rounds.stretch(asked.variant, number)
    bends, comes = doing in ("steer", "both"), doing != "steer"
    bend = Bend(now.trial + 1, tick) if bends else None
    trial = now.trial + bends + comes
    switches = linear(ask.difficulty, asked.switches)
    rule, switched = rounds.ruled(None if fresh else now.rule, now.mixed, mixed, switches, rules.seed, trial)
    lead = ticks_of(dice.between(*LEAD_S, rules.seed, "lead", trial))
    onset = tick + lead + ticks_of(linear(ask.difficulty, asked.cue_s))
    begun = TwoPonds(
        phase="lead",
        phase_ticks=lead,
        trial=trial,
        block=ask.block,
        round=number,
        doing=doing,
        was=doing if fresh else now.doing,
        rule=rule,
        mixed=mixed,
        switched=switched,
        creature=rounds.creature(rules.seed, trial) if comes else None,
        creature_trial=trial if comes else 0,
        onset_tick=onset if comes else None,
        bend=bend,
        boat=now.boat,
        lane=linear(ask.second, asked.lane),
        bends_per_min=geometric(ask.second, asked.bends_per_min),
        difficulty=ask.difficulty,
        second=ask.second,
        distractors=ask.distractors,
        valid=ask.judged,
    )
    return begun, (StimulusShown(bend.trial, NAME, "bend", ask.second, tick),) if bend else ()


def _meet(
    rules: Rules[Settings], now: TwoPonds, hand: Hand, tick: int, ask: Ask
) -> tuple[TwoPonds, tuple[Event, ...]]:
    """A creature is about to come, or is there."""
    now = _looked(now, hand, tick) if _looks(rules, now) else now
    answer = _answer(rules, now, hand, tick)
    if answer is not None:
        given, came_tick = answer
        return _end(rules, now, given, came_tick, ask)
    if now.phase_tick < now.phase_ticks:
        return now, ()
    if now.phase == "reach":
        return _end(rules, now, None, tick, ask)
    there, _ = _next(rules, now, tick, ask)
    shown = StimulusShown(now.creature_trial, NAME, _kind(now), now.difficulty, tick, _about(now))
    return (replace(there, dwell=NOWHERE, lost=0) if _looks(rules, now) else there), (shown,)


def _looks(rules: Rules[Settings], now: TwoPonds) -> bool:
    """Whether eyes choose the pond."""
    return rules.by == "gaze" and now.doing == "sort"


def _looked(now: TwoPonds, hand: Hand, tick: int) -> TwoPonds:
    if hand.at is None:
        return replace(now, lost=now.lost + 1)
    side = 0 if hand.at[0] < SIDES[0] else 1 if hand.at[0] > SIDES[1] else None
    return now if side == now.dwell.on else replace(now, dwell=Dwell(side, tick))


def _answer(rules: Rules[Settings], now: TwoPonds, hand: Hand, tick: int) -> tuple[Answer, int] | None:
    """What was answered, and since when the hand or the eyes were there."""
    if now.doing != "sort":
        return ("tap", tick) if hand.struck else None
    if _looks(rules, now):
        rests = now.phase == "reach" and (tick - now.dwell.since_tick) * TICK_S >= dwell_s(rules.child)
        return (("left", "right")[now.dwell.on], now.dwell.since_tick) if rests and now.dwell.on is not None else None
    if rules.by == "pointer":
        return ("left" if hand.at[0] < 0.5 else "right", tick) if hand.struck and hand.at else None
    if "left" in hand.pressed:
        return "left", tick
    return ("right", tick) if "right" in hand.pressed else None


def _belongs(now: TwoPonds) -> bool:
    assert now.creature is not None
    assert now.rule is not None
    return now.creature.belongs(now.rule)


def _kind(now: TwoPonds) -> str:
    return "sort" if now.doing == "sort" else "tap" if _belongs(now) else "leave"


def _about(now: TwoPonds) -> dict[str, float]:
    """dual: with a boat to steer; mixed, switched: as in the state; conflict: by the other rule not so"""
    assert now.creature is not None
    conflict = now.creature.belongs("kind") != now.creature.belongs("size")
    about = {"dual": float(now.doing == "both"), "mixed": float(now.mixed), "conflict": float(conflict)}
    return about if now.switched is None else {**about, "switched": float(now.switched)}


def _end(
    rules: Rules[Settings], now: TwoPonds, answer: Answer | None, came_tick: int, ask: Ask
) -> tuple[TwoPonds, tuple[Event, ...]]:
    assert now.onset_tick is not None
    looks = _looks(rules, now)
    reaction_s = (came_tick - now.onset_tick) * TICK_S - (delay_s(rules.by) if looks else 0.0)
    early = reaction_s < (EARLY_CHILD_S if rules.child else EARLY_S)
    outcome = "early" if early else rounds.outcome(now.doing, _belongs(now), answer)
    done = replace(
        _done(now, ask),
        outcome=outcome,
        success=outcome in ("hit", "held"),
        valid=now.valid and not (looks and _unseen(now.lost, now.phase_tick)),
        reaction_s=None if answer is None else reaction_s,
    )
    return replace(_enter(now, "ending", ENDING_S), outcome=outcome, answer=answer), (done,)


def _done(now: TwoPonds, ask: Ask) -> TrialDone:
    """The creature's trial as it is if nothing comes of it."""
    assert now.onset_tick is not None
    return TrialDone(
        trial=now.creature_trial,
        block=ask.block,
        task=NAME,
        kind=_kind(now),
        outcome="void",
        success=False,
        valid=False,
        practice=ask.practice,
        onset_tick=now.onset_tick,
        reaction_s=None,
        difficulty=now.difficulty,
        distractors=now.distractors,
        detail=_about(now),
    )


def _close(rules: Rules[Settings], now: TwoPonds, tick: int, ask: Ask) -> tuple[TwoPonds, tuple[Event, ...]]:
    """The end of a round, and of the boat's trial if there was a boat."""
    gone = replace(_enter(now, "gap", GAP_S), creature=None, onset_tick=None, outcome=None, answer=None, bend=None)
    if now.bend is None:
        return gone, ()
    ticks = tick - now.bend.tick
    kept = now.bend.inside >= IN_LANE * ticks
    seen = not (rules.by == "gaze" and _unseen(now.bend.lost, ticks))
    done = replace(
        _steered(now, now.bend, tick, ask),
        outcome="hit" if kept else "miss",
        success=kept,
        valid=now.valid and seen,
    )
    return gone, (done,)


def _steered(now: TwoPonds, bend: Bend, tick: int, ask: Ask) -> TrialDone:
    """The boat's trial as it is if nothing comes of it."""
    ticks = max(1, tick - bend.tick)
    return TrialDone(
        trial=bend.trial,
        block=ask.block,
        task=NAME,
        kind="bend",
        outcome="void",
        success=False,
        valid=False,
        practice=ask.practice,
        onset_tick=bend.tick,
        reaction_s=None,
        difficulty=now.second,
        distractors=now.distractors,
        strand="second",
        detail={
            "dual": float(now.doing == "both"),
            "off": sqrt(bend.square / ticks),
            "inside": bend.inside / ticks,
        },
    )


def _unseen(lost: int, ticks: int) -> bool:
    return lost > (1 - LEAST_KNOWN) * ticks


def _stop(now: TwoPonds, tick: int, ask: Ask) -> tuple[TwoPonds, tuple[Event, ...]]:
    """All that runs ends as void."""
    creature = (_done(now, ask),) if now.creature and now.outcome is None else ()
    bend = (_steered(now, now.bend, tick, ask),) if now.bend else ()
    return replace(_enter(now, "ending", ENDING_S), outcome="void", bend=None, void=False), (*creature, *bend)
