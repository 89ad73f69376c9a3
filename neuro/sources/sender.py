"""The clock of whoever stamps the samples: another program's may be set, or never have been right."""

import numpy as np
from numpy.typing import NDArray

TOLERANCE_S = 0.25
"""No network that is fit for a game is slower; a longer gap starts the windows anew (own choice)."""


class SenderClock:
    """Moves stamps that cannot be true: what arrived between two polls was sent about then.

    The move is kept for all that comes after it, until it no longer fits. `moved_s` is how far it goes now.
    """

    def __init__(self) -> None:
        self.moved_s = 0.0

    def __call__(self, t_s: NDArray[np.float64], since_s: float, now_s: float) -> NDArray[np.float64]:
        """The stamps, moved if need be.

        Args: t_s: (n,) of at least one sample; since_s, now_s: the poll before it and this one; all host seconds.
        """
        t_s = t_s + self.moved_s
        off = (t_s < since_s - TOLERANCE_S) | (t_s > now_s + TOLERANCE_S)
        if off[-1]:
            step_s = now_s - float(t_s[-1])
            self.moved_s += step_s
            t_s[off] += step_s
        return t_s
