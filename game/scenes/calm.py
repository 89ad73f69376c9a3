"""The quiet pages: rest before, the moment before play, and the break between blocks."""

from math import ceil

from engine import session
from engine.ports import TICK_S
from engine.session import Sitting
from game.draw import DrawList, Text
from game.manner import current
from game.scenes import path
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.look import Reminder
from game.scenes.heron import POOL_Y, STANDS
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.scenes.scene import Show
from game.widgets.choices import Button
from game.widgets.paint import Box, colour, progress, sized
from game.widgets.sheet import Art, Beside, Gap, Pair, Row, Sheet, Words, sheet
from game.words import later, say

POOL_X = 690.0
BREATH_S = 10.0  # six breaths a minute
PAUSE = later("Pause")
_HELD = Reminder("icon_switch", 0.56, later("To pause, hold the switch down."))
_READY_MOST = 480.0  # px: the count down below stays free


def rest(show: Show, now: Sitting) -> DrawList:
    return (*breath(POOL_X, POOL_Y, now.stage_tick), *asked(show, now).ops)


def asked(show: Show, now: Sitting) -> Sheet:
    """What is asked for while the player rests."""
    words = {
        "rest": later("Look at the water. Blink as you like."),
        "closed": later("Close your eyes until the wood sounds."),
    }[now.stage]
    return sheet([Words(words, 26, at="middle"), _line(show, now)], "top", 700)


def _line(show: Show, now: Sitting) -> Art:
    """How much of the stage is over."""

    def drawn(box: Box) -> DrawList:
        return progress(box.left, box.y, box.width, share(show, now))

    return Art(26, drawn)


def ready(show: Show, now: Sitting) -> DrawList:
    return (*reminded(show, now).ops, *_count_down(now))


def reminded(show: Show, now: Sitting) -> Sheet:
    """What there is to do in the game that comes."""
    clearer = later("The steadier you attend, the clearer the water.")
    calmer = later("Take your time: each one is a new one.")
    task, by = show.setup.part(now.block + 1).task, now.by
    reminders = (*LOOKS[task].reminders(by), Reminder("firefly", 1.2, clearer if show.setup.has_headset else calmer))
    held = () if current().scan_s is None else (_HELD,)
    told = [Beside(picture, scale, Words(words, 24), 76) for picture, scale, words in (*reminders, *held)]
    return sheet(told, "top", 760, _READY_MOST)


def _count_down(now: Sitting) -> DrawList:
    """Each second a ring runs from the number, and the number melts into the next."""
    left = session.READY_S - now.stage_tick * TICK_S
    part = 1 - left % 1 if left > 0 else 1.0
    ring = put("ripple_1", POOL_X, POOL_Y, mix(0.5, 1.5, arrive(part)), 0.8 * (1 - ease(part)))
    number = Text(str(max(1, ceil(left))), POOL_X, POOL_Y, min(60.0, sized(56)), colour("text"), swell(part) ** 0.5)
    return (number,) if current().still else (ring, number)


def between(show: Show, now: Sitting) -> Sheet:
    """The break; what is on it can be chosen when the shortest rest is over."""
    rest = show.setup.rest(now.block)
    left_s = max(0, ceil(rest.seconds - now.stage_tick * TICK_S))
    far = later("Look far away, out of a window if there is one.")
    ease_it = later("Does the headset press? Lift it, set it down.")
    game = say(LOOKS[show.setup.part(now.block + 1).task].title)
    coming = say("{game}, part {n} of {of}", game=game, n=now.block + 1, of=now.blocks)
    stop = () if current().scan_s is None else (Button(PAUSE, 24),)
    return sheet(
        [
            Words("Rest your eyes", 32),
            Words(ease_it if rest.ease else far, 21),
            Gap(6),
            Pair(Words(coming, 21, "accent"), Words(say("in {n} s", n=left_s), 21, "text_soft", "right")),
            _line(show, now),
            path.art(path.ahead(show.setup, now.block), now.stage_tick),
            Row((Button("Continue", 24, least=260), *stop)),
        ]
    )


def ring(now: Sitting) -> DrawList:
    """What one breathes with in a break, where the heron wades and no words lie."""
    return breath(STANDS[0] - 50, STANDS[1] + 2, now.stage_tick)


def can_continue(show: Show, now: Sitting) -> bool:
    return now.stage_tick * TICK_S >= session.least_break_s(show.setup, now.block)


def share(show: Show, now: Sitting) -> float:
    """How much of the stage is over, 0..1."""
    if now.stage == "practice":
        return min(1.0, now.practised / show.setup.part(now.block + 1).practice)
    length_s = session.stage_s(show.setup, now.stage, now.block)
    return min(1.0, now.stage_tick * TICK_S / length_s) if length_s else 0.0


def breath(x: float, y: float, tick: int) -> DrawList:
    """A ring on the water that widens and narrows as one breathes; being what one breathes with, it always moves."""
    full = 0.5 + 0.5 * wave(tick, BREATH_S, -0.25)
    return (put("ripple_2", x, y, mix(0.7, 1.6, full), mix(0.45, 0.85, full)),)
