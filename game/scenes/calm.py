"""The quiet pages: rest before, the moment before play, and the break between blocks."""

from math import ceil

from engine import session
from engine.ports import TICK_S
from engine.session import Sitting
from game.draw import DrawList, Sprite, Text
from game.scenes import path
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.look import Reminder
from game.scenes.heron import POOL_Y, STANDS
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.scenes.scene import Show
from game.widgets import Button, Menu, colour, panel, progress

BREAK_MENU = Menu((Button("Continue", 843, 650, 260, 52, 24),))
POOL_X = 690.0
BREATH_S = 10.0  # six breaths a minute


def rest(show: Show, now: Sitting) -> DrawList:
    asked = (
        "Look at the water. Blink as you like." if now.stage == "rest" else "Close your eyes until the wood sounds."
    )
    words = Text(asked, 640, 72, 26 * show.text_size, colour("text"))
    return (
        *panel(310, 36, 660, 104),
        words,
        *progress(400, 114, 480, share(show, now)),
        *breath(POOL_X, POOL_Y, now.stage_tick),
    )


def ready(show: Show, now: Sitting) -> DrawList:
    size = 24 * show.text_size
    clearer = "The steadier you attend, the clearer the water."
    task, by = show.setup.part(now.block + 1).task, now.by
    reminders = (
        *LOOKS[task].reminders(by),
        Reminder("firefly", 1.2, clearer if show.setup.has_headset else "Take your time: each one is a new one."),
    )
    ops = [*panel(240, 40, 800, 226)]
    for i, (picture, scale, words) in enumerate(reminders):
        y = 90 + 63 * i
        ops += [Sprite(picture, 306, y, scale), Text(words, 372, y, size, colour("text"), 1.0, "left")]
    return (*ops, *_count_down(show, now))


def _count_down(show: Show, now: Sitting) -> DrawList:
    """Each second a ring runs from the number, and the number melts into the next."""
    left = session.READY_S - now.stage_tick * TICK_S
    part = 1 - left % 1 if left > 0 else 1.0
    ring = put("ripple_1", POOL_X, POOL_Y, mix(0.5, 1.5, arrive(part)), 0.8 * (1 - ease(part)))
    number = Text(str(max(1, ceil(left))), POOL_X, POOL_Y, 56 * show.text_size, colour("text"), swell(part) ** 0.5)
    return (ring, number)


def pause_between(show: Show, now: Sitting, menu: Menu) -> DrawList:
    """The break; its button comes when the shortest rest is over."""
    rest = show.setup.rest(now.block)
    left_s = max(0, ceil(rest.seconds - now.stage_tick * TICK_S))
    far = "Look far away, out of a window if there is one."
    said = "Does the headset press? Lift it, set it down." if rest.ease else far
    size = show.text_size
    coming = LOOKS[show.setup.part(now.block + 1).task].title
    return (
        *breath(STANDS[0], STANDS[1] + 2, now.stage_tick),
        *panel(538, 336, 610, 350),
        Text("Rest your eyes", 578, 380, 32 * size, colour("text"), 1.0, "left"),
        Text(said, 578, 424, 21 * size, colour("text"), 1.0, "left"),
        Text(f"{coming}, part {now.block + 1} of {now.blocks}", 578, 458, 21 * size, colour("accent"), 1.0, "left"),
        Text(f"in {left_s} s", 1108, 458, 21 * size, colour("text_soft"), 1.0, "right"),
        *progress(578, 488, 530, share(show, now)),
        *path.path(path.ahead(show.setup, now.block), 578, 540, 530, now.stage_tick, size),
        *(menu.draw() if can_continue(show, now) else ()),
    )


def can_continue(show: Show, now: Sitting) -> bool:
    return now.stage_tick * TICK_S >= session.least_break_s(show.setup, now.block)


def share(show: Show, now: Sitting) -> float:
    """How much of the stage is over, 0..1."""
    if now.stage == "practice":
        return min(1.0, now.practised / show.setup.part(now.block + 1).practice)
    length_s = session.stage_s(show.setup, now.stage, now.block)
    return min(1.0, now.stage_tick * TICK_S / length_s) if length_s else 0.0


def breath(x: float, y: float, tick: int) -> DrawList:
    """A ring on the water that widens and narrows as one breathes."""
    full = 0.5 + 0.5 * wave(tick, BREATH_S, -0.25)
    return (put("ripple_2", x, y, mix(0.7, 1.6, full), mix(0.45, 0.85, full)),)
