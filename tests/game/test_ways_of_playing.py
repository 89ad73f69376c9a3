"""Four people, each with one way to press: from the first screen to the last, through the running game."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pygame

from engine.level import LEVELS
from engine.ports import Action
from engine.session import PLAYED, Part, Setup, sight
from engine.store.rows import TrialRow
from engine.tasks.strike import Strike
from game.draw import DrawList, Rect, Text, flatten
from game.loop import Loop
from game.manner import Manner, worn
from game.pads import Pads
from game.recorder import Recorder
from game.running import Around, Running, VirtualClock
from game.scenes.scene import Scene, Show
from game.scenes.start import begin
from game.widgets.paint import colour
from game.windows import WindowInputs
from game.windows.window import usual
from neuro.listener import Listener
from neuro.sources.twin import TwinEyes, open_eyes
from tests.game.test_running import Notes, ScriptedWindow

CALM_TICKS = 30
"""Between two presses of a hand that takes its time."""
MOST_TICKS = 240 * 60
HELD_TICKS = 200
"""A hand takes its time to let go: a pause comes after 90, and a second one would after 90 more."""

WANTED = {
    "questions": "No",
    "start": "Play",
    "fit": "Continue",
    "break": "Continue",
    "pause": "Continue",
    "results": "Go on",
    "checkin": "Skip all",
    "garden": "Another time",
}

Does = Callable[[Scene, DrawList, int], WindowInputs]
NOTHING = WindowInputs()


class Plate(NamedTuple):
    """Something to choose, as it is seen."""

    x: float
    y: float
    focused: bool


def show(level: str, manner: Manner, has_gaze: bool = False) -> Show:
    """Two short blocks with a break between them, and every page that may come before and after."""
    parts = tuple(Part(LEVELS.find(level), 6.0) for _ in range(2))
    setup = Setup(parts, seed=1, warmup_s=6.0, break_s=8.0, has_headset=False, has_gaze=has_gaze)
    return Show(setup, "Ada", manner=manner, asks=True, checks_in=True, offers=("iris", "otter"))


def choices(picture: DrawList) -> dict[str, Plate]:
    """What can be chosen, by the words on it; a picture without words by its place."""
    ops = [op for op in flatten(picture) if isinstance(op, Rect | Text) and op.alpha > 0.5]
    found = {}
    for p in ops:
        if isinstance(p, Rect) and p.height > 20 and p.colour in (colour("panel_soft"), colour("accent")):
            on = [op.words for op in ops if isinstance(op, Text) and _is_on(op, p)]
            words = " ".join(on) or f"{p.x:.0f}"
            found[words] = Plate(p.x + p.width / 2, p.y + p.height / 2, p.colour == colour("accent"))
    return found


def _is_on(op: Text, p: Rect) -> bool:
    return p.x <= op.x <= p.x + p.width and p.y <= op.y <= p.y + p.height


def fish_is_there(scene: Scene) -> bool:
    game = scene.sitting.game if scene.sitting else None
    return isinstance(game, Strike) and game.kind == "fish" and game.phase == "reach" and game.x * 1280 <= 690


def way(start: Plate, end: Plate) -> Action:
    dx, dy = end.x - start.x, end.y - start.y
    if abs(dx) > abs(dy):
        return "right" if dx > 0 else "left"
    return "down" if dy > 0 else "up"


class Hand:
    """Goes to what it wants, arrow by arrow, and presses; in play it strikes at fish."""

    def __init__(self, press: Callable[[Action], WindowInputs]) -> None:
        self._press = press
        self._last = 0

    def __call__(self, scene: Scene, picture: DrawList, tick: int) -> WindowInputs:
        if tick - self._last < CALM_TICKS:
            return NOTHING
        action = self._wishes(scene, picture)
        if action is None:
            return NOTHING
        self._last = tick
        return self._press(action)

    def _wishes(self, scene: Scene, picture: DrawList) -> Action | None:
        if fish_is_there(scene):
            return "strike"
        seen = choices(picture)
        wanted, here = seen.get(WANTED.get(scene.name, "")), next((p for p in seen.values() if p.focused), None)
        if wanted is None or here is None:
            return None
        return "confirm" if wanted.focused else way(here, wanted)


def on_keys(action: Action) -> WindowInputs:
    key = "space" if action in ("strike", "confirm") else action
    return WindowInputs(usual((key,)), keys=(key,))


def on_a_pad(action: Action) -> WindowInputs:
    buttons = {"strike": 0, "confirm": 0, "up": 11, "down": 12, "left": 13, "right": 14}
    pygame.event.post(pygame.event.Event(pygame.JOYBUTTONDOWN, button=buttons[action], instance_id=0))
    return NOTHING


class OneSwitch:
    """Waits until what it wants is lit; in its first break it wants to pause."""

    def __init__(self) -> None:
        self._last = 0
        self.paused = False

    def __call__(self, scene: Scene, picture: DrawList, tick: int) -> WindowInputs:
        self.paused = self.paused or scene.name == "pause"
        wanted = "Pause" if scene.name == "break" and not self.paused else WANTED.get(scene.name, "")
        plate = choices(picture).get(wanted)
        lit = plate is not None and plate.focused
        if tick - self._last < CALM_TICKS or not (lit or fish_is_there(scene)):
            return NOTHING
        self._last = tick
        return WindowInputs(usual(("space",)), keys=("space",))


class Holds(OneSwitch):
    """In its first game it keeps the switch down until that pauses, and a while longer."""

    def __init__(self) -> None:
        super().__init__()
        self._down_tick: int | None = None

    def __call__(self, scene: Scene, picture: DrawList, tick: int) -> WindowInputs:
        if self._down_tick is None and scene.name == "play":
            self._down_tick = tick
        if self._down_tick is None or tick - self._down_tick > HELD_TICKS:
            return super().__call__(scene, picture, tick)
        self.paused = True
        return WindowInputs(usual(("space",)) if tick == self._down_tick else (), held=True)


class Looks:
    """Nothing but eyes: they rest on what is wanted, and in play on what there is to see."""

    def __init__(self, eyes: TwinEyes) -> None:
        self._eyes = eyes

    def __call__(self, scene: Scene, picture: DrawList, tick: int) -> WindowInputs:  # noqa: ARG002 -- eyes know no ticks
        plate = choices(picture).get(WANTED.get(scene.name, ""))
        if scene.sitting is not None and scene.sitting.stage in PLAYED and scene.name != "pause":
            self._eyes.look_at(*(sight(scene.sitting) or (0.5, 0.5)))
        elif plate is not None:
            self._eyes.look_at(plate.x / 1280, plate.y / 720)
        else:
            self._eyes.look_at(0.1, 0.1)
        return NOTHING


class Sat(NamedTuple):
    """What came of it: the screens in their order, how it ended, and the trials that counted."""

    screens: list[str]
    ending: str
    trials: list[TrialRow]


def sits(shown: Show, does: Does, clock: VirtualClock, eyes: TwinEyes | None = None, pads: Pads | None = None) -> Sat:
    loop, notes = Loop(begin(shown)), Notes()
    screens: list[str] = []

    def script() -> Iterator[WindowInputs]:
        for tick in range(MOST_TICKS):
            if loop.scene is None:
                return
            screens.append(loop.scene.name)
            with worn(shown.manner):
                seen = does(loop.scene, loop.picture, tick)
            yield seen

    around = Around(Listener(None, eyes, None), ScriptedWindow(script()), clock, pads=pads)
    running = Running(loop, Recorder(notes, None, "twin" if eyes else None), around)
    running.run(lambda _worked_s: None)
    counted = [row for row in notes.rows if isinstance(row, TrialRow) and row.valid and not row.practice]
    assert loop.scene is None, f"stayed at {screens[-1]}"
    return Sat(list(dict.fromkeys(screens)), running.ending, counted)


def test_what_cannot_be_saved_is_said_on_the_picture_for_as_long_as_it_lasts() -> None:
    loop, disk = (
        Loop(begin(show("strike-01", Manner()))),
        iter([*[None] * 5, *["The disk is full."] * 5, *[None] * 5]),
    )
    window = ScriptedWindow([NOTHING] * 15)
    around = Around(Listener(None, None, None), window, VirtualClock(), trouble=lambda: next(disk))
    Running(loop, Recorder(Notes(), None, None), around).run(lambda _worked_s: None)
    told = [any(isinstance(op, Text) and "cannot save" in op.words for op in flatten(ops)) for ops in window.pictures]
    assert told == [*[False] * 5, *[True] * 5, *[False] * 5]


WAY = ["questions", "start", "fit", "warmup", "ready", "play", "break", "results", "checkin", "garden"]


def test_with_a_keyboard_alone() -> None:
    sat = sits(show("strike-01", Manner()), Hand(on_keys), VirtualClock())
    assert (sat.screens, sat.ending) == (WAY, "done")
    assert {trial.outcome for trial in sat.trials} & {"hit", "held"}


def test_with_a_pad_alone() -> None:
    pads = Pads()
    try:
        sat = sits(show("strike-01", Manner()), Hand(on_a_pad), VirtualClock(), pads=pads)
    finally:
        pads.close()
    assert (sat.screens, sat.ending) == (WAY, "done")
    assert {trial.outcome for trial in sat.trials} & {"hit", "held"}


def test_with_one_switch_alone() -> None:
    person = OneSwitch()
    sat = sits(show("strike-01", Manner(scan_s=0.6)), person, VirtualClock())
    assert ([screen for screen in sat.screens if screen != "pause"], sat.ending) == (WAY, "done")
    assert person.paused
    assert {trial.outcome for trial in sat.trials} & {"hit", "held"}


def test_one_switch_that_is_held_pauses_a_game_once_and_then_chooses_as_ever() -> None:
    person = Holds()
    sat = sits(show("strike-01", Manner(scan_s=0.6)), person, VirtualClock())
    assert (sat.screens, sat.ending) == ([*WAY[:6], "pause", *WAY[6:]], "done")


def test_a_key_that_is_held_pauses_nothing_for_whoever_has_more_than_one() -> None:
    player, hand = Holds(), Hand(on_keys)

    def does(scene: Scene, picture: DrawList, tick: int) -> WindowInputs:
        return (player if scene.name == "play" else hand)(scene, picture, tick)

    sat = sits(show("strike-01", Manner()), does, VirtualClock())
    assert (sat.screens, sat.ending) == (WAY, "done")


def test_with_eyes_alone() -> None:
    clock = VirtualClock()
    with open_eyes("adult", 5, clock) as eyes:
        sat = sits(show("candle-01", Manner(dwell_s=0.8), has_gaze=True), Looks(eyes), clock, eyes)
    assert (sat.screens, sat.ending) == (WAY, "done")
    assert "held" in {trial.outcome for trial in sat.trials}
