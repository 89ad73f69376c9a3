"""A model's papers: the figures of its recipe written into the file, and a card for people made from it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import onnx

from neuro.scorer import Scorer
from neuro.seal import sealed

_PAPERS = {
    "what": "What it tells apart",
    "data": "Taught by",
    "people": "People",
    "data_licence": "Licence of the data",
    "channels": "Sensors it was taught with",
    "rate_hz": "Samples a second",
    "features": "What it reads",
    "seed": "Seed",
    "version": "Heron",
    "parent": "Made from",
    "licence": "Licence",
    "temperature": "Temperature",
    "shift": "Shift of the log odds",
    "format": "Kind",
}

_LIMITS = """## What it must not be used for

It says how much a moment resembles mental arithmetic as against rest, learned from people who sat still. It is no
measure of attention in daily life, no diagnosis, and says nothing of one person compared with another. A score
without its trust and its state means nothing.
"""


def with_metrics(model: bytes, metrics: Mapping[str, Any]) -> bytes:
    """The same model, sealed anew, whose papers tell the figures of its recipe."""
    changed = onnx.load_from_string(model)
    papers = {entry.key: entry.value for entry in changed.metadata_props if entry.key != "sealed"}
    onnx.helper.set_model_props(changed, papers | {"metrics": json.dumps(metrics)})
    return sealed(bytes(changed.SerializeToString()))


def headline(study: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a study that belong into the papers of the model."""
    left_out = study["schemes"]["leave one out"]
    of_windows = ("auc", "accuracy", "calibration_error")
    return {
        "split": "leave one out",
        "people": study["people"],
        "channels": study["channels"],
        **{name: _plain(left_out["windows"][name]) for name in of_windows},
        "minute_accuracy": _plain(left_out["minutes"]["accuracy"]),
        "sign_flip_auc": [
            round(one["windows"]["auc"]["value"], 4)
            for name, one in study["controls"].items()
            if name.startswith("signs")
        ],
    }


def card(scorer: Scorer) -> str:
    """The model card, in Markdown, from nothing but the file."""
    return "\n".join(["# The attention model", "", *_papers(scorer), "", *_figures(scorer.metadata), _LIMITS])


def _papers(scorer: Scorer) -> Iterator[str]:
    yield from ("| | |", "|---|---|", f"| SHA-256 | `{scorer.sha256}` |")
    for key, name in _PAPERS.items():
        if value := scorer.metadata.get(key):
            yield f"| {name} | {value.replace('|', '/')} |"


def _figures(papers: Mapping[str, str]) -> Iterator[str]:
    told = json.loads(papers.get("metrics") or "{}")
    if not told:
        yield "Nobody has written figures into this file.\n"
        return
    yield f"Judged by {told['split']} on {told['people']} people, sensors {', '.join(told['channels'])}:"
    yield from ("", "| figure | value (95 % over people) |", "|---|---|")
    for name in ("auc", "accuracy", "minute_accuracy", "calibration_error"):
        value, low, high = told[name]
        yield f"| {name.replace('_', ' ')} | {value:.3f} ({low:.3f}-{high:.3f}) |"
    flips = ", ".join(f"{auc:.3f}" for auc in told["sign_flip_auc"])
    yield f"| auc with signs flipped at random (.5 is honest) | {flips} |"
    yield ""


def _plain(figure: Mapping[str, float]) -> list[float]:
    return [round(figure[name], 4) for name in ("value", "low", "high")]
