"""One page of pictures: success, difficulty, threshold, reward contrast, recovery."""

from collections.abc import Iterator, Sequence

import numpy as np

from game.simulation import chart, study
from game.simulation.chart import Bar, Frame, Series
from game.simulation.figures import Figures
from game.simulation.study import Courses
from game.simulation.summary import Found

WIDTH, HEIGHT = 1320.0, 1300.0
_HALF, _HIGH = WIDTH / 2 - 30, 350.0
_RIGHT = WIDTH / 2 + 10
_TOP = 78.0


def svg(found: Found, compared: Found) -> str:
    """The page; what was not compared is left out of it."""
    profiles = {name: courses for name, courses in found.items() if "," not in name}
    every = profiles | dict(compared)
    parts = [
        chart.text(28, 38, "Heron's rules against simulated players", 22, "600"),
        chart.text(
            28, 60, f"{sum(len(c) for cs in every.values() for c in cs)} sittings of eight minutes of play", 13
        ),
        *_success(profiles),
        *_difficulty(profiles),
        *_threshold(every),
        *_recovery(found, list(profiles)),
        *_contrast(every),
    ]
    return chart.page(WIDTH, HEIGHT, parts)


def _success(profiles: Found) -> Iterator[str]:
    """By trial, in windows of twenty."""
    frame = Frame("Success", 20, _TOP, _HALF, _HIGH, (0, 180), (0.6, 1.0), "trial", "share of last 20 trials", (0.8,))
    series = []
    for name, courses in profiles.items():
        runs = [np.convolve(f.successes, np.ones(20) / 20, "valid")[:181] for f in _all(courses)]
        means = _means([run.tolist() for run in runs])
        series.append(Series(name, [20.0 + k for k in range(len(means))], means))
    yield from chart.lines(frame, series)


def _difficulty(profiles: Found) -> Iterator[str]:
    frame = Frame("Difficulty", _RIGHT, _TOP, _HALF, _HIGH, (0, 180), (-3.0, 3.0), "trial", "logits")
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
        _TOP + _HIGH,
        _HALF,
        _HIGH,
        (1, study.LONG_COURSE),
        (-0.4, 0.8),
        "sitting",
        "SD, from the first",
    )
    series = []
    for name in ("learner", "no learner"):
        rises = [_rises(course) for course in every.get(name, ()) if len(course) > 1]
        if rises:
            means = _means(rises)
            xs = [1.0 + k for k in range(len(means))]
            series.append(Series(name, xs, means))
    yield from chart.lines(frame, series)


def _rises(course: Sequence[Figures]) -> list[float]:
    first, spread = course[0].threshold, course[0].spread
    if first is None or not spread:
        return []
    return [(f.threshold - first) / spread for f in course if f.threshold is not None]


def _recovery(found: Found, profiles: Sequence[str]) -> Iterator[str]:
    frame = Frame(
        "Recovery from three logits off",
        _RIGHT,
        _TOP + _HIGH,
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
    """How well rewards tell attention; the goals are .20 for a score worth an AUC of .70, and .35 for .80."""
    frame = Frame(
        "Reward contrast: P(above the threshold | in the zone) - P(above | out of it), 95 %",
        20,
        _TOP + 2 * _HIGH,
        WIDTH - 40,
        HEIGHT - _TOP - 20 - 2 * _HIGH,
        (-0.1, 0.6),
        (0.0, 1.0),
        "goals: 0 where the score tells nothing, .20 at an AUC of .70, .35 at .80",
        "",
        (0.0, 0.20, 0.35),
    )
    bars = []
    for name, courses in every.items():
        found = study.reward_contrast(courses)
        bars.append(Bar(name, found.value, found.low, found.high, name.startswith("rival")))
    yield from chart.bars(frame, bars)


def _all(courses: Courses) -> list[Figures]:
    return [figures for course in courses for figures in course]


def _means(rows: Sequence[Sequence[float]]) -> list[float]:
    """Of each column, as far as nine of ten rows reach."""
    lengths = sorted(len(row) for row in rows)
    most = lengths[len(lengths) // 10] if lengths else 0
    return [float(np.mean([row[k] for row in rows if len(row) > k])) for k in range(most)]
