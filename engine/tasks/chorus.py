"""Marsh Chorus, two listening tasks: answer the odd call out, or the call that was heard n calls before.

Calls come one by one in an even pace, and the eyes are free. In `odd` (an auditory oddball) a cuckoo calls again and
again, and now and then another voice: press for that one. In `back` (an n-back) five animals call in turns: press
when the call is the same as the one n before. Odd trains sustained attention of the ears, back working memory.
Source: Squires et al. 1975, Electroencephalogr Clin Neurophysiol 38:387 (oddball); Kirchner 1958, J Exp Psychol
55:352 (n-back). Voices, pace and anchors are own choices.
"""

from dataclasses import dataclass
from math import ceil
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from engine import dice
from engine.anchors import STRICT, Falling, Rising, linear
from engine.copies import replace
from engine.events import Called, Event, IdlePress, Outcome, StimulusShown, TrialDone
from engine.ports import TICK_S, Place
from engine.tasks import deck
from engine.tasks.answer import NOTHING, Answer
from engine.tasks.task import Ask, Hand, Rules

SINGERS = ("cuckoo", "frog", "warbler", "bittern", "cricket")
"""Who calls, by the name of the sound; in `odd` only the first."""
ODD_CALLS = ("odd_1", "odd_2", "odd_3", "odd_4")
"""The other voice, from the one that is least like the cuckoo to the one that is most like it."""

GROWN_PACE = 5 / 6  # 2.5 s for grown players where children have 3 s (n-back)
LULL = 210  # ticks of silence before the first call, so that what is asked can be read
ECHO = 60  # ticks for which an outcome is still seen
IN_A_ROW = {"odd": 1, "back": 3}
"""As many targets running as may be: an odd one stands alone."""

Variant = Literal["odd", "back"]
Kind = Literal["odd", "usual", "same", "other"]

_Every = Annotated[float, Field(ge=1.4, le=5, strict=True)]
_Targets = Annotated[float, Field(ge=0.05, le=0.5, strict=True)]
_Likeness = Annotated[float, Field(ge=0, le=1, strict=True)]
_Back = Annotated[int, Field(ge=1, le=4, strict=True)]


class Settings(BaseModel):
    """Of a level of Marsh Chorus: pairs are gentlest, hardest; descriptions say what a mistake is told to expect."""

    model_config = STRICT

    task: Literal["chorus"]
    ask: Variant = Field(description='"odd" for the odd call out, or "back" for the call that was heard n before')
    every_s: Annotated[tuple[_Every, _Every], Falling] = Field(
        description="two times in seconds from call to call for a child, the longest first, each 1.4 to 5"
    )
    targets: Annotated[tuple[_Targets, _Targets], Falling] = Field(
        description="two shares of calls to answer, the largest first, each .05 to .5"
    )
    likeness: Annotated[tuple[_Likeness, _Likeness], Rising] = Field(
        description="two shares by which other calls mislead, the smallest first, each 0 to 1: in odd how like the "
        "cuckoo the other voice is, in back how many calls were heard one sooner or later than n before"
    )
    n: Annotated[tuple[_Back, _Back], Rising] = Field(
        default=(1, 1), description="in back, two whole numbers of calls before, the smallest first, each 1 to 4"
    )
    seen: bool = Field(
        default=False, description="true for players who hear little: each call is also to be seen; else false"
    )


@dataclass(frozen=True, slots=True)
class Chorus:
    """The concert as it is.

    trial:      number of the newest call that asks for an answer or for none, from 1; 0 before the first
    calls:      how many calls there were, those too that only began a row
    variant, n: what is asked; n is settled with the first call of a row and stays until there is a lull
    voice:      the sound of the newest call; None in a lull
    kind:       what the newest call is; None while a row of `back` begins
    heard:      the last singers, the newest last, by their place in SINGERS: n + 1 at most
    age:        ticks since the newest call, or since it is quiet
    every_ticks: from the newest call to the next
    open:       a trial is running: from its call until the tick before the next
    answer:     to the newest trial
    lure:       whether the newest call was heard one call sooner or later than n before
    seen:       whether calls are to be seen
    deck, decks: kinds still to come, a letter each, and how many decks were dealt
    in_a_row:   targets up to now; begins full, so that the first is none
    echo, echo_of: ticks since an outcome worth showing, and which; None when it has been shown
    valid:      whether the running trial will count
    void:       the running trial is to end as void
    """

    trial: int = 0
    calls: int = 0
    variant: Variant = "odd"
    n: int = 0
    voice: str | None = None
    kind: Kind | None = None
    heard: tuple[int, ...] = ()
    age: int = 0
    every_ticks: int = LULL
    open: bool = False
    answer: Answer = NOTHING
    likeness: float = 0.0
    lure: bool = False
    seen: bool = False
    difficulty: float = 0.0
    distractors: int = 0
    deck: str = ""
    decks: int = 0
    in_a_row: int = max(IN_A_ROW.values())
    echo: int | None = None
    echo_of: Outcome | None = None
    valid: bool = True
    void: bool = False

    @property
    def between_trials(self) -> bool:
        return not self.open

    @property
    def sight(self) -> Place | None:
        """The ears are asked, not the eyes."""
        return None

    def voided(self) -> "Chorus":
        return replace(self, void=True, valid=False) if self.open else self.rested()

    def rested(self) -> "Chorus":
        """Silence; after it a row begins anew, for who was away cannot know what was heard before."""
        return replace(
            self,
            voice=None,
            kind=None,
            heard=(),
            age=0,
            every_ticks=LULL,
            open=False,
            void=False,
            echo=None,
            echo_of=None,
        )

    def renewed(self) -> "Chorus":
        """The cards are dealt anew."""
        return Chorus(trial=self.trial, calls=self.calls, decks=self.decks)

    def step(self, rules: Rules[Settings], hand: Hand, tick: int, ask: Ask) -> tuple["Chorus", tuple[Event, ...]]:
        if self.void:
            ended, done = _closed(self, "void", ask)
            return ended.rested(), done
        now = replace(self, age=self.age + 1, valid=self.valid and ask.judged, echo=_older(self.echo))
        events: list[Event] = []
        if now.voice is None:
            now = _in_a_lull(rules, now, ask)
        if now.age >= now.every_ticks:
            now = _called(rules, now, tick, ask, events)
        if hand.struck:
            now = _pressed(rules, now, tick, events)
        if now.open and now.age == now.every_ticks - 1:
            now, done = _closed(now, _outcome(now), ask)
            events += done
        return now, tuple(events)


def _older(echo: int | None) -> int | None:
    return None if echo is None or echo >= ECHO else echo + 1


def _in_a_lull(rules: Rules[Settings], now: Chorus, ask: Ask) -> Chorus:
    """What will be asked can be read before the first call."""
    settings = rules.settings
    n = round(linear(ask.difficulty, settings.n)) if settings.ask == "back" else 0
    return replace(now, variant=settings.ask, n=n, seen=settings.seen)


def _called(rules: Rules[Settings], now: Chorus, tick: int, ask: Ask, events: list[Event]) -> Chorus:
    """The next call; the first n of a row ask for nothing."""
    settings = rules.settings
    every_s = linear(ask.difficulty, settings.every_s) * (1.0 if rules.child else GROWN_PACE)
    now = replace(
        now,
        calls=now.calls + 1,
        age=0,
        every_ticks=ceil(every_s / TICK_S - 1e-6),
        difficulty=ask.difficulty,
        distractors=ask.distractors,
        likeness=linear(ask.difficulty, settings.likeness),
        lure=False,
        valid=ask.judged,
    )
    if len(now.heard) < now.n:
        now = _heard(now, int(len(SINGERS) * dice.roll(rules.seed, "singer", now.calls)), None)
    else:
        now = _asks(rules, now, ask)
    assert now.voice is not None
    events.append(Called(now.voice))
    if now.kind is None:
        return now
    shown = StimulusShown(now.trial + 1, "chorus", now.kind, now.difficulty, tick, _detail(now))
    events.append(shown)
    return replace(now, trial=shown.trial, open=True, answer=Answer(tick))


def _asks(rules: Rules[Settings], now: Chorus, ask: Ask) -> Chorus:
    if not now.deck:
        targets, most = linear(ask.difficulty, rules.settings.targets), IN_A_ROW[now.variant]
        dealt = deck.deal(rules.seed, "chorus", now.decks, targets, most, min(most, now.in_a_row))
        now = replace(now, deck=dealt, decks=now.decks + 1)
    is_target = now.deck[0] == deck.RARE
    now = replace(now, deck=now.deck[1:], in_a_row=now.in_a_row + 1 if is_target else 0)
    if now.variant == "odd":
        return _odd(now) if is_target else _heard(now, 0, "usual")
    return _heard(now, now.heard[-now.n], "same") if is_target else _other(rules, now)


def _odd(now: Chorus) -> Chorus:
    nearness = min(len(ODD_CALLS) - 1, int(len(ODD_CALLS) * now.likeness))
    return replace(now, voice=ODD_CALLS[nearness], kind="odd")


def _other(rules: Rules[Settings], now: Chorus) -> Chorus:
    """Anyone but the singer n before; a lure has sung one call sooner or later than that."""
    same = now.heard[-now.n]
    near = {now.heard[-k] for k in (now.n - 1, now.n + 1) if 1 <= k <= len(now.heard)} - {same}
    wanted = bool(near) and dice.roll(rules.seed, "lure", now.calls) < now.likeness
    singers = sorted(near) if wanted else [s for s in range(len(SINGERS)) if s != same and s not in near]
    singer = singers[int(len(singers) * dice.roll(rules.seed, "singer", now.calls))]
    return replace(_heard(now, singer, "other"), lure=wanted)


def _heard(now: Chorus, singer: int, kind: Kind | None) -> Chorus:
    heard = (*now.heard, singer)[-(now.n + 1) :] if now.variant == "back" else ()
    return replace(now, voice=SINGERS[singer], kind=kind, heard=heard)


def _pressed(rules: Rules[Settings], now: Chorus, tick: int, events: list[Event]) -> Chorus:
    before = now.answer
    if now.open:
        now = replace(now, answer=before.pressed(tick, rules.child))
    if now.answer.ticks == before.ticks:
        events.append(IdlePress(now.trial))
        return now
    return _echoing(now)


def _echoing(now: Chorus) -> Chorus:
    return replace(now, echo=0, echo_of=_outcome(now))


def _outcome(now: Chorus) -> Outcome:
    is_target = now.kind in ("odd", "same")
    if now.answer.ticks is None:
        return "miss" if is_target else "held"
    return "hit" if is_target else "false_alarm"


def _closed(now: Chorus, outcome: Outcome, ask: Ask) -> tuple[Chorus, tuple[Event, ...]]:
    assert now.kind is not None
    done = TrialDone(
        trial=now.trial,
        block=ask.block,
        task="chorus",
        kind=now.kind,
        outcome=outcome,
        success=outcome in ("hit", "held"),
        valid=now.valid,
        practice=ask.practice,
        onset_tick=now.answer.onset_tick,
        reaction_s=now.answer.reaction_s,
        difficulty=now.difficulty,
        distractors=now.distractors,
        detail=_detail(now) | now.answer.idle,
    )
    return replace(now, open=False), (done,)


def _detail(now: Chorus) -> dict[str, float]:
    """n is 0 for the odd call out; lure and seen are 1 for yes."""
    return {
        "n": now.n,
        "every_s": now.every_ticks * TICK_S,
        "likeness": now.likeness,
        "lure": float(now.lure),
        "seen": float(now.seen),
    }
