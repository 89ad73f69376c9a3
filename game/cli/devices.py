"""`heron devices`: what is there, how it does, and what would make it better."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from game.cli.options import Json
from game.cli.progress import sitting_bar

if TYPE_CHECKING:
    from rich.console import RenderableType

    from game.devices import Facts

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
    eeg: Annotated[str | None, typer.Option(help="Headset, by its address.")] = None,
    gaze: Annotated[str | None, typer.Option(help="Eye tracker, by its address.")] = None,
    seconds: Annotated[float, typer.Option(help="How long to look; Ctrl+C ends it sooner.", min=1, max=86400)] = 30.0,
    as_json: Json = False,
) -> None:
    """Look at a headset and an eye tracker: signal, losses, clocks; without addresses, say what can be tried."""
    if eeg is None and gaze is None:
        print(json.dumps(TO_TRY) if as_json else _to_try())
        return
    facts, refused = _watched(eeg or "none", gaze or "none", seconds, as_json)
    if as_json:
        print(json.dumps(facts))
    else:
        print(_summary(facts))
    for sentence in refused:
        print(sentence, file=sys.stderr)
    if refused:
        raise typer.Exit(1)


def _watched(eeg: str, gaze: str, seconds: float, as_json: bool) -> "tuple[Facts, tuple[str, ...]]":
    """What was to be said of both at the end."""
    from game.devices import HeadsetWatch, TrackerWatch  # noqa: PLC0415 -- `heron --help` needs no rooms
    from game.wiring import listening  # noqa: PLC0415

    with listening(eeg, gaze) as heard:
        headset = HeadsetWatch(heard.headset) if heard.headset else None
        tracker = TrackerWatch(gaze) if heard.has_tracker else None

        def facts() -> "Facts":
            return {"eeg": headset and headset.facts(), "gaze": tracker and tracker.facts()}

        if headset is None and tracker is None:
            return facts(), heard.refused
        waiting, first_s, now_s = threading.Event(), None, 0.0
        with suppress(KeyboardInterrupt), _shown(as_json) as show:
            while first_s is None or now_s - first_s < seconds:
                waiting.wait(LOOK_S)
                for poll in heard.background.taken():
                    first_s, now_s = first_s or poll.now_s, poll.now_s
                    if headset:
                        headset.hear(poll)
                    if tracker:
                        tracker.hear(poll)
                show(facts(), (now_s - (first_s or now_s)) / seconds)
        return facts(), heard.refused


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
        yield "calibration", _number(device["calibration_error_deg"], "degrees off", 1), ""
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
