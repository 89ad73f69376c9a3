"""The reward loop: attention above a threshold that is frozen within a block pays; a lost signal costs nothing."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from engine.copies import replace
from engine.ports import ticks_of

HALF_LIFE_S = 0.75  # the score is already a mean over 2 and 4 s; 1.5 s paid worse (docs/why/0007)
DWELL_S = 1.0
REFRACTORY_S = 1.5
FROZEN_S = 1.5  # own choice: a blink or a burst of muscle is shorter; after a longer gap the dwell begins anew
HYSTERESIS_Z = 0.1  # own choice: a z that trembles on the threshold does not flicker
FLOOR_Z = -0.6  # never pay for drowsiness
MIN_SCORES = 50  # own choice: five seconds of estimates, the least that a median and a spread can rest on
MIN_SPREAD = 0.02  # own choice, in score: a model that says always the same must not make huge z
MAX_STEP_S = 0.3  # after a silence one estimate may not outweigh all before it
MIN_CLEAN = 0.6  # share of a block with a good signal, below which it moves no threshold
HISTORY_S = 120.0  # a calibration of this length weighs as much as all that is known from before

_DWELL, _REFRACTORY, _FROZEN = (ticks_of(s) for s in (DWELL_S, REFRACTORY_S, FROZEN_S))


@dataclass(frozen=True, slots=True)
class Reward:
    """Where the reward loop stands.

    scores, times_s: good estimates gathered for the calibration; emptied by it
    centre, spread:  of the player's own scores today; None before the calibration
    threshold_z:     in those SD; None before the calibration, and then nothing is paid
    z:               smoothed; frozen while the signal is not good
    z_now:           of the newest good estimate
    seen_s:          stamp of the newest good estimate
    dwell, wait:     ticks above the threshold, ticks until the next payment may come
    gap:             ticks since the signal was good
    above:           whether attention has been above the threshold for the dwell time, and the signal is good
    *_ticks, paid:   in this block: all, with a good signal, above; payments
    """

    scores: tuple[float, ...] = ()
    times_s: tuple[float, ...] = ()
    centre: float | None = None
    spread: float | None = None
    threshold_z: float | None = None
    z: float | None = None
    z_now: float | None = None
    seen_s: float | None = None
    dwell: int = 0
    wait: int = 0
    gap: int = 0
    above: bool = False
    ticks: int = 0
    good_ticks: int = 0
    above_ticks: int = 0
    paid: int = 0


def goal(sitting_number: int) -> float:
    """The share of good time to reward: near-continuous at first, thinned slowly over the sittings."""
    return 0.80 if sitting_number <= 3 else 0.75 if sitting_number <= 8 else 0.70 if sitting_number <= 15 else 0.65


def heard(now: Reward, score: float, t_s: float) -> Reward:
    """After one new good estimate: gathered before the calibration, smoothed after it."""
    if now.centre is None or now.spread is None:
        return replace(now, scores=(*now.scores, score), times_s=(*now.times_s, t_s), seen_s=t_s)
    z_now = (score - now.centre) / now.spread
    return replace(now, z=_smooth(now.z, z_now, now.seen_s, t_s), z_now=z_now, seen_s=t_s)


def calibrated(
    now: Reward, goal: float, last_threshold: float | None, usual: tuple[float, float] | None = None
) -> Reward:
    """With a centre, a spread and a first threshold, once there are scores enough; unchanged until then.

    centre = median, spread = 1.4826 MAD, both drawn towards `usual`, the last sitting's: n seconds of scores today
    weigh n / (n + HISTORY_S). threshold = the smoothed z that was exceeded for `goal` of the time, averaged with the
    last sitting's, at least the floor. So whoever attends more from sitting to sitting finds the threshold rising.
    """
    if now.centre is not None or len(now.scores) < MIN_SCORES:
        return now
    centre, spread = _centred(now, usual)
    smoothed = _smoothed([(score - centre) / spread for score in now.scores], now.times_s)
    threshold = _quantile(smoothed, 1 - goal)
    if last_threshold is not None:
        threshold = (threshold + last_threshold) / 2
    return Reward(
        centre=centre,
        spread=spread,
        threshold_z=max(FLOOR_Z, threshold),
        z=smoothed[-1],
        z_now=smoothed[-1],
        seen_s=now.seen_s,
    )


def _centred(now: Reward, usual: tuple[float, float] | None) -> tuple[float, float]:
    """The centre and the spread of the player's scores, of today and of before."""
    centre = median(now.scores)
    spread = max(MIN_SPREAD, 1.4826 * median(abs(score - centre) for score in now.scores))
    if usual is None:
        return centre, spread
    seconds = sum(step_s(a, b) for a, b in pairwise(now.times_s))
    today = seconds / (seconds + HISTORY_S)
    return today * centre + (1 - today) * usual[0], today * spread + (1 - today) * usual[1]


def next_tick(now: Reward, good: bool) -> tuple[Reward, bool]:
    """One tick of a block, and whether it pays. Without a good signal nothing is paid and nothing is lost."""
    wait = max(0, now.wait - 1)
    if not good:
        dwell = now.dwell if now.gap < _FROZEN else 0
        return replace(now, ticks=now.ticks + 1, wait=wait, dwell=dwell, gap=now.gap + 1, above=False), False
    dwell = now.dwell + 1 if _holds(now) else 0
    above = dwell >= _DWELL
    pays = above and not wait
    after = replace(
        now,
        ticks=now.ticks + 1,
        good_ticks=now.good_ticks + 1,
        above_ticks=now.above_ticks + above,
        dwell=dwell,
        gap=0,
        above=above,
        wait=_REFRACTORY if pays else wait,
        paid=now.paid + pays,
    )
    return after, pays


def above_share(now: Reward) -> float | None:
    """The share of the block's good time above the threshold; None without a threshold or good time."""
    return now.above_ticks / now.good_ticks if now.good_ticks and now.threshold_z is not None else None


def good_share(now: Reward) -> float | None:
    """The share of the block with a good signal."""
    return now.good_ticks / now.ticks if now.ticks else None


def next_block(now: Reward, goal: float | None) -> tuple[Reward, str | None]:
    """Counts anew, with the threshold moved a bounded step where a clean enough block asks for it, and why.

    Without a goal the threshold stays, as in every arm but the live one.
    """
    after = replace(now, dwell=0, wait=0, gap=0, above=False, ticks=0, good_ticks=0, above_ticks=0, paid=0)
    share, good = above_share(now), good_share(now)
    if goal is None or now.threshold_z is None or share is None or good is None or good < MIN_CLEAN:
        return after, None
    step, reason = _threshold_step(share, goal)
    threshold = max(FLOOR_Z, now.threshold_z + step)
    if threshold == now.threshold_z:
        return after, None
    return replace(after, threshold_z=threshold), reason


def _threshold_step(share: float, goal: float) -> tuple[float, str]:
    if share > 0.85 or share < 0.50:
        step = min(0.5, max(-0.5, 0.5 * (share - goal) / 0.35))
        return step, "rewards came far too often" if step > 0 else "rewards came far too seldom"
    if share > 0.80:
        return 0.125, "rewards came a little too often"
    if share < 0.60:
        return -0.125, "rewards came a little too seldom"
    return 0.0, "rewards came as often as they should"


def _holds(now: Reward) -> bool:
    if now.z is None or now.threshold_z is None:
        return False
    was_above = now.dwell >= _DWELL
    return now.z > (now.threshold_z - HYSTERESIS_Z if was_above else now.threshold_z)


def step_s(before_s: float | None, t_s: float) -> float:
    """Seconds between two estimates, as far as smoothing heeds them."""
    return 0.0 if before_s is None else min(MAX_STEP_S, max(0.0, t_s - before_s))


def _smooth(before: float | None, value: float, before_s: float | None, t_s: float) -> float:
    if before is None:
        return value
    return float(before + (value - before) * (1 - 2 ** (-step_s(before_s, t_s) / HALF_LIFE_S)))


def _smoothed(zs: list[float], times_s: tuple[float, ...]) -> list[float]:
    smoothed: list[float] = []
    for i, z in enumerate(zs):
        smoothed.append(_smooth(smoothed[-1], z, times_s[i - 1], times_s[i]) if smoothed else z)
    return smoothed


def _quantile(values: list[float], share: float) -> float:
    """Linear between order statistics."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
