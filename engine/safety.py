"""Who may play now, and how much: doses by age, a family's limits, bedtime, health questions, and complaints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from engine.copies import replace
from engine.events import Answer
from engine.said import Said

Question = Literal["seizure", "migraine", "eyes"]
QUESTIONS: tuple[Question, ...] = ("seizure", "migraine", "eyes")
Role = Literal["therapist", "parent", "self"]

YOUNGEST, TEENAGER, ADULT = 6, 13, 18
WORTHWHILE_S = 180.0  # own choice: for less than three minutes no headset is put on
BEFORE_BED_S = 3600.0
MORNING = time(5)  # own choice: until then it is still the night before
LOOK_FAR_FROM_S = 600.0  # own choice: of play
LOOK_FAR_S = 20.0  # the 20-20-20 rule: 20 s at 20 feet, here at half-time
PRESSURE_S = 900.0  # of wearing a headset, until it is asked whether it presses
COMPLAINTS, AMONG_SITTINGS = 2, 3
"""So many complaints in so many sittings close Heron until a therapist has looked at them."""


@dataclass(frozen=True, slots=True)
class Dose:
    """What an age can take; seconds of play, without calibration and breaks.

    block_s: the longest block; break_s: the shortest break; days: in any seven
    """

    sitting_s: float
    block_s: float
    break_s: float
    day_s: float
    days: int


_DOSES = (
    (9, Dose(sitting_s=900, block_s=180, break_s=60, day_s=1200, days=5)),
    (TEENAGER, Dose(sitting_s=1200, block_s=240, break_s=45, day_s=1500, days=5)),
    (ADULT, Dose(sitting_s=1500, block_s=240, break_s=30, day_s=1800, days=5)),
)
_ADULTS = Dose(sitting_s=1800, block_s=300, break_s=30, day_s=2400, days=5)
"""training-science 6.2, own design: the upper end of each range, and for the youngest the longer break."""

_BEDTIMES = ((9, time(20)), (TEENAGER, time(21)), (ADULT, time(22)))
"""Own choice, for children whose family has said none."""


def dose(age: int | None) -> Dose:
    """The youngest players' where the age is not known."""
    years = YOUNGEST if age is None else age
    return next((most for below, most in _DOSES if years < below), _ADULTS)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a family or a therapist has set; each can only lower the dose, None leaves it. Seconds of play."""

    bedtime: time | None = None
    sitting_s: float | None = None
    day_s: float | None = None
    days: int | None = None


def age(birth_year: int | None, today: date) -> int | None:
    """In years, as on the last day of the year before: a birthday that may not have come yet makes nobody older."""
    return None if birth_year is None else today.year - birth_year - 1


def is_child(age: int | None) -> bool:
    """Whether tasks go at a child's pace: up to twelve years; who has not said an age plays at a grown one's."""
    return age is not None and age < TEENAGER


def limited(age: int | None, limits: Limits) -> Dose:
    """The dose within the limits."""
    most = dose(age)
    return Dose(
        sitting_s=_least(most.sitting_s, limits.sitting_s),
        block_s=_least(most.block_s, limits.sitting_s),
        break_s=most.break_s,
        day_s=_least(most.day_s, limits.day_s),
        days=most.days if limits.days is None else min(most.days, limits.days),
    )


@dataclass(frozen=True, slots=True)
class Played:
    """today_s: of play; other_days: with play among the six days before today"""

    today_s: float = 0.0
    other_days: int = 0


def played(sittings: Iterable[tuple[date, float]], today: date) -> Played:
    """From the days and the seconds of play of sittings."""
    days: dict[date, float] = {}
    for day, seconds in sittings:
        if seconds > 0 and today - timedelta(days=6) <= day <= today:
            days[day] = days.get(day, 0.0) + seconds
    today_s = days.pop(today, 0.0)
    return Played(today_s, len(days))


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody answers for it that a worrying answer does not stand in the way."""

    by: str
    role: Role
    why: str


@dataclass(frozen=True, slots=True)
class Screening:
    """What was answered before the first sitting, and who has answered for a yes."""

    seizure: Answer
    migraine: Answer
    eyes: Answer
    override: Override | None = None

    @property
    def worries(self) -> tuple[Question, ...]:
        return tuple(question for question in QUESTIONS if getattr(self, question) == "yes")

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """What is asked again before the next sitting."""
        return tuple(question for question in QUESTIONS if getattr(self, question) == "skipped")


def newest(screenings: Sequence[Screening]) -> Screening | None:
    """The last of all answers, the oldest first; who has answered for a worry once need not do so again."""
    if not screenings:
        return None
    last = screenings[-1]
    given = [past.override for past in screenings if past.override and set(last.worries) <= set(past.worries)]
    return replace(last, override=given[-1] if given else None)


def may_override(screening: Screening, role: Role, age: int | None) -> bool:
    """Who may answer for a yes: for seizures a therapist; else also a parent, and adults for themselves."""
    if "seizure" in screening.worries or role == "therapist":
        return role == "therapist"
    return role == "parent" or (age is not None and age >= ADULT)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a player before a sitting.

    age:        in years; None where nobody said it
    screening:  None before the questions were asked
    complaints: that no therapist has reviewed yet, each by the number of its sitting
    newest:     numbers of the player's sittings, the newest first
    agrees:     False once the consent to play was withdrawn; who was never asked stands in nobody's way
    """

    age: int | None
    limits: Limits = Limits()
    played: Played = Played()
    screening: Screening | None = None
    complaints: Sequence[int] = ()
    newest: Sequence[int] = ()
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class Allowed:
    """seconds: of play, at most"""

    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """sentence: why, and what to do"""

    sentence: Said


def may_play(who: Standing, now: datetime) -> Allowed | Refused:
    """Whether a sitting may begin at `now`, local time, and how much may be played in it."""
    closed = (
        _withdrawn(who) or _worried(who) or _unwell(who) or _too_young(who) or _too_often(who) or _at_night(who, now)
    )
    if closed:
        return Refused(closed)
    most = limited(who.age, who.limits)
    left_s = most.day_s - who.played.today_s
    if left_s < WORTHWHILE_S:
        minutes = round(most.day_s / 60)
        return Refused(Said(_ENOUGH if who.age is not None else _ENOUGH_UNTIL_KNOWN, minutes=minutes))
    seconds = min(most.sitting_s, left_s, _until_bed_s(who, now))
    if seconds < WORTHWHILE_S:
        return Refused(_GOOD_NIGHT)
    return Allowed(seconds)


def _withdrawn(who: Standing) -> Said | None:
    return None if who.agrees else WITHDRAWN


WITHDRAWN = Said(
    "The consent to play was taken back, so the marsh rests and nothing new is kept: "
    "whoever gave it can give it again."
)
_ENOUGH = "That was enough for today ({minutes} minutes): the marsh waits until tomorrow."
_ENOUGH_UNTIL_KNOWN = f"{_ENOUGH} It may be more once Heron knows the year of birth."
_GOOD_NIGHT = Said(
    "It is nearly bedtime: for the last hour of the day the marsh is asleep; come back after the night."
)
_WORRIES = {
    "seizure": Said("seizures or flashing light"),
    "migraine": Said("migraine"),
    "eyes": Said("the eyes"),
}


def _worried(who: Standing) -> Said | None:
    """Questions that nobody has asked yet stand in nobody's way: the game asks them first."""
    if who.screening is None or not who.screening.worries or who.screening.override:
        return None
    about = _listed([_WORRIES[question] for question in who.screening.worries])
    if "seizure" in who.screening.worries:
        return Said(
            "Because of the answer about {about}, ask a doctor first; "
            "then a therapist can open Heron, with a reason.",
            about=about,
        )
    return Said(
        "Because of the answer about {about}, ask a doctor first; "
        "then a therapist or a parent can open Heron, with a reason.",
        about=about,
    )


def _listed(about: Sequence[Said]) -> Said:
    """As one says it: one, two, or all three of them."""
    if len(about) == 1:
        return about[0]
    if len(about) == 2:
        return Said("{one} and {other}", one=about[0], other=about[1])
    return Said("{one}, {other} and {third}", one=about[0], other=about[1], third=about[2])


def is_locked(who: Standing) -> bool:
    """Two complaints in the last three sittings."""
    recent = who.newest[:AMONG_SITTINGS]
    return sum(sitting in recent for sitting in who.complaints) >= COMPLAINTS


def _unwell(who: Standing) -> Said | None:
    if not is_locked(who):
        return None
    return Said(
        "You did not feel well in your last sittings: tell a grown-up or a doctor; "
        "Heron opens when a therapist has looked at it."
    )


def _too_young(who: Standing) -> Said | None:
    if who.age is None or who.age >= YOUNGEST:
        return None
    return Said("Heron is for people from {age} years on.", age=YOUNGEST)


def _too_often(who: Standing) -> Said | None:
    days = limited(who.age, who.limits).days
    if who.played.today_s or who.played.other_days < days:
        return None
    return Said(
        "You have played on {days} of the last seven days: rest today, and come back tomorrow or the day after.",
        days=days,
    )


def _at_night(who: Standing, now: datetime) -> Said | None:
    return _GOOD_NIGHT if _until_bed_s(who, now) <= 0 else None


def bedtime(age: int | None, limits: Limits) -> time | None:
    """None for grown-ups, and for players of unknown age, as long as nobody has said one."""
    if limits.bedtime is not None or age is None:
        return limits.bedtime
    return next((hour for below, hour in _BEDTIMES if age < below), None)


def _until_bed_s(who: Standing, now: datetime) -> float:
    """Seconds until the last hour before bed; 0 within it and in the night, infinite without a bedtime."""
    bed = bedtime(who.age, who.limits)
    if bed is None:
        return float("inf")
    since_morning_s = _after_s(MORNING, now.time())
    return max(0.0, _after_s(MORNING, bed) - BEFORE_BED_S - since_morning_s)


def _after_s(start: time, end: time) -> float:
    """Seconds from one time of day to the next time it is the other."""
    first, last = (one.hour * 3600 + one.minute * 60 + one.second for one in (start, end))
    return float((last - first) % 86400)


def _least(most: float, limit: float | None) -> float:
    return most if limit is None else min(most, limit)


@dataclass(frozen=True, slots=True)
class Rest:
    """A break. look_far: rest the eyes on something far away; ease: ask whether the headset presses."""

    seconds: float
    look_far: bool
    ease: bool


def rest(break_s: float, before_s: float, after_s: float, play_s: float, has_headset: bool) -> Rest:
    """The break after a block that took play from `before_s` to `after_s`, of `play_s` that are planned.

    Eyes rest at half-time of what is longer than ten minutes, and whoever wears a headset is asked once, after
    fifteen minutes, whether it presses.
    """
    look_far = play_s >= LOOK_FAR_FROM_S and before_s < play_s / 2 <= after_s
    ease = has_headset and before_s < PRESSURE_S <= after_s
    return Rest(max(break_s, LOOK_FAR_S if look_far else 0.0), look_far, ease)
