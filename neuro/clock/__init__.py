"""Every device's time on the one timeline of a sitting, host monotonic seconds; readings are arguments."""

from neuro.clock.blinks import BlinkLag, blink_lag
from neuro.clock.phone import PhoneClock
from neuro.clock.samples import SampleClock
from neuro.clock.wall import WallClock

__all__ = ["BlinkLag", "PhoneClock", "SampleClock", "WallClock", "blink_lag"]
