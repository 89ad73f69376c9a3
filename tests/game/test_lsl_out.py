"""What another program hears of a sitting by the Lab Streaming Layer, with LSL's own inlets."""

import json
import sys
import time
from typing import Any

import pytest

import assets
from engine import session
from engine.level import LEVELS
from game.loop import Loop
from game.recorder import Recorder
from game.running import Around, Running
from game.scenes.scene import Show
from game.scenes.start import begin
from game.windows import WindowInputs
from neuro.listener import Listener
from neuro.outlet import Outlet
from neuro.pipeline import Pipeline
from neuro.scorer import load
from neuro.sources.uri import open_eeg
from tests.faults.script import Notes, RealTimeWindow, Script, press_through, until
from tests.game.heron import Heron
from tests.neuro.streams import named, pylsl

lsl = pylsl()


class Inlet:
    """Keeps all that it hears."""

    def __init__(self, kind: str) -> None:
        (info,) = lsl.resolve_byprop("name", f"{named('Heron')} {kind}", timeout=5.0)
        self._inlet = lsl.StreamInlet(info)
        self._inlet.open_stream(5.0)
        self.samples: list[list[Any]] = []
        self.stamps: list[float] = []

    def hear(self) -> int:
        samples, stamps = self._inlet.pull_chunk()
        self.samples += samples
        self.stamps += stamps
        return len(self.stamps)


@pytest.mark.real_time
def test_score_trust_state_and_events_go_out_while_a_sitting_runs() -> None:
    head = open_eeg("twin:adult?seed=3", time.monotonic)
    assert head is not None
    setup = session.Setup(
        session.alike(LEVELS.find("strike-01"), 600.0), 1, rest_s=1.0, warmup_s=1.0, has_headset=True
    )
    loop, notes = Loop(begin(Show(setup, "Ada", head.headset.channels, head.headset.name))), Notes()

    def script() -> Script:
        yield from press_through(lambda: loop.scene.name if loop.scene else "")
        yield from until(lambda: attention.hear() >= 40 and markers.hear() >= 4, 20.0)
        yield WindowInputs(closed=True)

    with head, Outlet(time.monotonic, named("Heron")) as outlet:
        attention, markers = Inlet("Attention"), Inlet("Markers")
        listener = Listener(head, None, Pipeline(head.headset, load(assets.model())))
        around = Around(listener, RealTimeWindow(script()), time.monotonic, outlet=outlet)
        Running(loop, Recorder(notes, head.headset, None), around).run(lambda _worked_s: None)
        here_s = lsl.local_clock() - time.monotonic()
    told = [marker for (marker,) in markers.samples]
    assert "state:poor" in told  # the windows fill
    stages = [json.loads(marker.removeprefix("stage_started ")) for marker in told if "stage_started" in marker]
    assert "rest" in [stage["stage"] for stage in stages]
    assert all(0 <= score <= 1 and 0 <= trust <= 1 for score, trust in attention.samples)
    assert all(later > earlier for earlier, later in zip(attention.stamps, attention.stamps[1:], strict=False))
    assert 0 < time.monotonic() + here_s - attention.stamps[-1] < 2.0


def test_whoever_wants_lsl_without_it_is_told_how_to_get_it(
    heron: Heron, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setitem(sys.modules, "pylsl", None)
    said = heron("play", "--headless", "--seconds", 10, "--lsl-out", "--db", tmp_path / "x.sqlite")
    assert (said.status, said.out) == (1, "")
    assert "heron-focus[lsl]" in said.err
