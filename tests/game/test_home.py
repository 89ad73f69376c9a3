"""From the door to a sitting and back, in one window, through everything that really runs."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from engine.ports import TICK_S, Action
from engine.safety import Screening
from engine.store import Store
from game import replay
from game.draw import DrawList, Text, flatten
from game.flash import ACROSS, DOWN, Pixels
from game.keeping import manner_of
from game.manner import Manner, as_json
from game.windows import WindowInputs
from game.windows.window import Shown, Step
from game.wiring import Outcome, live
from game.wish import Wish

NOTHING = WindowInputs()
PAUSE = 30
"""Ticks from one press to the next."""

Script = Iterable[WindowInputs]


class Seat:
    """A window before which somebody sits, who looks before each press."""

    note: str | None = None

    def __init__(self, does: Callable[["Seat"], Script]) -> None:
        self.picture: DrawList = ()
        self._does = iter(does(self))

    @property
    def words(self) -> str:
        return " ".join(op.words for op in flatten(self.picture) if isinstance(op, Text))

    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:  # noqa: ARG002 -- it knows no pace
        for seen in self._does:
            picture = step(TICK_S, seen)
            if picture is None:
                return
            self.picture = picture
            shown(0.001)

    def glance(self) -> Pixels:
        return np.zeros((DOWN, ACROSS, 3), np.uint8)

    def poll(self) -> WindowInputs:
        return next(self._does)

    def paint(self, ops: DrawList) -> None: ...
    def show(self) -> None: ...
    def close(self) -> None: ...
    def screenshot(self) -> Image.Image:
        raise AssertionError("nobody photographs")

    def save(self, path: Path) -> None:  # noqa: ARG002 -- nothing is saved
        raise AssertionError("nobody photographs")

    def until(self, words: str) -> Iterator[WindowInputs]:
        """Wait for them, ten seconds at most."""
        for _ in range(600):
            yield NOTHING
            if words in self.words:
                yield from [NOTHING] * PAUSE
                return
        raise AssertionError(f"{words!r} never came: {self.words}")

    def look(self, words: str) -> Iterator[WindowInputs]:
        """With eyes that are where the pointer is, which presses nothing."""
        at = next((op.x, op.y) for op in flatten(self.picture) if isinstance(op, Text) and op.words == words)
        yield from [WindowInputs(pointer=at)] * round(1.2 / TICK_S)


def press(*actions: Action) -> Iterator[WindowInputs]:
    for action in actions:
        yield WindowInputs(pressed=(action,))
        yield from [NOTHING] * PAUSE


def at_home(db: Path, name: str | None, does: Callable[[Seat], Script], gaze: str = "none") -> list[Outcome]:
    told: list[Outcome] = []
    wish = Wish(db=db, gaze=gaze, window="memory", hurry=True, play_s=12.0, seed=1)
    live(wish, name, told.append, Seat(does))
    return told


def test_a_newcomer_comes_sits_down_gets_up_and_goes_by_keys_alone(tmp_path: Path) -> None:
    def newcomer(seat: Seat) -> Script:
        yield from seat.until("Who are you?")
        yield from press("confirm")
        yield from seat.until("What are you called?")
        yield WindowInputs(typed="Ada", keys=("a", "d", "a"), pressed=("left", "right"))
        yield from press("confirm")
        yield from seat.until("When were you born?")
        yield from press("confirm")
        yield from seat.until("Hello, Ada!")
        yield from press("confirm")
        yield from seat.until("Before")
        yield WindowInputs(closed=True)

    (outcome,) = at_home(tmp_path / "heron.sqlite", None, newcomer)
    assert (outcome.ending, outcome.closed) == ("left", True)
    with Store.open(tmp_path / "heron.sqlite", read_only=True) as store:
        assert [player.name for player in store.players.all()] == ["Ada"]


def test_who_gets_up_from_a_sitting_is_at_home_again(tmp_path: Path) -> None:
    db = tmp_path / "heron.sqlite"
    with Store.open(db) as store:
        store.wellbeing.screen(store.players.named("Ada").id, Screening("no", "no", "no"))

    def visitor(seat: Seat) -> Script:
        yield from seat.until("Hello, Ada!")
        yield from press("confirm")
        yield from seat.until("Continue")
        yield from press("back", "right", "confirm")
        yield from seat.until("Hello, Ada!")
        yield from press("back", "back")

    (outcome,) = at_home(db, "Ada", visitor)
    assert (outcome.ending, outcome.closed) == ("left", False)
    with Store.open(db, read_only=True) as store:
        verdict = replay.check(store, store.sessions.get(outcome.session))
    assert verdict.identical, verdict.sentence


def test_one_switch_leads_from_the_door_into_a_sitting(tmp_path: Path) -> None:
    db = tmp_path / "heron.sqlite"
    with Store.open(db) as store:
        for name in ("Ada", "Bo"):
            store.players.keep_manner(store.players.named(name).id, as_json(Manner(scan_s=1.5)))
        store.settings.put("manner", as_json(Manner(scan_s=1.5)))
        assert manner_of(store, None).scan_s == 1.5

    def switch(seat: Seat) -> Script:
        yield from seat.until("Heron")
        yield from press("strike")
        yield from seat.until("Hello,")
        yield from press("strike")
        yield from seat.until("Before")
        yield WindowInputs(closed=True)

    (outcome,) = at_home(db, None, switch)
    assert outcome.closed
    assert outcome.last.show.manner == Manner(scan_s=1.5)  # the sitting is as its player wants it


def test_a_look_that_rests_leads_from_the_door_into_a_sitting(tmp_path: Path) -> None:
    db = tmp_path / "heron.sqlite"
    with Store.open(db) as store:
        store.players.keep_manner(store.players.named("Ada").id, as_json(Manner(dwell_s=0.8)))

    def eyes(seat: Seat) -> Script:
        for waits_for, rests_on in (("Heron", "Ada"), ("Hello,", "Play"), ("Before", "Skip")):
            yield from seat.until(waits_for)
            yield from seat.look(rests_on)
        yield from seat.until("migraine")
        yield WindowInputs(closed=True)

    (outcome,) = at_home(db, None, eyes, gaze="mouse")
    assert outcome.last.name == "questions"
