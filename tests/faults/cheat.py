"""Somebody who clenches the jaw whenever rewards fall: `python -m tests.faults.cheat [SITTINGS]`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import assets
from engine.events import BlockDone, Event, RewardPaid
from engine.level import LEVELS
from engine.ports import TICK_S, Inputs
from engine.session import Setup, Sitting, alike, begin, phase, step
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer, load
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.twin.noise import Noise, band
from neuro.types import HOP_HZ, Chunk, Estimate, Headset

_JAW_AND_BROW = np.array([[1.0], [0.7], [0.7], [0.9]])  # TP9 AF7 AF8 TP10: temporal the most, frontal not much less
_TICKS = round(1 / HOP_HZ / TICK_S)
_MISSED_S = 2.0  # a reward may come every 1.5 s; later than this it has not come

Jaw = Callable[[float], bool]
"""Seconds since rewards fell to whether the jaw is clenched."""


def honest(fallen_s: float) -> bool:
    return False


def until_it_pays(fallen_s: float) -> bool:
    return fallen_s > 0


def in_pulses(fallen_s: float) -> bool:
    """Half a second tight, three and a half relaxed: what comes after a clench might pay."""
    return fallen_s > 0 and fallen_s % 4.0 < 0.5


JAWS = {"until it pays": until_it_pays, "in pulses": in_pulses}


class Outcome(NamedTuple):
    """What a sitting paid.

    share:       of the time in blocks, how much was above the threshold with a good signal
    good_share:  of the time with a good signal in blocks, how much was above the threshold (the report's reward rate)
    per_min:     rewards a minute of play
    clenched:    share of the time in blocks
    """

    share: float
    good_share: float
    per_min: float
    clenched: float


class Body(NamedTuple):
    """A simulated player.

    eeg: (4, n) what the headset would see with relaxed jaws; emg: (4, n) of 1 uV RMS where a clench is strongest
    """

    eeg: NDArray[np.float32]
    emg: NDArray[np.float64]

    def samples(self, first: int, last: int, from_uv: float, to_uv: float) -> Chunk:
        """The samples of one hop, in which muscle tightens or relaxes."""
        uv = self.eeg[:, first:last] + np.linspace(from_uv, to_uv, last - first) * self.emg[:, first:last]
        return Chunk(uv.astype(np.float32), np.arange(first, last) / RATE_HZ)


def body(seed: int, play_s: float) -> Body:
    """An adult twin with more than enough signal for a sitting of play_s."""
    n = round((play_s + 240.0) * RATE_HZ)
    emg = Noise(band(20.0, 120.0, RATE_HZ), len(CHANNELS), RATE_HZ, np.random.default_rng([seed, 99])).next(n)
    return Body(Twin("adult", seed).brain.samples(n), _JAW_AND_BROW * emg)


def sit(body: Body, scorer: Scorer, jaw: Jaw, clench_uv: float, play_s: float) -> Outcome:
    """A whole sitting, jaws relaxed until the first block; nobody strikes, for attention alone is at play."""
    setup = Setup(alike(LEVELS.find("strike-01"), play_s), 1)
    pipeline, now = Pipeline(Headset("Twin", CHANNELS, RATE_HZ), scorer), begin(setup)
    blocks: list[BlockDone] = []
    newest: Estimate | None = None
    hop, fallen_s, tight_uv, clenched, paid = 0, 0.0, 0.0, 0, 0
    while now.stage != "done":
        tight = now.stage == "block" and jaw(fallen_s - _MISSED_S)
        before_uv, tight_uv = tight_uv, clench_uv * tight
        first, last = (round(k * RATE_HZ / HOP_HZ) for k in (hop, hop + 1))
        estimates = pipeline.step(last / RATE_HZ, phase(now), body.samples(first, last, before_uv, tight_uv))
        newest = estimates[-1] if estimates else newest
        now, events = _ticks(setup, now, newest)
        rewards = sum(isinstance(event, RewardPaid) for event in events)
        fallen_s = fallen_s + 1 / HOP_HZ if now.stage == "block" and not rewards else 0.0
        hop, clenched, paid = hop + 1, clenched + tight, paid + rewards
        blocks += [event for event in events if isinstance(event, BlockDone)]
    return _outcome(blocks, paid, clenched / HOP_HZ)


def _ticks(setup: Setup, now: Sitting, newest: Estimate | None) -> tuple[Sitting, list[Event]]:
    """The ticks of one hop; whoever confirms all the time never waits."""
    happened: list[Event] = []
    for _ in range(_TICKS):
        now, events = step(setup, now, Inputs(("confirm",), attention=newest))
        happened += events
    return now, happened


def _outcome(blocks: list[BlockDone], paid: int, clenched_s: float) -> Outcome:
    seconds = sum(block.seconds for block in blocks)
    good_s = sum(block.seconds * (block.good_share or 0.0) for block in blocks)
    above_s = sum(block.seconds * (block.good_share or 0.0) * (block.reward_share or 0.0) for block in blocks)
    return Outcome(above_s / seconds, above_s / good_s if good_s else 0.0, 60 * paid / seconds, clenched_s / seconds)


def gain(honestly: Sequence[Outcome], cheating: Sequence[Outcome]) -> Outcome:
    """What cheating brings, on average over the same players."""
    return Outcome(*np.mean(np.subtract(cheating, honestly), axis=0).tolist())


def _lines(scorer: Scorer, sittings: int) -> Iterator[str]:
    play_s = 180.0
    bodies = [body(seed, play_s) for seed in range(sittings)]
    honestly = [sit(each, scorer, honest, 0.0, play_s) for each in bodies]
    yield f"honest, {sittings} sittings: {Outcome(*np.mean(honestly, axis=0).round(3).tolist())}"
    yield "| jaw | uV | clenched | share above | of good time | rewards a minute |"
    yield "|---|---|---|---|---|---|"
    for name, jaw in JAWS.items():
        for uv in (4.0, 6.0, 8.0, 12.0, 25.0):
            cheating = [sit(each, scorer, jaw, uv, play_s) for each in bodies]
            by = gain(honestly, cheating)
            gains = f"{by.share:+.3f} | {by.good_share:+.3f} | {by.per_min:+.1f}"
            yield f"| {name} | {uv:g} | {by.clenched:.2f} | {gains} |"


if __name__ == "__main__":
    for line in _lines(load(assets.model()), int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
