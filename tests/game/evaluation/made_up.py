"""A study whose figures are easy to find again on a page."""

from typing import Any

Numbers = dict[str, Any]


def known(value: float) -> Numbers:
    return {"value": value, "low": value - 0.05, "high": value + 0.05}


def figures(auc: float) -> Numbers:
    names = ("auc", "auc_within", "accuracy", "precision", "recall", "f1", "brier", "calibration_error")
    windows = {name: known(auc - 0.01 * i) for i, name in enumerate(names)}
    return {
        "windows": windows | {"risk_of_surest_half": known(0.111)},
        "minutes": {"auc": known(0.901), "accuracy": known(0.881)},
        "n_windows": 1234,
        "n_minutes": 72,
    }


def harm(name: str, auc: float | None) -> Numbers:
    row: Numbers = {"name": name, "size": "5 uV", "later": True, "people": 24 if auc else 0, "left": 0.5}
    told = known(auc) if auc else None
    rest = 0.4 if auc else None
    return row | {"auc": told, "accuracy": told, "calibration_error": rest, "score_at_rest": rest, "variance": rest}


def study() -> Numbers:
    """As `heron evaluate --page` finds it, with figures that nobody measured."""
    return {
        "people": 24,
        "version": "9.9",
        "recipe": {"width": 80, "optimiser": "adamw", "seed": 1},
        "what": "Told apart: this & that.",
        "resamples": 1000,
        "channels": ["Fp1", "Fp2"],
        "schemes": {"leave one out": figures(0.812), "leaky: both sides": figures(0.923)},
        "montages": {"2: Fp1 Fp2": figures(0.801)},
        "ungated": {"4: all windows": figures(0.799)},
        "baselines": {"none": figures(0.654), "60 s": figures(0.812)},
        "controls": {"signs flipped at random, turn 1": figures(0.523), "only muscle": figures(0.612)},
        "reliability": [{"said": 0.2, "was": 0.25, "weight": 6.0}, {"said": 0.8, "was": 0.7, "weight": 6.0}],
        "risk_coverage": [[0.5, 0.111], [1.0, 0.25]],
        "contributions": {"alpha": [-0.12, 0.34], "height": [0.0, 0.01]},
        "harms": [harm("none", 0.812), harm("muscle", 0.733), harm("a hammer", None)],
        "attacks": [{"step": 0.1, "auc": 0.6, "accuracy": 0.58, "auc_trained": 0.7, "accuracy_trained": 0.66}],
        "smaller": [
            {"name": "weights of 8 bits", "auc": 0.81, "accuracy": 0.74, "calibration_error": 0.04, "bytes": 999}
        ],
    }
