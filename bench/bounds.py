"""What the machine can do at best, measured in the same rounds: arithmetic by matrix product, memory by copying."""

from math import prod

import numpy as np
import onnx
from numpy.typing import DTypeLike

from bench.measure import Contender, Row
from neuro.kernels.recipe import FAST_HOPS, HOPS, Recipe
from neuro.tokens import STEPS

SIZE = 512
COPIED_BYTES = 64 * 2**20
LOG_FLOPS = 20
"""What a logarithm of float64 costs in a vectorised polynomial, about; own choice."""

_GEMM64, _GEMM32, _COPY = "matrix product, float64", "matrix product, float32", "copy"


def contenders() -> tuple[Contender, ...]:
    """Three probes to run beside the others, in work "the machine"."""
    from_, to = np.ones(COPIED_BYTES // 8), np.ones(COPIED_BYTES // 8)
    return (
        _gemm(_GEMM64, np.float64),
        _gemm(_GEMM32, np.float32),
        Contender(_COPY, lambda _k: np.copyto(to, from_), work="the machine"),
    )


def facts(rows: tuple[Row, ...], recipe: Recipe, n_channels: int) -> dict[str, float]:
    """The machine's best rates, the bounds of one hop."""
    best_us = {row.name: row.best_us for row in rows}
    rates = {name: 2 * SIZE**3 / best_us[name] / 1000 for name in (_GEMM64, _GEMM32)}
    copied = 2 * COPIED_BYTES / best_us[_COPY] / 1000
    flops, touched = hop_flops(recipe, n_channels), hop_bytes(recipe, n_channels)
    flop_us = flops / rates[_GEMM64] / 1000
    return {
        "GFLOP_a_second_float64": rates[_GEMM64],
        "GFLOP_a_second_float32": rates[_GEMM32],
        "copied_GB_a_second": copied,
        "FLOP_of_a_hop": flops,
        "bytes_of_a_hop": touched,
        "bound_by_arithmetic_us": flop_us,
        "bound_by_memory_us": touched / copied / 1000,
    }


def net_facts(rows: tuple[Row, ...], onnx_file: bytes, n_channels: int) -> dict[str, float]:
    """What one call of the net would take if it were its matrix products alone, at the machine's best rate."""
    rate = 2 * SIZE**3 / next(row.best_us for row in rows if row.name == _GEMM32) / 1000
    flops = net_flops(onnx_file, n_channels)
    return {"GFLOP_a_second_float32": rate, "FLOP_of_matrix_products": flops, "bound_by_GEMM_us": flops / rate / 1000}


def net_flops(onnx_file: bytes, n_channels: int) -> float:
    """Additions and multiplications in the matrix products of one call."""
    model = onnx.load_from_string(onnx_file)
    for given in model.graph.input:
        for size in given.type.tensor_type.shape.dim:
            if size.dim_param:
                size.dim_value = n_channels * (STEPS if size.dim_param == "token" else 1)
    graph = onnx.shape_inference.infer_shapes(model, data_prop=True).graph
    shapes = {weight.name: list(weight.dims) for weight in graph.initializer} | {
        value.name: [size.dim_value for size in value.type.tensor_type.shape.dim]
        for value in (*graph.input, *graph.value_info, *graph.output)
    }
    products = [node for node in graph.node if node.op_type in ("MatMul", "Gemm")]
    return float(sum(2 * prod(shapes[node.output[0]]) * shapes[node.input[0]][-1] for node in products))


def hop_flops(recipe: Recipe, n_channels: int) -> float:
    """Additions, multiplications, comparisons and logarithms of neuro.kernels in one hop, counted from its loops."""
    n = recipe.n / HOPS
    n_pairs = np.ceil(n / 2)
    n_bins, n_fast = recipe.n_bins, recipe.n_fast
    n_waves = n_bins + 2 + n_fast + 2
    n_entropy = recipe.entropy[1] - recipe.entropy[0]
    conditioning = n * (9 * len(recipe.sos) + 3)  # a section: 5 products, 4 sums
    tally = n * 14
    transform = n_pairs * (2 * 2 + 4 * n_waves) + n_waves * (8 + 4)  # pairs; turned to the cycle; window of the cycle
    hann = (n_bins + n_fast) * 16 + 4 * n_bins + 8 * n_fast
    measures = n_bins + 13 * HOPS + 2 * FAST_HOPS + n_entropy * (4 + LOG_FLOPS) + 30
    return float(n_channels * (conditioning + tally + transform + hann + measures))


def hop_bytes(recipe: Recipe, n_channels: int) -> float:
    """Bytes that one hop must fetch or put back when nothing of its state is in a cache."""
    n = recipe.n / HOPS
    n_bins, n_fast = recipe.n_bins, recipe.n_fast
    n_waves = n_bins + 2 + n_fast + 2
    tables = np.ceil(n / 2) * 2 * n_waves + 2 * n_waves + 2 * n_fast + n_fast
    state = (
        2 * n  # what came, and the two copies of what is kept of it
        + 2 * n
        + 2 * len(recipe.sos) * 2
        + 3 * 2 * n_waves  # the transform so far, and of this hop a cycle ago: read and written
        + 2 * n_waves
        + 3 * n_bins
        + 13 * (HOPS + 2)
    )
    return float(8 * (tables + n_channels * state))


def _gemm(name: str, dtype: DTypeLike) -> Contender:
    a = np.random.default_rng(1).normal(size=(SIZE, SIZE)).astype(dtype)
    out = np.empty_like(a)
    return Contender(name, lambda _k: np.matmul(a, a, out=out), work="the machine")
