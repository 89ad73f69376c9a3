"""The net in ONNX as the game calls it: what `Net` says of one window, in few operations (docs/why/0008)."""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, numpy_helper, parser
from torch import Tensor, nn

from neuro.learn.net import TINY, Net
from neuro.learn.train import Model
from neuro.scalp import N_PLACE
from neuro.scorer import N_EYES
from neuro.spectrum import N_NUMBERS
from neuro.tokens import ROWS, STEPS

LINE = "at_place"
"""The operation with the weights of the straight line."""

_GRAPH = f"""
attention (
    float[1, channel, {ROWS}, {N_NUMBERS}] z, float[1, channel, {ROWS}] clean, float[1, channel, {N_PLACE}] places,
    float[1, {STEPS}, {N_EYES}] eyes, float[1, {STEPS}] seen
) => (
    float[1] score, float[1, 1] variance, float[1] distance, float[1, channel] channels, float[1, 2, {STEPS}] moments
) {{
    # heights among channels; (1, C, 1 + T, F), the mean of 4 s first, how much of it is clean for whether
    kept = Unsqueeze(clean, last)  # (1, C, 1 + T, 1)
    n_channels = ReduceSum(kept, over_channels)  # (1, 1, 1 + T, 1)
    n_some = Max(n_channels, least)
    shares = Div(kept, n_some)
    seen_z = Mul(shares, z)
    usual = ReduceSum(seen_z, over_channels)  # (1, 1, 1 + T, F)
    height = Mul(usual, only_height)
    deviations = Sub(z, height)
    whole, deviation = Split <axis = 2> (deviations, mean_and_tokens)  # (1, C, 1, F), (1, C, T, F)
    cleans = Slice(kept, from_first, behind, over_time)  # (1, C, T, 1)

    # the mean of 4 s: how far from the training data, how large, and the straight line
    share = Slice(shares, from_mean, from_first, over_time)  # (1, C, 1, 1)
    shared = Mul(share, whole)
    spectrum = ReduceSum <keepdims = 0> (shared, over_both)  # (1, F)
    away = Gemm(spectrum, whiten, minus_centre)
    distance = ReduceL2 <keepdims = 0> (away, last_of_two)  # (1,)
    sizes = Abs(shared)
    size = ReduceSum <keepdims = 0> (sizes, over_both)  # (1, F)
    place = Unsqueeze(places, over_time)  # (1, C, 1, N_PLACE)
    {LINE} = MatMul(place, place_weight)
    at = Add({LINE}, place_bias)
    gate, regard_at, says = Split <axis = 3> (at, place_widths)  # (1, C, 1, H), (1, C, 1, D/2), (1, C, 1, F)
    said = Mul(shared, says)
    line = ReduceSum <keepdims = 0> (said, but_first)  # (1,)

    # one token a step, made of all channels
    numbers = MatMul(deviation, bins)
    bent = Tanh(numbers)  # (1, C, T, H)
    gated = Mul(bent, gate)
    token = MatMul(gated, token_weight)  # (1, C, T, D)
    token_size = Abs(token)
    regard_size = MatMul(token_size, regard_size_weight)
    regard_sum = Add(regard_size, regard_at)
    regard_bent = Tanh(regard_sum)
    regarded = MatMul(regard_bent, regard)  # (1, C, T, 1)
    regard_risen = Exp(regarded)  # of what is no larger than the sum of a few weights
    regard_clean = Mul(regard_risen, cleans)
    regard_all = ReduceSum(regard_clean, over_channels)
    regard_some = Max(regard_all, tiny)
    weight = Div(regard_clean, regard_some)
    channels = ReduceMean <keepdims = 0> (weight, last_two)  # (1, C)
    weighted = Mul(weight, token)
    pooled = ReduceSum <keepdims = 0> (weighted, first_two)  # (T, D)
    taps = MatMul(pooled, over_time_weight)  # (T, 3 D)
    tap = Reshape(taps, by_tap)  # (3 T, D)
    convolved = MatMul(delays, tap)  # (T, D)
    turned = Tanh(convolved)
    brain = Add(pooled, turned)

    # what the heads find in brain and eyes, (2, T, .)
    eye = Squeeze(eyes, first)  # (T, N_EYES)
    look = Gemm(eye, look_weight, look_bias)
    look_bent = Gelu(look)
    look_out = Gemm(look_bent, look_out_weight, look_out_bias)
    looks = Tanh(look_out)  # (T, D)
    both_flat = Concat <axis = 0> (brain, looks)
    both = Reshape(both_flat, by_sense)
    both_even = PRelu(both, even_then)
    key = MatMul(both_even, key_weight)
    logits = Add(key, key_bias)  # (2, T, heads)
    there = ReduceMax(cleans, over_channels)  # (1, 1, T, 1)
    sighted = Unsqueeze(seen, but_middle)
    known = Concat <axis = 1> (there, sighted)  # (1, 2, T, 1)
    logits_safe = Min(logits, most)
    risen = Exp(logits_safe)
    risen_known = Mul(risen, known)  # (1, 2, T, heads)
    risen_all = ReduceSum(risen_known, over_both)
    risen_some = Max(risen_all, tiny)
    attention = Div(risen_known, risen_some)
    moments = ReduceMean <keepdims = 0> (attention, last)  # (1, 2, T)
    value = MatMul(both, value_weight)
    valued = Add(value, value_bias)  # (2, T, D)
    attended = MatMul(attention, of_head)  # (1, 2, T, D)
    finds = Mul(attended, valued)
    found = ReduceSum <keepdims = 0> (finds, over_time)  # (1, 2, D)

    # two heads
    inner = MatMul(found, inner_weight)
    inner_bent = Tanh(inner)
    means = Mul(inner_bent, mean)  # (1, 2, D)
    deep = ReduceSum <keepdims = 0> (means, over_both)  # (1,)
    log_odds = Sum(deep, line, rest)
    score = Sigmoid(log_odds)
    found_even = PRelu(found, even)
    found_flat = Reshape(found_even, flat)  # (1, 2 D)
    have = ReduceMax <keepdims = 0> (known, last_two)  # (1, 2)
    tell = Concat <axis = 1> (found_flat, have, size)
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
        "first_two": [0, 1],
        "but_first": [1, 2, 3],
        "over_channels": [1],
        "over_time": [2],
        "mean_and_tokens": [1, STEPS],
        "from_mean": [0],
        "from_first": [1],
        "behind": [ROWS],
        "over_both": [1, 2],
        "last": [3],
        "last_of_two": [1],
        "last_two": [2, 3],
        "but_middle": [1, 3],
        "place_widths": [h, d // 2, N_NUMBERS],
        "by_tap": [-1, d],
        "by_sense": [2, STEPS, d],
        "flat": [1, 2 * d],
    }


def _weights(model: Model) -> dict[str, NDArray[np.floating]]:
    """What they are multiplied with and added to."""
    net, (temperature, shift) = model.net, model.calibration
    gate, regard, straight = _matrix(net.gate), _matrix(net.regard_place), _matrix(net.straight) / temperature
    biases = _bias(net.gate), _bias(net.regard_size), _bias(net.straight) / temperature
    n_taps, d = net.over_time.kernel_size[0], net.token.out_features
    delays = np.stack([np.eye(STEPS, k=tap - n_taps + 1) for tap in range(n_taps)], axis=2)  # now, then, tap
    asked = [_asked(net, layer) for layer in (net.key_brain, net.key_eyes)]
    return {
        "least": np.full(1, TINY),
        "tiny": np.full(1, 1e-30),
        "most": np.full(1, 60.0),  # of a logit: its exponential is still a number
        "even": np.array([[-1.0], [1.0]]),  # slopes below nought: of the brain only the size counts
        "even_then": np.array([[[-1.0]], [[1.0]]]),
        "only_height": np.eye(N_NUMBERS)[-1],
        "whiten": np.vstack([model.whiten, np.zeros(len(model.whiten))]),
        "minus_centre": -model.centre @ model.whiten,
        "place_weight": np.hstack([gate, regard, straight]),
        "place_bias": np.concatenate(biases),
        "bins": _matrix(net.bins),
        "token_weight": _matrix(net.token),
        "regard_size_weight": _matrix(net.regard_size),
        "regard": _matrix(net.regard),  # its bias is the same for all channels, which softmax does not hear
        "over_time_weight": _plain(net.over_time.weight).transpose(1, 2, 0).reshape(d, n_taps * d),
        "delays": delays.reshape(STEPS, STEPS * n_taps),
        "look_weight": _matrix(net.look[0]),
        "look_bias": _bias(net.look[0]),
        "look_out_weight": _matrix(net.look[2]),
        "look_out_bias": _bias(net.look[2]),
        "key_weight": np.stack([weight for weight, _ in asked]),
        "key_bias": np.stack([bias for _, bias in asked])[:, None],
        "value_weight": np.stack([_matrix(net.value_brain), _matrix(net.value_eyes)]),
        "value_bias": np.stack([np.zeros(d), _bias(net.value_eyes)])[:, None],
        "of_head": np.kron(np.eye(net.n_heads), np.ones(d // net.n_heads)),
        "inner_weight": _matrix(net.inner),
        "mean": _plain(net.mean) * _plain(net.share) / temperature,
        "rest": _plain(net.rest) / temperature + shift,
        **_of_variance(net),
    }


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


def _asked(net: Net, key: nn.Linear) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keys with the query in them: (D, heads) and (heads,)."""
    query = _plain(net.query)  # (heads, D')
    weight, bias = _plain(key.weight).reshape(*query.shape, -1), _plain(key.bias).reshape(query.shape)
    return np.einsum("hjd,hj->dh", weight, query), np.einsum("hj,hj->h", bias, query)


def _matrix(layer: nn.Module) -> NDArray[np.float64]:
    """(in, out)"""
    return _plain(cast(nn.Linear, layer).weight).T


def _bias(layer: nn.Module) -> NDArray[np.float64]:
    return _plain(cast(nn.Linear, layer).bias)


def _plain(weight: Tensor) -> NDArray[np.float64]:
    return np.asarray(weight.detach().double().numpy())
