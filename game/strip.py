"""The strip beneath a video: what the model said of attention in the last seconds, and what it had to be to pay."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.reward import Reward
from game.draw import Clear, DrawList, Rect, Text
from game.type import text_width
from game.widgets.paint import colour
from game.words import later, say

HEIGHT = 120
SPAN_S = 20.0
"""That fit into it."""
BAR_S = 0.1
"""Between two estimates (neuro.pipeline makes ten a second)."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 290.0, 1256.0, 16.0, 104.0
_PER_S = (_RIGHT - _LEFT) / SPAN_S

_STATES = {
    "good": later("the signal is good"),
    "poor": later("the signal is poor"),
    "artifact": later("movement in the signal"),
    "not_worn": later("the headset is not worn"),
    "stale": later("nothing new is heard"),
    "absent": later("no headset"),
}


class Moment(NamedTuple):
    """One estimate as the game saw it.

    t_s:       since the sitting began
    stamp_s:   of the estimate
    threshold: the score from which attention pays; None while there is none
    """

    t_s: float
    stamp_s: float
    score: float
    trust: float
    state: str
    threshold: float | None


def threshold(known: Reward) -> float | None:
    """In scores, as far as one is known."""
    if known.centre is None or known.spread is None or known.threshold_z is None:
        return None
    return known.centre + known.spread * known.threshold_z


def strip(heard: Iterable[Moment], t_s: float) -> DrawList:
    """The strip as it is at `t_s`, 1280 x HEIGHT; without anything heard it says that there is no headset."""
    shown = [moment for moment in heard if t_s - SPAN_S < moment.t_s <= t_s]
    ground = (Clear(colour("panel")), Rect(_LEFT, _TOP, _RIGHT - _LEFT, _BOTTOM - _TOP, colour("panel_soft"), 0.5))
    return (*ground, *(op for moment in shown for op in _bar(moment, t_s)), *_words(shown[-1] if shown else None))


def _bar(now: Moment, t_s: float) -> DrawList:
    """As high as the score, paler with less trust; hollow where nothing was believed. The line is the threshold."""
    x, width = _RIGHT - (t_s - now.t_s + BAR_S) * _PER_S, BAR_S * _PER_S
    if x < _LEFT:
        return ()
    top = _height(now.score)
    believed = Rect(x, top, width - 1, _BOTTOM - top, colour("accent"), 0.25 + 0.6 * now.trust)
    bar = believed if now.state == "good" else Rect(x, top, width - 1, 3, colour("text_soft"))
    if now.threshold is None:
        return (bar,)
    return bar, Rect(x, _height(now.threshold) - 1, width, 2, colour("text"))


def _height(score: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * min(1.0, max(0.0, score))


def _words(now: Moment | None) -> DrawList:
    if now is None:
        return (_line(say(_STATES["absent"]), 60, "text_soft"),)
    limit = "–" if now.threshold is None else f"{now.threshold:.2f}"
    state = say(_STATES[now.state]) if now.state in _STATES else now.state
    return (
        _line(say("score {score}, trust {trust}", score=f"{now.score:.2f}", trust=f"{now.trust:.2f}"), 32, "text"),
        _line(say("threshold {threshold}", threshold=limit), 60, "text_soft"),
        _line(state, 88, "good" if now.state == "good" else "poor"),
    )


def _line(words: str, y: float, tone: str) -> Text:
    """As large as fits beside the bars."""
    size = 20.0 * min(1.0, (_LEFT - 40) / max(1.0, text_width(words, 20.0)))
    return Text(words, 20, y, size, colour(tone), 1.0, "left")
