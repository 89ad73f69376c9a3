"""`replace` for the frozen values of the rules, three times as fast as that of dataclasses.

A tick makes eight such copies, and a study plays hundreds of millions of ticks. Measured on a sitting's state of 21
fields: 1.7 us a copy against 5.4 us; a tick of the rules 17 us against 39 us (own measurement).
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # type checkers know what dataclasses.replace takes
    from dataclasses import replace as replace  # noqa: PLC0414 -- said aloud that it leaves by this door
else:

    def replace(value, /, **changes):
        """The same value with these fields changed. Raises KeyError: it has no such field."""
        copy, setters = _slots(value.__class__)
        after = copy(value)
        for name, changed in changes.items():
            setters[name](after, changed)
        return after


T = TypeVar("T")


@cache
def _slots(kind: type[T]) -> tuple[Callable[[T], T], dict[str, Callable[[T, Any], None]]]:
    """How a dataclass with slots and no __post_init__ is copied, and how each of its fields is set.

    The copy is written out field by field, as dataclasses write an __init__: a loop would take twice as long.
    """
    setters = {field.name: getattr(kind, field.name).__set__ for field in fields(kind)}  # type: ignore[arg-type]
    lines = [f"    set_{name}(after, value.{name})" for name in setters]
    source = "\n".join(["def copy(value):", "    after = new(kind)", *lines, "    return after"])
    names: dict[str, Any] = {"new": object.__new__, "kind": kind}
    names |= {f"set_{name}": setter for name, setter in setters.items()}
    exec(source, names)
    return names["copy"], setters
