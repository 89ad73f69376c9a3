"""The one error tree of neuro.

NeuroError
├── DeviceLost        a device that was there has stopped sending
├── DeviceUnavailable a device could not be opened
├── BadAddress        a source address that nobody understands
├── BadRecording      a file that cannot be read as a recording
├── BadModel          a model that must not be used
└── NoWorkers         nobody is there to do the work, or whoever did it is gone

Every message is one plain sentence that says what to do next.
"""


class NeuroError(Exception):
    """Anything that neuro tells people."""


class DeviceLost(NeuroError):
    """A device that was there has stopped sending."""


class DeviceUnavailable(NeuroError):
    """A device could not be opened."""


class BadAddress(NeuroError):
    """A source address that nobody understands."""


class BadRecording(NeuroError):
    """A file that cannot be read as a recording."""


class BadModel(NeuroError):
    """A model that must not be used."""


class NoWorkers(NeuroError):
    """Nobody is there to do the work, or whoever did it is gone."""
