"""One page of pictures: success, difficulty, threshold, reward contrast, recovery."""

from collections.abc import Iterator, Sequence

import numpy as np

from game.simulation import chart, study
from game.simulation.chart import Bar, Frame, Series
from game.simulation.figures import Figures
from game.simulation.study import Courses
from game.simulation.summary import Found

WIDTH, HEIGHT = 1280.0, 1180.0
_HALF, _HIGH = WIDTH / 2 - 20, 360.0


def svg(found: Found, compared: Found) -> str:
    """The page; what was not compared is left out of it."""
    profiles = {name: courses for name, courses in found.items() if "," not in name}
    every = profiles | dict(compared)
    parts = [
        chart.text(20, 32, "Heron's rules against simulated players", 20),
        chart.text(20, 52, f"{sum(len(c) for cs in every.values() for c in cs)} sittings of twelve minutes of play"),
        *_success(profiles),
        *_difficulty(profiles),
        *_threshold(every),
        *_recovery(found, list(profiles)),
        *_contrast(every),
    ]
    return chart.page(WIDTH, HEIGHT, parts)


def _success(profiles: Found) -> Iterator[str]:
    """By trial, in windows of twenty."""
    frame = Frame("Success", 20, 64, _HALF, _HIGH, (0, 200), (0.6, 1.0), "trial", "share of last 20 trials", (0.8,))
    series = []
    for name, courses in profiles.items():
        runs = [np.convolve(f.successes, np.ones(20) / 20, "valid")[:181] for f in _all(courses)]
        means = _means([run.tolist() for run in runs])
        series.append(Series(name, [20.0 + k for k in range(len(means))], means))
    yield from chart.lines(frame, series)


def _difficulty(profiles: Found) -> Iterator[str]:
    frame = Frame("Difficulty", WIDTH / 2, 64, _HALF, _HIGH, (0, 200), (-3.0, 3.0), "trial", "logits")
    series = []
    for name, courses in profiles.items():
        means = _means([f.x for f in _all(courses)])
        series.append(Series(name, [1.0 + k for k in range(len(means))], means))
    yield from chart.lines(frame, series)


def _threshold(every: Found) -> Iterator[str]:
    """Against the first sitting's, in SD of its calibration: who learns finds it rising."""
    frame = Frame(
        "Reward threshold",
        20,
        64 + _HIGH,
        _HALF,
        _HIGH,
        (1, study.LONG_COURSE),
        (-0.4, 0.8),
        "sitting",
        "SD, from the first",
    )
    shown = ("child", "adhd", "learner", "no learner", "rival: a threshold that follows, learner")
    series = []
    for name in shown:
        rises = [_rises(course) for course in every.get(name, ()) if len(course) > 1]
        if rises:
            means = _means(rises)
            xs = [1.0 + k for k in range(len(means))]
            series.append(Series(name, xs, means, dashed=name.startswith("rival")))
    yield from chart.lines(frame, series)


def _rises(course: Sequence[Figures]) -> list[float]:
    first, spread = course[0].threshold, course[0].spread
    if first is None or not spread:
        return []
    return [(f.threshold - first) / spread for f in course if f.threshold is not None]


def _recovery(found: Found, profiles: Sequence[str]) -> Iterator[str]:
    frame = Frame(
        "Recovery from three logits off",
        WIDTH / 2,
        64 + _HIGH,
        _HALF,
        _HIGH,
        (0, 100),
        (-3.0, 3.0),
        "trial",
        "logits from where it settles",
        (0.0,),
    )
    series = []
    for start in ("too easy", "too hard"):
        sittings = [f for name in profiles for f in _all(found[f"{name}, {start}"])]
        tracks = np.array(
            [[x - np.mean(f.x[len(f.x) // 2 :]) for x in f.x[:100]] for f in sittings if len(f.x) >= 100]
        )
        if len(tracks):
            low, high = np.quantile(tracks, [0.1, 0.9], axis=0)
            xs = [1.0 + k for k in range(100)]
            series.append(Series(f"begun {start}", xs, tracks.mean(0).tolist(), low.tolist(), high.tolist()))
    yield from chart.lines(frame, series)


def _contrast(every: Found) -> Iterator[str]:
    frame = Frame(
        "Reward contrast: P(paid | attending) - P(paid | not)",
        20,
        64 + 2 * _HIGH,
        WIDTH - 40,
        HEIGHT - 84 - 2 * _HIGH,
        (-0.1, 0.6),
        (0.0, 1.0),
        "",
        "",
        (0.0, 0.20, 0.35),
    )
    bars = []
    for name, courses in every.items():
        found = study.reward_contrast(courses)
        bars.append(Bar(name, found.value, found.low, found.high))
    yield from chart.bars(frame, bars)


def _all(courses: Courses) -> list[Figures]:
    return [figures for course in courses for figures in course]


def _means(rows: Sequence[Sequence[float]]) -> list[float]:
    """Of each column, as far as at least half of the rows reach."""
    lengths = sorted(len(row) for row in rows)
    most = lengths[len(lengths) // 2] if lengths else 0
    return [float(np.mean([row[k] for row in rows if len(row) > k])) for k in range(most)]
