"""The devices as a child sees them, without a sitting: what to put on, and whether it is well."""

from dataclasses import dataclass, replace

from engine.ports import NO_DEVICES, Devices, Inputs
from game.draw import DrawList
from game.scenes import fit
from game.scenes.fit import Heard
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.scene import Quit, Step
from game.scenes.wearing import Worn
from game.widgets import Button, Menu

_MENU = Menu((Button("Leave", 640, 634, 300),))


@dataclass(frozen=True, slots=True)
class Looking:
    """heard, devices: as of the last tick"""

    worn: Worn
    marsh: Marsh = Marsh()  # noqa: RUF009 -- frozen
    heard: Heard = ()
    devices: Devices = NO_DEVICES
    menu: Menu = _MENU
    name: str = "looking"
    sitting: None = None

    def update(self, inputs: Inputs) -> Step:
        menu, chosen = self.menu.update(inputs)
        if chosen or "back" in inputs.pressed:
            return Quit("left"), ()
        heard = fit.heard(self.heard, inputs.attention, self.marsh.tick)
        now = replace(self, marsh=next_tick(self.marsh), heard=heard, devices=inputs.devices, menu=menu)
        return now, ()

    def draw(self) -> DrawList:
        pictures = fit.pictures(self.worn, self.devices, self.heard, self.marsh.tick)
        return (*world(self.marsh, None, 0), *pictures, *self.menu.draw())
