"""The voice: sentences one after the other, each read from its file while the one before it is heard."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.sound.shelf import Shelf

GAP_FRAMES = 20
"""Between two sentences, a third of a second."""
BREAK_OFF_MS = 120
"""A sentence that the next screen interrupts fades in so long; nothing is cut."""


class Speech:
    """Speaks on one channel of the mixer's."""

    def __init__(self, channel: Any, shelf: Shelf) -> None:
        self._channel, self._shelf = channel, shelf
        self._coming: list[Path] = []
        self._gap = 0

    @property
    def speaks(self) -> bool:
        """Also between two sentences."""
        return bool(self._coming) or self._channel.get_busy()

    def say(self, files: Sequence[Path]) -> None:
        """These from now on, in place of whatever was still to come."""
        self.hush()
        self._coming = list(files)

    def hush(self) -> None:
        self._coming = []
        if self._channel.get_busy():
            self._channel.fadeout(BREAK_OFF_MS)

    def frame(self, volume: float) -> None:
        """One frame of 1/60 s on."""
        if self._channel.get_busy():
            self._gap = GAP_FRAMES
            return
        self._gap = max(0, self._gap - 1)
        read = [self._shelf.get(path) for path in self._coming[:2]]
        if self._gap or not read or read[0] is None:
            return
        self._channel.play(read[0])
        self._channel.set_volume(volume)
        self._shelf.drop(self._coming.pop(0))
