"""Opens a source by its address, as in "board:muse_2" or "recording:rest.edf"."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from neuro.errors import BadAddress
from neuro.screen import Places
from neuro.sources import board, lsl, playback, recording
from neuro.sources.mouse import MouseGaze
from neuro.sources.recorded import Recording
from neuro.types import Chunk, Gaze, Headset

if TYPE_CHECKING:
    from neuro.emulators.neon import Supply
    from neuro.sources.twin import Twin

_EEG = ("board", "lsl", "playback", "recording", "twin", "none")
_GAZE = ("lsl", "mouse", "neon", "recording", "twin", "none")
_OPTIONS = {
    "playback": ("board", "channels", "loop"),
    "recording": ("board", "channels"),
    "twin": ("seed", "person", "sitting"),
    "lsl": (),
    "mouse": (),
    "neon": (),
    "neon:emulate": ("profile", "seed"),
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


@runtime_checkable
class Guided(Protocol):
    """Simulated eyes, which are told where on the screen there is something to see."""

    def look_at(self, x: float, y: float) -> None: ...


@runtime_checkable
class Shown(Protocol):
    """A simulated camera, which is told what marks the screen before it shows."""

    def show(self, places: Places) -> None: ...


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
    return Address(scheme, target, _options(address, scheme, target, query))


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

            return twin.TwinHead(_twin(address, parts, parts.target or "adult"), clock)
        case "none":
            return None
    raise BadAddress(f"{address!r} is no headset: use one of {', '.join(_EEG)}.")


def open_gaze(address: str, clock: Callable[[], float], wearer: "Twin | None" = None) -> GazeSource | None:
    """The eye tracker at an address, still to be entered; None for "none".

    Args:   wearer: the simulated player whose eyes are looked at where they are simulated; of its own without one.
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

            profile = parts.options.get("profile", "adult")
            return open_neon(parts.target, lambda: wearer or _twin(address, parts, profile), clock)
        case "recording":
            return recording.GazeRecordingSource(recording.load_gaze(parts.target), clock, Path(parts.target).name)
        case "twin":
            from neuro.sources import twin  # noqa: PLC0415  only who plays with a simulated player loads one

            return twin.TwinEyes(wearer or _twin(address, parts, parts.target or "adult"), clock)
        case "none":
            return None
    raise BadAddress(f"{address!r} is no eye tracker: use one of {', '.join(_GAZE)}.")


def eyes(address: str) -> "Supply":
    """What the wearer of an emulated Neon does with the eyes: a simulated player's, or those of a Neon recording.

    Raises: BadAddress, BadRecording: with one sentence on what would work.
    """
    parts = parse(address)
    match parts.scheme:
        case "twin":
            player = _twin(address, parts, parts.target or "adult").eyes
            return lambda n: player.samples(n, (0.5, 0.5))
        case "recording":
            from neuro.emulators.neon import Replay  # noqa: PLC0415  only an emulator needs one

            return Replay(recording.load_gaze(parts.target))
    raise BadAddress(f"{address!r} has no eyes to emulate: use twin:adult or recording:FOLDER.")


def _options(address: str, scheme: str, target: str, query: str) -> dict[str, str]:
    options = {}
    allowed = _OPTIONS.get(f"{scheme}:{target}", _OPTIONS.get(scheme))
    for pair in filter(None, query.split("&")):
        key, equals, value = pair.partition("=")
        if not equals or not value:
            raise BadAddress(f"The option {key!r} in {address!r} has no value: write {key}=VALUE.")
        if allowed is not None and key not in allowed:
            known = f"use {' or '.join(allowed)}" if allowed else "leave it out"
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


def _twin(address: str, parts: Address, profile: str) -> "Twin":
    from neuro.sources.twin import Twin  # noqa: PLC0415  as above

    seed = _whole(address, parts, "seed") or 0
    return Twin(profile, seed, _whole(address, parts, "person"), _whole(address, parts, "sitting") or 1)


def _whole(address: str, parts: Address, option: str) -> int | None:
    """None where the address does not say."""
    said = parts.options.get(option)
    try:
        return None if said is None else int(said)
    except ValueError:
        raise BadAddress(f"The {option} in {address!r} must be a whole number, as in twin:adult?seed=3.") from None
