"""The devices as a child sees them, without a sitting: what to put on, and whether it is well."""

from dataclasses import dataclass, replace

from engine.ports import NO_DEVICES, Devices, Inputs
from game.draw import DrawList
from game.manner import USUAL, Manner
from game.scenes import fit
from game.scenes.fit import Heard
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.scene import Quit, Step
from game.scenes.wearing import Worn
from game.widgets.choices import Button
from game.widgets.menu import Menu
from game.widgets.sheet import Sheet
from game.words import later


@dataclass(frozen=True, slots=True)
class Looking:
    """heard, devices: as of the last tick"""

    worn: Worn
    marsh: Marsh = Marsh()  # noqa: RUF009 -- frozen
    heard: Heard = ()
    devices: Devices = NO_DEVICES
    menu: Menu = Menu()  # noqa: RUF009 -- frozen
    manner: Manner = USUAL
    name: str = "looking"
    sitting: None = None

    @property
    def show(self) -> "Looking":
        return self

    def update(self, inputs: Inputs) -> Step:
        laid = self._sheet()
        menu, chosen = self.menu.update(inputs, laid.choices)
        if chosen or "back" in inputs.pressed:
            return Quit("left"), ()
        heard = fit.heard(self.heard, inputs.attention, self.marsh.tick)
        marsh = next_tick(self.marsh, words=laid.box)
        return replace(self, marsh=marsh, heard=heard, devices=inputs.devices, menu=menu), ()

    def draw(self) -> DrawList:
        laid = self._sheet()
        return (*world(self.marsh, None, 0), *laid.ops, *self.menu.draw(laid.choices))

    def _sheet(self) -> Sheet:
        leave = Button(later("Leave"), 26, least=300)
        return fit.pictures(self.worn, self.devices, self.heard, self.marsh.tick, leave)
