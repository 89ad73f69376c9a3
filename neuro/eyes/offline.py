"""A whole recording at once, through the stages that run live."""

from typing import Protocol

from neuro.eyes.episodes import Episodes
from neuro.eyes.events import EyeEvents
from neuro.eyes.look import Event, Labels, Look

_CHUNK = 2000


class Stage(Protocol):
    """Labels gaze as it comes; `EyeEvents`, `VelocityEvents` and `PupilEvents` are such."""

    def __call__(self, look: Look) -> Labels: ...
    def finish(self) -> Labels: ...


def labelled(look: Look, stage: Stage | None = None) -> tuple[Labels, list[Event]]:
    """A label for each sample, and the events. Args: stage: a fresh one; None: the rules of `EyeEvents`."""
    stage = stage or EyeEvents()
    parts = [stage(look.part(slice(first, first + _CHUNK))) for first in range(0, look.t_s.size, _CHUNK)]
    parts.append(stage.finish())
    labels = Labels.joined(parts)
    episodes = Episodes()
    return labels, [*episodes(labels), *episodes.finish()]
