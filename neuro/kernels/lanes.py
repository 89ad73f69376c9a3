"""Eight float64 at once, in registers: where the compiler does not find them by itself.

They are as wide as a cache line. Processors with narrower registers take two or four for one.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.extending import intrinsic, register_model

from neuro.kernels.recipe import LANES

_FUSED = ("contract", "reassoc")

STRICT: dict[str, Any] = {"_nrt": False, "error_model": "numpy"}
"""With these numba refuses to compile what would allocate."""

_ROUNDED: dict[str, Any] = {"fastmath": set(_FUSED)}  # fused products, and sums in any order
_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(function: _Function) -> _Function:
    """A part of the compiled path, put where it is called: to hand over its three hundred numbers takes long."""
    return cast(_Function, njit(nogil=True, forceinline=True, **STRICT, **_ROUNDED)(function))


def _in_registers(code: Callable[..., Any]) -> Callable[..., Any]:
    return cast(Callable[..., Any], intrinsic(code))


class _Lanes(types.Type):
    """What numba calls them."""


_lanes = _Lanes("lanes")
_vector = ir.VectorType(ir.DoubleType(), LANES)


@register_model(_Lanes)
class _Model(models.PrimitiveModel):
    """How they lie in a register."""

    def __init__(self, manager: Any, of: Any) -> None:
        super().__init__(manager, of, _vector)  # type: ignore[no-untyped-call]


def _at(context: Any, builder: Any, of: Any, array: Any, index: Any) -> Any:
    data = cgutils.create_struct_proxy(of)(context, builder, array).data  # type: ignore[no-untyped-call]
    return builder.gep(data, [index])


@_in_registers
def load(_typing: Any, array: Any, _index: Any) -> Any:
    """array[index : index + LANES] of a contiguous array (n,)."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        at = _at(context, builder, signature.args[0], *given)
        return builder.load(builder.bitcast(at, _vector.as_pointer()), align=8)

    return _lanes(array, types.intp), code


@_in_registers
def put(_typing: Any, array: Any, _index: Any, lanes: Any) -> Any:
    """array[index : index + LANES] = lanes."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        at = _at(context, builder, signature.args[0], *given[:2])
        builder.store(given[2], builder.bitcast(at, _vector.as_pointer()), align=8)
        return context.get_dummy_value()

    return types.void(array, types.intp, lanes), code


@_in_registers
def alike(_typing: Any, _number: Any) -> Any:
    """The same number in all lanes."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        one = builder.insert_element(ir.Constant(_vector, ir.Undefined), given[0], ir.Constant(ir.IntType(32), 0))
        return builder.shuffle_vector(one, one, ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES))

    return _lanes(types.float64), code


@_in_registers
def fused(_typing: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c, rounded once where the processor can."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fadd(builder.fmul(given[0], given[1], flags=_FUSED), given[2], flags=_FUSED)

    return _lanes(a, b, c), code


@_in_registers
def less(_typing: Any, a: Any, b: Any) -> Any:
    """a - b."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fsub(given[0], given[1], flags=_FUSED)

    return _lanes(a, b), code


@_in_registers
def larger(_typing: Any, a: Any, b: Any) -> Any:
    """The larger of a and b in each lane."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.select(builder.fcmp_ordered(">", *given), *given)

    return _lanes(a, b), code


@_in_registers
def expect(_typing: Any, array: Any, _index: Any) -> Any:
    """Begin to fetch the cache line of array[index]; nobody waits."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        fetch = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]
            builder.module, ir.FunctionType(ir.VoidType(), [byte, number, number, number]), "llvm.prefetch.p0"
        )
        at = builder.bitcast(_at(context, builder, signature.args[0], *given), byte)
        builder.call(fetch, [at, number(0), number(3), number(1)])  # to be read, kept near, data
        return context.get_dummy_value()

    return types.void(array, types.intp), code
