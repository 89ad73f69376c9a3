"""The end of a sitting: stars, one sentence in plain words, and what grew."""

from dataclasses import dataclass, replace
from typing import Literal

from engine.ports import TICK_S, Inputs
from engine.session import Setup, Sitting
from engine.session.state import Deed
from game.draw import DrawList, Group, Text
from game.scenes import checkin, garden
from game.scenes.games.catalogue import LOOKS
from game.scenes.marsh import Marsh, next_tick, world
from game.scenes.motion import ease, mix, wave
from game.scenes.pictures import fitted, put
from game.scenes.scene import FADE_TICKS, Quit, Scene, Show, Step, crossfade, topmost
from game.widgets import Button, Menu, colour, panel, shortened

CALM_TICKS = 90
"""A hand that is still striking when play ends leaves nothing unread."""
STAR_TICKS = 40

_LEAVE, _GO_ON = (Menu((Button(words, 1022, 608, 200),)) for words in ("Leave", "Go on"))
_STARS = ((500, 112), (640, 84), (780, 112))


@dataclass(frozen=True, slots=True)
class Results:
    """Also after leaving early: then with what was earned until then."""

    show: Show
    sitting: Sitting
    marsh: Marsh
    menu: Menu = _LEAVE
    since: int = 0
    before: DrawList = ()
    reason: Literal["done", "left"] = "done"
    name: str = "results"

    def update(self, inputs: Inputs) -> Step:
        menu, chosen = self.menu.update(inputs)
        left = chosen is not None or "back" in inputs.pressed
        if left and self.since >= CALM_TICKS:
            return self._following(), ()
        return replace(self, menu=menu, marsh=next_tick(self.marsh), since=self.since + 1), ()

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
        size = self.show.text_size
        return (
            *_stars(self.sitting.stars, self.since),
            *_parts(self.sitting.deeds, self.since),
            *panel(132, 552, 1016, 112),
            Text(sentence(self.sitting), 172, 590, 26 * size, colour("text"), 1.0, "left"),
            Text(_farewell(self.show, self.sitting), 172, 632, 20 * size, colour("text_soft"), 1.0, "left"),
            *self.menu.draw(),
        )


def after(
    show: Show, sitting: Sitting, marsh: Marsh, before: DrawList, reason: Literal["done", "left"] = "done"
) -> Results:
    """The page in place of the words before; it leads on where more is asked after a whole sitting."""
    more = reason == "done" and (show.checks_in or bool(show.offers))
    return Results(show, sitting, marsh, _GO_ON if more else _LEAVE, before=before, reason=reason)


def _stars(stars: int, since: int) -> DrawList:
    """One after the other they light up; nothing is shown where there was no block to earn one in."""
    if not stars:
        return ()
    ops = []
    for i, (x, y) in enumerate(_STARS):
        lit = ease(since / STAR_TICKS - i) if i < stars else 0.0
        ops.append(put("star_empty", x, y, 1.0, 1 - lit))
        if lit:
            ops.append(put("star_full", x, y + 2 * wave(since, 6, i / 3), mix(0.7, 1.1, lit), lit))
    return tuple(ops)


def _parts(deeds: tuple[Deed, ...], since: int) -> DrawList:
    """Each part of a longer sitting with its own stars; nothing for a single one."""
    if len(deeds) < 2:
        return ()
    step = min(124.0, 900.0 / len(deeds))
    left = 640 - step * len(deeds) / 2
    ops = [*panel(left - 14, 178, step * len(deeds) + 28, 88)]
    for i, deed in enumerate(deeds):
        x = left + step * (i + 0.5)
        ops.append(fitted(LOOKS[deed.task].reminders("keys")[0].picture, x, 210, (76, 50)))
        for n in range(3):
            name = "star_full" if n < deed.stars else "star_empty"
            ops.append(put(name, x + 24 * (n - 1), 248, 0.22))
    return (Group(tuple(ops), alpha=ease(since / STAR_TICKS)),)


def sentence(now: Sitting) -> str:
    """What the player did, in plain words."""
    played = [deed for deed in now.deeds if deed.right]
    if not played:
        return "You spent some quiet time at the marsh."
    best = max(played, key=lambda deed: deed.right / deed.trials)
    return LOOKS[best.task].deed(best.right, best.trials)


def _farewell(show: Show, now: Sitting) -> str:
    lilies = {0: "", 1: "A lily grew.", 2: "Two lilies grew.", 3: "Three lilies grew."}[now.stars]
    return f"{lilies} {_minutes(played_s(show.setup, now))} See you next time, {shortened(show.player, 12)}.".strip()


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return "You played a moment." if not minutes else f"You played {minutes} minute{'s' if minutes > 1 else ''}."


def played_s(setup: Setup, now: Sitting) -> float:
    """Seconds of play, without calibration and breaks."""
    whole_s = sum(part.seconds for part in setup.parts[: now.block])
    if now.stage != "block":
        return whole_s
    here_s = setup.part(now.block).seconds
    return whole_s - here_s + min(here_s, now.stage_tick * TICK_S)
