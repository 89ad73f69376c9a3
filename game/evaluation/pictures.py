"""The pictures of a study of the model: does it know how sure it may be, what helps it, what harms it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from game.simulation import chart
from game.simulation.chart import Bar, Frame, Series

Numbers = Mapping[str, Any]

WIDTH = 1080.0
_HALF, _HIGH, _HEAD, _BAR = WIDTH / 2 - 20, 400.0, 64.0, 24.0


def pictures(study: Numbers) -> dict[str, str]:
    """SVG by file name."""
    return {
        "calibration.svg": calibration(study),
        "comparison.svg": comparison(study),
        "robustness.svg": robustness(study),
    }


def calibration(study: Numbers) -> str:
    """What was said against what was, and errors among the surest."""
    bins, curve = study["reliability"], study["risk_coverage"]
    square = Frame("Said and true", 20, _HEAD, _HALF, _HIGH, (0, 1), (0, 1), "said: score", "was: share of task")
    parts = [
        chart.text(20, 32, "Does it know how sure it may be?", 20),
        chart.text(20, 52, _judged(study)),
        *chart.lines(
            square,
            [
                Series("the model", [one["said"] for one in bins], [one["was"] for one in bins]),
                Series("perfect", (0, 1), (0, 1), dashed=True),
            ],
        ),
    ]
    top = max(0.1, *(error for _, error in curve))
    errors = Frame(
        "Errors among the surest, by variance",
        WIDTH / 2,
        _HEAD,
        _HALF,
        _HIGH,
        (0, 1),
        (0, 1.25 * top),
        "share of windows, surest first",
        "share of errors",
    )
    all_of_them = curve[-1][1]
    parts += chart.lines(
        errors,
        [
            Series("the model", [share for share, _ in curve], [error for _, error in curve]),
            Series("a variance that knows nothing", (curve[0][0], 1), (all_of_them, all_of_them), dashed=True),
        ],
    )
    return chart.page(WIDTH, _HEAD + _HIGH, parts)


def comparison(study: Numbers) -> str:
    """AUC of windows: schemes, montages, baselines, controls."""
    bars = [
        *_bars(study["schemes"], ""),
        *_bars(study["montages"], "sensors: "),
        *_bars(study["baselines"], "baseline: "),
        *_bars(study["controls"], "control: "),
    ]
    return _bar_page("AUC of 4 s windows, with 95 % intervals over people", _judged(study), bars)


def robustness(study: Numbers) -> str:
    """AUC of windows under each harm; the line is the unharmed one."""
    unharmed = study["schemes"]["leave one out"]["windows"]["auc"]["value"]
    bars = [_bar(f"{one['name']}, {one['size']}", one["auc"]) for one in study["harms"] if one["auc"]]
    return _bar_page("AUC of 4 s windows under harm; the line: none", _judged(study), bars, (unharmed,))


def _bar_page(title: str, below: str, bars: Sequence[Bar], goals: tuple[float, ...] = ()) -> str:
    high = 84 + _BAR * len(bars)
    frame = Frame("", 20, _HEAD - 24, WIDTH - 40, high, (0.3, 1.0), (0, 1), "AUC; .5 is chance", "", (0.5, *goals))
    parts = [chart.text(20, 32, title, 20), chart.text(20, 52, below), *chart.bars(frame, bars)]
    return chart.page(WIDTH, _HEAD + high, parts)


def _bars(group: Numbers, before: str) -> Iterator[Bar]:
    for name, one in group.items():
        yield _bar(before + name, one["windows"]["auc"])


def _bar(name: str, figure: Numbers) -> Bar:
    return Bar(name, figure["value"], figure["low"], figure["high"])


def _judged(study: Numbers) -> str:
    return f"{study['people']} people of EEGMAT, each judged by a model of others; {', '.join(study['channels'])}"
