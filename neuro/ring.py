"""The last seconds of a signal, as one contiguous view."""

import numpy as np
from numpy.typing import NDArray


class Ring:
    """Remembers the newest samples of several rows.

    The store is twice as long as what is remembered, so that the newest samples are always one slice:
    pushing copies the remembered half back to the front only once a length.
    """

    def __init__(self, n_rows: int, length: int) -> None:
        self._store = np.zeros((n_rows, 2 * length))
        self._length = length
        self._end = 0

    def __len__(self) -> int:
        """How many samples are remembered."""
        return min(self._end, self._length)

    def push(self, samples: NDArray[np.float64]) -> None:
        """Take samples of shape (n_rows, n), oldest first."""
        n = samples.shape[1]
        if n > self._length:
            samples, n = samples[:, -self._length :], self._length
        if self._end + n > self._store.shape[1]:
            kept = self._length - n
            self._store[:, :kept] = self._store[:, self._end - kept : self._end]
            self._end = kept
        self._store[:, self._end : self._end + n] = samples
        self._end += n

    def last(self, n: int) -> NDArray[np.float64]:
        """The newest n samples, (n_rows, n), oldest first: a view that the next push may overwrite.

        Raises: ValueError: fewer than n samples are remembered.
        """
        if n > len(self):
            raise ValueError(f"{n} samples were asked for and {len(self)} are there")
        return self._store[:, self._end - n : self._end]
