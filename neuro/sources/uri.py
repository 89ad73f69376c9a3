"""Opens a source by its address, as in "board:muse_2" or "recording:rest.edf"."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from neuro.errors import BadAddress
from neuro.sources import board, lsl, playback, recording
from neuro.sources.mouse import MouseGaze
from neuro.sources.recorded import Recording
from neuro.types import Chunk, Gaze, Headset

_EEG = ("board", "lsl", "playback", "recording", "twin", "none")
_GAZE = ("lsl", "mouse", "neon", "recording", "twin", "none")
_OPTIONS = {
    "playback": ("board", "channels", "loop"),
    "recording": ("board", "channels"),
    "twin": ("seed",),
    "lsl": (),
    "mouse": (),
    "neon": (),
    "none": (),
}
_TARGETS = {
    "board": "the name of a board, as in board:muse_2",
    "lsl": "the name of a stream, as in lsl:Muse",
    "playback": "a file, as in playback:rest.edf",
    "recording": "a file, as in recording:rest.edf",
}


class EegSource(Protocol):
    """EEG. `headset` is valid in the context; `read` never blocks and raises DeviceLost while the device is gone."""

    headset: Headset

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def read(self) -> Chunk: ...


class GazeSource(Protocol):
    """Gaze. `read` never blocks and raises DeviceLost while the device is gone."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def read(self) -> Gaze: ...


@dataclass(frozen=True, slots=True)
class Address:
    """scheme:target?option=value&..."""

    scheme: str
    target: str
    options: dict[str, str]


def parse(address: str) -> Address:
    """The parts of an address.

    Raises: BadAddress: the scheme is unknown, its target is missing, or an option is unknown or without a value.
    """
    scheme, _, rest = address.strip().partition(":")
    scheme = scheme.lower()
    target, _, query = rest.partition("?")
    if not rest and "?" in scheme:  # "twin?seed=3"
        scheme, _, query = scheme.partition("?")
    if scheme not in {*_EEG, *_GAZE}:
        near = get_close_matches(scheme, {*_EEG, *_GAZE}, n=1)
        hint = (
            f"did you mean {near[0]}:?"
            if near
            else "use twin:adult, board:NAME, playback:FILE, recording:FILE or none."
        )
        raise BadAddress(f"Nobody knows the address {address!r}: {hint}")
    if not target and scheme in _TARGETS:
        raise BadAddress(f"The address {address!r} is not complete: add {_TARGETS[scheme]}.")
    return Address(scheme, target, _options(address, scheme, query))


def open_eeg(address: str, clock: Callable[[], float]) -> EegSource | None:
    """The headset at an address, still to be entered; None for "none".

    Args:   clock: host monotonic seconds; boards and playback need it to run at real pace.
    Raises: BadAddress, BadRecording, DeviceUnavailable: with one sentence on what would work.
    """
    parts = parse(address)
    match parts.scheme:
        case "board" if "emulate" in parts.options:
            return _emulated(address, parts, clock)
        case "board":
            return board.open_board(parts.target, parts.options, clock)
        case "lsl":
            return lsl.LslEeg(parts.target, clock)
        case "playback":
            played = _recording(parts)
            samples = Chunk(played.uv, played.t_s)
            return playback.PlaybackSource(played.headset, samples, clock, loop=parts.options.get("loop", "0") == "1")
        case "recording":
            return recording.RecordingSource(_recording(parts), clock)
        case "twin":
            from neuro.sources import twin  # noqa: PLC0415  only who plays with a simulated player loads one

            return twin.open_head(parts.target or "adult", _seed(address, parts), clock)
        case "none":
            return None
    raise BadAddress(f"{address!r} is no headset: use one of {', '.join(_EEG)}.")


def open_gaze(address: str, clock: Callable[[], float]) -> GazeSource | None:
    """The eye tracker at an address, still to be entered; None for "none".

    Raises: BadAddress, BadRecording: with one sentence on what would work.
    """
    parts = parse(address)
    match parts.scheme:
        case "lsl":
            return lsl.LslGaze(parts.target, clock)
        case "mouse":
            return MouseGaze(clock)
        case "neon":
            from neuro.sources.neon.opening import open_neon  # noqa: PLC0415  the client takes a second to load

            return open_neon(parts.target, clock)
        case "recording":
            return recording.GazeRecordingSource(recording.load_gaze(parts.target), clock, Path(parts.target).name)
        case "twin":
            from neuro.sources import twin  # noqa: PLC0415  only who plays with a simulated player loads one

            return twin.open_eyes(parts.target or "adult", _seed(address, parts), clock)
        case "none":
            return None
    raise BadAddress(f"{address!r} is no eye tracker: use one of {', '.join(_GAZE)}.")


def _options(address: str, scheme: str, query: str) -> dict[str, str]:
    options = {}
    for pair in filter(None, query.split("&")):
        key, equals, value = pair.partition("=")
        if not equals or not value:
            raise BadAddress(f"The option {key!r} in {address!r} has no value: write {key}=VALUE.")
        if scheme in _OPTIONS and key not in _OPTIONS[scheme]:
            known = f"use {' or '.join(_OPTIONS[scheme])}" if _OPTIONS[scheme] else "leave it out"
            raise BadAddress(f"{scheme}: has no option {key!r}: {known}.")
        options[key] = value
    return options


def _emulated(address: str, parts: Address, clock: Callable[[], float]) -> EegSource:
    if parts.target.lower() != "cyton" or parts.options != {"emulate": "1"}:
        raise BadAddress(f"Only a Cyton can be emulated: write board:cyton?emulate=1 instead of {address!r}.")
    from neuro.sources import emulated, twin  # noqa: PLC0415  only who plays with a simulated player loads one

    return emulated.EmulatedCyton(twin.Twin("adult", 0), clock)


def _recording(parts: Address) -> Recording:
    names = tuple(name.strip() for name in parts.options.get("channels", "").split(",") if name.strip())
    return recording.load(parts.target, parts.options.get("board"), names or None)


def _seed(address: str, parts: Address) -> int:
    try:
        return int(parts.options.get("seed", "0"))
    except ValueError:
        raise BadAddress(f"The seed in {address!r} must be a whole number, as in twin:adult?seed=3.") from None
