"""When a sentence on the screen is read aloud: once, as soon as it has stood there for a moment."""

SETTLED_TICKS = 30
"""What is gone again within half a second is not read."""


class Reader:
    """Looks at each tick's sentences, in the order in which they are written."""

    def __init__(self) -> None:
        self._seen: tuple[str, ...] = ()
        self._since = 0
        self._read: frozenset[str] = frozenset()

    def saw(self, sentences: tuple[str, ...], tick: int) -> tuple[str, ...] | None:
        """What to read now, in place of what is being read; None to go on.

        A new screen ends the reading of the last one; what stays on the screen is not read again.
        """
        if sentences != self._seen:
            self._seen, self._since = sentences, tick
            if self._read.isdisjoint(sentences):
                ended, self._read = bool(self._read), frozenset()
                return () if ended else None
        if tick - self._since != SETTLED_TICKS:
            return None
        new = tuple(sentence for sentence in sentences if sentence not in self._read)
        self._read = frozenset(sentences)
        return new or None
