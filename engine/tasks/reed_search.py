"""Reed Search, a visual search: a card shows a creature; find it among its look-alikes in the reeds.

It trains selective attention. By gaze it is found when the eyes rest on it, by pointer when it is clicked; with keys
the player says whether it is there at all, as in half of the trials. How many there are varies within every deck of
trials, so that the time that each one more costs can be measured at any difficulty.
Source: Treisman and Gelade 1980, Cogn Psychol 12:97 (features, conjunctions, and the slope over the set size).
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, Share, linear
from engine.copies import replace
from engine.events import Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place, ticks_of
from engine.tasks import reed_search_field as reeds
from engine.tasks.answer import EARLY_CHILD_S, EARLY_S
from engine.tasks.dwell import NOWHERE, Dwell, dwell_s, dwelling, nearest
from engine.tasks.sight import LEAST_KNOWN, delay_s
from engine.tasks.task import Ask, Hand, Rules

NAME = "reed-search"

GAP_S, CARD_S, ENDING_S = 0.6, 1.0, 0.9  # own choice
VISIT_S = 0.1  # own choice: what is shorter was passed by

SIZES = (0.5, 1.0, 1.5)
"""Of the set size that the difficulty asks for: each twice in a deck of six."""

Phase = Literal["gap", "card", "search", "ending"]

_Size = Annotated[int, Field(ge=4, le=16, strict=True)]
_Leaves = Annotated[int, Field(ge=0, le=20, strict=True)]
_Limit = Annotated[float, Field(ge=2, le=6, strict=True)]


class Settings(BaseModel):
    """Of a level of Reed Search: pairs are gentlest, hardest."""

    model_config = STRICT

    task: Literal["reed-search"]
    creatures: Annotated[tuple[_Size, _Size], Rising] = Field(
        description="two whole numbers, the fewest first, each 4 to 16; a trial has from half to one and a half of it"
    )
    alike: Annotated[tuple[Share, Share], Rising] = Field(
        description="two shares of look-alikes, the smallest first, each 0 to 1"
    )
    leaves: Annotated[tuple[_Leaves, _Leaves], Rising] = Field(
        description="two whole numbers of leaves in between, the fewest first, each 0 to 20"
    )
    limit_s: Annotated[tuple[_Limit, _Limit], Falling] = Field(
        description="two times to search in seconds, the longest first, each 2 to 6"
    )


@dataclass(frozen=True, slots=True)
class ReedSearch:
    """The reeds as they are.

    phase_tick, phase_ticks: ticks since the phase began, and how long it lasts at most
    seed, size, alike, leaves, present: what `field` is made of, from the card on
    onset_tick: when the creatures appear; None before
    chosen:     which of those seated was chosen; None where none was
    dwell:      which of those seated the eyes or the pointer rest on
    seen, last: those visited so far, a bit each, and the newest of them
    visits, revisits: how often one was come to, and how often to one that had been left for another
    lost:       ticks of the search without gaze
    valid:      whether the running trial will count
    void:       the running trial is to end as void
    """

    phase: Phase = "gap"
    phase_tick: int = 0
    phase_ticks: int = 60
    trial: int = 0
    seed: int = 0
    size: int = 0
    alike: int = 0
    leaves: int = 0
    present: bool = True
    difficulty: float = 0.0
    distractors: int = 0
    onset_tick: int | None = None
    outcome: Outcome | None = None
    chosen: int | None = None
    dwell: Dwell = NOWHERE
    seen: int = 0
    last: int | None = None
    visits: int = 0
    revisits: int = 0
    lost: int = 0
    valid: bool = True
    void: bool = False

    @property
    def between_trials(self) -> bool:
        return self.phase == "gap"

    @property
    def sight(self) -> Place | None:
        return None if self.phase == "gap" else reeds.MIDDLE

    @property
    def field(self) -> reeds.Field:
        """Who sits where; meaningless in the first gap."""
        return reeds.field(self.seed, self.trial, self.size, self.alike, self.leaves, self.present)

    def voided(self) -> "ReedSearch":
        return replace(self, void=True, valid=False) if self.phase in ("card", "search") else self

    def rested(self) -> "ReedSearch":
        return ReedSearch(trial=self.trial)

    def renewed(self) -> "ReedSearch":
        return ReedSearch(trial=self.trial)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["ReedSearch", tuple[Event, ...]]:
        """One tick later; what is asked of a trial is taken when its card appears."""
        now = replace(self, phase_tick=self.phase_tick + 1, valid=self.valid and ask.judged)
        if now.phase == "search":
            return _search(rules, now, hand, tick, ask)
        events: tuple[Event, ...] = (IdlePress(now.trial),) if hand.struck else ()
        if now.void and now.phase == "card":
            return _end(rules, now, "void", None, tick, ask)
        if now.phase_tick < now.phase_ticks:
            return now, events
        if now.phase == "card":
            return _appear(rules, now, tick, events)
        return (_card(rules, now, ask) if now.phase == "gap" else _gap(now)), events


def _gap(now: ReedSearch) -> ReedSearch:
    return replace(now, phase="gap", phase_tick=0, phase_ticks=ticks_of(GAP_S), onset_tick=None, outcome=None)


def _card(rules: Rules[Settings], now: ReedSearch, ask: Ask) -> ReedSearch:
    """A card comes up; all that will happen by chance is settled here."""
    asked, x, trial = rules.settings, ask.difficulty, now.trial + 1
    factor, present = _cell(rules, trial)
    size = min(reeds.MOST, round(linear(x, asked.creatures) * factor))
    return ReedSearch(
        phase="card",
        phase_ticks=ticks_of(CARD_S),
        trial=trial,
        seed=rules.seed,
        size=size,
        alike=round(linear(x, asked.alike) * (size - present)),
        leaves=round(linear(x, asked.leaves)),
        present=present,
        difficulty=x,
        distractors=ask.distractors,
        valid=ask.judged,
    )


def _cell(rules: Rules[Settings], trial: int) -> tuple[float, bool]:
    """Share of the set size, and whether the target is there: with keys, once of each size in a deck it is not."""
    deck, card = divmod(trial - 1, 2 * len(SIZES))
    cells = [(size, there) for size in SIZES for there in (True, rules.by != "keys")]
    lots = sorted(range(len(cells)), key=lambda lot: dice.roll(rules.seed, "size", deck, lot))
    return cells[lots[card]]


def _appear(
    rules: Rules[Settings], now: ReedSearch, tick: int, events: tuple[Event, ...]
) -> tuple[ReedSearch, tuple[Event, ...]]:
    limit_s = linear(now.difficulty, rules.settings.limit_s) + (dwell_s(rules.child) if rules.by == "gaze" else 0.0)
    shown = StimulusShown(now.trial, NAME, _kind(now), now.difficulty, tick, {"set_size": now.size})
    there = replace(now, phase="search", phase_tick=0, phase_ticks=ticks_of(limit_s), onset_tick=tick)
    return there, (*events, shown)


def _search(
    rules: Rules[Settings], now: ReedSearch, hand: Hand, tick: int, ask: Ask
) -> tuple[ReedSearch, tuple[Event, ...]]:
    if now.void:
        return _end(rules, now, "void", None, tick, ask)
    now = _looked(now, hand, tick) if rules.by != "keys" else now
    events: tuple[Event, ...] = ()
    if rules.by == "gaze":
        if now.dwell.on is not None and (tick - now.dwell.since_tick) * TICK_S >= dwell_s(rules.child):
            return _choose(rules, now, now.dwell.on, now.dwell.since_tick, tick, ask)
        events = (IdlePress(now.trial),) if hand.struck else ()
    elif rules.by == "pointer" and hand.struck:
        chosen = nearest(hand.at, now.field.places) if hand.at else None
        if chosen is not None:
            return _choose(rules, now, chosen, tick, tick, ask)
        events = (IdlePress(now.trial),)
    elif rules.by == "keys" and (hand.struck or "left" in hand.pressed or "right" in hand.pressed):
        return _say(rules, now, "left" not in hand.pressed, tick, ask)
    if now.phase_tick < now.phase_ticks:
        return now, events
    done, ended = _end(rules, now, "miss", None, tick, ask)
    return done, (*events, *ended)


def _looked(now: ReedSearch, hand: Hand, tick: int) -> ReedSearch:
    """Where eyes or pointer have gone, and whether they have been there before."""
    dwell = dwelling(now.dwell, hand.at, now.field.places, tick)
    lost = now.lost + (hand.at is None)
    if dwell.on is None or dwell.on == now.last or (tick - dwell.since_tick) * TICK_S < VISIT_S:
        return replace(now, dwell=dwell, lost=lost)
    again = bool(now.seen >> dwell.on & 1)
    return replace(
        now,
        dwell=dwell,
        lost=lost,
        seen=now.seen | 1 << dwell.on,
        last=dwell.on,
        visits=now.visits + 1,
        revisits=now.revisits + again,
    )


def _choose(
    rules: Rules[Settings], now: ReedSearch, chosen: int, came_tick: int, tick: int, ask: Ask
) -> tuple[ReedSearch, tuple[Event, ...]]:
    """The first of the seated is the target."""
    outcome: Outcome = "hit" if chosen == 0 else "wrong"
    return _end(rules, replace(now, chosen=chosen), _or_early(rules, now, outcome), came_tick, tick, ask)


def _say(
    rules: Rules[Settings], now: ReedSearch, there: bool, tick: int, ask: Ask
) -> tuple[ReedSearch, tuple[Event, ...]]:
    """ "It is there", or "it is not"."""
    right: Outcome = "hit" if there else "held"
    wrong: Outcome = "false_alarm" if there else "miss"
    return _end(rules, now, _or_early(rules, now, right if there == now.present else wrong), tick, tick, ask)


def _or_early(rules: Rules[Settings], now: ReedSearch, outcome: Outcome) -> Outcome:
    early = now.phase_tick * TICK_S < (EARLY_CHILD_S if rules.child else EARLY_S)
    return "early" if early else outcome


def _end(
    rules: Rules[Settings], now: ReedSearch, outcome: Outcome, answer_tick: int | None, tick: int, ask: Ask
) -> tuple[ReedSearch, tuple[Event, ...]]:
    onset = tick if now.onset_tick is None else now.onset_tick
    unseen = rules.by == "gaze" and now.lost > (1 - LEAST_KNOWN) * now.phase_tick
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task=NAME,
        kind=_kind(now),
        outcome=outcome,
        success=outcome in ("hit", "held"),
        valid=now.valid and not unseen,
        practice=ask.practice,
        onset_tick=onset,
        reaction_s=None if answer_tick is None else (answer_tick - onset) * TICK_S - delay_s(rules.by),
        difficulty=now.difficulty,
        distractors=now.distractors,
        detail={"set_size": now.size, "alike": now.alike, "visits": now.visits, "revisits": now.revisits},
    )
    return replace(now, phase="ending", phase_tick=0, phase_ticks=ticks_of(ENDING_S), outcome=outcome, void=False), (
        done,
    )


def _kind(now: ReedSearch) -> str:
    return "present" if now.present else "absent"
