"""A sitting, from the fit check to its end, and the pause that may come between."""

from dataclasses import dataclass, replace

from engine import session
from engine.dots import GONE
from engine.events import Event, Overridden, Stage
from engine.level import Place
from engine.ports import NO_DEVICES, Asked, Devices, Inputs
from engine.session import PLAYED, Sitting
from game.draw import DrawList, Text
from game.scenes import calm, firefly, fit, light, play, results, unwell
from game.scenes.fit import Heard
from game.scenes.marsh import Marsh, next_tick, turned, world
from game.scenes.results import Results
from game.scenes.scene import Quit, Show, Step, card, crossfade, topmost
from game.widgets import Button, Menu, colour, paragraph

LOST_TICKS = 600
"""A headset that is gone for ten seconds in play pauses it, once: somebody will want to see to it."""
READY_TICKS = 60
"""A hand that is still striking when the warm-up ends skips nothing."""

_MENUS: dict[Stage, Menu] = {"break": calm.BREAK_MENU}


@dataclass(frozen=True, slots=True)
class Sit:
    """One stage of the sitting after the other, over the same marsh.

    since, before: ticks since this stage's words began to come, and the words they replace
    gone: ticks since the headset was there
    """

    show: Show
    sitting: Sitting
    marsh: Marsh
    menu: Menu
    heard: Heard = ()
    devices: Devices = NO_DEVICES
    gone: int = 0
    since: int = 0
    before: DrawList = ()

    @property
    def name(self) -> str:
        return "play" if self.sitting.stage == "block" else self.sitting.stage

    def update(self, inputs: Inputs) -> Step:
        if inputs.asked and inputs.asked.what == "end":
            return _ended(self._voided(), self.marsh, self._page()), _answered(inputs.asked, applied=True)
        if inputs.asked and inputs.asked.what == "pause":
            return Pause(self._voided(), self.marsh, before=self._page()), _answered(inputs.asked, applied=True)
        if _wants_pause(inputs):
            return Pause(self._voided(), self.marsh, before=self._page()), ()
        if self.gone == LOST_TICKS and self.sitting.stage in PLAYED:
            return Pause(replace(self._voided(), gone=self.gone + 1), self.marsh, before=self._page(), lost=True), ()
        menu, confirmed = self._asked(inputs)
        sitting, events = session.step(self.show.setup, self.sitting, self._meant(inputs, confirmed))
        marsh = turned(next_tick(self.marsh, sitting, inputs.devices), _place(self.show, sitting))
        if sitting.stage == "done":
            return results.after(self.show, sitting, marsh, self._page()), events
        heard = fit.heard(self.heard, inputs.attention, sitting.tick)
        gone = self.gone + 1 if self.show.headset and inputs.devices.headset in GONE else 0
        known = replace(self, heard=heard, devices=inputs.devices, gone=gone)
        after = replace(known, sitting=sitting, marsh=marsh, menu=menu, since=self.since + 1)
        if sitting.stage != self.sitting.stage:
            after = replace(after, menu=_MENUS.get(sitting.stage, Menu()), since=0, before=self._page())
        return after, events

    def draw(self) -> DrawList:
        marsh = world(self.marsh, self.sitting, self.show.setup.seed)
        return (*marsh, *crossfade(self.before, self._page(), self.since), *topmost(self.show))

    def _asked(self, inputs: Inputs) -> tuple[Menu, bool]:
        """The menu, and whether the stage may end now."""
        match self.sitting.stage:
            case "fit":
                menu, chosen = self.menu.update(inputs)
                return menu, chosen is not None
            case "break" if calm.can_continue(self.show, self.sitting):
                menu, chosen = self.menu.update(inputs)
                return menu, chosen is not None
            case "ready":
                return self.menu, "confirm" in inputs.pressed and self.sitting.stage_tick >= READY_TICKS
        return self.menu, False

    def _meant(self, inputs: Inputs, confirmed: bool) -> Inputs:
        """What the rules are told: presses in play as they are, elsewhere only that the player goes on."""
        if self.sitting.stage in PLAYED:
            return inputs
        return replace(inputs, pressed=("confirm",) if confirmed else (), clicked=False)

    def _page(self) -> DrawList:
        match self.sitting.stage:
            case "fit":
                return fit.page(self.show, self.devices, self.heard, self.sitting.tick, self.menu)
            case "gaze":
                return (*firefly.page(self.show, self.sitting, self.devices), *play.pause_button())
            case "light":
                return light.page(self.show, self.sitting)
            case "rest" | "closed":
                return (*calm.rest(self.show, self.sitting), *play.pause_button())
            case "ready":
                return (*calm.ready(self.show, self.sitting), *play.pause_button())
            case "break":
                return (*calm.pause_between(self.show, self.sitting, self.menu), *play.pause_button())
        return play.page(self.show, self.sitting, self.marsh, self.devices)

    def _voided(self) -> "Sit":
        return replace(self, sitting=session.voided(self.sitting))


def _place(show: Show, now: Sitting) -> Place:
    """Where the game is that is played, or else the one that comes next."""
    block = now.block if now.stage == "block" else now.block + 1
    return show.setup.part(min(block, now.blocks)).level.place


def _wants_pause(inputs: Inputs) -> bool:
    touched = inputs.clicked and play.PAUSE.holds(inputs.pointer)
    return touched or "pause" in inputs.pressed or "back" in inputs.pressed


_LOST = ("Switch it on and see that it sits well,", "or play on without it: all you did is kept.")
_UNWELL = "I don't feel well"
_PAUSE_MENU = Menu(
    (Button("Continue", 728, 574, 300), Button("Leave", 1008, 574, 200), Button(_UNWELL, 843, 648, 300, 52, 22))
)


@dataclass(frozen=True, slots=True)
class Pause:
    """The sitting stands still; the marsh goes on breathing. lost: for want of the headset"""

    of: Sit
    marsh: Marsh
    menu: Menu = _PAUSE_MENU
    since: int = 0
    before: DrawList = ()
    lost: bool = False
    name: str = "pause"

    @property
    def sitting(self) -> Sitting:
        return self.of.sitting

    def update(self, inputs: Inputs) -> Step:
        menu, chosen = self.menu.update(inputs)
        now = replace(self, marsh=next_tick(self.marsh), menu=menu, since=self.since + 1)
        if inputs.asked:
            ends = inputs.asked.what == "end"
            return now._left() if ends else now, _answered(inputs.asked, applied=ends)
        if chosen == "Leave":
            return now._left(), ()
        if chosen == _UNWELL:
            return now._unwell(), ()
        if chosen == "Continue" or "pause" in inputs.pressed or "back" in inputs.pressed:
            return replace(now.of, marsh=now.marsh, since=0, before=now._page()), ()
        return now, ()

    def draw(self) -> DrawList:
        show = self.of.show
        marsh = world(self.marsh, self.sitting, show.setup.seed)
        return (*marsh, *crossfade(self.before, self._page(), self.since), *topmost(show))

    def _left(self) -> Results | Quit:
        return _ended(self.of, self.marsh, self._page())

    def _unwell(self) -> unwell.Unwell:
        return unwell.ask(
            self.of.show,
            self.sitting,
            self.marsh,
            self._page(),
            stay=lambda marsh, before: Pause(self.of, marsh, before=before),
            leave=lambda marsh, before: _ended(self.of, marsh, before),
        )

    def _page(self) -> DrawList:
        size = self.of.show.text_size
        title = "The headset sleeps" if self.lost else "Paused"
        said = _LOST if self.lost else ("The marsh waits for you.", "If you leave, all you did is kept.")
        return (
            *card(),
            Text(title, 578, 432, 34 * size, colour("text"), 1.0, "left"),
            *paragraph(list(said), 578, 480, 21 * size),
            *self.menu.draw(),
        )


def _answered(asked: Asked, applied: bool) -> tuple[Event, ...]:
    return (Overridden(asked.number, asked.what, asked.reason, applied),)


def _ended(of: Sit, marsh: Marsh, before: DrawList) -> Results | Quit:
    """Before the first block there is nothing to show."""
    if of.sitting.block == 0:
        return Quit("left")
    return results.after(of.show, of.sitting, marsh, before, "left")
