"""A stored sitting as a video, as one picture or as a few small ones: it is played again and painted."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, cast

import av
import numpy as np
from av.codec.codec import UnknownCodecError
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image

import assets
from engine.ports import TICK_S
from engine.store import Store
from engine.store.rows import Session
from game.draw import HEIGHT, WIDTH, DrawList
from game.errors import NotWritten
from game.loop import Ticked
from game.manner import worn
from game.replay import replayed
from game.strip import HEIGHT as STRIP
from game.strip import SPAN_S, Moment, strip, threshold
from game.windows.pygame_window import MemoryWindow

RATE_HZ = 30
TICKS_A_FRAME = round(1 / (RATE_HZ * TICK_S))
THUMBNAIL = 320, 180

_BT709, _LIMITED = 1, 1


class Encoder(NamedTuple):
    """name: of FFmpeg's; instead: what to do where it is missing"""

    name: str
    settings: dict[str, str]
    instead: str


ENCODERS = {
    ".mp4": Encoder("libx264", {"preset": "veryfast", "crf": "21"}, "name the file .webm instead"),
    ".webm": Encoder(
        "libvpx-vp9",
        {"deadline": "realtime", "cpu-used": "7", "crf": "32", "row-mt": "1"},
        "name the file .mp4 instead",
    ),
}
"""By the end of the file's name: H.264 and VP9, at qualities at which the marsh shows no blocks (own choice)."""

Progress = Callable[[float], None]


def film(store: Store, session: Session, file: Path, progress: Progress = lambda _share: None) -> None:
    """Write the sitting as a video of 1280 x 840 at RATE_HZ, the score and what it was held against beneath.

    progress: is told the share that is done, 0..1
    Raises: NotWritten: the name, the encoder or the place will not do; NotFound.
    """
    encoder = ENCODERS.get(file.suffix.lower())
    if encoder is None:
        raise NotWritten(f"{file} must end in .mp4 or .webm to be a video; name it so and try again.")
    last = max(1, _ticks(store, session))
    with _written(file) as part, _reel(part, encoder) as put:
        screen, below = MemoryWindow(assets.picture), MemoryWindow(assets.picture, WIDTH, STRIP)
        for tick, picture, beneath in _frames(store, session):
            screen.paint(picture)
            below.paint(beneath)
            put(np.concatenate((screen.pixels(), below.pixels())))
            progress(tick / last)


def still(store: Store, session: Session, file: Path, at_s: float | None = None) -> None:
    """Write the picture that was to be seen so many seconds after the first; of the middle where none is asked for.

    Raises: NotWritten: the name or the place will not do; NotFound.
    """
    if file.suffix.lower() not in Image.registered_extensions():
        raise NotWritten(f"{file} must end in .png, .jpg or .webp to be a picture; name it so and try again.")
    last = _ticks(store, session)
    at = last // 2 if at_s is None else min(last, max(1, round(at_s / TICK_S)))
    for picture in _at(store, session, [at]):
        with _written(file) as part:
            picture.save(part)


def thumbnails(store: Store, session: int, count: int) -> tuple[tuple[float, Image.Image], ...]:
    """So many small pictures, evenly from all that was played of the games; none of a sitting without any.

    Each comes with the second of the game at which it was to be seen.

    It plays the sitting again: about twenty seconds for each quarter of an hour, so keep what it gives.

    Raises: NotFound: there is no such sitting.
    """
    kept = store.sessions.get(session)
    ticks = [tick for start, end in _blocks(store, session) for tick in range(start, end)]
    wanted = [ticks[(2 * n + 1) * len(ticks) // (2 * count)] for n in range(count)] if ticks else []
    return tuple(
        (tick * TICK_S, picture.convert("RGB").resize(THUMBNAIL, Image.Resampling.LANCZOS))
        for tick, picture in zip(wanted, _at(store, kept, wanted), strict=False)
    )


def _blocks(store: Store, session: int) -> list[tuple[int, int]]:
    """From which tick to which each game was played."""
    starts = [
        (event.tick, json.loads(event.data_json)["stage"])
        for event in store.sessions.events(session)
        if event.kind == "stage_started"
    ]
    ends = [tick for tick, _ in starts[1:]]
    return [(tick, end) for (tick, stage), end in zip(starts, ends, strict=False) if stage == "block"]


def _ticks(store: Store, session: Session) -> int:
    return sum(1 for _ in store.sessions.ticks(session.id))


def _at(store: Store, session: Session, wanted: list[int]) -> Iterator[Image.Image]:
    """The pictures after those ticks, which ascend."""
    window, due = MemoryWindow(assets.picture), iter(wanted)
    tick = next(due, None)
    for row, ticked in replayed(store, session) if wanted else ():
        while tick is not None and row.tick >= tick and ticked.picture:
            window.paint(ticked.picture)
            yield window.screenshot()
            tick = next(due, None)
        if tick is None:
            return


def _frames(store: Store, session: Session) -> Iterator[tuple[int, DrawList, DrawList]]:
    """Tick, picture and strip of every frame."""
    heard: deque[Moment] = deque(maxlen=round(SPAN_S / TICK_S))
    for row, ticked in replayed(store, session):
        t_s = row.tick * TICK_S
        _listen(heard, ticked, t_s)
        if ticked.scene is not None and row.tick % TICKS_A_FRAME == 0:
            with worn(ticked.scene.show.manner):
                yield row.tick, ticked.picture, strip(heard, t_s)


def _listen(heard: deque[Moment], ticked: Ticked, t_s: float) -> None:
    """Each estimate once, at the tick that was the first to know it."""
    said = ticked.inputs.attention
    if said is None or (heard and said.t_s == heard[-1].stamp_s):
        return
    sitting = ticked.scene.sitting if ticked.scene else None
    known = threshold(sitting.reward) if sitting else None
    heard.append(Moment(t_s, said.t_s, said.score, said.trust, said.state, known))


@contextmanager
def _written(file: Path) -> Iterator[Path]:
    """A file beside it, which becomes it when all has gone well and is gone when it has not."""
    part = file.with_name(f"{file.stem}.part{file.suffix}")
    try:
        yield part
        part.replace(file)
    except OSError as error:
        why = error.strerror or error
        raise NotWritten(
            f"{file} cannot be written ({why}); make room or choose another place, and try again."
        ) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _reel(file: Path, encoder: Encoder) -> Iterator[Callable[[NDArray[np.uint8]], None]]:
    """Takes frames, (HEIGHT + STRIP, WIDTH, 4) blue, green, red and anything."""
    with av.open(str(file), "w") as container:
        stream = _stream(container, encoder)
        count = 0

        def put(pixels: NDArray[np.uint8]) -> None:
            nonlocal count
            frame = av.VideoFrame.from_ndarray(pixels, format="bgra")
            frame = frame.reformat(format="yuv420p", dst_colorspace=_BT709, dst_color_range=_LIMITED)
            frame.pts, frame.time_base = count, Fraction(1, RATE_HZ)
            count += 1
            container.mux(stream.encode(frame))

        yield put
        container.mux(stream.encode(None))


def _stream(container: OutputContainer, encoder: Encoder) -> VideoStream:
    try:
        stream = cast(VideoStream, container.add_stream(encoder.name, rate=RATE_HZ, options=encoder.settings))
    except UnknownCodecError as error:
        raise NotWritten(f"No {encoder.name} is built into this computer's PyAV; {encoder.instead}.") from error
    stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT + STRIP, "yuv420p"
    stream.codec_context.colorspace, stream.codec_context.color_range = _BT709, _LIMITED
    return stream
