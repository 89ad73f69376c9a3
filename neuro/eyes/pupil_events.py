"""What the eyes did, from where the pupil is in an eye camera's picture: for trackers that nobody calibrated."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.classifier import AHEAD, PAST, STEP_S, Net
from neuro.eyes.look import BLINK, GAP_S, LOST, Labels, Look

_APART_S = 1.0
"""After a longer gap nothing is remembered."""


class PupilEvents:
    """The labels of a `Net`, 80 ms late. Built once, called per chunk, as `EyeEvents`.

    The net sees the tracker at 200 Hz, interpolated over at most 50 ms; where it is longer without gaze, the last
    place is held, without confidence.
    """

    def __init__(self, net: Net) -> None:
        self._net = net
        self._clear()

    def __call__(self, look: Look) -> Labels:
        """The labels that have become final."""
        told = []
        before_s = self._t_s[-1:] if self._t_s.size else look.t_s[:1]
        apart = np.flatnonzero(np.diff(look.t_s, prepend=before_s) > _APART_S)
        cuts = [0, *apart.tolist(), look.t_s.size]
        for first, last in pairwise(cuts):
            if first in apart:
                told.append(self.finish())
            if first < last:
                self._take(look.part(slice(first, last)))
                told.append(self._tell())
        return Labels.joined(told)

    def finish(self) -> Labels:
        """The labels of all that is left; what follows begins anew."""
        if not self._t_s.size:
            return Labels.joined([])
        self._lay(self._samples[:, [-1]].repeat(AHEAD + 1, axis=1))
        told = self._tell()
        self._clear()
        return told

    def _clear(self) -> None:
        self._t_s, self._samples = np.empty(0), np.empty((3, 0))  # right, down, confidence; from the newest told on
        self._gone = np.empty(0, bool)
        self._n_told = 0  # of these
        self._grid = np.empty((3, 0))  # steps, from PAST before the first without a kind on
        self._n_steps = 0  # laid since the first sample, which was at _start_s
        self._start_s = 0.0
        self._kinds, self._calm = np.empty(0, np.int8), np.empty((3, 0))
        self._n_forgotten = 0  # kinds before these

    def _take(self, look: Look) -> None:
        gone = look.gone
        new = np.vstack([look.deg, np.where(gone, 0.0, np.nan_to_num(look.confidence))])
        before = self._samples[:, -1:] if self._t_s.size else np.zeros((3, 1))
        newest = np.maximum.accumulate(np.where(gone, 0, np.arange(1, gone.size + 1)))
        new[:2] = np.concatenate([before[:2], new[:2]], axis=1)[:, newest]
        if not self._t_s.size:
            self._start_s = float(look.t_s[0])
            self._grid = new[:, :1].repeat(PAST, axis=1)
        self._t_s = np.concatenate([self._t_s, look.t_s])
        self._samples = np.concatenate([self._samples, new], axis=1)
        self._gone = np.concatenate([self._gone, gone])
        n_steps = int((self._t_s[-1] - self._start_s) / STEP_S + 1e-6) + 1
        at_s = self._start_s + np.arange(self._n_steps, n_steps) * STEP_S
        self._n_steps = n_steps
        self._lay(_steps(self._t_s, self._samples, at_s))

    def _lay(self, steps: NDArray[np.float64]) -> None:
        """More of the grid, and the kinds that are known with it."""
        self._grid = np.concatenate([self._grid, steps], axis=1)
        n = self._grid.shape[1] - PAST - AHEAD
        if n <= 0:
            return
        kinds = self._net.kinds(self._grid[:2], self._grid[2])
        self._kinds = np.concatenate([self._kinds, kinds])
        self._calm = np.concatenate([self._calm, _calm(self._grid, n)], axis=1)
        self._grid = self._grid[:, n:]

    def _tell(self) -> Labels:
        step = np.rint((self._t_s[self._n_told :] - self._start_s) / STEP_S).astype(int) - self._n_forgotten
        step = step[step < self._kinds.size]
        new = slice(self._n_told, self._n_told + step.size)
        kind = self._kinds[step]
        kind = np.where(self._gone[new] & (kind != BLINK), LOST, kind).astype(np.int8)
        x, y, speed = np.where(np.isin(kind, (BLINK, LOST)), np.nan, self._calm[:, step])
        told = Labels(self._t_s[new], kind, np.stack([x, y]), speed)
        keep = max(new.stop - 1, 0)
        self._t_s, self._samples, self._gone = self._t_s[keep:], self._samples[:, keep:], self._gone[keep:]
        self._n_told = new.stop - keep
        old = max(int(step[-1]) - 1, 0) if step.size else 0
        self._kinds, self._calm, self._n_forgotten = self._kinds[old:], self._calm[:, old:], self._n_forgotten + old
        return told


def _steps(t_s: NDArray[np.float64], samples: NDArray[np.float64], at_s: NDArray[np.floating]) -> NDArray[np.float64]:
    """(3, len(at_s)) samples (3, n) at other times, of which none is outside t_s."""
    before = np.clip(np.searchsorted(t_s, at_s + 1e-9, side="right") - 1, 0, t_s.size - 1)
    after = np.minimum(before + 1, t_s.size - 1)
    within_s = t_s[after] - t_s[before]
    share = np.clip((at_s - t_s[before]) / np.where(within_s > 0, within_s, 1.0), 0.0, 1.0)
    between = samples[:, before] + share * (samples[:, after] - samples[:, before])
    held = np.vstack([samples[:2, before], np.where(share > 0, 0.0, samples[2, before])])
    return np.where(within_s > GAP_S, held, between)


def _calm(grid: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """(3, n) place and speed of the steps that have a kind now."""
    near = np.lib.stride_tricks.sliding_window_view(grid[:2], 3, axis=1)[:, PAST - 1 : PAST - 1 + n]
    speed = np.hypot(*(near[..., 2] - near[..., 0])) / (2 * STEP_S)
    return np.vstack([np.median(near, axis=2), speed])
