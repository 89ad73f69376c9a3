"""What a player's own model adds to the common one: a straight line more, at the sites of the player's sensors."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, helper, numpy_helper
from torch import Tensor

from neuro.errors import BadModel
from neuro.seal import sealed

REACH = 0.1
"""How far a site reaches on a head of radius 1: as far as a sensor sits beside its place (`Config.shift`)."""

_PLACE, _SAYS, _SAID, _REST = "place", "says", "said", "rest"
"""Names in the graph of `neuro.learn.graph`: places, what a spectrum says there, with the spectrum, the constant."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """sites (J, 3) on the head; weight (J, N_NUMBERS) of a spectrum there, in log odds; shift of the constant."""

    sites: NDArray[np.float32]
    weight: NDArray[np.float32]
    shift: float


def near(places: Tensor, sites: Tensor) -> Tensor:
    """(B, C, N_PLACE) and (J, 3) to (B, C, J): 1 at a site, next to nothing two sensors further."""
    return torch.exp((places[..., :3] @ sites.T - 1) / REACH**2)


def adapted(base: bytes, adapter: Adapter, papers: Mapping[str, str]) -> bytes:
    """The base with the adapter beside it, five operations more, sealed; these papers replace or join its own.

    Raises: BadModel: the base is not of the graph that ships.
    """
    model = onnx.load_from_string(base)
    graph = model.graph
    names = [node.name for node in graph.node]
    weights = {each.name: each for each in graph.initializer}
    if _SAID not in names or _REST not in weights:
        raise BadModel("This model cannot learn a player: choose the one that came with Heron.")
    said = graph.node[names.index(_SAID)]
    said.input[list(said.input).index(_SAYS)] = "says_own"
    added = _nodes()
    for node in reversed(added):
        graph.node.insert(names.index(_SAID), node)
    own = {
        "own_sites": np.vstack([adapter.sites.T, np.zeros(len(adapter.sites))]) / REACH**2,  # (N_PLACE, J)
        "own_reach": np.array([-1 / REACH**2]),
        "own_weight": adapter.weight,
    }
    graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in own.items()
    )
    constant = numpy_helper.to_array(weights[_REST]) + np.float32(adapter.shift)
    weights[_REST].CopyFrom(numpy_helper.from_array(np.asarray(constant, np.float32), _REST))
    kept = {entry.key: entry.value for entry in model.metadata_props if entry.key not in ("sealed", "metrics")}
    helper.set_model_props(model, kept | dict(papers))
    return sealed(bytes(model.SerializeToString()))


def _nodes() -> list[NodeProto]:
    """(1, C, 1, N_PLACE) places to (1, C, 1, F) what is said there, the base's and the player's own."""
    steps = (
        ("MatMul", (_PLACE, "own_sites"), "own_along"),
        ("Add", ("own_along", "own_reach"), "own_away"),
        ("Exp", ("own_away",), "own_near"),
        ("MatMul", ("own_near", "own_weight"), "own_says"),
        ("Add", (_SAYS, "own_says"), "says_own"),
    )
    return [helper.make_node(kind, list(given), [made], name=made) for kind, given, made in steps]
