"""Makes docs/faults.md, every named fault and what came of it: `python -m tests.faults.table > docs/faults.md`."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack

import assets
from neuro.emulators.board.cyton import CytonEmulator
from neuro.emulators.board.feed import Replay
from neuro.emulators.board.injector import StreamingInjector
from neuro.scorer import load
from neuro.sources.board import layout
from tests.faults.catalogue import CYTON, ELECTRODES, NEON, STREAMING, Fault
from tests.faults.observed import Observed, assert_as_it_must_be, observe
from tests.faults.sitting import Sitting, calm, sit, sit_in_no_time, sit_with_glasses

HEAD_S = 240.0

HEADER = """# What can go wrong with a device, and what comes of it

    python -m tests.faults.table > docs/faults.md

Every fault is done to an emulator that the real client reads, while a simulated head or eyes hold still; each row is
one measurement. `pytest tests/faults` does the same to every change, and fails where a loss is noticed later than at
a data age of 1 s, where more than 6 s pass from the device's return until all is well, where a sample comes that was
never sent, or where one is missing without a mark: NaN in its place, or a gap in the stamps as long as it lasted.

- **Noticed**: of a loss how old the newest sample was when it was said; of all else the time since the fault began.
- **Well again**: since the fault was put right. Of a headset every channel is good again, its windows of 4 s are
  refilled; of glasses gaze streams. Some faults are over by themselves: then it is the time since they were noticed.
- **Samples**: those that did not arrive. *Marked* have NaN in their place, *left out* have room in the stamps.
- **Resting**: nothing is paid, nothing is lost, the water stays as it is, and the game says that the signal rests.

| fault | the player sees | stored | noticed, s | well again, s | samples |
|---|---|---|---|---|---|
"""

FOOTER = """
Else tested, each by a test of its own in tests/faults and tests/neuro/sources: a Muse's lost Bluetooth packet is
twelve marks; streams of the Lab Streaming Layer that end, fall silent or are replaced; a phone with a low battery;
gaze in an unknown form; two devices that fail one after the other in one sitting; emulators in processes of their own
that are killed and started again during `heron play`.
"""


def _seen(observed: Observed) -> str:
    """In words, from the worst down."""
    if "lost" in observed.lives:
        return "that the device is gone, and what to do; play goes on"
    if "fitting" in observed.lives:
        return "resting, then how to put it on"
    if observed.states - {"good"}:
        return "resting"
    if "stale" in observed.lives:
        return "that the device is late"
    return "nothing" if observed.noticed_s is None else "a sensor that is not well"


def _stored(observed: Observed) -> str:
    parts = []
    if observed.lives:
        parts.append(f"life: {', '.join(observed.lives)}")
    if bad := sorted(observed.states - {"good"}):
        parts.append(f"estimates: {', '.join(bad)}")
    elif observed.noticed_s is not None and not observed.lives:
        parts.append("the word for the channel")
    if observed.gap_s > 0.1:
        parts.append(f"a gap of {observed.gap_s:.2f} s")
    return "; ".join(parts) or "all as ever"


def _samples(observed: Observed) -> str:
    parts = [f"{n} {word}" for n, word in ((observed.marked, "marked"), (observed.skipped, "left out")) if n]
    return ", ".join(parts) or "all there"


def row(observed: Observed) -> str:
    """One line of the table."""
    times = ("-" if each is None else f"{each:.2f}" for each in (observed.noticed_s, observed.back_s))
    return (
        f"| {' | '.join((observed.fault.name, _seen(observed), _stored(observed), *times, _samples(observed)))} |\n"
    )


def _places() -> Iterator[tuple[str, Iterator[Sitting], tuple[Fault, ...]]]:
    """A title, a sitting for each fault, and the faults."""
    head = calm(load(assets.model()), HEAD_S)
    with CytonEmulator(Replay(head.uv)) as cyton, sit(head, cyton) as sitting:
        yield "OpenBCI Cyton on its serial port", (sitting for _ in CYTON), CYTON
    with ExitStack() as opened:
        board = opened.enter_context(StreamingInjector(Replay(head.uv), layout("cyton")))
        streamed = opened.enter_context(sit(head, board))
        yield "a board of another program, by multicast", (streamed for _ in STREAMING), STREAMING
    yield "electrodes, in compressed time", (sit_in_no_time(head) for _ in ELECTRODES), ELECTRODES
    with sit_with_glasses() as glasses:
        yield "Pupil Labs Neon", (glasses for _ in NEON), NEON


def main() -> None:
    sys.stdout.write(HEADER)
    for title, sittings, faults in _places():
        sys.stdout.write(f"| **{title}** | | | | | |\n")
        for sitting, fault in zip(sittings, faults, strict=True):
            observed = observe(sitting, fault)
            assert_as_it_must_be(observed)
            sys.stdout.write(row(observed))
            sys.stdout.flush()
    sys.stdout.write(FOOTER)


if __name__ == "__main__":
    main()
