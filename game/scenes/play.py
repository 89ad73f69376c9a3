"""What lies over the marsh in play: how far the block is, and few quiet words."""

from engine.ports import TICK_S, Devices
from engine.session import Sitting
from game.draw import WIDTH, DrawList, Group, Rect, Sprite, Text
from game.manner import current
from game.scenes.calm import share
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.look import key
from game.scenes.marsh import Marsh
from game.scenes.motion import ease
from game.scenes.scene import Show
from game.widgets.paint import Box, colour, folded, panel, pill, progress, sized
from game.words import later, say

CUE_S = 6.0

_PILL_TOP = 60.0
_SMALL_WIDTH, _SMALL_TOP, _EDGE = 262.0, 38.0, 132.0
_SLEEPS = {"headset": later("The headset sleeps"), "tracker": later("The glasses sleep")}
_RESTS = later("signal is resting")


def page(show: Show, now: Sitting, marsh: Marsh, devices: Devices, looked: int = 0) -> DrawList:
    said = _cue(now) if now.stage == "block" else _hint(now)
    hint = pill(said, _PILL_TOP) if said else ()
    shown = (Group(hint, alpha=_cue_share(now)),) if now.stage == "block" and hint else hint
    away = _away(show, marsh, devices, _beside(hint))
    return (*progress(460, 34, 360, share(show, now)), *shown, *away, *pause_button(looked))


def pause_box() -> Box:
    """On the side of the hand that presses."""
    left = current().hand == "left"
    return Box(_EDGE + 32 if left else WIDTH - _EDGE - 32, 50, 56, 56)


def pause_button(looked: int = 0) -> DrawList:
    """looked: ticks that the eyes have rested on it"""
    box, dwell_s = pause_box(), current().dwell_s
    button = (*panel(box.left, box.top, 56, 56), Sprite("icon_pause", box.x, box.y, 0.37, alpha=0.9))
    if dwell_s is None or not looked:
        return button
    share = min(1.0, looked * TICK_S / dwell_s)
    return (*button, Rect(box.left + 8, box.top + 46, 40 * share, 4, colour("accent"), 1.0, 2))


def _hint(now: Sitting) -> str:
    return LOOKS[now.task].hint(now.game, now.by) if now.task else ""


def _cue(now: Sitting) -> str:
    """What the supervisor says, for as long as it is said."""
    if now.cue is None or not _cue_share(now):
        return ""
    if now.cue.kind == "offer_break":
        return say("Would a short rest be good? Press {key}.", key=key("pause"))
    return {"re-engage": later("Watch the water")}.get(now.cue.kind, "")


def _cue_share(now: Sitting) -> float:
    if now.cue_tick is None:
        return 0.0
    age_s = (now.tick - now.cue_tick) * TICK_S
    return ease(age_s / 0.8) * ease((CUE_S - age_s) / 1.2)


def _beside(hint: DrawList) -> float:
    """Where small words at the side may begin: below the others where these are wide."""
    if not hint:
        return _SMALL_TOP
    under = hint[0]
    assert isinstance(under, Rect)
    return _SMALL_TOP if under.x > _EDGE + _SMALL_WIDTH + 8 else under.y + under.height + 10


def _away(show: Show, marsh: Marsh, devices: Devices, top: float) -> DrawList:
    """No blame and nothing to do: the game plays on, and the light comes back with the signal."""
    headset = _SLEEPS["headset"] if devices.headset == "lost" else _RESTS
    resting = ease(marsh.resting if show.setup.has_headset else 0.0)
    ops: DrawList = ()
    for icon, said, here in (
        ("icon_headset", headset, resting),
        ("icon_eye", _SLEEPS["tracker"], ease(marsh.asleep)),
    ):
        if here:
            small, high = _small(icon, said, top)
            ops += (Group(small, alpha=here),)
            top += (high + 8) * here
    return ops


def _small(icon: str, said: str, top: float) -> tuple[DrawList, float]:
    """On the other side than the hand that presses; and how high it is."""
    lines, size = folded(said, 20, _SMALL_WIDTH - 86), sized(20)
    high = max(56.0, 1.25 * size * len(lines) + 20)
    left = WIDTH - _EDGE - _SMALL_WIDTH if current().hand == "left" else _EDGE
    first = top + high / 2 - (len(lines) - 1) * 0.625 * size
    words = (
        Text(line, left + 70, first + i * 1.25 * size, size, colour("text"), 1.0, "left")
        for i, line in enumerate(lines)
    )
    return (*panel(left, top, _SMALL_WIDTH, high), Sprite(icon, left + 36, top + high / 2, 0.34), *words), high
