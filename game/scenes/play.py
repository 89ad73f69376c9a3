"""What lies over the marsh in play: how far the block is, and few quiet words."""

from engine.ports import TICK_S, Devices
from engine.session import Sitting
from game.draw import DrawList, Group, Sprite, Text
from game.scenes.calm import share
from game.scenes.games.catalogue import LOOKS
from game.scenes.marsh import Marsh
from game.scenes.motion import ease
from game.scenes.scene import Show
from game.widgets import Button, colour, panel, progress

PAUSE = Button("", 1116, 50, 56, 56)
CUE_S = 6.0

_CUES = {"re-engage": "Watch the water", "offer_break": "Would a short rest be good? Press P"}


def page(show: Show, now: Sitting, marsh: Marsh, devices: Devices) -> DrawList:
    hint = _cue(show, now) if now.stage == "block" else _pill(show, _hint(now))
    return (*progress(460, 34, 360, share(show, now)), *hint, *_away(show, marsh, devices), *pause_button())


def pause_button() -> DrawList:
    return (*panel(PAUSE.x - 28, PAUSE.y - 28, 56, 56), Sprite("icon_pause", PAUSE.x, PAUSE.y, 0.55, alpha=0.9))


def _hint(now: Sitting) -> str:
    return LOOKS[now.task].hint(now.game, now.by) if now.task else ""


def _cue(show: Show, now: Sitting) -> DrawList:
    words = _CUES.get(now.cue.kind) if now.cue is not None else None
    if words is None or now.cue_tick is None:
        return ()
    age_s = (now.tick - now.cue_tick) * TICK_S
    return _faded(_pill(show, words), ease(age_s / 0.8) * ease((CUE_S - age_s) / 1.2))


def _pill(show: Show, words: str) -> DrawList:
    return (*panel(310, 62, 660, 60), Text(words, 640, 92, 24 * show.text_size, colour("text")))


def _away(show: Show, marsh: Marsh, devices: Devices) -> DrawList:
    """No blame and nothing to do: the game plays on, and the light comes back with the signal."""
    headset = "The headset sleeps" if devices.headset == "lost" else "signal is resting"
    resting = marsh.resting if show.setup.has_headset else 0.0
    return (
        *_faded(_small(show, "icon_headset", headset, 22), ease(resting)),
        *_faded(_small(show, "icon_eye", "The glasses sleep", 22 + 64 * ease(resting)), ease(marsh.asleep)),
    )


def _small(show: Show, icon: str, said: str, y: float) -> DrawList:
    words = Text(said, 202, y + 28, 20 * show.text_size, colour("text"), 1.0, "left")
    return (*panel(132, y, 262, 56), Sprite(icon, 168, y + 28, 0.5), words)


def _faded(ops: DrawList, alpha: float) -> DrawList:
    return (Group(ops, alpha=alpha),) if alpha > 0 else ()
