"""What a player's own model adds to the common one: a straight line more, at the sites of the player's sensors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, helper, numpy_helper
from scipy.linalg import block_diag
from torch import Tensor

from neuro.errors import BadModel
from neuro.explain import BANDS_HZ, in_band
from neuro.seal import sealed
from neuro.spectrum import BINS_HZ

REACH = 0.1
"""How far a site reaches on a head of radius 1: as far as a sensor sits beside its place (`Config.shift`)."""

_OTHER = "This model cannot learn a player: choose the one that came with Heron."
_PLACE, _SAYS, _SAID = "place", "says", "said"
_MEAN, _REST = "mean", "rest"
"""Names in the graph of `neuro.learn.graph`: places, what a spectrum says there, with the spectrum; the last weights
of the net, and the constant."""

_LINE = "line_weight", "line_bias"
"""Weights of the graph that are the straight line of the base."""

_BANDS = block_diag([in_band(*hz) for hz in BANDS_HZ.values()], 1.0)
"""(6, N_NUMBERS) which numbers of a spectrum belong together: five bands, and the height."""

_AWAY = np.subtract.outer(np.arange(len(BINS_HZ)), np.arange(len(BINS_HZ)))
_SMOOTH = block_diag(np.linalg.cholesky(np.exp(-0.5 * _AWAY**2) + 1e-4 * np.eye(len(BINS_HZ))), 1.0)
"""(N_NUMBERS, N_NUMBERS) neighbouring bins say much the same: a rhythm is wider than 2 Hz. SD: own choice."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """What becomes of the base's log odds.

    scale, shift:  all that the base says is multiplied with the one, and then moved by the other
    sites, weight: (J, N_PLACE) on the head, and (J, N_NUMBERS) what a spectrum says there besides
    """

    scale: float
    shift: float
    sites: NDArray[np.float32]
    weight: NDArray[np.float32]


class Form:
    """What can be learned: that a band says more or less than the base has it, and a bin more at all sites alike.

    So it is 29 numbers for any montage: a weight for each bin at each site, 92 for four, learned no better from true
    labels, and worse from those that behaviour gives (docs/why/0020).

    sites: (J, N_PLACE); line: (J, N_NUMBERS) what the base says there
    """

    def __init__(self, sites: NDArray[np.float32], line: NDArray[np.float32]) -> None:
        self._sites, self._line = torch.from_numpy(sites), torch.from_numpy(line)
        self._bands, self._smooth = (torch.from_numpy(each).float() for each in (_BANDS, _SMOOTH))

    def numbers(self, spectra: Tensor, places: Tensor) -> Tensor:
        """Parts of the mean spectrum (B, C, F) at places (B, C, N_PLACE) to numbers to learn with (B, 29)."""
        there = torch.exp((places[..., :3] @ self._sites[:, :3].T - 1) / REACH**2)  # (B, C, J): 1 at a site
        own = torch.einsum("bcj,bcf->bjf", there, spectra)
        return torch.cat([(own * self._line).sum(1) @ self._bands.T, own.sum(1) @ self._smooth], 1)

    def weight(self, learned: Tensor) -> NDArray[np.float32]:
        """The weights (29,) of those numbers to what a spectrum says at each site (J, N_NUMBERS)."""
        scale, more = learned[: len(_BANDS)], learned[len(_BANDS) :]
        return np.asarray((self._line * (scale @ self._bands) + self._smooth @ more).numpy())


def line_of(base: bytes, sites: NDArray[np.float32]) -> NDArray[np.float32]:
    """(J, N_NUMBERS) what the straight line of a model says at sites (J, N_PLACE).

    Raises: BadModel: it has none.
    """
    weights = {each.name: each for each in onnx.load_from_string(base).graph.initializer}
    if not set(_LINE) <= set(weights):
        raise BadModel(_OTHER)
    at, everywhere = (numpy_helper.to_array(weights[name]) for name in _LINE)
    return np.asarray(sites @ at + everywhere, np.float32)


def adapted(base: bytes, adapter: Adapter, papers: Mapping[str, str]) -> bytes:
    """The base with the adapter beside it, five operations more, sealed; these papers replace or join its own.

    Raises: BadModel: the base is not of the graph that ships.
    """
    model = onnx.load_from_string(base)
    graph = model.graph
    names = [node.name for node in graph.node]
    weights = {each.name: each for each in graph.initializer}
    if _SAID not in names or not {*_LINE, _MEAN, _REST} <= set(weights):
        raise BadModel(_OTHER)
    said = graph.node[names.index(_SAID)]
    said.input[list(said.input).index(_SAYS)] = "says_own"
    added = _nodes()
    for node in reversed(added):
        graph.node.insert(names.index(_SAID), node)
    own = {
        "own_sites": adapter.sites.T * [[1.0], [1.0], [1.0], [0.0]] / REACH**2,  # (N_PLACE, J)
        "own_reach": np.array([-1 / REACH**2]),
        "own_weight": adapter.weight,
    }
    graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in own.items()
    )
    for name, value in _scaled(adapter, {name: numpy_helper.to_array(each) for name, each in weights.items()}):
        weights[name].CopyFrom(numpy_helper.from_array(np.asarray(value, np.float32), name))
    kept = {entry.key: entry.value for entry in model.metadata_props if entry.key not in ("sealed", "metrics")}
    helper.set_model_props(model, kept | dict(papers))
    return sealed(bytes(model.SerializeToString()))


def _scaled(
    adapter: Adapter, weights: Mapping[str, NDArray[np.float32]]
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The last weights of the base, by name: of the net, of the line, and the constant."""
    for name in _LINE:
        yield name, weights[name] * adapter.scale
    yield _MEAN, weights[_MEAN] * adapter.scale
    yield _REST, weights[_REST] * adapter.scale + adapter.shift


def _nodes() -> list[NodeProto]:
    """(C, N_PLACE) places to (C, F) what is said there, the base's and the player's own."""
    steps = (
        ("MatMul", (_PLACE, "own_sites"), "own_along"),
        ("Add", ("own_along", "own_reach"), "own_away"),
        ("Exp", ("own_away",), "own_near"),
        ("MatMul", ("own_near", "own_weight"), "own_says"),
        ("Add", (_SAYS, "own_says"), "says_own"),
    )
    return [helper.make_node(kind, list(given), [made], name=made) for kind, given, made in steps]
