"""How far a device's clock is from the host's, as far as anybody knows."""

from typing import NamedTuple, Protocol, runtime_checkable


class ClockFit(NamedTuple):
    """offset_s: what is to be added to the device's seconds; uncertainty_s: by how much that is likely to be wrong.

    drift_ppm:  how much faster than the host's it runs
    residual_s: how far what it is fitted to is from the fit, root mean square
    """

    offset_s: float
    uncertainty_s: float
    drift_ppm: float
    residual_s: float


@runtime_checkable
class Clocked(Protocol):
    """A source whose device has a clock of its own."""

    @property
    def clock_fit(self) -> ClockFit | None:
        """None while nothing is known yet."""
        ...
