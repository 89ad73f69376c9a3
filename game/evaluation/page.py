"""The page on the model, docs/model.md, from the figures of one study."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Numbers = Mapping[str, Any]

FLIPPED = "signs flipped"
"""How the names of the sign-flip controls begin."""

HEAD = """# The attention model: how good it is

Written by `heron evaluate --page docs` with Heron {version}; do not edit it by hand. {what}

{people} people of EEGMAT (Zyma et al. 2019, Data 4:14): about three minutes of rest, then one of serial subtraction.
The first minute of rest is each one's own baseline, and is never judged. Windows of 4 s, one every 2 s, through the
live front end and its gate: what is called muscle, blink or no head is left out, as in play. A person's rest and
task weigh the same, and every person the same. Nobody is judged by a model that has seen them. Intervals (95 %) come
from drawing people, not windows, {resamples} times. The models are taught by these people alone, without
simulated players, for as many epochs as the recipe has at most; the scale and the shift of a person's log odds come
from the windows of the others.
A *minute* is the mean of the log odds of its windows.

"""


def page(study: Numbers) -> str:
    """The whole page."""
    return HEAD.format(**study) + "\n".join(
        [
            *_recipe(study["recipe"]),
            *_headline(study),
            *_section("Schemes", SCHEMES, _table(study["schemes"])),
            *_section("Sensors", SENSORS, _table(study["montages"])),
            *_section("Without the gate", UNGATED, _table(study["ungated"])),
            *_section("Baselines", BASELINES, _table(study["baselines"])),
            *_section("Controls", CONTROLS, _table(study["controls"])),
            *_calibrated(study),
            *_section("What it goes by", GOES_BY, _contributions(study["contributions"])),
            robustness(study),
            "![AUC under harm](model/robustness.svg)",
            "",
        ]
    )


def robustness(study: Numbers) -> str:
    """What the models stand."""
    return "\n".join(
        [
            *_section("What harms it", HARMS, _harms(study["harms"])),
            *_section("Attacked on purpose", ATTACKS, _attacks(study["attacks"])),
            *_section("Smaller", SMALLER, _smaller(study["smaller"])),
        ]
    )


SCHEMES = """*Leave one out* and *six groups* judge everybody once, by a model of others; *held out* judges a
quarter. The leaky split deals the windows of everybody to both sides: it shows what knowing a person's own
recordings is worth, and is no result."""

SENSORS = "The same models, read on other montages."

UNGATED = """The same again, with every window judged, also those that never pay in play: what is called muscle,
blink or no head."""

BASELINES = """Against how many seconds of the own rest a window is compared; *none* puts what is usual for the other
people in its place, but for what channels share, which is the own rest's throughout. All four judge the same windows,
after the second minute."""

CONTROLS = """*Signs flipped*: every person's deviations from rest are multiplied by +1 or -1 at random, before
training and judging, in six groups. What is left above .5 does not come from what minds do alike, but from noticing
another recording: a model that lives on it is worthless in a game. *Half a minute of the task as the baseline*: the
models of leaving one out, unchanged, on the same people measured against the task and not the rest. Now the rest is
what differs: who noticed difference alone would call it engaged, with an AUC below .5. *Only 1-3 and 31-45 Hz*: the
same network with all between taken away, so that it sees blinks, movement and muscle; the mains were taken out of
EEGMAT by its owners."""

GOES_BY = """What each band adds to the log odds of a window, on average over people, by integrated gradients
(Sundararajan et al. 2017, Proc Mach Learn Res 70:3319) from a window that is just as at rest; each person through the
model that has not seen them. *Height* is a channel's power against that of the others."""

HARMS = """Recordings of the people who are judged, harmed on purpose (neuro/learn/harm.py); the models are those
above and have not seen it. *Always*: in the baseline minute, too; else from its end on. *People*: who got a baseline
and has windows of both kinds left. *Windows*: those that the gate lets through, of the unharmed number. *At rest*:
mean score at rest, which muscle must not raise. *Variance*: against that of the unharmed."""

ATTACKS = """The fast gradient sign method (Goodfellow et al. 2015, arXiv:1412.6572) moves every number of a window
by the same small step in the worst direction; a step of 1 is a standard deviation of the own rest. *Trained against
it*: the same network, that met such windows in training."""

SMALLER = """The models of leaving one out with their smallest weights set to zero, and with weights of 8 bits (inputs
rounded as they come); the latter as ONNX Runtime runs it. What a call costs is in [performance](performance.md)."""


def _recipe(recipe: Mapping[str, object]) -> Iterator[str]:
    yield "Recipe (neuro/learn/config.py): " + ", ".join(f"{name} {value}" for name, value in recipe.items()) + "."
    yield ""


def _headline(study: Numbers) -> Iterator[str]:
    best = study["schemes"]["leave one out"]
    flipped = [one["windows"]["auc"]["value"] for name, one in study["controls"].items() if name.startswith(FLIPPED)]
    yield f"**Leave one out, {', '.join(study['channels'])}:** AUC {_short(best['windows']['auc'])}, accuracy"
    yield f"{_short(best['windows']['accuracy'])}; of a whole minute {_short(best['minutes']['accuracy'])}. Expected"
    yield f"calibration error {_short(best['windows']['calibration_error'])}. With signs flipped at random AUC"
    yield f"{' and '.join(f'{auc:.3f}' for auc in flipped)}."
    yield ""
    yield "![AUC of everything that was compared](model/comparison.svg)"
    yield ""


def _section(title: str, words: str, table: Iterable[str]) -> Iterator[str]:
    yield from (f"## {title}", "", words, "", *table, "")


def _table(group: Numbers) -> Iterator[str]:
    head = (
        "",
        "windows",
        "AUC",
        "within a person",
        "accuracy",
        "precision",
        "recall",
        "F1",
        "Brier",
        "calibration error",
    )
    yield from _rows(
        (*head, "minutes", "minute: AUC", "accuracy"),
        (
            (
                name,
                one["n_windows"],
                _short(one["windows"]["auc"]),
                _plain(one["windows"]["auc_within"]),
                _short(one["windows"]["accuracy"]),
                *(_plain(one["windows"][key]) for key in ("precision", "recall", "f1", "brier", "calibration_error")),
                one["n_minutes"],
                _plain(one["minutes"]["auc"]),
                _short(one["minutes"]["accuracy"]),
            )
            for name, one in group.items()
        ),
    )


def _calibrated(study: Numbers) -> Iterator[str]:
    best = study["schemes"]["leave one out"]["windows"]
    yield from ("## How sure", "")
    yield f"Errors among all windows: {1 - best['accuracy']['value']:.3f}; among the half with the smallest variance:"
    yield f"{_short(best['risk_of_surest_half'])}."
    yield from ("", "![Reliability, and errors by coverage](model/calibration.svg)", "")


def _contributions(bands: Mapping[str, Sequence[float]]) -> Iterator[str]:
    yield from _rows(
        ("band", "at rest", "under the task"),
        ((name, f"{rest:+.3f}", f"{task:+.3f}") for name, (rest, task) in bands.items()),
    )


def _harms(harms: Sequence[Numbers]) -> Iterator[str]:
    yield from _rows(
        ("harm", "size", "from", "people", "windows", "AUC", "accuracy", "calibration error", "at rest", "variance"),
        (
            (
                one["name"],
                one["size"],
                "the baseline's end" if one["later"] else "always",
                one["people"],
                f"{one['left']:.0%}",
                *(_short(one[key]) if one[key] else "-" for key in ("auc", "accuracy")),
                *("-" if one[key] is None else f"{one[key]:.2f}" for key in ("calibration_error", "score_at_rest")),
                "-" if one["variance"] is None else f"x {one['variance']:.2f}",
            )
            for one in harms
        ),
    )


def _attacks(attacks: Sequence[Numbers]) -> Iterator[str]:
    keys = ("auc", "accuracy", "auc_trained", "accuracy_trained")
    yield from _rows(
        ("step", "AUC, as shipped", "accuracy", "AUC, trained against it", "accuracy"),
        ((f"{one['step']:g}", *(f"{one[key]:.3f}" for key in keys)) for one in attacks),
    )


def _smaller(smaller: Sequence[Numbers]) -> Iterator[str]:
    keys = ("auc", "accuracy", "calibration_error")
    yield from _rows(
        ("model", "AUC", "accuracy", "calibration error", "bytes"),
        ((one["name"], *(f"{one[key]:.3f}" for key in keys), one["bytes"]) for one in smaller),
    )


def _rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def _short(figure: Numbers) -> str:
    return f"{figure['value']:.3f} ({figure['low']:.3f}-{figure['high']:.3f})"


def _plain(figure: Numbers) -> str:
    return f"{figure['value']:.3f}"
