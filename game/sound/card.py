"""The sound card: opened once, used by music, events and voice, and done without where there is none."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from game.manner import Volumes
from game.sound.levels import Tune
from game.sound.music import LOOPS, Music
from game.sound.shelf import Shelf
from game.sound.speech import Speech
from game.windows.sdl import polite_pygame

SILENT = "No sound card was found; Heron plays silently."
LOST = "The sound card is gone; Heron plays on silently. Plug it in and start Heron again to hear it."

RATE_HZ = 22_050
"""As the files are: nothing in the marsh sounds above 8 kHz, and nothing needs to be converted when it is read."""
BUFFER_FRAMES = 256
"""11.6 ms; smaller buffers crackle on some cards."""
CHANNELS = 24
_VOICE, _TONE = 2 * LOOPS, 2 * LOOPS + 1

_P = ParamSpec("_P")


def _while_there(method: Callable[Concatenate["Sounds", _P], None]) -> Callable[Concatenate["Sounds", _P], None]:
    """Nothing at all once the card is gone, which is said once."""

    @wraps(method)
    def guarded(self: "Sounds", /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        if not self.there:
            return
        try:
            method(self, *args, **kwargs)
        except polite_pygame().error:
            self.lose()

    return guarded


class Sounds:
    """Three buses: music, effects, voice.

    sound: the file of a sound by its name
    tell:  is told in one sentence why nothing can be heard, if so
    """

    def __init__(self, sound: Callable[[str], Path], tell: Callable[[str], None]) -> None:
        pygame = polite_pygame()
        self.there = True
        self._mixer, self._sound, self._tell = pygame.mixer, sound, tell
        if not _opened(pygame):
            tell(SILENT)
        self._mixer.set_num_channels(CHANNELS)
        self._mixer.set_reserved(_TONE + 1)
        channels = [self._mixer.Channel(i) for i in range(_TONE + 1)]
        self._shelf = Shelf(self._mixer.Sound)
        self._effects = Shelf(self._mixer.Sound)
        self._music = Music(channels[:_VOICE], self._shelf, sound)
        self._speech, self._tone = Speech(channels[_VOICE], self._shelf), channels[_TONE]
        self._volumes = Volumes()

    def ready(self, names: Iterable[str]) -> None:
        """Begin to read these sounds of events, so that each is there when it is played."""
        for name in names:
            self._effects.get(self._sound(name))

    @_while_there
    def play(self, name: str, tone: bool = False) -> None:
        """Start a sound of an event now; others go on.

        tone: the game asks about it: the music makes room
        """
        sound = self._effects.get(self._sound(name))
        if sound is None or not self._volumes.effects:
            return
        if tone:
            self._tone.play(sound)
        channel = self._tone if tone else sound.play()
        if channel is not None:  # else there are more sounds than anybody could tell apart
            channel.set_volume(self._volumes.effects)

    @_while_there
    def say(self, files: Sequence[Path]) -> None:
        """Speak these recordings one after the other, in place of what is being said."""
        self._speech.say(files)

    @_while_there
    def frame(self, tune: Tune | None, fullness: float, volumes: Volumes) -> None:
        """Called once a frame of 1/60 s.

        tune:     which music; None for none, as in a pause
        fullness: 0..1, how much of it
        """
        self._volumes = volumes
        self._speech.frame(volumes.voice)
        self._music.frame(tune, fullness, volumes.music, self._speech.speaks or self._tone.get_busy())

    def lose(self) -> None:
        """The card is gone: from now on there is nothing to hear."""
        self.there = False
        self._tell(LOST)

    def close(self) -> None:
        self.there = False
        self._shelf.close()
        self._effects.close()
        self._mixer.quit()


def _opened(pygame: Any) -> bool:
    """Whether a card was found; else SDL's dummy is open."""
    how = {"allowedchanges": 0}  # SDL converts for the card, not we at reading
    try:
        with _silent_driver():
            pygame.mixer.init(RATE_HZ, -16, 2, BUFFER_FRAMES, **how)
    except pygame.error:
        os.environ["SDL_AUDIODRIVER"] = "dummy"
        pygame.mixer.init(RATE_HZ, -16, 2, BUFFER_FRAMES, **how)
        return False
    return True


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
