"""What a call must cost at least."""

import onnx
import pytest
from onnx import parser

from bench.bounds import net_flops

NET = """
<ir_version: 9, opset_import: ["" : 20]>
net (float[1, channel, 8] z) => (float[1, 3] y)
<float[8, 4] w = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
 float[4, 3] v = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, int64[1] over = {1}>
{
    told = MatMul(z, w)
    all = ReduceSum <keepdims = 0> (told, over)
    y = Gemm(all, v)
}
"""


@pytest.mark.parametrize("channels", [1, 5])
def test_only_matrix_products_count_and_grow_with_the_channels(channels: int) -> None:
    file = onnx.ModelProto.SerializeToString(parser.parse_model(NET))
    assert net_flops(file, channels) == 2 * (channels * 8 * 4) + 2 * 4 * 3
