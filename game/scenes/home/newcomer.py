"""Who are you? A portrait, a name and, for whoever likes to say it, a year of birth."""

from dataclasses import dataclass, replace

from engine.said import Said
from game.scenes.home.room import Turn
from game.scenes.home.settings import Settings
from game.scenes.home.told import Home, Left, Made, Opened
from game.widgets.choices import Button, Card, Entry, Options
from game.widgets.menu import Chosen
from game.widgets.sheet import SLIM, Item, Row, Sheet, Words, sheet
from game.words import later, say

PORTRAITS = tuple(
    f"portrait_{animal}"
    for animal in (
        *("heron", "otter", "kingfisher", "frog", "turtle", "duck"),
        *("fish", "dragonfly", "firefly", "moth", "snail", "lotus"),
    )
)
LONGEST_NAME = 20

NAMES = (
    *(later("Reed"), later("Brook"), later("Robin"), later("Iris")),
    *(later("Sky"), later("Fern"), later("Teal"), later("Wren")),
)
"""For whoever has no keyboard, or wants another name."""
OFFERED = 4

YEARS = 100
"""So far back somebody may be born."""

_UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Portrait:
    """Which picture stands for the newcomer. Where nobody lives yet, this is the first page of all."""

    name: str = "portrait"
    first: str = PORTRAITS[0]

    def sheet(self, home: Home, _focus: int) -> Sheet:
        cards = tuple(Card(each, each, 0.42, 0.0, (110.0, 106.0)) for each in PORTRAITS)
        ways = (later("Back"),) if home.faces else (later("Settings"), later("Leave"))
        return sheet(
            (
                Words(later("Who are you? Choose your picture."), 30.0),
                Row(cards),
                Row(tuple(Button(way, 22.0, least=160.0) for way in ways)),
            ),
            "pool",
            SLIM,
        )

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        if chosen.key == "Settings":
            return Turn(home, Settings())
        if chosen.key in PORTRAITS:
            return Turn(home, Named(chosen.key))
        return Turn(home, self, Opened(None) if home.faces else Left())


@dataclass(frozen=True, slots=True)
class Named:
    """What the newcomer is called. typed: so far; trouble: why it cannot be"""

    picture: str
    typed: str = ""
    trouble: str | None = None
    name: str = "named"
    first: str = "Type your name"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        items: tuple[Item, ...] = (
            Words(later("What are you called?"), 30.0),
            Words(self.trouble or later("Type a name, or take one of these. It need not be your real one."), 21.0),
            Row((Entry("Type your name", self.typed, LONGEST_NAME),)),
            Row(tuple(Button(name, 22.0, least=108.0) for name in _offered(home)), even=True),
            Row((Button("Next", 24.0, least=220.0), Button("Back", 22.0, least=160.0))),
        )
        return sheet(items, "pool", SLIM)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        match chosen.key:
            case "Back" | "back":
                return Turn(home, Portrait(first=self.picture))
            case "Next":
                return self._called(home, self.typed)
            case "Type your name" if chosen.value != self.typed:
                return Turn(home, replace(self, typed=str(chosen.value), trouble=None))
            case "Type your name":
                return self._called(home, self.typed)
        return self._called(home, say(chosen.key))

    def _called(self, home: Home, name: str) -> Turn:
        name = " ".join(name.split())
        if not name:
            return Turn(home, replace(self, trouble=later("There is no name yet: type one, or take one of these.")))
        if name.casefold() in {face.name.casefold() for face in home.faces}:
            return Turn(home, replace(self, trouble=Said("{name} lives here already: take another name.", name=name)))
        return Turn(home, Born(self.picture, name))


def _offered(home: Home) -> tuple[str, ...]:
    """Names of the marsh that nobody here has; later newcomers find others first."""
    taken = {face.name for face in home.faces}
    turn = len(home.faces) % len(NAMES)
    return tuple(name for name in (*NAMES[turn:], *NAMES[:turn]) if say(name) not in taken)[:OFFERED]


@dataclass(frozen=True, slots=True)
class Born:
    """When the newcomer was born: it sets the minutes, and need not be said."""

    picture: str
    called: str
    decade: str = _UNSAID
    year: int = 0
    name: str = "born"
    first: str = "Done"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        newest = home.today.year
        decades = [str(year) for year in range(newest // 10 * 10, newest - YEARS, -10)]
        told = (
            (_UNSAID, later("I would rather not say")),
            *((each, f"{each} – {int(each) + 9}") for each in decades),
        )
        rows: list[Item] = [Row((Options("Years", self.decade, told),))]
        if self.decade != _UNSAID:
            rows.append(Row((Options("Year", str(self.year), _years(int(self.decade), newest)),)))
        return sheet(
            (
                Words(later("When were you born?"), 30.0),
                Words(
                    later("Heron plays as long as is good at your age. Not saying it means: short and gentle."), 21.0
                ),
                *rows,
                Row((Button("Done", 26.0, least=220.0), Button("Back", 22.0, least=160.0))),
            ),
            "pool",
            SLIM,
        )

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        match chosen.key:
            case "Years":
                decade = str(chosen.value)
                return Turn(home, replace(self, decade=decade, year=0 if decade == _UNSAID else int(decade)))
            case "Year":
                return Turn(home, replace(self, year=int(str(chosen.value))))
            case "Done":
                return Turn(home, self, Made(self.called, self.picture, self.year or None))
        return Turn(home, Named(self.picture, self.called))


def _years(decade: int, newest: int) -> tuple[tuple[str, str], ...]:
    """None that is still to come."""
    return tuple((str(year), str(year)) for year in range(decade, min(decade + 10, newest + 1)))
