"""`heron devices`: what is there, how it does, and what would make it better."""

import json
import math
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from engine.store import Store
from game.cli.options import Database, Json, database
from game.cli.progress import sitting_bar

if TYPE_CHECKING:
    from rich.console import RenderableType

    from game.devices import Facts
    from game.wiring import Listening
    from neuro.listener import Poll

LOOK_S = 0.25

TO_TRY = {
    "eeg": {
        "board:cyton?serial_port=PORT": "OpenBCI Cyton, at the port of its dongle",
        "board:muse_2": "Muse 2 by Bluetooth; any BrainFlow board goes by its name",
        "board:synthetic": "BrainFlow's own test board",
        "board:cyton?emulate=1": "an emulated Cyton on a simulated head (Linux, macOS)",
        "lsl:NAME": "a stream of type EEG of another program",
        "recording:FILE": "a recording, as if it came now",
        "twin:adult": "a simulated head",
    },
    "gaze": {
        "neon:auto": "Pupil Labs Neon in this network",
        "neon://HOST:PORT": "Neon where it cannot be discovered",
        "neon:emulate": "an emulated Neon on simulated eyes",
        "lsl:NAME": "a stream of type Gaze of another program",
        "recording:FOLDER": "a Neon recording, as if it came now",
        "twin": "simulated eyes",
    },
}

TITLES = {"eeg": "Headset", "gaze": "Eye tracker"}
_COLOURS = {"streaming": "green", "lost": "red"}


def devices(
    context: typer.Context,
    eeg: Annotated[str | None, typer.Option(help="Headset, by its address.")] = None,
    gaze: Annotated[str | None, typer.Option(help="Eye tracker, by its address.")] = None,
    seconds: Annotated[float, typer.Option(help="How long to look; Ctrl+C ends it sooner.", min=1, max=86400)] = 30.0,
    scene: Annotated[bool, typer.Option("--scene", help="Also in a window, as pictures for a child.")] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Look at a headset and an eye tracker: signal, losses, clocks; without addresses, say what can be tried."""
    if eeg is None and gaze is None:
        print(json.dumps(TO_TRY) if as_json else _to_try())
        return
    checked = _last_check(database(context, db), gaze) if gaze else None
    facts, refused = _watched(Asked(eeg or "none", gaze or "none", seconds, scene, checked), as_json)
    if as_json:
        print(json.dumps(facts))
    else:
        print(_summary(facts))
    for sentence in refused:
        print(sentence, file=sys.stderr)
    if refused:
        raise typer.Exit(1)


class Asked(NamedTuple):
    """checked: when the eye tracker was last checked, and by how many degrees it was off; None where it never was"""

    eeg: str
    gaze: str
    seconds: float
    scene: bool
    checked: tuple[str, float] | None


def _last_check(db: Path, gaze: str) -> tuple[str, float] | None:
    if not db.exists():
        return None
    with Store.open(db, read_only=True) as store:
        return store.sessions.last_gaze_check(gaze)


def _watched(asked: Asked, as_json: bool) -> "tuple[Facts, tuple[str, ...]]":
    """What was to be said of both at the end."""
    from game.wiring import listening  # noqa: PLC0415 -- `heron --help` needs no rooms

    with listening(asked.eeg, asked.gaze) as heard, _shown(as_json) as show:
        look = _Look(heard, asked, show)
        with suppress(KeyboardInterrupt):
            if asked.scene and look() is not None:
                _as_pictures(heard, asked, look)
            waiting = threading.Event()
            while not asked.scene and look() is not None:
                waiting.wait(LOOK_S)
        return look.facts(), heard.refused


class _Look:
    """Hears both devices, and shows how they do four times a second."""

    def __init__(self, heard: "Listening", asked: Asked, show: "Callable[[Facts, float], None]") -> None:
        from game.devices import HeadsetWatch, TrackerWatch  # noqa: PLC0415

        self._headset = HeadsetWatch(heard.headset) if heard.headset else None
        self._tracker = TrackerWatch(asked.gaze, asked.checked) if heard.has_tracker else None
        self._taken, self._show, self._seconds = heard.background.taken, show, asked.seconds
        self._first_s: float | None = None
        self._now_s = self._shown_s = -math.inf

    def __call__(self) -> "list[Poll] | None":
        """The polls since the last call; None when there is nothing to hear, or it was heard for long enough."""
        if self._headset is None and self._tracker is None:
            return None
        if self._first_s is not None and self._now_s - self._first_s >= self._seconds:
            return None
        polls = self._taken()
        for poll in polls:
            self._hear(poll)
        if self._first_s is not None and self._now_s - self._shown_s >= LOOK_S:
            self._shown_s = self._now_s
            self._show(self.facts(), (self._now_s - self._first_s) / self._seconds)
        return polls

    def _hear(self, poll: "Poll") -> None:
        self._now_s = poll.now_s
        if self._first_s is None:
            self._first_s = poll.now_s
        if self._headset:
            self._headset.hear(poll)
        if self._tracker:
            self._tracker.hear(poll)

    def facts(self) -> "Facts":
        return {"eeg": self._headset and self._headset.facts(), "gaze": self._tracker and self._tracker.facts()}


def _as_pictures(heard: "Listening", asked: Asked, look: _Look) -> None:
    """Raises: NoDisplay: there is no screen."""
    import assets  # noqa: PLC0415
    from game.devices import look_in  # noqa: PLC0415
    from game.errors import NoDisplay  # noqa: PLC0415
    from game.scenes.wearing import Worn, called  # noqa: PLC0415
    from game.windows import open_window  # noqa: PLC0415

    channels = heard.headset.channels if heard.headset else ()
    headset = heard.headset.name if heard.headset else called(asked.eeg)
    try:
        window = open_window("arcade", "Heron", assets.picture)
    except NoDisplay:
        raise NoDisplay("heron devices") from None
    try:
        look_in(window, Worn(headset, channels, called(asked.gaze)), look)
    finally:
        window.close()


@contextmanager
def _shown(as_json: bool) -> "Iterator[Callable[[Facts, float], None]]":
    """Takes facts and the share of the time that has passed: a live table at a terminal, else at most a bar."""
    if as_json or not sys.stdout.isatty():
        with sitting_bar(True, "Listening") as advance:
            yield lambda _facts, share: advance(share)
        return
    from rich.live import Live  # noqa: PLC0415 -- 40 ms that a pipe need not pay

    with Live(auto_refresh=False, transient=True) as live:
        yield lambda facts, _share: live.update(table(facts), refresh=True)


def table(facts: "Facts") -> "RenderableType":
    """Both devices, as they are now."""
    from rich.console import Group  # noqa: PLC0415

    return Group(*(_table(title, facts[key]) for key, title in TITLES.items() if facts[key]))


def _table(title: str, device: "Facts") -> "RenderableType":
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=f"{title}: {device['name']}", title_justify="left", show_header=False, min_width=72)
    colour = _COLOURS.get(device["life"], "yellow")
    table.add_row("life", f"[{colour}]{device['life']}[/]", device["reason"] or "")
    for name, value, hint in _rows(device):
        table.add_row(name, value, hint)
    return table


def _rows(device: "Facts") -> Iterator[tuple[str, str, str]]:
    """Name, value, and what to make of it."""
    promised = f"of {device['nominal_hz']:g}" if "nominal_hz" in device else ""
    yield "rate", _number(device["rate_hz"], "Hz", 2), promised
    yield "lost", _number(device["loss_per_minute"], "a minute", 1), ""
    yield "jitter", _number(device["jitter_ms"], "ms", 2), ""
    yield "age", _number(device["age_ms"], "ms", 0), "of the newest sample"
    if clock := device["clock"]:
        yield "clock", f"{clock['offset_s']:+.4f} s", f"± {1000 * clock['uncertainty_s']:.2f} ms"
    if "confidence" in device:
        yield "confidence", _number(device["confidence"], "", 2), ""
        yield "eyes seen", _number(device["worn_share"], "of the time", 2), ""
        when = f"in the sitting of {device['calibrated_utc']}" if device["calibrated_utc"] else "no sitting yet"
        yield "calibration", _number(device["calibration_error_deg"], "degrees off", 1), when
    if "channels" in device:
        from game.scenes.sensors import contact  # noqa: PLC0415

        yield "signal", device["state"] or "-", ""
        for name, word in device["channels"].items():
            yield name, word or "-", contact(word or "").advice


def _number(value: float | None, unit: str, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f} {unit}".strip()


def _summary(facts: "Facts") -> str:
    """At the end, also where no live table was shown."""
    lines = []
    for key, title in TITLES.items():
        device = facts[key]
        if device is None:
            continue
        lines.append(f"{title} {device['name']}: {device['life']}. {device['reason'] or ''}".rstrip())
        lines += [f"  {name:12} {value:16} {hint}".rstrip() for name, value, hint in _rows(device)]
    return "\n".join(lines)


def _to_try() -> str:
    lines = ["Name a headset by --eeg, an eye tracker by --gaze, or both:"]
    for option, addresses in TO_TRY.items():
        lines += [f"  --{option} {address:32} {words}" for address, words in addresses.items()]
    return "\n".join(lines)
