"""Strike, a go/no-go task in the marsh: strike the fish, let the frogs be.

A shadow swims left towards the heron. In the clear pool it becomes recognisable (the stimulus onset) and stays
within reach until it has crossed the pool. Positions are in screen widths from the left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from statistics import NormalDist, fmean, stdev
from typing import Literal, Protocol

from engine import dice
from engine.copies import replace
from engine.events import CreatureShown, EmptyStrike, Event, Kind, Outcome, TrialDone
from engine.ports import TICK_S

ENTRY, REVEAL, EXIT = 0.92, 0.61, 0.40
"""Where the shadow comes in, where it becomes recognisable, and where it is out of reach."""

APPROACH_S = (0.7, 1.1)  # own choice: long enough to prepare, jittered so that the onset cannot be counted out
ENDING_S = 0.7
NECK_S = 0.5  # a heron strikes at nothing again only when its neck is back
EARLY_S, EARLY_CHILD_S = 0.150, 0.200  # faster than this is anticipation
GAP_JITTER = 0.25
FIRST_GAP = 90  # ticks
DECK = 20
"""Creatures a deck: within each the share of frogs is exact."""
MOST_FROGS_IN_A_ROW = 2

Phase = Literal["gap", "approach", "reach", "ending"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What stays the same for a sitting; a child's anticipations take longer."""

    seed: int
    child: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What the session asks of the next creature.

    speed:       screen widths a second
    frogs:       share of creatures to hold back on
    gap_s:       seconds of empty water before it, about
    difficulty:  what the three came from, logits
    distractors: how many are about
    judged:      False in a tick whose trial must not count, as while the headset is off
    """

    speed: float
    frogs: float
    gap_s: float
    difficulty: float
    block: int = 0
    practice: bool = False
    distractors: int = 0
    judged: bool = True


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
    deck, decks: kinds still to come, and how many decks were dealt
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
    deck: tuple[Kind, ...] = ()
    decks: int = 0
    frogs_in_a_row: int = MOST_FROGS_IN_A_ROW
    valid: bool = True
    void: bool = False


def begin() -> Strike:
    """Empty water, before the first creature."""
    return Strike()


def renewed(now: Strike) -> Strike:
    """Empty water and new decks, as when practice is over; the creatures are counted on."""
    return Strike(trial=now.trial, decks=now.decks)


def rested(now: Strike) -> Strike:
    """Empty water after a break, with the deck as it lay."""
    return replace(now, phase="gap", phase_tick=0, phase_ticks=FIRST_GAP)


def voided(now: Strike) -> Strike:
    """After a pause: a running trial will end as void at the next step."""
    return replace(now, void=True, valid=False) if now.phase in ("approach", "reach") else now


def is_between_trials(now: Strike) -> bool:
    return now.phase == "gap"


def step(rules: Rules, now: Strike, pressed: bool, tick: int, ask: Ask) -> tuple[Strike, tuple[Event, ...]]:
    """The water one tick later, which is tick `tick`; `ask` is heeded by the next creature."""
    moved = replace(now, phase_tick=now.phase_tick + 1, valid=now.valid and ask.judged)
    if now.phase in ("gap", "ending"):
        return _between(rules, moved, pressed, tick, ask)
    if now.void:
        return _end(moved, "void", None, ask)
    if now.phase == "approach":
        return _approach(moved, pressed, tick, ask)
    return _reach(rules, moved, pressed, tick, ask)


def _between(rules: Rules, now: Strike, pressed: bool, tick: int, ask: Ask) -> tuple[Strike, tuple[Event, ...]]:
    events: tuple[Event, ...] = ()
    if pressed:
        events = (EmptyStrike(now.trial),)
        back = now.strike_tick is None or (tick - now.strike_tick) * TICK_S >= NECK_S
        now = replace(now, strike_tick=tick) if back else now
    if now.phase == "ending" and now.outcome in ("miss", "held"):
        now = replace(now, x=now.x - now.speed * TICK_S)
    if now.phase_tick < now.phase_ticks:
        return now, events
    return (_gap(rules, now, ask) if now.phase == "ending" else _come(rules, now, tick, ask)), events


def _gap(rules: Rules, now: Strike, ask: Ask) -> Strike:
    gap_s = ask.gap_s * dice.between(1 - GAP_JITTER, 1 + GAP_JITTER, rules.seed, "gap", now.trial)
    return replace(
        now, phase="gap", phase_tick=0, phase_ticks=_ticks(gap_s), kind=None, onset_tick=None, outcome=None
    )


def _come(rules: Rules, now: Strike, tick: int, ask: Ask) -> Strike:
    """A shadow enters; all that will happen to it by chance is settled here."""
    dealt = now if now.deck else replace(now, deck=_deal(rules, now, ask), decks=now.decks + 1)
    trial = now.trial + 1
    approach = _ticks(dice.between(*APPROACH_S, rules.seed, "approach", trial))
    return replace(
        dealt,
        phase="approach",
        phase_tick=0,
        phase_ticks=approach,
        trial=trial,
        kind=dealt.deck[0],
        deck=dealt.deck[1:],
        frogs_in_a_row=now.frogs_in_a_row + 1 if dealt.deck[0] == "frog" else 0,
        x=ENTRY,
        speed=ask.speed,
        difficulty=ask.difficulty,
        distractors=ask.distractors,
        onset_tick=tick + approach,
        outcome=None,
        valid=ask.judged,
        void=False,
    )


def _approach(now: Strike, pressed: bool, tick: int, ask: Ask) -> tuple[Strike, tuple[Event, ...]]:
    if pressed:
        return _end(replace(now, strike_tick=tick), "early", tick, ask)
    if now.phase_tick < now.phase_ticks:
        return replace(now, x=_glide(now)), ()
    assert now.kind is not None
    shown = CreatureShown(now.trial, now.kind, now.speed, now.difficulty, onset_tick=tick)
    return replace(now, phase="reach", phase_tick=0, phase_ticks=0, x=REVEAL, onset_tick=tick), (shown,)


def _glide(now: Strike) -> float:
    """From the entry to the pool in the time given, arriving at its own speed."""
    done = now.phase_tick / now.phase_ticks
    bend = 2 - now.speed * now.phase_ticks * TICK_S / (ENTRY - REVEAL)
    return ENTRY - (ENTRY - REVEAL) * done * (bend + (1 - bend) * done)


def _reach(rules: Rules, now: Strike, pressed: bool, tick: int, ask: Ask) -> tuple[Strike, tuple[Event, ...]]:
    x = REVEAL - now.speed * TICK_S * now.phase_tick
    here = replace(now, x=x)
    if pressed:
        struck = replace(here, strike_tick=tick)
        if now.phase_tick * TICK_S < (EARLY_CHILD_S if rules.child else EARLY_S):
            return _end(struck, "early", tick, ask)
        return _end(struck, "hit" if now.kind == "fish" else "false_strike", tick, ask)
    if x > EXIT:
        return here, ()
    return _end(here, "miss" if now.kind == "fish" else "held", None, ask)


def _end(now: Strike, outcome: Outcome, press_tick: int | None, ask: Ask) -> tuple[Strike, tuple[Event, ...]]:
    assert now.kind is not None
    assert now.onset_tick is not None
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        kind=now.kind,
        outcome=outcome,
        success=outcome in ("hit", "held"),
        valid=now.valid,
        practice=ask.practice,
        onset_tick=now.onset_tick,
        reaction_s=None if press_tick is None else (press_tick - now.onset_tick) * TICK_S,
        speed=now.speed,
        difficulty=now.difficulty,
        distractors=now.distractors,
    )
    return replace(now, phase="ending", phase_tick=0, phase_ticks=_ticks(ENDING_S), outcome=outcome, void=False), (
        done,
    )


def _deal(rules: Rules, now: Strike, ask: Ask) -> tuple[Kind, ...]:
    """A deck with as many frogs as are asked for, never three in a row, the last deck's end included.

    Each place before, between and after the fish can hold two frogs; the frogs draw lots for the places.
    """
    frogs = int(DECK * ask.frogs + dice.roll(rules.seed, "frogs", now.decks))
    fish = DECK - frogs
    places = [place for place in range(fish + 1) for _ in range(MOST_FROGS_IN_A_ROW)][now.frogs_in_a_row :]
    lots = sorted(range(len(places)), key=lambda lot: dice.roll(rules.seed, "deck", now.decks, lot))
    taken = [places[lot] for lot in lots[:frogs]]
    deck: list[Kind] = []
    for place in range(fish + 1):
        deck += ["frog"] * taken.count(place)
        deck += ["fish"]
    return tuple(deck[:-1])


def _ticks(seconds: float) -> int:
    return ceil(seconds / TICK_S)


class Trial(Protocol):
    """As much of a trial as the measures need; `TrialDone` is one."""

    @property
    def kind(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def reaction_s(self) -> float | None: ...
    @property
    def valid(self) -> bool: ...
    @property
    def practice(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class StrikeMeasures:
    """What the valid, scored trials say; None where there were too few to say it.

    success_rate:    hits and held frogs, of all
    omission_rate:   misses, of fish answered in time or not at all
    commission_rate: false strikes, of frogs answered in time or not at all
    d_prime:         how well fish and frogs were told apart
    criterion:       c, below 0 for a ready hand, above 0 for a cautious one
    reaction_*:      of hits, seconds; sd needs two
    """

    trials: int
    hits: int
    misses: int
    false_strikes: int
    held: int
    early: int
    success_rate: float | None
    omission_rate: float | None
    commission_rate: float | None
    d_prime: float | None
    criterion: float | None
    reaction_mean_s: float | None
    reaction_sd_s: float | None
    reaction_cv: float | None


def measures(trials: Iterable[Trial]) -> StrikeMeasures:
    """Outcome measures of go/no-go, from valid trials that were not practice.

    H = (hits + .5) / (fish + 1), F = (false strikes + .5) / (frogs + 1) (the log-linear correction);
    d' = Z(H) - Z(F), c = -(Z(H) + Z(F)) / 2; CV = SD / mean of the hits' reaction times.
    Early presses came before the creature could be told and count in neither H nor F.
    """
    counted = [trial for trial in trials if trial.valid and not trial.practice]
    outcomes = [trial.outcome for trial in counted]
    hits, misses = outcomes.count("hit"), outcomes.count("miss")
    false_strikes, held = outcomes.count("false_strike"), outcomes.count("held")
    d_prime, criterion = _signal_detection(hits, misses, false_strikes, held)
    reactions = [t.reaction_s for t in counted if t.outcome == "hit" and t.reaction_s is not None]
    mean_s = fmean(reactions) if reactions else None
    sd_s = stdev(reactions) if len(reactions) >= 2 else None
    return StrikeMeasures(
        trials=len(counted),
        hits=hits,
        misses=misses,
        false_strikes=false_strikes,
        held=held,
        early=outcomes.count("early"),
        success_rate=_share(hits + held, len(counted)),
        omission_rate=_share(misses, hits + misses),
        commission_rate=_share(false_strikes, false_strikes + held),
        d_prime=d_prime,
        criterion=criterion,
        reaction_mean_s=mean_s,
        reaction_sd_s=sd_s,
        reaction_cv=sd_s / mean_s if sd_s is not None and mean_s else None,
    )


def _signal_detection(hits: int, misses: int, false_strikes: int, held: int) -> tuple[float | None, float | None]:
    fish, frogs = hits + misses, false_strikes + held
    if not fish or not frogs:
        return None, None
    z = NormalDist().inv_cdf
    z_hit, z_false = z((hits + 0.5) / (fish + 1)), z((false_strikes + 0.5) / (frogs + 1))
    return z_hit - z_false, -(z_hit + z_false) / 2


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
