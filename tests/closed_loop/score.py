"""What Heron's own score of a twin's EEG knows of its attention: python -m tests.closed_loop.score [MINUTES].

These are the faults that `game.simulation.stream` gives to the scores of sittings by the thousand.
"""

import sys
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import assets
from game.simulation.figures import auc
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer, load
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.types import HOP_HZ, Chunk, Headset

REST_S, WARMUP_S = 60.0, 120.0
LAGS_S = (1.0, 2.0, 4.0)


class Known(NamedTuple):
    """Of one twin.

    auc:      of good scores against the zone at that moment
    spread:   SD of good scores
    good:     share of the estimates; artifacts: likewise
    remembers: correlation of what the zone does not explain with itself, after each of LAGS_S
    """

    auc: float
    spread: float
    good: float
    artifacts: float
    remembers: tuple[float, ...]


def heard(twin: Twin, scorer: Scorer, play_s: float) -> tuple[NDArray[np.float64], list[str], NDArray[np.bool_]]:
    """Score, state and zone at each hop of play, after a rest and a warm-up."""
    pipeline = Pipeline(Headset("Twin", CHANNELS, RATE_HZ), scorer)
    scores, states, zone = [], [], []
    for hop in range(round((REST_S + WARMUP_S + play_s) * HOP_HZ)):
        first, last = (round(k * RATE_HZ / HOP_HZ) for k in (hop, hop + 1))
        t_s = np.arange(first, last) / RATE_HZ
        now_s = last / RATE_HZ
        phase = "rest" if now_s <= REST_S else "task" if now_s <= REST_S + WARMUP_S else "play"
        for said in pipeline.step(now_s, phase, Chunk(twin.brain.samples(last - first), t_s)):
            if phase == "play":
                scores.append(said.score)
                states.append(said.state)
                zone.append(twin.zone.attending(said.t_s))
    return np.array(scores), states, np.array(zone)


def known(profile: str, seed: int, scorer: Scorer, play_s: float) -> Known:
    scores, states, zone = heard(Twin(profile, seed), scorer, play_s)
    good = np.array([state == "good" for state in states])
    found = auc(list(zip(scores[good].tolist(), zone[good].tolist(), strict=True)))
    assert found is not None
    rest = np.where(good, scores, np.nan)
    for state in (True, False):
        rest[zone == state] -= np.nanmean(rest[zone == state])
    return Known(
        auc=found,
        spread=float(scores[good].std()),
        good=float(good.mean()),
        artifacts=states.count("artifact") / len(states),
        remembers=tuple(_with_itself(rest, round(lag_s * HOP_HZ)) for lag_s in LAGS_S),
    )


def _with_itself(values: NDArray[np.float64], later: int) -> float:
    both = np.isfinite(values[:-later]) & np.isfinite(values[later:])
    return float(np.corrcoef(values[:-later][both], values[later:][both])[0, 1])


def main(minutes: float, twins: int = 4) -> None:
    """Prints the table."""
    scorer = load(assets.model())
    lags = ", ".join(f"{lag_s:g} s" for lag_s in LAGS_S)
    sys.stdout.write(f"| profile | AUC | SD of scores | good | artifacts | residual with itself after {lags} |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    for profile in ("adult", "child", "adhd", "random"):
        found = [known(profile, seed, scorer, 60 * minutes) for seed in range(twins)]
        one = Known(*(np.mean([each[k] for each in found], axis=0) for k in range(len(Known._fields))))
        after = ", ".join(f"{value:.2f}" for value in one.remembers)
        sys.stdout.write(
            f"| {profile} | {one.auc:.3f} | {one.spread:.3f} | {one.good:.2f} | {one.artifacts:.2f} | {after} |\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
