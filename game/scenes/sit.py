"""A sitting, from the fit check to its end, and the pause that may come between."""

from dataclasses import dataclass, replace

from engine import session
from engine.dots import GONE
from engine.events import Event, Overridden
from engine.ports import NO_DEVICES, TICK_S, Asked, Devices, Inputs
from engine.session import PLAYED, Sitting
from game.draw import DrawList
from game.manner import current
from game.scenes import calm, firefly, fit, light, play, results, unwell
from game.scenes.fit import Heard
from game.scenes.marsh import Marsh, next_tick, turned, world
from game.scenes.places import Mood, mood_of
from game.scenes.results import Results
from game.scenes.scene import Quit, Show, Step, crossfade, topmost
from game.widgets.choices import Button
from game.widgets.menu import Menu
from game.widgets.sheet import Gap, Row, Sheet, Words, sheet
from game.words import later

LOST_TICKS = 600
"""A headset that is gone for ten seconds in play pauses it, once: somebody will want to see to it."""
READY_TICKS = 60
"""A hand that is still striking when the warm-up ends skips nothing."""


@dataclass(frozen=True, slots=True)
class Sit:
    """One stage of the sitting after the other, over the same marsh.

    since, before: ticks since this stage's words began to come, and the words they replace
    gone:   ticks since the headset was there
    looked: ticks that the eyes have rested on the way to the pause
    """

    show: Show
    sitting: Sitting
    marsh: Marsh
    menu: Menu = Menu()  # noqa: RUF009 -- frozen
    heard: Heard = ()
    devices: Devices = NO_DEVICES
    gone: int = 0
    looked: int = 0
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
        menu, chosen = self._asked(inputs)
        if chosen == calm.PAUSE or self._wants_pause(inputs):
            return Pause(self._voided(), self.marsh, before=self._page()), ()
        if self.gone == LOST_TICKS and self.sitting.stage in PLAYED:
            return Pause(replace(self._voided(), gone=self.gone + 1), self.marsh, before=self._page(), lost=True), ()
        sitting, events = session.step(self.show.setup, self.sitting, self._meant(inputs, chosen is not None))
        laid = self._words()
        marsh = next_tick(self.marsh, sitting, inputs.devices, laid and laid.box)
        marsh = turned(marsh, _mood(self.show, sitting))
        if sitting.stage == "done":
            return results.after(self.show, sitting, marsh, self._page()), events
        heard = fit.heard(self.heard, inputs.attention, sitting.tick)
        gone = self.gone + 1 if self.show.headset and inputs.devices.headset in GONE else 0
        known = replace(self, heard=heard, devices=inputs.devices, gone=gone, looked=self._rested(inputs))
        after = replace(known, sitting=sitting, marsh=marsh, menu=menu, since=self.since + 1)
        if sitting.stage != self.sitting.stage:
            after = replace(after, menu=Menu(), since=0, before=self._page())
        return after, events

    def draw(self) -> DrawList:
        marsh = world(self.marsh, self.sitting, self.show.setup.seed)
        return (*marsh, *crossfade(self.before, self._page(), self.since), *topmost(self.show))

    def _asked(self, inputs: Inputs) -> tuple[Menu, str | None]:
        """The menu, and what was chosen, with which the stage may end."""
        laid = self._sheet()
        asks = self.sitting.stage == "fit" or calm.can_continue(self.show, self.sitting)
        if laid is not None and asks and "pause" not in inputs.pressed:
            menu, told = self.menu.update(inputs, laid.choices)
            return menu, told.key if told else None
        is_ready = self.sitting.stage == "ready" and self.sitting.stage_tick >= READY_TICKS
        return self.menu, "confirm" if is_ready and "confirm" in inputs.pressed else None

    def _wants_pause(self, inputs: Inputs) -> bool:
        is_there, dwell_s = self.sitting.stage not in ("fit", "light"), current().dwell_s
        touched = is_there and inputs.clicked and play.pause_box().holds(inputs.pointer)
        looked = dwell_s is not None and self.looked * TICK_S >= dwell_s
        return touched or looked or "pause" in inputs.pressed or "back" in inputs.pressed

    def _rested(self, inputs: Inputs) -> int:
        """A blink takes nothing of it; a dot of the gaze check that lies near it is no wish to pause."""
        if current().dwell_s is None or self.sitting.stage in ("fit", "light", "gaze"):
            return 0
        if inputs.gaze is None:
            return self.looked
        return self.looked + 1 if play.pause_box().holds(inputs.gaze) else 0

    def _meant(self, inputs: Inputs, confirmed: bool) -> Inputs:
        """What the rules are told: presses in play as they are, elsewhere only that the player goes on."""
        if self.sitting.stage in PLAYED:
            return inputs
        return replace(inputs, pressed=("confirm",) if confirmed else (), clicked=False)

    def _sheet(self) -> Sheet | None:
        """Of the stages on which something can be chosen."""
        match self.sitting.stage:
            case "fit":
                return fit.page(self.show, self.devices, self.heard, self.sitting.tick)
            case "break":
                return calm.between(self.show, self.sitting)
        return None

    def _words(self) -> Sheet | None:
        """What the heron makes room for: in play it stays where it is."""
        match self.sitting.stage:
            case "gaze":
                dots = self.sitting.dots
                return firefly.words(dots, self.devices) if dots else None
            case "rest" | "closed":
                return calm.asked(self.show, self.sitting)
            case "ready":
                return calm.reminded(self.show, self.sitting)
        return self._sheet()

    def _page(self) -> DrawList:
        laid, pause = self._sheet(), play.pause_button(self.looked)
        match self.sitting.stage:
            case "gaze":
                return (*firefly.page(self.sitting, self.devices), *pause)
            case "light":
                return light.page(self.sitting)
            case "rest" | "closed":
                return (*calm.rest(self.show, self.sitting), *pause)
            case "ready":
                return (*calm.ready(self.show, self.sitting), *pause)
        if laid is None:
            return play.page(self.show, self.sitting, self.marsh, self.devices, self.looked)
        if self.sitting.stage == "fit":
            return (*laid.ops, *self.menu.draw(laid.choices))
        choices = self.menu.draw(laid.choices) if calm.can_continue(self.show, self.sitting) else ()
        return (*calm.ring(self.sitting), *laid.ops, *choices, *pause)

    def _voided(self) -> "Sit":
        return replace(self, sitting=session.voided(self.sitting), looked=0)


def _mood(show: Show, now: Sitting) -> Mood:
    """Where and when the game is that is played, or else the one that comes next."""
    block = now.block if now.stage == "block" else now.block + 1
    return mood_of(show.setup.part(min(block, now.blocks)).level)


_LOST = later("Switch it on and see that it sits well, or play on without it: all you did is kept.")
_WAITS = later("The marsh waits for you. If you leave, all you did is kept.")
_ON, _LEAVE, _UNWELL = later("Continue"), later("Leave"), later("I don't feel well")


@dataclass(frozen=True, slots=True)
class Pause:
    """The sitting stands still; the marsh goes on breathing. lost: for want of the headset"""

    of: Sit
    marsh: Marsh
    menu: Menu = Menu()  # noqa: RUF009 -- frozen
    since: int = 0
    before: DrawList = ()
    lost: bool = False
    name: str = "pause"

    @property
    def show(self) -> Show:
        return self.of.show

    @property
    def sitting(self) -> Sitting:
        return self.of.sitting

    def update(self, inputs: Inputs) -> Step:
        laid = self._sheet()
        menu, told = self.menu.update(inputs, laid.choices)
        key = told.key if told else None
        now = replace(self, marsh=next_tick(self.marsh, words=laid.box), menu=menu, since=self.since + 1)
        if inputs.asked:
            ends = inputs.asked.what == "end"
            return now._left() if ends else now, _answered(inputs.asked, applied=ends)
        if key == _LEAVE:
            return now._left(), ()
        if key == _UNWELL:
            return now._unwell(), ()
        if key == _ON or (key is None and ("pause" in inputs.pressed or "back" in inputs.pressed)):
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
        laid = self._sheet()
        return (*laid.ops, *self.menu.draw(laid.choices))

    def _sheet(self) -> Sheet:
        return sheet(
            [
                Words(later("The headset sleeps") if self.lost else later("Paused"), 34),
                Words(_LOST if self.lost else _WAITS, 21),
                Gap(10),
                Row((Button(_ON, 26, least=290), Button(_LEAVE, 26))),
                Row((Button(_UNWELL, 22, least=290),)),
            ]
        )


def _answered(asked: Asked, applied: bool) -> tuple[Event, ...]:
    return (Overridden(asked.number, asked.what, asked.reason, applied),)


def _ended(of: Sit, marsh: Marsh, before: DrawList) -> Results | Quit:
    """Before the first block there is nothing to show."""
    if of.sitting.block == 0:
        return Quit("left")
    return results.after(of.show, of.sitting, marsh, before, "left")
