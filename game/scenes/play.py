"""What lies over the marsh in play: how far the block is, and few quiet words."""

from engine.ports import TICK_S
from engine.session import Sitting
from game.draw import DrawList, Group, Sprite, Text
from game.scenes.calm import share
from game.scenes.marsh import Marsh
from game.scenes.motion import ease
from game.scenes.scene import Show
from game.widgets import Button, colour, panel, progress

PAUSE = Button("", 1230, 50, 56, 56)
HINTED = 4
"""Creatures of the warm-up that are named as they show; after them the hint stays the same."""
CUE_S = 6.0

_CUES = {"re-engage": "Watch the water", "offer_break": "Would a short rest be good? Press P"}


def page(show: Show, now: Sitting, marsh: Marsh) -> DrawList:
    hint = _pill(show, _hint(now)) if now.stage == "warmup" else _cue(show, now)
    return (*progress(460, 34, 360, share(show, now)), *hint, *_resting(show, marsh), *pause_button())


def pause_button() -> DrawList:
    return (*panel(PAUSE.x - 28, PAUSE.y - 28, 56, 56), Sprite("icon_pause", PAUSE.x, PAUSE.y, 0.55, alpha=0.9))


def _hint(now: Sitting) -> str:
    strike = now.strike
    if strike.trial > HINTED:
        return "Strike the fish: press Space. Let the frogs be."
    if strike.phase == "reach":
        return "Strike the fish: press Space" if strike.kind == "fish" else "Let the frogs be"
    return "Something stirs: wait until you see it"


def _cue(show: Show, now: Sitting) -> DrawList:
    words = _CUES.get(now.cue.kind) if now.cue is not None else None
    if words is None or now.cue_tick is None:
        return ()
    age_s = (now.tick - now.cue_tick) * TICK_S
    return _faded(_pill(show, words), ease(age_s / 0.8) * ease((CUE_S - age_s) / 1.2))


def _pill(show: Show, words: str) -> DrawList:
    return (*panel(310, 62, 660, 60), Text(words, 640, 92, 24 * show.text_size, colour("text")))


def _resting(show: Show, marsh: Marsh) -> DrawList:
    """No blame and nothing to do: the game plays on, and the light comes back with the signal."""
    if not show.setup.has_headset:
        return ()
    words = Text("signal is resting", 102, 50, 20 * show.text_size, colour("text"), 1.0, "left")
    return _faded((*panel(32, 22, 254, 56), Sprite("icon_headset", 68, 50, 0.5), words), ease(marsh.resting))


def _faded(ops: DrawList, alpha: float) -> DrawList:
    return (Group(ops, alpha=alpha),) if alpha > 0 else ()
