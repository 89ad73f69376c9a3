"""A whole recording at once, through the stages that run live."""

from neuro.eyes.classifier import Net
from neuro.eyes.episodes import Episodes
from neuro.eyes.events import EyeEvents
from neuro.eyes.look import Event, Labels, Look
from neuro.eyes.pupil_events import PupilEvents

_CHUNK = 2000


def labelled(look: Look, net: Net | None = None) -> tuple[Labels, list[Event]]:
    """A label for each sample, and the events; by a net where an eye camera made the degrees, else by rules."""
    stage = EyeEvents() if net is None else PupilEvents(net)
    parts = [stage(look.part(slice(first, first + _CHUNK))) for first in range(0, look.t_s.size, _CHUNK)]
    parts.append(stage.finish())
    labels = Labels.joined(parts)
    episodes = Episodes()
    return labels, [*episodes(labels), *episodes.finish()]
