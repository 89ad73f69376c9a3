"""Candle, a task of holding still: keep the eyes on a flame while other lights try to draw them away.

A water candle is lit, the eyes come to it, and from the stimulus onset on they are to stay within a circle around it.
Lures shine up beside it and are to be let be. Positions are in screens, distances in degrees of view.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, log, pi, sin
from statistics import fmean
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, Share, linear
from engine.copies import replace
from engine.events import Event, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place, ticks_of
from engine.tasks.measures import share
from engine.tasks.sight import DEG_PER_SCREEN, LEAST_KNOWN, Jump, Scatter, Steady, apart, degrees, fair_deg, watched
from engine.tasks.task import Ask, Hand, Rules, Trial, counted

LEFT, RIGHT, TOP, LOW = 0.54, 0.76, 0.60, 0.74
"""Where candles float, in screens: on the water before the heron, with room for lures on either side."""

GAP_S, ENDING_S = 0.6, 0.9
LIT_S = (0.8, 1.2)  # for the eyes to come, jittered
WAIT_S = 1.5  # how much longer the flame waits for eyes that have not come
LURE_S = 1.0
FIRST_LURE_S = 0.4
LURE_DEG = (8.0, 4.0)
"""How far from the flame a lure shines: faint ones far, salient ones near."""
INTRUSION_DEG = 1.0
HELD = 0.9
"""Share of the time that has to be spent within the circle."""

Phase = Literal["gap", "lit", "hold", "ending"]

_Radius = Annotated[float, Field(ge=1, le=6, strict=True)]
_Hold = Annotated[float, Field(ge=1, le=20, strict=True)]
_Rate = Annotated[float, Field(ge=0, le=1, strict=True)]


class Settings(BaseModel):
    """Of a level of Candle: pairs are gentlest, hardest. Each description says what a mistake is told to expect."""

    model_config = STRICT

    task: Literal["candle"]
    radius_deg: Annotated[tuple[_Radius, _Radius], Falling] = Field(
        description="two radii in degrees of view, the largest first, each 1 to 6"
    )
    hold_s: Annotated[tuple[_Hold, _Hold], Rising] = Field(
        description="two times in seconds, the shortest first, each 1 to 20"
    )
    lures_per_s: Annotated[tuple[_Rate, _Rate], Rising] = Field(
        description="two numbers of lures a second, the smallest first, each 0 to 1"
    )
    salience: Annotated[tuple[Share, Share], Rising] = Field(
        description="two shares of how strongly lures shine, the faintest first, each 0 to 1"
    )


@dataclass(frozen=True, slots=True)
class Candle:
    """The candle as it is.

    place:       of the flame, screens
    radius_deg:  of the circle
    lure_every:  ticks from one lure to the next; 0 for none
    lure:        where the newest lure is; lure_tick: the tick of the hold in which it came; None before the first
    lures:       how many have come in this hold
    salience:    of its lures, 0..1
    known, on:   ticks of the hold with gaze, and of those within the circle
    warmth:      how well the flame burns, 0..1: it falls and rises slowly with where the eyes are
    intrusions:  jumps away from the flame
    onset_tick:  when the hold began, or will at the earliest; None in the gap
    """

    phase: Phase = "gap"
    phase_tick: int = 0
    phase_ticks: int = 60
    trial: int = 0
    place: Place = (0.65, 0.66)
    radius_deg: float = 0.0
    hold_ticks: int = 0
    lure_every: int = 0
    lure: Place | None = None
    lure_tick: int | None = None
    lures: int = 0
    salience: float = 0.0
    known: int = 0
    on: int = 0
    warmth: float = 0.0
    steady: Steady = Steady()  # noqa: RUF009 -- frozen
    scatter: Scatter = Scatter()  # noqa: RUF009 -- frozen
    intrusions: int = 0
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
    def sight(self) -> Place | None:
        return None if self.phase == "gap" else self.place

    @property
    def lure_age_s(self) -> float | None:
        """Since the newest lure came; None where it has gone again, or none has come."""
        if self.phase != "hold" or self.lure_tick is None:
            return None
        age_s = (self.phase_tick - self.lure_tick) * TICK_S
        return age_s if age_s < LURE_S else None

    def voided(self) -> "Candle":
        return replace(self, void=True, valid=False) if self.phase in ("lit", "hold") else self

    def rested(self) -> "Candle":
        return replace(self, phase="gap", phase_tick=0, phase_ticks=60, outcome=None, warmth=0.0)

    def renewed(self) -> "Candle":
        return Candle(trial=self.trial)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["Candle", tuple[Event, ...]]:
        now = replace(self, phase_tick=self.phase_tick + 1, valid=self.valid and ask.judged)
        if now.phase in ("gap", "ending"):
            return _between(rules, now, tick, ask), ()
        if now.void:
            return _end(now, "void", ask)
        if now.phase == "lit":
            return _lit(now, hand.at, tick)
        return _holding(rules, now, hand.at, ask)


def _between(rules: Rules[Settings], now: Candle, tick: int, ask: Ask) -> Candle:
    if now.phase_tick < now.phase_ticks:
        return now
    if now.phase == "ending":
        return replace(now, phase="gap", phase_tick=0, phase_ticks=ticks_of(GAP_S), onset_tick=None, outcome=None)
    return _settle(rules, now, tick, ask)


def _settle(rules: Rules[Settings], now: Candle, tick: int, ask: Ask) -> Candle:
    """The next candle; where its lures will be follows from its number."""
    trial, settings = now.trial + 1, rules.settings
    lit = ticks_of(dice.between(*LIT_S, rules.seed, "lit", trial))
    rate = linear(ask.difficulty, settings.lures_per_s)
    return Candle(
        phase="lit",
        phase_ticks=lit,
        trial=trial,
        place=(
            dice.between(LEFT, RIGHT, rules.seed, "x", trial),
            dice.between(TOP, LOW, rules.seed, "y", trial),
        ),
        radius_deg=fair_deg(linear(ask.difficulty, settings.radius_deg), rules.by, rules.error_deg),
        hold_ticks=ticks_of(linear(ask.difficulty, settings.hold_s)),
        lure_every=ticks_of(1 / rate) if rate else 0,
        salience=linear(ask.difficulty, settings.salience),
        difficulty=ask.difficulty,
        distractors=ask.distractors,
        onset_tick=tick + lit,
        valid=ask.judged,
    )


def _lit(now: Candle, at: Place | None, tick: int) -> tuple[Candle, tuple[Event, ...]]:
    """The flame waits a little for eyes that have not come, and then no longer."""
    come = at is not None and apart(at, now.place) <= now.radius_deg
    if now.phase_tick < now.phase_ticks or (not come and now.phase_tick < now.phase_ticks + ticks_of(WAIT_S)):
        return now, ()
    shown = StimulusShown(
        now.trial, "candle", "flame", now.difficulty, tick, {"radius_deg": now.radius_deg, "salience": now.salience}
    )
    held = replace(
        now, phase="hold", phase_tick=0, phase_ticks=now.hold_ticks, warmth=0.5, onset_tick=tick, steady=Steady()
    )
    return held, (shown,)


def _holding(rules: Rules[Settings], now: Candle, at: Place | None, ask: Ask) -> tuple[Candle, tuple[Event, ...]]:
    now = _watched(_lured(rules, now), at)
    if now.phase_tick < now.phase_ticks:
        return now, ()
    return _end(now, "held" if now.on >= HELD * now.known > 0 else "miss", ask)


def _lured(rules: Rules[Settings], now: Candle) -> Candle:
    since = now.phase_tick - ticks_of(FIRST_LURE_S)
    whole = now.phase_ticks - now.phase_tick >= ticks_of(LURE_S)
    if not now.lure_every or since < 0 or since % now.lure_every or not whole:
        return now
    angle = 2 * pi * dice.roll(rules.seed, "lure", now.trial, now.lures)
    far_deg = LURE_DEG[0] + (LURE_DEG[1] - LURE_DEG[0]) * now.salience
    x = now.place[0] + far_deg * cos(angle) / DEG_PER_SCREEN[0]
    y = now.place[1] + far_deg * sin(angle) / DEG_PER_SCREEN[1]
    return replace(now, lure=(x, y), lure_tick=now.phase_tick, lures=now.lures + 1)


def _watched(now: Candle, at: Place | None) -> Candle:
    """A blink ends no hold: nothing is known of it."""
    if at is None:
        return replace(now, steady=Steady())
    on = apart(at, now.place) <= now.radius_deg
    eyes, flame = degrees(at), degrees(now.place)
    dx, dy = eyes[0] - flame[0], eyes[1] - flame[1]
    steady, seen = watched(now.steady, (eyes, flame), INTRUSION_DEG)
    left = isinstance(seen, Jump) and hypot(dx, dy) > hypot(dx - seen.x, dy - seen.y)
    warmth = now.warmth + (TICK_S if on else -TICK_S)
    return replace(
        now,
        known=now.known + 1,
        on=now.on + on,
        warmth=min(1.0, max(0.0, warmth)),
        steady=steady,
        scatter=now.scatter.of(dx, dy),
        intrusions=now.intrusions + left,
    )


def _end(now: Candle, outcome: Outcome, ask: Ask) -> tuple[Candle, tuple[Event, ...]]:
    assert now.onset_tick is not None
    held = now.phase_tick if now.phase == "hold" else 0
    area = now.scatter.bcea_deg2
    found = {
        "on": share(now.on, now.known),
        "log_bcea": log(area) if area else None,
        "intrusions": float(now.intrusions),
    }
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task="candle",
        kind="flame",
        outcome=outcome,
        success=outcome == "held",
        valid=now.valid and now.known >= LEAST_KNOWN * held,
        practice=ask.practice,
        onset_tick=now.onset_tick,
        reaction_s=None,
        difficulty=now.difficulty,
        distractors=now.distractors,
        detail={"radius_deg": now.radius_deg, "known_s": now.known * TICK_S, "lures": float(now.lures)}
        | {name: value for name, value in found.items() if value is not None},
    )
    after = replace(now, phase="ending", phase_tick=0, phase_ticks=ticks_of(ENDING_S), outcome=outcome, void=False)
    return after, (done,)


@dataclass(frozen=True, slots=True)
class CandleMeasures:
    """What the valid, scored holds say; None where there were too few to say it.

    log_bcea:           natural log of the area in square degrees that held 68 % of the looks; mean over holds
    intrusions_per_min: jumps of a degree and more away from the flame
    on_target:          share of the time within the circle
    """

    trials: int
    success_rate: float | None
    log_bcea: float | None
    intrusions_per_min: float | None
    on_target: float | None


def measures(trials: Iterable[Trial]) -> CandleMeasures:
    """Outcome measures of fixation from the trials that count.

    BCEA = k pi sx sy sqrt(1 - r**2), k = 2.296, which is analysed as its log and holds the tracker's noise too.
    """
    valid = counted(trials)
    areas = [trial.detail["log_bcea"] for trial in valid if "log_bcea" in trial.detail]
    known_s = sum(trial.detail["known_s"] for trial in valid)
    on_s = sum(trial.detail.get("on", 0.0) * trial.detail["known_s"] for trial in valid)
    intrusions = sum(trial.detail["intrusions"] for trial in valid)
    return CandleMeasures(
        trials=len(valid),
        success_rate=share(sum(trial.success for trial in valid), len(valid)),
        log_bcea=fmean(areas) if areas else None,
        intrusions_per_min=60 * intrusions / known_s if known_s else None,
        on_target=on_s / known_s if known_s else None,
    )
