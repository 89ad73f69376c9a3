"""Follows one LSL stream in a thread of its own: finds it, reads it, and finds it again when it has gone."""

import importlib
import logging
import math
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.clock import WallClock
from neuro.errors import DeviceLost, DeviceUnavailable

LOST_AFTER_S = 0.9
"""A source that has gone is not always said to have: almost a second without a sample is the sure sign."""

_SEARCH_S = 3.0
_ANSWER_S = 2.0
_POLL_S = 0.02
_RETRY_S = 0.5
_CORRECTION_S = 5.0  # how often the sender's clock is asked for
_MOST_AT_ONCE = 16_384
_BUFFER_S = 10  # LSL's own default keeps six minutes
_KEPT_PORTIONS = 9_000  # three minutes of polls: a reader that stopped reading does not fill the memory

_log = logging.getLogger(__name__)


class Portion(NamedTuple):
    """What came at once. values: (n, n_channels).

    sender_s: (n,) as the sender stamped, seconds of the LSL clock of its computer; t_s: the same in host seconds
    anew:     whether the stream was opened anew before it
    """

    values: NDArray[np.float32]
    sender_s: NDArray[np.float64]
    t_s: NDArray[np.float64]
    anew: bool


class Described(NamedTuple):
    """What a stream says of itself; a channel's label, type and unit are "" where it does not say."""

    rate_hz: float
    labels: tuple[str, ...]
    types: tuple[str, ...]
    units: tuple[str, ...]


def load_pylsl() -> Any:
    """The module pylsl.

    Raises: DeviceUnavailable: it is not installed, or has no library for this computer.
    """
    try:
        return importlib.import_module("pylsl")
    except ImportError as error:
        raise DeviceUnavailable('LSL needs pylsl: install it with pip install "heron-focus[lsl]".') from error
    except (OSError, RuntimeError) as error:
        raise DeviceUnavailable(
            "pylsl comes without liblsl for this computer: install liblsl from github.com/sccn/liblsl/releases."
        ) from error


class Feed:
    """One stream by its name and type.

    Args: kind: LSL's content type, as in "EEG"; clock: host monotonic seconds, running at real pace.
    """

    def __init__(self, name: str, kind: str, clock: Callable[[], float]) -> None:
        self._name, self._kind, self._clock = name, kind, clock
        self._arrived: deque[Portion] = deque(maxlen=_KEPT_PORTIONS)
        self._newest_s = math.inf
        self._local = WallClock()  # LSL's own clock of this computer is just another clock
        self._said = Described(0.0, (), (), ())
        self._failure: DeviceUnavailable | None = None
        self._leaving, self._opened = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"LSL {name}", daemon=True)

    def begin(self) -> Described:
        """Raises: DeviceUnavailable: there is no such stream, or no LSL."""
        self._lsl = load_pylsl()
        self._thread.start()
        try:
            self._opened.wait()
            if self._failure is not None:
                raise self._failure
        except BaseException:
            self.end()
            raise
        return self._said

    def end(self) -> None:
        self._leaving.set()
        self._thread.join()

    def taken(self) -> list[Portion]:
        """What has arrived since the last call. Raises: DeviceLost: nothing, for almost a second or longer."""
        portions: list[Portion] = []
        with suppress(IndexError):
            while True:
                portions.append(self._arrived.popleft())
        if not portions and self._clock() - self._newest_s > LOST_AFTER_S:
            raise DeviceLost(
                f"The LSL stream {self._name!r} has stopped: start it again in its own program; "
                "it is taken up as soon as it is back."
            )
        return portions

    def _run(self) -> None:
        try:
            while not self._leaving.is_set():
                self._try()
        finally:
            self._opened.set()

    def _try(self) -> None:
        """Find the stream and follow it while it lives; if it never did, that is all."""
        try:
            self._follow(self._open())
        except (DeviceUnavailable, RuntimeError) as error:  # what pylsl raises are RuntimeErrors
            _log.info("LSL stream %s: %s", self._name, error)
            if not self._opened.is_set():
                self._failure = self._plain(error)
                self._leaving.set()
            self._leaving.wait(_RETRY_S)

    def _plain(self, error: Exception) -> DeviceUnavailable:
        if isinstance(error, DeviceUnavailable):
            return error
        return DeviceUnavailable(f"The LSL stream {self._name!r} does not answer: start it again in its own program.")

    def _open(self) -> Any:
        """An inlet that receives."""
        inlet = self._lsl.StreamInlet(self._found(), max_buflen=_BUFFER_S, recover=False, as_numpy=True)
        info = inlet.info(_ANSWER_S)
        n = info.channel_count()
        says = (info.get_channel_labels(), info.get_channel_types(), info.get_channel_units())
        said = Described(float(info.nominal_srate()), *(_words(words, n) for words in says))
        if self._opened.is_set() and said != self._said:
            raise DeviceUnavailable(f"another stream is called {self._name!r} now")
        inlet.time_correction(_ANSWER_S)  # the first takes half a second, later ones no time
        inlet.open_stream(_ANSWER_S)
        if not self._opened.is_set():
            self._said, self._newest_s = said, self._clock()
            self._opened.set()
        return inlet

    def _found(self) -> Any:
        resolver = self._lsl.ContinuousResolver(pred=f"type='{self._kind}' and channel_format!='string'")
        until_s = self._clock() + _SEARCH_S
        while True:
            there = {info.name(): info for info in resolver.results()}
            if self._name in there:
                return there[self._name]
            if self._leaving.wait(_POLL_S) or self._clock() > until_s:
                others = f"choose from {', '.join(sorted(there))}, or start it" if there else "start it"
                raise DeviceUnavailable(
                    f"There is no LSL stream {self._name!r} of type {self._kind}: {others}, and let LSL through the "
                    "firewalls of both computers."
                )

    def _follow(self, inlet: Any) -> None:
        """Take what comes, until nothing has for almost a second or the context ends."""
        correction_s = inlet.time_correction(_ANSWER_S)
        anew, asked_s = True, self._clock()
        heard_s = asked_s
        while not self._leaving.wait(_POLL_S):
            now_s = self._clock()
            if now_s - asked_s > _CORRECTION_S:
                correction_s, asked_s = inlet.time_correction(_ANSWER_S), now_s
            self._local.reading(self._clock(), self._lsl.local_clock(), self._clock())
            values, stamps = inlet.pull_chunk(max_samples=_MOST_AT_ONCE)
            if stamps.size:
                t_s = self._local.to_host(stamps + correction_s)
                heard_s = self._newest_s = now_s  # before a reader can take the portion and look again
                self._arrived.append(Portion(values.astype(np.float32), stamps, t_s, anew))
                anew = False
            elif now_s - heard_s > LOST_AFTER_S:
                return


def _words(said: Sequence[str | None] | None, n: int) -> tuple[str, ...]:
    """One word a channel, "" where the stream does not say."""
    words = [word or "" for word in said or ()]
    return (*words, *[""] * (n - len(words)))[:n]
