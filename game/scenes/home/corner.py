"""The grown-ups' corner: what a player may do in a day, what was done today, and where more is to be had."""

from dataclasses import dataclass, replace
from datetime import date, time

from engine.safety import Limits
from engine.said import Said
from game.scenes.home.faces import FEW, MOST, after, card, whose
from game.scenes.home.room import Turn
from game.scenes.home.told import Home, Inhabitant, Limited, Opened, Sits
from game.widgets.choices import Button, Options
from game.widgets.menu import Chosen
from game.widgets.sheet import SLIM, Item, Row, Sheet, Words, sheet
from game.words import later, say

_NUMBERS = {
    **{6: later("six"), 7: later("seven"), 8: later("eight"), 9: later("nine")},
    **{10: later("ten"), 11: later("eleven")},
}
_BACK, _MORE, _LIMITS, _CHECKUP = later("Back"), later("More players"), later("Limits"), later("Check-up")


@dataclass(frozen=True, slots=True)
class Gate:
    """A sum in words. It is no lock, and says so: it keeps small hands from changing things by chance."""

    wrong: bool = False
    first: str = ""
    name: str = "gate"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        one, other = factors(home.today)
        asked = Said("How much is {one} times {other}?", one=Said(_NUMBERS[one]), other=Said(_NUMBERS[other]))
        answers = sorted({one * other, one * other + one, one * other - other, one * other + 10})
        why = later("This is no lock: it only keeps small hands from changing things by chance.")
        items: tuple[Item, ...] = (
            Words(later("For grown-ups"), 30.0),
            Words(asked, 26.0),
            Row(tuple(Button(str(answer), 26.0, least=108.0) for answer in answers), even=True),
            Words(later("That is not it: try again.") if self.wrong else why, 20.0, "text_soft"),
            Row((Button(_BACK, 22.0, least=160.0),)),
        )
        return sheet(items, "pool", SLIM)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        one, other = factors(home.today)
        if chosen.key in (_BACK, "back"):
            return Turn(home, self, Opened(None))
        if chosen.key != str(one * other):
            return Turn(home, replace(self, wrong=True))
        if len(home.faces) == 1:
            return Turn(home, self, Opened(home.faces[0].name, corner=True))
        return Turn(home, Whom())


def factors(today: date) -> tuple[int, int]:
    """The sum of a day; no product is in the tables of the youngest."""
    return 6 + today.day % 3, 7 + today.day % 5


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose limits and sittings; shown: number of the first that is shown."""

    shown: int = 0
    first: str = ""

    @property
    def name(self) -> str:
        return f"whom-{self.shown}"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        faces = home.faces[self.shown : self.shown + MOST]
        ways = [_MORE] if len(home.faces) > MOST else []
        buttons = tuple(Button(way, 22.0, least=160.0) for way in (*ways, _BACK))
        items = Words(later("About whom?"), 30.0), Row(tuple(card(face) for face in faces)), Row(buttons)
        return sheet(items, "pool", SLIM) if len(faces) <= FEW else sheet(items, "middle", 1016.0)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        match chosen.key:
            case "Back" | "back":
                return Turn(home, self, Opened(None))
            case "More players":
                return Turn(home, Whom(after(self.shown, home)))
        return Turn(home, self, Opened(whose(chosen.key), corner=True))


@dataclass(frozen=True, slots=True)
class Corner:
    """One player, for grown-ups."""

    first: str = "Limits"
    name: str = "corner"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        who = home.opened.face.name
        ways = (_LIMITS, *(() if home.opened.why else (_CHECKUP,)), _BACK)
        items: tuple[Item, ...] = (
            Words(Said("About {name}", name=who), 30.0),
            *(Words(line, 20.0) for line in _facts(home.opened)),
            Words(
                Said('At the prompt: heron report "{name}" for a report, heron player --help for health.', name=who),
                18.0,
                "text_soft",
            ),
            Row(tuple(Button(way, 22.0, least=148.0) for way in ways)),
        )
        return sheet(items, "pool", SLIM)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        match chosen.key:
            case "Limits":
                return Turn(home, Allowed(self, home.opened.limits))
            case "Check-up":
                return Turn(home, self, Sits(home.opened.face.name, checkup=True))
        return Turn(home, self, Opened(None))


def _facts(player: Inhabitant) -> list[str]:
    most, walked = player.dose, player.walked
    may = Said(
        "At most {sitting} minutes a sitting, {day} minutes a day, on {days} days of seven.",
        sitting=round(most.sitting_s / 60),
        day=round(most.day_s / 60),
        days=most.days,
    )
    minutes = round(sum(seconds for _, seconds, _ in walked) / 60)
    games = ", ".join(dict.fromkeys(say(title) for title, _, _ in walked))
    today = (
        Said("Today: {minutes} minutes of play ({games}).", minutes=minutes, games=games)
        if walked
        else later("Nothing was played today.")
    )
    return [may, today, *([player.why] if player.why else [])]


_BY_AGE = ("usual", later("Usual for the age"))
_BEDTIMES = (_BY_AGE, *((f"{hour}:{minute:02}",) * 2 for hour in range(18, 24) for minute in (0, 30)))
_SITTINGS = (_BY_AGE, *((str(minutes), Said("{n} min", n=minutes)) for minutes in (5, 10, 15, 20, 25)))
_IN_A_DAY = (_BY_AGE, *((str(minutes), Said("{n} min", n=minutes)) for minutes in (5, 10, 15, 20, 30, 40, 50)))
_DAYS = (_BY_AGE, *((str(days),) * 2 for days in range(1, 5)))


@dataclass(frozen=True, slots=True)
class Allowed:
    """What grown-ups allow: it can be less than is usual for the age, never more."""

    behind: Corner
    limits: Limits
    first: str = ""
    name: str = "limits"

    def sheet(self, _home: Home, _focus: int) -> Sheet:
        rows = tuple(Row((choice,)) for choice in _rows(self.limits))
        return sheet(
            (
                Words(later("Limits"), 30.0),
                Words(later("They can make play shorter, never longer than is good at this age."), 20.0, "text_soft"),
                *rows,
                Row((Button("Keep", 24.0, least=200.0), Button(_BACK, 22.0, least=160.0))),
            ),
            "pool",
            SLIM,
        )

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        match chosen.key:
            case "Keep":
                return Turn(home, self, Limited(home.opened.face.name, self.limits))
            case "Back" | "back":
                return Turn(home, self.behind)
        return Turn(home, replace(self, limits=_changed(self.limits, chosen.key, str(chosen.value))))


def _rows(now: Limits) -> tuple[Options, ...]:
    bed = "usual" if now.bedtime is None else f"{now.bedtime.hour}:{now.bedtime.minute:02}"
    return (
        Options("Bedtime", bed, _with(_BEDTIMES, bed)),
        _minutes(later("In one sitting"), now.sitting_s, _SITTINGS),
        _minutes(later("In a day"), now.day_s, _IN_A_DAY),
        Options(
            "Days of seven", "usual" if now.days is None else str(now.days), _with(_DAYS, str(now.days or "usual"))
        ),
    )


def _minutes(words: str, now_s: float | None, options: tuple[tuple[str, str], ...]) -> Options:
    value = "usual" if now_s is None else f"{now_s / 60:g}"
    return Options(words, value, _with(options, value))


def _with(options: tuple[tuple[str, str], ...], value: str) -> tuple[tuple[str, str], ...]:
    """What stands there now may have been set elsewhere, as the prompt does."""
    return options if value in dict(options) else (*options, (value, value))


def _changed(now: Limits, key: str, value: str) -> Limits:
    usual = value == "usual"
    match key:
        case "Bedtime":
            hour, _, minute = value.partition(":")
            return replace(now, bedtime=None if usual else time(int(hour), int(minute)))
        case "In one sitting":
            return replace(now, sitting_s=None if usual else 60 * float(value))
        case "In a day":
            return replace(now, day_s=None if usual else 60 * float(value))
    return replace(now, days=None if usual else int(value))
