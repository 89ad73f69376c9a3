"""Still Water, a gradual-onset continuous performance task: greet the lily buds, keep still for the open lotus.

Pictures of the water melt into one another without a break, each of pads with a bud or, rarely, with a lotus. Nothing
appears suddenly, so only attention that is kept up sees what comes. It trains sustained attention. A picture counts
as there from the middle of its melt on, when there is more of it than of the one before: that is the stimulus onset.
Source: Esterman et al. 2013, Cereb Cortex 23:2712 (the task); the lilies, and where the onset lies, are own choices.
"""

from dataclasses import dataclass
from math import ceil
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, linear
from engine.copies import replace
from engine.events import Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place
from engine.tasks import deck
from engine.tasks.answer import NOTHING, Answer
from engine.tasks.task import Ask, Hand, Rules

POOL: Place = (0.58, 0.725)
"""Where the lilies lie, in screens: their middle."""
LAYOUTS = 5
"""Ways in which the pads lie; never the same twice running, so that each picture has to melt into the next."""

GROWN_PACE = 0.6  # 1.2 s for grown players where children have 2 s (training-science: check-up)
LULL = 90  # ticks of empty water before the first picture
ECHO = 60  # ticks for which an outcome is still seen
MOST_LOTUSES_IN_A_ROW = 1

Kind = Literal["bud", "lotus"]

_Every = Annotated[float, Field(ge=1.2, le=4, strict=True)]
_Melt = Annotated[float, Field(ge=0.2, le=1, strict=True)]
_LotusShare = Annotated[float, Field(ge=0.05, le=0.5, strict=True)]
_Likeness = Annotated[float, Field(ge=0, le=0.8, strict=True)]


class Settings(BaseModel):
    """Of a level of Still Water: pairs are gentlest, hardest; descriptions say what a mistake is told to expect."""

    model_config = STRICT

    task: Literal["still-water"]
    every_s: Annotated[tuple[_Every, _Every], Falling] = Field(
        description="two times in seconds from picture to picture for a child, the longest first, each 1.2 to 4"
    )
    melt: Annotated[tuple[_Melt, _Melt], Rising] = Field(
        description="two shares of that time in which a picture melts in, the shortest first, each .2 to 1"
    )
    lotuses: Annotated[tuple[_LotusShare, _LotusShare], Falling] = Field(
        description="two shares of pictures to keep still for, the largest first, each .05 to .5"
    )
    likeness: Annotated[tuple[_Likeness, _Likeness], Rising] = Field(
        description="two shares by which a lotus is still closed like a bud, the smallest first, each 0 to .8"
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the water, all of it settled when it begins to melt in.

    layout:      how the pads lie, 0 to LAYOUTS - 1
    likeness:    how far a lotus is still closed, 0..1
    melt_ticks:  how long it takes to melt in
    every_ticks: from its first tick to the first of the next
    """

    kind: Kind
    layout: int
    likeness: float
    melt_ticks: int
    every_ticks: int
    difficulty: float
    distractors: int

    @property
    def onset(self) -> int:
        """Ticks from its beginning to the middle of its melt."""
        return self.melt_ticks // 2


@dataclass(frozen=True, slots=True)
class StillWater:
    """The water as it is: one picture melts into another, and the one of which there is more is to be answered.

    trial:      number of the picture that was there last, from 1; 0 before the first
    old, new:   what melts into what; None for empty water
    age:        ticks since `new` began, or in empty water since it is empty
    open:       a trial is running: from its onset until the tick before the next
    answer:     to the newest trial
    deck, decks: kinds still to come, a letter each, and how many decks were dealt
    in_a_row:   lotuses up to now; begins full, so that the first picture is a bud
    echo, echo_of: ticks since an outcome worth showing, and which; None when it has been shown
    valid:      whether the running trial will count
    void:       the running trial is to end as void
    """

    trial: int = 0
    old: Picture | None = None
    new: Picture | None = None
    age: int = 0
    open: bool = False
    answer: Answer = NOTHING
    deck: str = ""
    decks: int = 0
    in_a_row: int = MOST_LOTUSES_IN_A_ROW
    echo: int | None = None
    echo_of: Outcome | None = None
    valid: bool = True
    void: bool = False

    @property
    def between_trials(self) -> bool:
        return not self.open

    @property
    def sight(self) -> Place | None:
        return POOL if self.new else None

    @property
    def asked(self) -> Picture | None:
        """The picture of the newest trial."""
        return self.new if self.new and self.age >= self.new.onset else self.old

    def voided(self) -> "StillWater":
        return replace(self, void=True, valid=False) if self.open else self.rested()

    def rested(self) -> "StillWater":
        """Empty water; a picture that was only on its way comes again."""
        empty = replace(self, old=None, new=None, age=0, open=False, void=False, echo=None, echo_of=None)
        if self.new is None or self.age >= self.new.onset:
            return empty
        if self.new.kind == "bud":
            return replace(empty, deck=deck.COMMON + self.deck)
        return replace(empty, deck=deck.RARE + self.deck, in_a_row=self.in_a_row - 1)

    def renewed(self) -> "StillWater":
        """The cards are dealt anew."""
        return StillWater(trial=self.trial, decks=self.decks)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["StillWater", tuple[Event, ...]]:
        if self.void:
            ended, done = _closed(self, "void", ask)
            return ended.rested(), done
        now = replace(self, age=self.age + 1, valid=self.valid and ask.judged, echo=_older(self.echo))
        events: list[Event] = []
        if now.age >= (now.new.every_ticks if now.new else LULL):
            now = _next_picture(rules, now, ask)
        if now.new and now.age == now.new.onset:
            now = _shown(now, tick, ask, events)
        if hand.struck:
            now = _pressed(rules, now, tick, events)
        if now.open and now.new and now.age == now.new.onset - 1:
            now, done = _closed(now, _outcome(now), ask)
            events += done
        return now, tuple(events)


def _older(echo: int | None) -> int | None:
    return None if echo is None or echo >= ECHO else echo + 1


def _next_picture(rules: Rules[Settings], now: StillWater, ask: Ask) -> StillWater:
    """The next picture begins to melt in; all that it will be is settled here."""
    settings, trial, x = rules.settings, now.trial + 1, ask.difficulty
    if not now.deck:
        dealt = deck.deal(
            rules.seed, "still-water", now.decks, linear(x, settings.lotuses), MOST_LOTUSES_IN_A_ROW, now.in_a_row
        )
        now = replace(now, deck=dealt, decks=now.decks + 1)
    is_lotus = now.deck[0] == deck.RARE
    every = ceil(linear(x, settings.every_s) * (1.0 if rules.child else GROWN_PACE) / TICK_S - 1e-6)
    picture = Picture(
        kind="lotus" if is_lotus else "bud",
        layout=_layout(rules.seed, trial, now.new),
        likeness=linear(x, settings.likeness),
        melt_ticks=round(linear(x, settings.melt) * every),
        every_ticks=every,
        difficulty=x,
        distractors=ask.distractors,
    )
    in_a_row = now.in_a_row + 1 if is_lotus else 0
    return replace(now, old=now.new, new=picture, age=0, deck=now.deck[1:], in_a_row=in_a_row)


def _layout(seed: int, trial: int, before: Picture | None) -> int:
    if before is None:
        return int(LAYOUTS * dice.roll(seed, "layout", trial))
    others = [layout for layout in range(LAYOUTS) if layout != before.layout]
    return others[int(len(others) * dice.roll(seed, "layout", trial))]


def _shown(now: StillWater, tick: int, ask: Ask, events: list[Event]) -> StillWater:
    assert now.new is not None
    picture, trial = now.new, now.trial + 1
    events.append(StimulusShown(trial, "still-water", picture.kind, picture.difficulty, tick, _timing(picture)))
    return replace(now, trial=trial, open=True, answer=Answer(tick), valid=ask.judged)


def _pressed(rules: Rules[Settings], now: StillWater, tick: int, events: list[Event]) -> StillWater:
    before = now.answer
    if now.open:
        now = replace(now, answer=before.pressed(tick, rules.child))
    if now.answer.ticks == before.ticks:
        events.append(IdlePress(now.trial))
        return now
    return _echoing(now)


def _echoing(now: StillWater) -> StillWater:
    """What went right, and a lotus that was touched, is seen for a while; a miss passes in silence."""
    outcome = _outcome(now)
    return now if outcome == "miss" else replace(now, echo=0, echo_of=outcome)


def _outcome(now: StillWater) -> Outcome:
    is_bud = now.asked is not None and now.asked.kind == "bud"
    if now.answer.ticks is None:
        return "miss" if is_bud else "held"
    return "hit" if is_bud else "false_alarm"


def _closed(now: StillWater, outcome: Outcome, ask: Ask) -> tuple[StillWater, tuple[Event, ...]]:
    picture = now.asked
    assert picture is not None
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task="still-water",
        kind=picture.kind,
        outcome=outcome,
        success=outcome in ("hit", "held"),
        valid=now.valid,
        practice=ask.practice,
        onset_tick=now.answer.onset_tick,
        reaction_s=now.answer.reaction_s,
        difficulty=picture.difficulty,
        distractors=picture.distractors,
        detail=_timing(picture) | now.answer.idle,
    )
    ended = replace(now, open=False)
    return (_echoing(ended) if outcome == "held" else ended), (done,)


def _timing(picture: Picture) -> dict[str, float]:
    return {
        "every_s": picture.every_ticks * TICK_S,
        "melt_s": picture.melt_ticks * TICK_S,
        "likeness": picture.likeness,
    }
