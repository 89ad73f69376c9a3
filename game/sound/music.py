"""The music: the loops of a tune, each as loud as attention has it, and a slow fade from one tune to the next."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from game.sound.levels import (
    DUCK,
    DUCK_EASE,
    FADE_EASE,
    FULLNESS_EASE,
    RETURN_EASE,
    SILENT,
    Eased,
    Tune,
    layers,
)
from game.sound.shelf import Shelf

LOOPS = 4
"""Of a tune."""


class Music:
    """Two decks, so that one tune can fade in while another fades out.

    channels: 2 * LOOPS of the mixer's that nothing else plays on
    """

    def __init__(self, channels: Sequence[Any], shelf: Shelf, sound: Callable[[str], Path]) -> None:
        self._decks = (Deck(channels[:LOOPS]), Deck(channels[LOOPS:]))
        self._shelf, self._sound = shelf, sound
        self._fullness, self._room = Eased(), Eased(1.0)

    def frame(self, tune: Tune | None, fullness: float, volume: float, ducked: bool) -> None:
        """One frame of 1/60 s nearer to this tune, None for silence."""
        room = self._room.towards(DUCK if ducked else 1.0, DUCK_EASE if ducked else RETURN_EASE)
        loud = layers(self._fullness.towards(min(1.0, max(0.0, fullness)), FULLNESS_EASE))
        wanted = tune if volume else None
        if wanted is not None and wanted not in (deck.tune for deck in self._decks):
            self._begin(wanted)
        for deck in self._decks:
            self._play(deck, wanted, [volume * room * level for level in loud])

    def _begin(self, tune: Tune) -> None:
        """As soon as a deck is free and all is read."""
        free = next((deck for deck in self._decks if deck.tune is None), None)
        read = [self._shelf.get(self._sound(name)) for name in tune.loops]
        if free is not None and all(read):
            free.start(tune, read)

    def _play(self, deck: "Deck", wanted: Tune | None, loud: Sequence[float]) -> None:
        ended = deck.frame(wanted, loud)
        staying = {name for other in self._decks if other.tune for name in other.tune.loops}
        for name in set(ended.loops if ended else ()) - staying - set(wanted.loops if wanted else ()):
            self._shelf.drop(self._sound(name))


class Deck:
    """The channels that one tune plays on. tune: None while it is free"""

    def __init__(self, channels: Sequence[Any]) -> None:
        self.tune: Tune | None = None
        self._channels = channels
        self._there = Eased()

    def start(self, tune: Tune, sounds: Sequence[Any]) -> None:
        """All loops begin at once, unheard."""
        self.tune, self._there = tune, Eased()
        for channel, sound in zip(self._channels, sounds, strict=True):
            channel.set_volume(0.0)
            channel.play(sound, loops=-1)
            channel.set_volume(0.0)  # play() sets it back to 1

    def frame(self, wanted: Tune | None, loud: Sequence[float]) -> Tune | None:
        """One frame on; the tune that has just ended, if one has."""
        if self.tune is None:
            return None
        there = self._there.towards(float(self.tune == wanted), FADE_EASE)
        for channel, level in zip(self._channels, loud, strict=True):
            channel.set_volume(there * level)
        if self.tune == wanted or there > SILENT:
            return None
        for channel in self._channels:
            channel.stop()
        ended, self.tune = self.tune, None
        return ended
