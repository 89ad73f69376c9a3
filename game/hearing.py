"""What lies between a tick and the ear: its sounds, the music of where it is, and the voice that reads the screen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from game.captions import SAID
from game.cues import MUSIC, QUIET_PAGES
from game.loop import Ticked
from game.manner import Language, Manner, Volumes
from game.reading import Reader
from game.scenes.marsh import Marsh
from game.scenes.scene import Scene
from game.sound.levels import Tune

AT_HOME = 0.35
"""Fullness of the music where nobody plays."""


class Sounds(Protocol):
    """What can be heard; `game.sound.Sounds` is one."""

    def ready(self, names: Iterable[str]) -> None: ...
    def play(self, name: str, tone: bool = False) -> None: ...
    def say(self, files: Sequence[Path]) -> None: ...
    def frame(self, tune: Tune | None, fullness: float, volumes: Volumes) -> None: ...


@runtime_checkable
class _InTheMarsh(Protocol):
    """A scene that shows the marsh."""

    @property
    def marsh(self) -> Marsh: ...


class Hearing:
    """Beside one loop, from its first tick to its last.

    recorded: the recordings of a language, by the sentence as it stands in the code
    """

    def __init__(self, sounds: Sounds, recorded: Callable[[Language], Mapping[str, Path]]) -> None:
        self._sounds, self._recorded = sounds, recorded
        self._reader = Reader()
        self._tune: Tune | None = None
        sounds.ready(name for name in SAID if name != MUSIC.name)

    def played(self, ticked: Ticked) -> None:
        """Start what began in this tick."""
        for heard in ticked.heard:
            if heard.tick == ticked.number and heard.sound != MUSIC.name:
                self._sounds.play(heard.sound, heard.tone)
        if ticked.scene is not None:
            self._read(ticked, ticked.scene.show.manner)

    def follow(self, scene: Scene) -> None:
        """Called once a frame."""
        if isinstance(scene, _InTheMarsh):
            self._tune = Tune(scene.marsh.mood.hour, scene.marsh.mood.place)
        fullness = scene.sitting.feedback if scene.sitting else AT_HOME
        tune = None if scene.name in QUIET_PAGES else self._tune
        self._sounds.frame(tune, fullness, scene.show.manner.volumes)

    def _read(self, ticked: Ticked, manner: Manner) -> None:
        """A sentence without a recording is silent; what is written is there all the same."""
        files = self._recorded(manner.language) if manner.voice and manner.volumes.voice else {}
        sentences = dict.fromkeys(sentence for sentence in ticked.said if sentence in files)
        spoken = self._reader.saw(tuple(sentences), ticked.number)
        if spoken is not None:
            self._sounds.say([files[sentence] for sentence in spoken])
