"""The settings: how Heron looks, sounds and is handled; every change shows at once, and is kept on leaving."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from engine.said import Said
from game.manner import LARGEST_TEXT, SMALLEST_TEXT, USUAL, Effects, Hand, Language, Manner, Palette, Volumes
from game.scenes.home.keys import Keys
from game.scenes.home.room import Turn
from game.scenes.home.told import Home, Kept
from game.widgets.choices import Adjustable, Button, Options, Slider, Switch, Value
from game.widgets.menu import Chosen
from game.widgets.sheet import SLIM, Item, Row, Sheet, Words, sheet
from game.words import later

SHORTEST_S, LONGER = 0.5, 1.25
"""The shortest time of one switch and of a look, and by how much each step is longer. There is no longest."""

_OFF = "off"
_USUAL, _UNDO, _BACK = later("As usual"), later("Undo"), later("Back")
_TIMED_OFF = later("Off")


class Setting(NamedTuple):
    """shown: the row; taken: the manner once the row stands at a value"""

    shown: Callable[[Manner], Adjustable]
    taken: Callable[[Manner, Value], Manner]


def _slider(words: str, now: Callable[[Manner], float], low: float, high: float) -> Callable[[Manner], Adjustable]:
    return lambda manner: Slider(words, round(100 * now(manner)), low, high)


def _share(value: Value) -> float:
    return float(cast(float, value)) / 100


_LANGUAGES = (("en", "English"), ("zh_CN", "中文"))
_PALETTES = (("dawn", later("Dawn")), ("night", later("Moonlight")), ("contrast", later("High contrast")))
_EFFECTS = (
    ("auto", later("What runs smoothly")),
    ("high", later("Much")),
    ("low", later("A little")),
    ("off", later("None")),
)
_HANDS = (("right", later("Right")), ("left", later("Left")))

SEE = (
    Setting(
        _slider(later("Size of words"), lambda m: m.text, 100 * SMALLEST_TEXT, 100 * LARGEST_TEXT),
        lambda m, v: replace(m, text=_share(v)),
    ),
    Setting(lambda m: Options("Colours", m.palette, _PALETTES), lambda m, v: replace(m, palette=cast(Palette, v))),
    Setting(lambda m: Options("Glitter", m.effects, _EFFECTS), lambda m, v: replace(m, effects=cast(Effects, v))),
    Setting(lambda m: Switch("Keep the picture still", m.still), lambda m, v: replace(m, still=bool(v))),
)
_BUSES = (("music", later("Music")), ("effects", later("Sounds")), ("voice", later("Voice")))

HEAR = (
    *(
        Setting(
            _slider(words, lambda m, bus=bus: getattr(m.volumes, bus), 0, 100),  # type: ignore[misc]
            lambda m, v, bus=bus: replace(m, volumes=_louder(m.volumes, bus, _share(v))),  # type: ignore[misc]
        )
        for bus, words in _BUSES
    ),
    Setting(
        lambda m: Switch("Write every sound at the bottom", m.captions), lambda m, v: replace(m, captions=bool(v))
    ),
    Setting(lambda m: Switch("Say aloud what to do", m.voice), lambda m, v: replace(m, voice=bool(v))),
)
HANDLE = (
    Setting(lambda m: Options("Hand", m.hand, _HANDS), lambda m, v: replace(m, hand=cast(Hand, v))),
    Setting(lambda m: _timed(later("One switch"), m.scan_s), lambda m, v: replace(m, scan_s=_seconds(v))),
    Setting(lambda m: _timed(later("Look to choose"), m.dwell_s), lambda m, v: replace(m, dwell_s=_seconds(v))),
)
TONGUE = Setting(
    lambda m: Options("Language", m.language, _LANGUAGES if m.language != "qps" else (*_LANGUAGES, ("qps", "qps"))),
    lambda m, v: replace(m, language=cast(Language, v)),
)


def _louder(volumes: Volumes, bus: str, share: float) -> Volumes:
    return replace(volumes, **{bus: share})


def _seconds(value: Value) -> float | None:
    return None if value == _OFF else float(str(value))


def _timed(words: str, now_s: float | None) -> Options:
    """Off, or a time: each step is longer than the one before, and there is always a longer one."""
    steps = [SHORTEST_S]
    while steps[-1] <= (now_s or 0.0) or len(steps) < 4:
        steps.append(round(steps[-1] * LONGER, 1))
    listed = sorted({*steps, *([] if now_s is None else [now_s])})
    named = ((f"{step:g}", Said("{n} s", n=f"{step:g}")) for step in listed)
    return Options(words, _OFF if now_s is None else f"{now_s:g}", ((_OFF, _TIMED_OFF), *named))


@dataclass(frozen=True, slots=True)
class Settings:
    """The first page, which leads to the others; `first` is what the player comes back from."""

    first: str = "See"
    name: str = "settings"

    def sheet(self, home: Home, _focus: int) -> Sheet:
        ways = tuple(Button(name, 22.0, picture, least=148.0) for name, picture in _PICTURES.items())
        items: tuple[Item, ...] = (
            Words(later("Settings"), 30.0),
            Words(later("What you change shows at once, and is kept."), 20.0, "text_soft"),
            Row(ways, even=True),
            Row((TONGUE.shown(home.manner),)),
            Row((Button(_BACK, 22.0, least=200.0),)),
        )
        return sheet(items, "pool", SLIM)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        if chosen.key in ROWS:
            return Turn(home, Rows(chosen.key))
        if chosen.key == "Language":
            return Turn(replace(home, manner=TONGUE.taken(home.manner, chosen.value)), self)
        return Turn(home, self, Kept(home.player.face.name if home.player else None, home.manner))


ROWS: dict[str, tuple[Setting, ...]] = {"See": SEE, "Hear": HEAR, "Hands": HANDLE}
_PICTURES = {later("See"): "icon_eye", later("Hear"): "icon_speaker", later("Hands"): "icon_hand"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Up to five settings. was: the manner before the last change, for who takes it back"""

    name: str
    was: Manner | None = None
    first: str = ""

    def sheet(self, home: Home, _focus: int) -> Sheet:
        rows = tuple(Row((setting.shown(home.manner),)) for setting in ROWS[self.name])
        ways = [_USUAL, *([_UNDO] if self.was else []), _BACK]
        keys = (Row((Button("Keys", 22.0, "icon_keyboard"),)),) if self.name == "Hands" else ()
        buttons = Row(tuple(Button(way, 22.0, least=150.0) for way in ways))
        return sheet((Words(self.name, 30.0), *rows, *keys, buttons), "pool", SLIM)

    def answer(self, home: Home, chosen: Chosen) -> Turn:
        if chosen.key == "Keys":
            return Turn(home, Keys(replace(self, first="Keys")))
        if chosen.key in (_BACK, "back"):
            return Turn(home, Settings(self.name))
        if chosen.key == _UNDO and self.was:
            return Turn(replace(home, manner=self.was), replace(self, was=home.manner))
        manner = home.manner
        for setting in ROWS[self.name]:
            if chosen.key == _USUAL:
                manner = setting.taken(manner, setting.shown(USUAL).value)
            elif setting.shown(manner).key == chosen.key:
                manner = setting.taken(manner, chosen.value)
        return Turn(replace(home, manner=manner), self if manner == home.manner else replace(self, was=home.manner))
