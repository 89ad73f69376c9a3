"""What people hear: small sounds for events, and a soft pad in two layers whose fullness follows attention."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from game.windows.sdl import polite_pygame

SILENT = "No sound card was found; Heron plays silently."

RATE_HZ = 44_100
BUFFER_FRAMES = 512
"""11.6 ms at 44.1 kHz; smaller buffers crackle on some cards."""

LOW_LEVEL = (0.15, 0.30)
HIGH_LEVEL = (0.0, 0.35)
"""Volumes of the two layers, emptiest .. fullest. Own choice: softer than other sounds, never quite silent."""

EASE = 0.04
"""Share of the way to its new fullness that the pad goes in a frame of 1/60 s: 0.4 s to be two thirds there."""


class Sounds:
    """Plays the sounds that `sounds` knows the files of. `note` tells the person why nothing can be heard, if so."""

    def __init__(self, sounds: Callable[[str], Path]) -> None:
        mixer = polite_pygame().mixer
        self.note = _open_mixer()
        mixer.set_reserved(2)
        self._load: Callable[[str], Any] = cache(lambda name: mixer.Sound(sounds(name)))
        self._low, self._high = mixer.Channel(0), mixer.Channel(1)
        self._fullness = 0.0
        self._resting = False

    def play(self, name: str) -> None:
        """Start a sound now; others go on."""
        self._load(name).play()

    def pad(self, fullness: float) -> None:
        """Let the pad move towards `fullness` (0..1); called once a frame. The first call starts it."""
        self._resting = False
        if not self._low.get_busy():
            self._low.play(self._load("pad_low"), loops=-1, fade_ms=1500)
            self._high.play(self._load("pad_high"), loops=-1, fade_ms=1500)
        self._fullness += EASE * (min(1.0, max(0.0, fullness)) - self._fullness)
        for channel, (empty, full) in ((self._low, LOW_LEVEL), (self._high, HIGH_LEVEL)):
            channel.set_volume(empty + self._fullness * (full - empty))

    def rest(self) -> None:
        """Let the pad fade out, as for a pause; may be called once a frame."""
        if not self._resting:
            self._resting = True
            self._low.fadeout(400)
            self._high.fadeout(400)

    def close(self) -> None:
        polite_pygame().mixer.quit()


def _open_mixer() -> str | None:
    """The sound card, or SDL's dummy where there is none; says so if it is the dummy."""
    pygame = polite_pygame()
    try:
        with _silent_driver():
            pygame.mixer.init(RATE_HZ, -16, 2, BUFFER_FRAMES)
    except pygame.error:
        os.environ["SDL_AUDIODRIVER"] = "dummy"
        pygame.mixer.init(RATE_HZ, -16, 2, BUFFER_FRAMES)
        return SILENT
    return None


@contextmanager
def _silent_driver() -> Iterator[None]:
    """Keeps ALSA from writing eight lines of its own to stderr where one sentence of ours says it."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
