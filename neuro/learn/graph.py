"""The net in ONNX as the game calls it: what `Net` says of one window, in few operations (docs/why/0008).

`neuro.scorer` lays its inputs out: heights among channels, shares of what is clean, what may not be looked at.
"""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, numpy_helper, parser
from scipy.linalg import block_diag
from torch import Tensor, nn

from neuro.learn.net import Net
from neuro.learn.train import Model
from neuro.scalp import N_PLACE
from neuro.scorer import N_EYES
from neuro.spectrum import N_NUMBERS
from neuro.tokens import STEPS

LINE = "says"
"""The operation with the weights of the straight line."""

_GRAPH = f"""
attention (
    float[channel, {N_NUMBERS}] whole, float[token, {N_NUMBERS}] tokens, float[channel, 1] share,
    float[{STEPS}, token] clean, float[{STEPS}, token] hidden, float[channel, {N_PLACE}] place,
    float[token, {N_PLACE}] token_place, float[{STEPS}, {N_EYES}] eyes, float[1, {2 * STEPS}] known,
    float[1, {2 * STEPS}] unknown, float[1, 2] have
) => (
    float[1, 1] score, float[1, 1] variance, float[1] distance, float[token] looked, float[{2 * STEPS}] moments
) {{
    # the mean of 4 s: how far from the training data, how large, and the straight line
    shared = Mul(share, whole)  # (C, F)
    spectrum = ReduceSum(shared, first)  # (1, F)
    away = Gemm(spectrum, whiten, minus_centre)
    distance = ReduceL2 <keepdims = 0> (away, last)  # (1,)
    size = ReduceL1(shared, first)  # (1, F)
    {LINE} = Gemm(place, line_weight, line_bias)  # (C, F)
    said = Mul(shared, {LINE})
    line = ReduceSum(said, both_axes)  # (1, 1)

    # one token a step, made of all channels; N = T C
    at = Gemm(token_place, place_weight, place_bias)
    gate, regard_at = Split <axis = 1> (at, place_widths)  # (N, H), (N, D/2)
    numbers = Gemm(tokens, bins)
    bent = Tanh(numbers)  # (N, H)
    gated = Mul(bent, gate)
    token = MatMul(gated, token_weight)  # (N, D)
    token_size = Abs(token)
    regard_sum = Gemm(token_size, regard_size_weight, regard_at)
    regard_bent = Tanh(regard_sum)
    regarded = Gemm <transB = 1> (regard, regard_bent, hidden)  # (T, N): other steps are hidden
    regard_share = Softmax(regarded)
    weights = Mul(regard_share, clean)
    looked = ReduceSum <keepdims = 0> (weights, first)  # (N,)
    pooled = MatMul(weights, token)  # (T, D)
    taps = MatMul(pooled, over_time_weight)  # (T, 3 D)
    tap = Reshape(taps, by_tap)  # (3 T, D)
    convolved = Gemm(delays, tap)  # (T, D)
    turned = Tanh(convolved)
    brain = Add(pooled, turned)

    # what the heads find in brain and eyes, which lie beside each other
    look = Gemm(eyes, look_weight, look_bias)
    look_bent = Gelu(look)
    look_out = Gemm(look_bent, look_out_weight, look_out_bias)
    looks = Tanh(look_out)  # (T, D)
    both = Concat <axis = 1> (brain, looks)  # (T, 2 D)
    both_even = PRelu(both, even)
    key = Gemm <transB = 1> (key_weight, both_even, key_bias)  # (2 heads, T)
    logits = Reshape(key, by_head)  # (heads, 2 T)
    logits_known = Add(logits, unknown)
    head_share = Softmax <axis = 1> (logits_known)
    attention = Mul(head_share, known)
    moments = ReduceMean <keepdims = 0> (attention, first)  # (2 T,)
    by_sense = Reshape(attention, by_step)  # (2 heads, T)
    attended = Gemm <transA = 1> (by_sense, of_head)  # (T, 2 D)
    valued = Gemm(both, value_weight, value_bias)  # (T, 2 D)
    finds = Mul(attended, valued)
    found = ReduceSum(finds, first)  # (1, 2 D)

    # two heads
    inner = Gemm(found, inner_weight)
    inner_bent = Tanh(inner)
    deep = Gemm(inner_bent, mean, rest)  # (1, 1)
    log_odds = Add(deep, line)
    score = Sigmoid(log_odds)
    found_even = PRelu(found, even)
    tell = Concat <axis = 1> (found_even, have, size)
    wider = Gemm(tell, wider_weight, wider_bias)
    wider_bent = Gelu(wider)
    log_variance = Gemm(wider_bent, narrower_weight, narrower_bias)  # (1, 1)
    variance = Exp(log_variance)
}}
"""


def graph(model: Model) -> GraphProto:
    """The calibrated score, its variance, the distance from the training data, and where the net looked.

    What follows from weights alone is reckoned here: scale and shift lie in the last weights, the query in the keys.
    """
    made: GraphProto = parser.parse_graph(_GRAPH)
    for node in made.node:
        node.name = node.output[0]
    constants = {name: np.array(value, np.int64) for name, value in _axes(model.net).items()}
    weights = {name: np.asarray(value, np.float32) for name, value in _weights(model).items()}
    made.initializer.extend(numpy_helper.from_array(value, name) for name, value in (constants | weights).items())
    return made


def _axes(net: Net) -> dict[str, list[int]]:
    """What the operations on shapes are told."""
    d, h = net.token.out_features, net.bins.out_features
    return {
        "first": [0],
        "last": [1],
        "both_axes": [0, 1],
        "place_widths": [h, d // 2],
        "by_tap": [-1, d],
        "by_head": [net.n_heads, 2 * STEPS],
        "by_step": [2 * net.n_heads, STEPS],
    }


def _weights(model: Model) -> dict[str, NDArray[np.floating]]:
    """What they are multiplied with and added to."""
    net, (temperature, shift) = model.net, model.calibration
    n_taps, d = net.over_time.kernel_size[0], net.token.out_features
    delays = np.stack([np.eye(STEPS, k=tap - n_taps + 1) for tap in range(n_taps)], axis=2)  # now, then, tap
    inner, of_head = _matrix(net.inner), np.kron(np.eye(net.n_heads), np.ones(d // net.n_heads))
    return {
        "even": np.repeat([-1.0, 1.0], d),  # slopes below nought: of the brain only the size counts
        "whiten": np.vstack([model.whiten, np.zeros(len(model.whiten))]),
        "minus_centre": -model.centre @ model.whiten,
        "line_weight": _matrix(net.straight) / temperature,
        "line_bias": _bias(net.straight) / temperature,
        "place_weight": np.hstack([_matrix(net.gate), _matrix(net.regard_place)]),
        "place_bias": np.concatenate([_bias(net.gate), _bias(net.regard_size)]),
        "bins": _matrix(net.bins),
        "token_weight": _matrix(net.token),
        "regard_size_weight": _matrix(net.regard_size),
        "regard": np.repeat(
            _matrix(net.regard).T, STEPS, axis=0
        ),  # its bias is the same for all channels, which softmax does not hear
        "over_time_weight": _plain(net.over_time.weight).transpose(1, 2, 0).reshape(d, n_taps * d),
        "delays": delays.reshape(STEPS, STEPS * n_taps),
        "look_weight": _matrix(net.look[0]),
        "look_bias": _bias(net.look[0]),
        "look_out_weight": _matrix(net.look[2]),
        "look_out_bias": _bias(net.look[2]),
        "value_weight": block_diag(_matrix(net.value_brain), _matrix(net.value_eyes)),
        "value_bias": np.concatenate([np.zeros(d), _bias(net.value_eyes)]),
        "of_head": np.vstack([np.kron(np.eye(2)[[sense]], row) for row in of_head[:, None] for sense in range(2)]),
        "inner_weight": block_diag(inner, inner),
        "mean": (_plain(net.mean) * _plain(net.share) / temperature).reshape(-1, 1),
        "rest": _plain(net.rest) / temperature + shift,
        **_of_keys(net),
        **_of_variance(net),
    }


def _of_keys(net: Net) -> dict[str, NDArray[np.floating]]:
    """Keys with the query in them, for each head brain and eyes: (2 heads, 2 D) and (2 heads, 1)."""
    query = _plain(net.query)  # (heads, D')
    weights, biases = [], []
    for layer in (net.key_brain, net.key_eyes):
        weight, bias = _plain(layer.weight).reshape(*query.shape, -1), _plain(layer.bias).reshape(query.shape)
        weights.append(np.einsum("hjd,hj->hd", weight, query))
        biases.append(np.einsum("hj,hj->h", bias, query))
    apart = np.eye(2)[None, :, :, None] * np.stack(weights, axis=1)[:, :, None]  # (heads, key of, sense, D)
    n = 2 * net.n_heads
    return {"key_weight": apart.reshape(n, -1), "key_bias": np.stack(biases, axis=1).reshape(n, 1)}


def _of_variance(net: Net) -> dict[str, NDArray[np.floating]]:
    """The second head: what stands for a modality that is missing is a bias that its presence takes away."""
    wider, narrower = net.log_variance[0], net.log_variance[2]
    brain, eyes, size = np.split(_matrix(wider), 3)
    missing = np.stack([_plain(net.missing)[0] @ brain, _plain(net.missing)[1] @ eyes])
    return {
        "wider_weight": np.vstack([brain, eyes, -missing, _matrix(net.size) @ size]),
        "wider_bias": _bias(wider) + missing.sum(axis=0) + _bias(net.size) @ size,
        "narrower_weight": _matrix(narrower),
        "narrower_bias": _bias(narrower),
    }


def _matrix(layer: nn.Module) -> NDArray[np.float64]:
    """(in, out)"""
    return _plain(cast(nn.Linear, layer).weight).T


def _bias(layer: nn.Module) -> NDArray[np.float64]:
    return _plain(cast(nn.Linear, layer).bias)


def _plain(weight: Tensor) -> NDArray[np.float64]:
    return np.asarray(weight.detach().double().numpy())
