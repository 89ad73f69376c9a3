"""Facts about finding a Neon by mDNS; no two emulators may call out at once."""

import time

import pytest
from pupil_labs.realtime_api.simple import discover_devices

from neuro.emulators.neon import NeonEmulator
from neuro.sources.neon import NeonSource
from tests.neuro.emulators.eyes import Counting
from tests.neuro.sources.glasses import Watch, assert_true

pytestmark = [pytest.mark.real_time, pytest.mark.usefixtures("calling_out")]


def test_the_makers_client_finds_the_emulator() -> None:
    with NeonEmulator(Counting(), announced=True, name="Found by name") as neon:
        found = discover_devices(search_duration_seconds=1.0)
        ours = [device.port for device in found if device.phone_name == "Found by name"]
        for device in found:
            device.close()
        assert ours == [neon.port]


def test_the_source_finds_the_emulator() -> None:
    with NeonEmulator(Counting(), announced=True) as neon, NeonSource(None, time.monotonic) as source:
        assert_true(neon, Watch(source).more(50))
