"""Every fault by name: how it begins, how it is put right, and what must come of it."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from neuro.emulators.board.faults import Electrodes

Kind = Literal["trifle", "poor", "loss", "restart"]
"""trifle: nobody needs to notice; poor: what comes cannot be believed; loss: nothing comes any more;
restart: the source itself sees that only a new stream helps, and has one before anybody needs to notice."""

Act = Callable[[Any], None]
"""Is done to an emulator, or to the electrodes on a head."""


class Fault(NamedTuple):
    """ends: None where the fault is over by itself."""

    name: str
    kind: Kind
    begin: Act
    ends: Act | None = None


def _board(dropped_by: str) -> tuple[Fault, ...]:
    """What can happen on the way of any board's packets."""
    return (
        Fault("seven packets in a row are lost", "trifle", lambda board: board.radio.drop(7)),
        Fault(
            "one packet in twenty is lost",
            "trifle",
            lambda board: board.radio.lose(0.05),
            lambda board: board.radio.lose(0.0),
        ),
        Fault(
            "packets come twelve at once",
            "trifle",
            lambda board: board.radio.burst(12),
            lambda board: board.radio.burst(1),
        ),
        Fault("out of range", "loss", lambda board: board.radio.silence(), lambda board: board.radio.resume()),
        Fault(dropped_by, "loss", lambda board: board.unplug(), lambda board: board.plug()),
    )


def _step_of_the_senders_clock(by_s: float) -> Fault:
    return Fault(f"the sender's clock is set by {by_s:+g} s", "trifle", lambda board: board.step_clock(by_s))


def _alike(board: Any) -> None:
    board.radio.burst(12)
    board.stamp_alike(12)


def _each_its_own(board: Any) -> None:
    board.stamp_alike(1)
    board.radio.burst(1)


CYTON = (
    *_board("the dongle is pulled"),
    Fault("a hundred packets in a row are lost", "poor", lambda board: board.radio.drop(100)),
    Fault(
        "two packets of five are lost",
        "poor",
        lambda board: board.radio.lose(0.4),
        lambda board: board.radio.lose(0.0),
    ),
    Fault(
        "all electrodes rail",
        "poor",
        lambda board: board.electrodes.rail(*range(8)),
        lambda board: board.electrodes.mend(),
    ),
)
"""An OpenBCI Cyton on its serial port."""

STREAMING = (
    *_board("the program that sends ends"),
    Fault("twelve samples share a stamp", "trifle", _alike, _each_its_own),
    *map(_step_of_the_senders_clock, (-2.0, 2.0, 3600.0)),
)
"""A board that another program owns, by BrainFlow's multicast."""


def _electrodes(name: str, act: Callable[[Electrodes, int], None], n: int) -> Fault:
    def begin(electrodes: Electrodes) -> None:
        for channel in range(n):
            act(electrodes, channel)

    return Fault(name, "poor", begin, Electrodes.mend)


ELECTRODES = (
    Fault("an electrode pops", "poor", lambda electrodes: electrodes.pop(2)),
    _electrodes("one electrode of eight rails", Electrodes.rail, 1),
    _electrodes("one electrode of eight comes off", Electrodes.detach, 1),
    _electrodes("five electrodes of eight rail", Electrodes.rail, 5),
    _electrodes("five electrodes of eight come off", Electrodes.detach, 5),
    _electrodes("the headset lies beside the head", Electrodes.detach, 8),
)
"""Eight electrodes on a head."""


def _without_reports(phone: Any) -> None:
    phone.hide_reports()
    phone.kill()
    phone.revive()


def _by_udp_only(phone: Any) -> None:
    phone.refuse_tcp()
    phone.kill()
    phone.revive()


NEON = (
    Fault("the phone's clock is set by +3600 s", "trifle", lambda phone: phone.jump(3600.0)),
    Fault("the glasses are taken off", "poor", lambda phone: phone.take_off(), lambda phone: phone.put_on()),
    Fault("the phone's clock is set by -0.3 s", "trifle", lambda phone: phone.jump(-0.3)),
    Fault("the app is killed", "loss", lambda phone: phone.kill(), lambda phone: phone.revive()),
    Fault("the phone hangs, or leaves the Wi-Fi", "loss", lambda phone: phone.freeze(), lambda phone: phone.thaw()),
    Fault("the glasses' cable is pulled", "loss", lambda phone: phone.unplug(), lambda phone: phone.plug()),
    Fault("packets come without sender reports", "loss", _without_reports, lambda phone: phone.show_reports()),
    Fault(
        "sender reports tell a time that cannot be",
        "loss",
        lambda phone: phone.misreport(5.0),
        lambda phone: phone.misreport(0.0),
    ),
    Fault("the stream's counter runs over", "restart", lambda phone: phone.wrap(0.2)),
    Fault("the phone sends by UDP only from now on", "restart", _by_udp_only),
)
"""A Pupil Labs Neon; the last fault stays."""
