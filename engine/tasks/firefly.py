"""Firefly, a task of smooth pursuit: stay with the light on its way.

A firefly sits, takes off (the stimulus onset), and flies straight on with a turn now and then; from time to time mist
hides it. Whoever is on it for half of the flight gathers its light. Positions are in screens, speeds in degrees of
view a second; children of 6 to 12 years are studied at 6 to 12.
"""

from dataclasses import dataclass
from math import hypot
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, Share, geometric, linear
from engine.copies import replace
from engine.events import Event, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place, ticks_of
from engine.tasks import firefly_pursuit as pursuit_rules
from engine.tasks.firefly_pursuit import Pursuit
from engine.tasks.measures import share
from engine.tasks.sight import DEG_PER_SCREEN, LATE, LEAST_KNOWN, apart, degrees, fair_deg
from engine.tasks.task import Ask, Hand, Rules

LEFT, RIGHT, TOP, LOW = 0.16, 0.84, 0.24, 0.64
"""Where it flies, in screens: clear of the corners and of the words above."""

HOME: Place = (0.62, 0.46)
GAP_S, SITS_S, FLIGHT_S, ENDING_S = 0.4, (0.6, 1.0), (4.0, 5.0), 0.7
TURN_S = 0.2  # a turn is a bend, not a corner
TAKEN_UP_S = 0.35  # from a turn until eyes can have taken it up: 200 ms, and the turn itself (own choice)
GRACE_S = 0.5  # from the onset, in which nobody can be on it: pursuit begins late and behind
LEG_DEG = (7.0, 14.0)
MIST_S = 0.2  # to come and to go
NEEDED = 0.5
"""Share of the flight that has to be spent on the fly."""

Phase = Literal["gap", "sits", "flight", "ending"]

_Speed = Annotated[float, Field(ge=2, le=25, strict=True)]
_Hidden = Annotated[float, Field(ge=0, le=1.2, strict=True)]
_Near = Annotated[float, Field(ge=1.5, le=6, strict=True)]


class Settings(BaseModel):
    """Of a level of Firefly: pairs are gentlest, hardest. Each description says what a mistake is told to expect."""

    model_config = STRICT

    task: Literal["firefly"]
    speed: Annotated[tuple[_Speed, _Speed], Rising] = Field(
        description="two speeds in degrees of view per second, the gentlest first, each 2 to 25"
    )
    surprise: Annotated[tuple[Share, Share], Rising] = Field(
        description="two shares of turns that nobody can foresee, the smallest first, each 0 to 1"
    )
    hidden_s: Annotated[tuple[_Hidden, _Hidden], Rising] = Field(
        description="two times in seconds that mist hides it in each flight, the shortest first, each 0 to 1.2"
    )
    near_deg: Annotated[tuple[_Near, _Near], Falling] = Field(
        description="two distances in degrees of view that count as on it, the largest first, each 1.5 to 6"
    )


@dataclass(frozen=True, slots=True)
class Firefly:
    """The fly as it is.

    trail:       where it was in the last ticks, newest last, so that late gaze is held against its own moment
    leg:         number of the straight stretch, from 0; velocity: its own, before: the one before, degrees a second
    leg_tick:    ticks since the turn into it; leg_ticks: how long it lasts
    mist_tick, mist_ticks: from which tick of the flight on mist hides it, and for how long
    mist:        where it flew into the mist; None before
    near_deg:    how near counts as on it
    judged, known, on: ticks of the flight that are judged at all, of those the ones with gaze, of those on the fly
    onset_tick:  when it took off, or will; None in the gap
    """

    phase: Phase = "gap"
    phase_tick: int = 0
    phase_ticks: int = 60
    trial: int = 0
    trail: tuple[Place, ...] = (HOME,)
    leg: int = 0
    leg_tick: int = 0
    leg_ticks: int = 0
    velocity: Place = (0.0, 0.0)
    before: Place = (0.0, 0.0)
    speed: float = 0.0
    surprise: float = 0.0
    near_deg: float = 0.0
    mist_tick: int = 0
    mist_ticks: int = 0
    mist: Place | None = None
    flight_ticks: int = 0
    judged: int = 0
    known: int = 0
    on: int = 0
    pursuit: Pursuit = Pursuit()  # noqa: RUF009 -- frozen
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
    def place(self) -> Place:
        return self.trail[-1]

    @property
    def sight(self) -> Place | None:
        return None if self.phase == "gap" or self.hidden == 1.0 else self.place

    @property
    def hidden(self) -> float:
        """How far mist hides it, 0..1."""
        t = self.phase_tick - self.mist_tick
        if self.phase != "flight" or not 0 <= t < self.mist_ticks:
            return 0.0
        return min(1.0, t * TICK_S / MIST_S, (self.mist_ticks - t) * TICK_S / MIST_S)

    @property
    def going(self) -> Place:
        """Its velocity now, degrees a second: that of the leg before melts into that of this one."""
        new = min(1.0, self.leg_tick * TICK_S / TURN_S)
        (x0, y0), (x1, y1) = self.before, self.velocity
        return x0 + (x1 - x0) * new, y0 + (y1 - y0) * new

    @property
    def light(self) -> float:
        """How much of its light has been gathered, 0..1."""
        to_judge = self.flight_ticks - GRACE_S / TICK_S - self.mist_ticks
        return min(1.0, self.on / (NEEDED * to_judge)) if self.on else 0.0

    def voided(self) -> "Firefly":
        return replace(self, void=True, valid=False) if self.phase in ("sits", "flight") else self

    def rested(self) -> "Firefly":
        return replace(self, phase="gap", phase_tick=0, phase_ticks=60, outcome=None)

    def renewed(self) -> "Firefly":
        return Firefly(trial=self.trial, trail=self.trail[-1:])

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["Firefly", tuple[Event, ...]]:
        now = replace(self, phase_tick=self.phase_tick + 1, valid=self.valid and ask.judged)
        if now.phase in ("gap", "ending"):
            return _between(rules, now, tick, ask), ()
        if now.void:
            return _end(now, "void", ask)
        if now.phase == "sits":
            return _sitting(rules, now, tick)
        return _flying(rules, now, hand, ask)


def _between(rules: Rules[Settings], now: Firefly, tick: int, ask: Ask) -> Firefly:
    if now.phase_tick < now.phase_ticks:
        return now
    if now.phase == "ending":
        return replace(now, phase="gap", phase_tick=0, phase_ticks=ticks_of(GAP_S), onset_tick=None, outcome=None)
    return _settle(rules, now, tick, ask)


def _settle(rules: Rules[Settings], now: Firefly, tick: int, ask: Ask) -> Firefly:
    """It sits where it was; all that its flight will be is settled here, or follows from the trial's number."""
    trial, settings = now.trial + 1, rules.settings
    sits = ticks_of(dice.between(*SITS_S, rules.seed, "sits", trial))
    flight = ticks_of(dice.between(*FLIGHT_S, rules.seed, "flight", trial))
    mist = ticks_of(linear(ask.difficulty, settings.hidden_s))
    return replace(
        now,
        phase="sits",
        phase_tick=0,
        phase_ticks=sits,
        trial=trial,
        trail=now.trail[-1:],
        speed=geometric(ask.difficulty, settings.speed),
        surprise=linear(ask.difficulty, settings.surprise),
        near_deg=fair_deg(linear(ask.difficulty, settings.near_deg), rules.by, rules.error_deg),
        mist_tick=int(flight * dice.between(0.3, 0.7, rules.seed, "mist", trial)),
        mist_ticks=mist + 2 * ticks_of(MIST_S) if mist else 0,
        mist=None,
        flight_ticks=flight,
        judged=0,
        known=0,
        on=0,
        pursuit=Pursuit(),
        difficulty=ask.difficulty,
        distractors=ask.distractors,
        onset_tick=tick + sits,
        outcome=None,
        valid=ask.judged,
        void=False,
    )


def _sitting(rules: Rules[Settings], now: Firefly, tick: int) -> tuple[Firefly, tuple[Event, ...]]:
    if now.phase_tick < now.phase_ticks:
        return now, ()
    off = replace(now, phase="flight", phase_tick=0, phase_ticks=now.flight_ticks, leg=-1, velocity=(0.0, 0.0))
    shown = StimulusShown(now.trial, "firefly", "flight", now.difficulty, tick, {"speed_deg_per_s": now.speed})
    return _turned(rules, replace(off, onset_tick=tick)), (shown,)


def _turned(rules: Rules[Settings], now: Firefly) -> Firefly:
    """Into the next leg: on to the other side, or, where nobody can foresee it, wherever there is room."""
    leg = now.leg + 1
    chance = (rules.seed, "leg", now.trial, leg)
    x, y = now.place
    foreseen = dice.roll(*chance, "surprise") >= now.surprise
    reach = dice.between(*LEG_DEG, *chance, "reach") if not foreseen else LEG_DEG[1]
    rightwards = x < (LEFT + RIGHT) / 2 if foreseen else dice.roll(*chance, "side") < _room(x)
    to_x = min(RIGHT, max(LEFT, x + (reach if rightwards else -reach) / DEG_PER_SCREEN[0]))
    to_y = dice.between(TOP, LOW, *chance, "height")
    way = ((to_x - x) * DEG_PER_SCREEN[0], (to_y - y) * DEG_PER_SCREEN[1])
    length = hypot(*way)
    velocity = (way[0] / length * now.speed, way[1] / length * now.speed)
    return replace(
        now,
        leg=leg,
        leg_tick=0,
        leg_ticks=max(ticks_of(TURN_S), round(length / now.speed / TICK_S)),
        velocity=velocity,
        before=now.velocity,
    )


def _room(x: float) -> float:
    """How much of the width lies to the right."""
    return (RIGHT - x) / (RIGHT - LEFT)


def _flying(rules: Rules[Settings], now: Firefly, hand: Hand, ask: Ask) -> tuple[Firefly, tuple[Event, ...]]:
    now = replace(now, leg_tick=now.leg_tick + 1)
    (x, y), (across, down) = now.place, now.going
    place = (x + across * TICK_S / DEG_PER_SCREEN[0], y + down * TICK_S / DEG_PER_SCREEN[1])
    enters = now.mist_ticks > 0 and now.phase_tick == now.mist_tick
    now = replace(now, trail=(*now.trail[-LATE:], place), mist=place if enters else now.mist)
    now = _watched(rules, now, hand.at)
    if now.phase_tick >= now.phase_ticks:
        return _end(now, "hit" if now.on >= NEEDED * now.known > 0 else "miss", ask)
    return (_turned(rules, now) if now.leg_tick >= now.leg_ticks else now), ()


def _watched(rules: Rules[Settings], now: Firefly, at: Place | None) -> Firefly:
    """Whether the eyes are on it; what is hidden, or has only just taken off, nobody can follow."""
    late = LATE if rules.by == "gaze" else 0
    if now.hidden or now.phase_tick * TICK_S < GRACE_S:
        return replace(now, pursuit=pursuit_rules.followed(now.pursuit, None, (0.0, 0.0), now.velocity, even=False))
    fly = now.trail[-1 - late]
    even = (now.leg_tick - late) * TICK_S >= TAKEN_UP_S
    pursuit = pursuit_rules.followed(now.pursuit, degrees(at) if at else None, degrees(fly), now.velocity, even)
    return replace(
        now,
        judged=now.judged + 1,
        known=now.known + (at is not None),
        on=now.on + (at is not None and apart(at, fly) <= now.near_deg),
        pursuit=pursuit,
    )


def _end(now: Firefly, outcome: Outcome, ask: Ask) -> tuple[Firefly, tuple[Event, ...]]:
    assert now.onset_tick is not None
    pursuit = now.pursuit
    found = {
        "gain": pursuit.gain,
        "gain_weight": pursuit.weight_deg2,
        "lag_s": pursuit.lag_s,
        "rmse_deg": pursuit.rmse_deg,
        "catch_ups_per_s": pursuit.catch_ups_per_s,
        "on": share(now.on, now.known),
    }
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task="firefly",
        kind="flight",
        outcome=outcome,
        success=outcome == "hit",
        valid=now.valid and now.known >= LEAST_KNOWN * now.judged,
        practice=ask.practice,
        onset_tick=now.onset_tick,
        reaction_s=None,
        difficulty=now.difficulty,
        distractors=now.distractors,
        detail={"speed_deg_per_s": now.speed} | {name: value for name, value in found.items() if value is not None},
    )
    after = replace(now, phase="ending", phase_tick=0, phase_ticks=ticks_of(ENDING_S), outcome=outcome, void=False)
    return after, (done,)
