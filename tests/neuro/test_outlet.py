"""Facts about what Heron sends over the Lab Streaming Layer, received by LSL's own inlets."""

import sys
import time
from typing import Any

import pytest

from neuro.errors import DeviceUnavailable
from neuro.outlet import Outlet
from neuro.types import Estimate
from tests.neuro.sources.live import wait_until
from tests.neuro.streams import named, pylsl

lsl = pylsl()
pytestmark = pytest.mark.real_time
AHEAD_S = 5000.0


def clock() -> float:
    return time.monotonic() + AHEAD_S


def inlet(kind: str) -> Any:
    name = f"{named('Heron')} {kind}"
    (info,) = lsl.resolve_byprop("name", name, timeout=5.0)
    assert info.type() == kind
    found = lsl.StreamInlet(info)
    found.open_stream(5.0)
    return found


def received(source: Any, n: int) -> tuple[list[list[Any]], list[float]]:
    samples: list[list[Any]] = []
    stamps: list[float] = []

    def enough() -> bool:
        more, when = source.pull_chunk()
        samples.extend(more)
        stamps.extend(when)
        return len(stamps) >= n

    wait_until(enough)
    return samples, stamps


def test_scores_travel_with_their_trust_and_their_time() -> None:
    with Outlet(clock, named("Heron")) as outlet:
        source = inlet("Attention")
        now_s = clock()
        outlet.estimate(Estimate(now_s - 1.0, 0.75, 0.5, "good"))
        outlet.estimate(Estimate(now_s - 0.9, 0.25, 1.0, "good"))
        samples, stamps = received(source, 2)
        labels = source.info().get_channel_labels()
        here_s = lsl.local_clock() - clock()
    assert labels == ["score", "trust"]
    assert samples == [[0.75, 0.5], [0.25, 1.0]]
    assert [stamp - here_s - now_s for stamp in stamps] == pytest.approx([-1.0, -0.9], abs=1e-3)


def test_markers_and_every_new_state_go_out() -> None:
    with Outlet(clock, named("Heron")) as outlet:
        source = inlet("Markers")
        t_s = clock()
        for k, state in enumerate(("good", "good", "artifact")):
            outlet.estimate(Estimate(t_s + k, 0.5, 0.5, state))
        outlet.mark("block_done", t_s + 3)
        samples, stamps = received(source, 3)
    assert samples == [["state:good"], ["state:artifact"], ["block_done"]]
    assert [stamp - stamps[0] for stamp in stamps] == pytest.approx([0, 2, 3], abs=1e-3)


def test_the_streams_end_with_the_context() -> None:
    with Outlet(clock, named("Heron")):
        source = inlet("Markers")
    assert lsl.resolve_byprop("name", f"{named('Heron')} Markers", timeout=0.3) == []
    source.close_stream()


def test_without_pylsl_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylsl", None)
    with pytest.raises(DeviceUnavailable, match=r"heron-focus\[lsl\]"), Outlet(clock):
        pass
