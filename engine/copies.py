"""`replace` for the frozen values of the rules, eight times as fast as that of dataclasses.

A tick makes seven such copies, and a study plays hundreds of millions of ticks. Measured on a sitting's state of 21
fields: 0.6 us a copy against 4.8 us (own measurement).
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # type checkers know what dataclasses.replace takes
    from dataclasses import replace as replace  # noqa: PLC0414 -- said aloud that it leaves by this door
else:

    def replace(value, /, **changes):
        """The same value with these fields changed. Raises AttributeError: it has no such field."""
        kind = value.__class__
        after = _drafting(kind)(value)
        for name, changed in changes.items():
            setattr(after, name, changed)
        after.__class__ = kind
        return after


@cache
def _drafting(kind: type) -> Callable[[Any], Any]:
    """How a dataclass with slots and no __post_init__ is copied into a draft, which is not frozen yet.

    A draft has the same slots and so may change its class; the copy is written out field by field, as dataclasses
    write an __init__, so that the interpreter takes each slot at its place.
    """
    names = [field.name for field in fields(kind)]
    lines = [f"    draft.{name} = value.{name}" for name in names]
    source = "\n".join(["def copy(value):", "    draft = Draft()", *lines, "    return draft"])
    made: dict[str, Any] = {"Draft": type("Draft", (), {"__slots__": tuple(names)})}
    exec(source, made)
    copy: Callable[[Any], Any] = made["copy"]
    return copy
