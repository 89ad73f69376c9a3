"""The end of a sitting: stars, one sentence in plain words, and what grew."""

from dataclasses import dataclass, replace
from typing import Literal

from engine.ports import TICK_S, Inputs
from engine.session import Setup, Sitting
from engine.session.state import Deed
from game.draw import DrawList
from game.manner import current
from game.scenes import checkin, garden
from game.scenes.games.catalogue import LOOKS
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.motion import ease, mix, wave
from game.scenes.pictures import fitted, put
from game.scenes.scene import FADE_TICKS, Quit, Scene, Show, Step, crossfade, topmost
from game.widgets.choices import Button
from game.widgets.menu import Menu
from game.widgets.paint import Box, shortened
from game.widgets.sheet import POOL_RIGHT, SKY_TOP, Art, Gap, Item, Row, Sheet, Words, floor_y, sheet
from game.words import later, say, say_many

CALM_TICKS = 90
"""A hand that is still striking when play ends leaves nothing unread."""
STAR_TICKS = 40

_LEAVE, _GO_ON = later("Leave"), later("Go on")
_WIDTH = 580.0
_STARS = tuple((POOL_RIGHT - _WIDTH / 2 + dx, y) for dx, y in ((-140, 104), (0, 76), (140, 104)))
_LILIES = ("", later("A lily grew."), later("Two lilies grew."), later("Three lilies grew."))


@dataclass(frozen=True, slots=True)
class Results:
    """Also after leaving early: then with what was earned until then."""

    show: Show
    sitting: Sitting
    marsh: Marsh
    menu: Menu = Menu()  # noqa: RUF009 -- frozen
    since: int = 0
    before: DrawList = ()
    reason: Literal["done", "left"] = "done"
    name: str = "results"

    def update(self, inputs: Inputs) -> Step:
        laid = self._sheet()
        menu, chosen = self.menu.update(inputs, laid.choices)
        left = chosen is not None or "back" in inputs.pressed
        if left and self.since >= CALM_TICKS:
            return self._following(), ()
        marsh = next_tick(self.marsh, words=laid.box)
        return replace(self, menu=menu, marsh=marsh, since=self.since + 1), ()

    def _following(self) -> Scene | Quit:
        """Of a whole sitting: how it was, and what shall grow, where they are asked."""
        if self.reason == "done" and self.show.checks_in:
            return checkin.ask(self.show, self.sitting, self.marsh, self._page(), self._garden)
        return self._garden(self.marsh, self._page())

    def _garden(self, marsh: Marsh, before: DrawList) -> Scene | Quit:
        if self.reason == "left" or not self.show.offers:
            return Quit(self.reason)
        return garden.ask(self.show, self.sitting, marsh, before, lambda *_: Quit(self.reason), self.show.offers)

    def draw(self) -> DrawList:
        lilies = min(self.sitting.stars, self.since / STAR_TICKS)
        marsh = world(
            self.marsh, self.sitting, self.show.setup.seed, leaving=ease(self.since / FADE_TICKS), lilies=lilies
        )
        return (*marsh, *crossfade(self.before, self._page(), self.since), *topmost(self.show))

    def _page(self) -> DrawList:
        laid = self._sheet()
        return (*_stars(self.sitting.stars, self.since), *laid.ops, *self.menu.draw(laid.choices))

    def _sheet(self) -> Sheet:
        """Over the far shore: what opened on the water stays in sight."""
        more = self.reason == "done" and (self.show.checks_in or bool(self.show.offers))
        return sheet(
            [
                *_parts(self.sitting.deeds),
                Words(sentence(self.sitting), 26),
                Words(_farewell(self.show, self.sitting), 20, "text_soft"),
                Gap(10),
                Row((Button(_GO_ON if more else _LEAVE, 26),)),
            ],
            "sky",
            _WIDTH,
            floor_y() - SKY_TOP,
        )


def after(
    show: Show, sitting: Sitting, marsh: Marsh, before: DrawList, reason: Literal["done", "left"] = "done"
) -> Results:
    """The page in place of the words before; it leads on where more is asked after a whole sitting."""
    return Results(show, sitting, marsh, before=before, reason=reason)


def _stars(stars: int, since: int) -> DrawList:
    """One after the other they light up; nothing is shown where there was no block to earn one in."""
    if not stars:
        return ()
    ops = []
    for i, (x, y) in enumerate(_STARS):
        lit = ease(since / STAR_TICKS - i) if i < stars else 0.0
        sways, grows = (0.0, 1.1) if current().still else (2 * wave(since, 6, i / 3), mix(0.7, 1.1, lit))
        ops.append(put("star_empty", x, y, 1.0, 1 - lit))
        if lit:
            ops.append(put("star_full", x, y + sways, grows, lit))
    return tuple(ops)


def _parts(deeds: tuple[Deed, ...]) -> tuple[Item, ...]:
    """Each part of a longer sitting with its own stars; nothing for a single one."""
    if len(deeds) < 2:
        return ()

    def drawn(box: Box) -> DrawList:
        step = min(124.0, box.width / len(deeds))
        ops = []
        for i, deed in enumerate(deeds):
            x = box.x + step * (i + 0.5 - len(deeds) / 2)
            ops.append(fitted(LOOKS[deed.task].reminders("keys")[0].picture, x, box.top + 28, (0.62 * step, 50)))
            for n in range(3):
                name = "star_full" if n < deed.stars else "star_empty"
                ops.append(put(name, x + 0.19 * step * (n - 1), box.top + 66, 0.22 * min(1.0, step / 100)))
        return tuple(ops)

    return (Art(86, drawn),)


def sentence(now: Sitting) -> str:
    """What the player did, in plain words."""
    played = [deed for deed in now.deeds if deed.right]
    if not played:
        return later("You spent some quiet time at the marsh.")
    best = max(played, key=lambda deed: deed.right / deed.trials)
    return LOOKS[best.task].deed(best.right, best.trials)


def _farewell(show: Show, now: Sitting) -> str:
    until = say("See you next time, {player}.", player=shortened(show.player, 20))
    return " ".join(filter(None, (say(_LILIES[now.stars]), _minutes(played_s(show.setup, now)), until)))


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    if not minutes:
        return say("You played a moment.")
    return say_many("You played {n} minute.", "You played {n} minutes.", minutes)


def played_s(setup: Setup, now: Sitting) -> float:
    """Seconds of play, without calibration and breaks."""
    whole_s = sum(part.seconds for part in setup.parts[: now.block])
    if now.stage != "block":
        return whole_s
    here_s = setup.part(now.block).seconds
    return whole_s - here_s + min(here_s, now.stage_tick * TICK_S)
